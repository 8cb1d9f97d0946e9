"""In: the rows of a Word table as it stores them. Out: each cell's columns as they are seen.

Word's own columns are not those a reader sees: dragging a border leaves slivers a hair wide, and
some programs state cell widths alone. Borders that lie close together are one border.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_CLOSE_TWIPS = 100  # 5 pt: less than any number needs
_SAME_WIDTH = 0.03


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row as stored: columns skipped before it, and each cell's columns and width (twips)."""

    before: int
    spans: tuple[int, ...]
    widths: tuple[int | None, ...]
    after: int = 0

    @property
    def total(self) -> int:
        """All the columns of the row."""
        return self.before + sum(self.spans) + self.after


Columns = tuple[tuple[int, int], ...]


def seen_columns(rows: Sequence[RowShape], widths: Sequence[int]) -> tuple[Columns, ...]:
    """Give for each cell of each row its first column and the one after its last."""
    stored = [_stored(row) for row in rows]
    by_width = _agreeing_widths(rows)
    if by_width is not None:
        return _snapped(by_width, ()) or tuple(stored)
    if min(widths, default=0) > 0 and len(widths) >= max((r.total for r in rows), default=0):
        borders = [0, *accumulate(widths)]
        placed = [tuple((borders[a], borders[b]) for a, b in row) for row in stored]
        return _snapped(placed, borders) or tuple(stored)
    return tuple(stored)


def _stored(row: RowShape) -> Columns:
    ends = list(accumulate(row.spans, initial=row.before))
    return tuple(pairwise(ends))


def _agreeing_widths(rows: Sequence[RowShape]) -> list[Columns] | None:
    """Place cells by their widths, where columns do not agree from row to row but widths do."""
    if len({row.total for row in rows}) < 2:
        return None
    placed: list[Columns] = []
    for row in rows:
        known = [width for width in row.widths if width]
        if row.before or row.after or len(known) < len(row.widths):
            return None
        ends = [0, *accumulate(known)]
        placed.append(tuple(pairwise(ends)))
    sums = [row[-1][1] for row in placed if row]
    is_even = bool(sums) and max(sums) - min(sums) <= _SAME_WIDTH * max(sums)
    return placed if is_even else None


def _snapped(rows: Sequence[Columns], borders: Sequence[int]) -> tuple[Columns, ...] | None:
    """Count the borders, close ones as one; None where a cell would lose all its width.

    `borders` count even where no cell ends at them: a part of a broken table keeps its columns.
    """
    numbers = _numbered({*borders, *(end for row in rows for cell in row for end in cell)})
    snapped = tuple(tuple((numbers[a], numbers[b]) for a, b in row) for row in rows)
    if any(a == b for row in snapped for a, b in row):
        return None
    return snapped


def _numbered(borders: set[int]) -> dict[int, int]:
    numbers: dict[int, int] = {}
    first = None
    count = -1
    for border in sorted(borders):
        if first is None or border - first > _CLOSE_TWIPS:
            first, count = border, count + 1
        numbers[border] = count
    return numbers
