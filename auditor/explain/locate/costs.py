"""In: what a slip would have to be. Out: how unlikely it is, in hundredths of a natural logarithm.

A cost is -100 ln(probability), so that the costs of several slips add up and the difference of
two explanations is the logarithm of their odds. The shares are judgements of how officials slip
(typing from a list, adding up by hand, pasting a row), not fitted to any set of errors.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import log

from auditor.explain.locate.puzzle import Puzzle
from auditor.explain.locate.usual import Usual
from auditor.model import Address, Amount

# Of a faulty report's slips: how many are a number typed wrong, a total not kept, and so on.
TYPED, TOTALLED = 0.55, 0.18
MISFILED, NEXT_COLUMN, NEXT_ROW = 0.06, 0.12, 0.02
SHIFTED, ROWS_SWAPPED, READDED = 0.03, 0.03, 0.15

_ZERO_STAYS_ZERO = 0.35  # a zero is there from the start, and rarely typed
_TRUST = 0.9  # tables keep to their proportions less than they seem to
_FAR = 0.2  # a place that is not next to the right one
_DOUBT = 250  # a cell that was read with doubt is this much cheaper to blame
_PUBLISHED = 250  # another report was looked over already; this one is the draft
_ALIKE = frozenset({"17", "38", "06", "08", "56", "49", "69", "35", "27"})
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Guess:
    """One way in which the printed number may have come about, and how likely it is."""

    kind: str
    probability: float


def weigh(probability: float) -> int:
    """Give a probability as a cost."""
    return round(-100 * log(probability))


def retyped(puzzle: Puzzle, address: Address, true: Amount) -> tuple[str, int]:
    """Give the likeliest way in which this cell came to be printed as it is; the cost of all."""
    printed = puzzle.values[address]
    blank = address in puzzle.blanks
    share = TYPED / len(puzzle.uses) * (1 if true else _ZERO_STAYS_ZERO)
    guesses = [(g.kind, g.probability * share) for g in _typed(true, printed, blank=blank)]
    if address in puzzle.parts:
        share = TOTALLED / len(puzzle.parts)
        sums = puzzle.parts[address].values()
        addends = frozenset(puzzle.values[part] for parts in sums for part in parts)
        totalled = _totalled(true, printed, addends, blank=blank)
        guesses += [(g.kind, g.probability * share) for g in totalled]
    likeliest, _ = max(guesses, key=lambda guess: guess[1])
    return likeliest, weigh(sum(probability for _, probability in guesses))


def moved(share: float, ways: int, *, far: bool) -> int:
    """Give the cost of a slip that moves numbers, of so many possible ones."""
    return weigh(share * (_FAR if far else 1) / max(ways, 1))


def misplaced(ways: int, amount: Amount, *, in_row: bool, whole: bool, far: bool) -> int:
    """Give the cost of an amount in a wrong cell; a whole number may just be in the wrong place."""
    part = (MISFILED if in_row else MISFILED / 4) * _spread(amount) / 2
    return moved(part + (NEXT_COLUMN if in_row else NEXT_ROW) * whole, ways, far=far)


def readded(totals: int, *, are_all: bool) -> float:
    """Give how often these totals are added up over a wrong item; seldom some of them only."""
    return READDED / (1 if totals > 1 else 2 if are_all else 4)


def rarity(value: Amount) -> int:
    """Give the cost of a number as such: large ones are rarer, in proportion."""
    return round(100 * log(1 + abs(float(value))))


def as_truth(puzzle: Puzzle, usual: Usual, changes: Mapping[Address, Amount]) -> int:
    """Give what it costs that these are the right numbers rather than the printed ones."""
    return round(sum(_oddity(puzzle, usual, *change) for change in changes.items()))


def _oddity(puzzle: Puzzle, usual: Usual, address: Address, value: Amount) -> float:
    """Give how much less the number is to be expected than the one printed; totals follow."""
    cost = _PUBLISHED * (address in puzzle.published) - _DOUBT * (address in puzzle.doubtful)
    if address in puzzle.follows:
        return cost
    printed = puzzle.values[address]
    return cost + _TRUST * (usual.rarity(address, value) - usual.rarity(address, printed))


# ------------------------------------------------------------------ a number typed


def _typed(true: Amount, printed: Amount, *, blank: bool) -> Iterator[Guess]:
    if blank:
        yield Guess("not-filled", 0.15)
        return
    right, wrong = _spelled(true), _spelled(printed)
    yield Guess("retyped", 0.02 * 10.0 ** -len(wrong))
    if true == -printed:
        yield Guess("sign", 0.04)
    if not printed:
        yield Guess("not-filled", 0.18 if len(right) == 1 else 0.04)  # its one digit missing
    if printed in {true * _TEN_THOUSAND, true / Decimal(_TEN_THOUSAND)}:
        yield Guess("yuan-for-10000-yuan", 0.01)
    if abs(true - printed) == 1:
        yield Guess("miscounted", 0.02)
    yield from _misspelled(right, wrong)


def _spelled(value: Amount) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _misspelled(right: str, wrong: str) -> Iterator[Guess]:
    """Tell one slip of the fingers, or two of them; nothing where it takes more."""
    length = len(right)
    if len(wrong) == length:
        yield from _same_length(right, wrong)
    elif len(wrong) == length - 1:
        ways = sum(right[:ix] + right[ix + 1 :] == wrong for ix in range(length))
        yield from _guess("digit-missing", 0.14 * ways / length)
        if right == wrong + "0":
            yield Guess("zero-missing", 0.05)
    elif len(wrong) == length + 1:
        yield from _longer(right, wrong)
    if _edits_two(right, wrong):
        yield Guess("retyped", 0.03 / (40 * length * length))


def _guess(kind: str, probability: float) -> Iterator[Guess]:
    if probability:
        yield Guess(kind, probability)


def _same_length(right: str, wrong: str) -> Iterator[Guess]:
    differing = [ix for ix, (a, b) in enumerate(zip(right, wrong, strict=True)) if a != b]
    match differing:
        case [ix]:
            pair = "".join(sorted((right[ix], wrong[ix])))
            alike = 2 if pair in _ALIKE else 1
            yield Guess("digit-mistyped", 0.34 * alike / (9 * len(right)))
        case [ix, after] if (
            after == ix + 1 and right[ix] + right[after] == wrong[after] + wrong[ix]
        ):
            yield Guess("digits-swapped", 0.20 / (len(right) - 1))


def _longer(right: str, wrong: str) -> Iterator[Guess]:
    length = len(right)
    places = [ix for ix in range(length + 1) if wrong[:ix] + wrong[ix + 1 :] == right]
    if not places:
        return
    yield Guess("digit-added", 0.06 * len(places) / (10 * (length + 1)))
    if any(wrong[ix] in wrong[max(ix - 1, 0) : ix] + wrong[ix + 1 : ix + 2] for ix in places):
        yield Guess("digit-doubled", 0.08 / length)
    if wrong == right + "0":
        yield Guess("zero-added", 0.05)


def _edits_two(right: str, wrong: str) -> bool:
    """Whether two slips of the fingers may lead from one to the other, lengths apart by one."""
    if abs(len(right) - len(wrong)) > 1:
        return False
    if len(right) == len(wrong):
        return sum(a != b for a, b in zip(right, wrong, strict=True)) == 2
    long, short = sorted((right, wrong), key=len, reverse=True)
    cut = (long[:ix] + long[ix + 1 :] for ix in range(len(long)))
    return any(sum(a != b for a, b in zip(piece, short, strict=True)) == 1 for piece in cut)


# ------------------------------------------------------------------ a total worked out


def _totalled(
    true: Amount, printed: Amount, addends: frozenset[Amount], *, blank: bool
) -> Iterator[Guess]:
    if blank:
        yield Guess("total-never-filled", 0.5)
        return
    lag = true - printed if true > printed else printed - true
    if not printed:
        yield Guess("total-never-filled", 0.4)
    if lag in addends:
        kind = "part-left-out" if true > printed else "part-counted-twice"
        yield Guess(kind, (0.12 if true > printed else 0.05) / len(addends))
    yield Guess("total-not-updated", 0.40 * _spread(lag) / 2)


def _spread(amount: Amount) -> float:
    """Give the chance of just this amount, where small ones are likelier in proportion."""
    size = 2 + max(abs(float(amount)), 1)
    return 1 / (size * (1 + log(size)))
