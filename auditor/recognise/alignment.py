"""In: scores between two ordered sequences. Out: the order-preserving pairing of highest score."""

from collections.abc import Callable


def align(
    left_count: int, right_count: int, score: Callable[[int, int], float | None]
) -> tuple[tuple[int, int], ...]:
    """Pair items so that no two pairs cross and the sum of scores is highest.

    `score` gives None for a pair that is out of the question; items may stay unpaired at no cost.
    Of equal sums the pairing that uses earlier items wins.
    Source: Needleman and Wunsch 1970, without gap costs.
    """
    best = [[0.0] * (right_count + 1) for _ in range(left_count + 1)]
    paired = [[False] * right_count for _ in range(left_count)]
    for i in reversed(range(left_count)):
        for j in reversed(range(right_count)):
            skip = max(best[i + 1][j], best[i][j + 1])
            value = score(i, j)
            together = -1.0 if value is None else value + best[i + 1][j + 1]
            paired[i][j] = together >= skip
            best[i][j] = max(together, skip)
    return _walk(best, paired)


def _walk(best: list[list[float]], paired: list[list[bool]]) -> tuple[tuple[int, int], ...]:
    pairs = []
    i = j = 0
    while i < len(paired) and j < len(paired[i]):
        if paired[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return tuple(pairs)
