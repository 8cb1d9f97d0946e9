"""In: cases of protocol.py. Out: how often one who knows how they were drawn would be right.

Nobody can do better than to take the likeliest of what the sums leave open, given how each number
was drawn, how it is mistyped, and what kind of slip was made. What the sums may leave open beyond
that is not counted, so that no method reaches more than this, and few so much.
"""

from collections.abc import Callable, Mapping
from math import exp

from auditor.model import Address
from tests.bench.protocol import (
    APPLICANTS,
    BLOCKS,
    MISTYPED,
    RESULTS,
    Numbers,
    Record,
    at,
    draw_cases,
)

Case = tuple[Record, Numbers, Numbers]


def ceiling(name: str, count: int, seed: int, *, flat: bool = False) -> float | None:
    """Give the share of cases of a class that would be put right; None where it is not known."""
    if name not in _LEFT_OPEN:
        return None
    is_right = _LEFT_OPEN[name]
    cases = [*draw_cases(name, count, seed, flat=flat)]
    return sum(is_right(*case) for case in cases) / len(cases)


def drawn(record: Record, address: Address, value: int) -> float:
    """Give the chance that the number was drawn as this; one that follows from others is sure."""
    if address not in record.draws:
        return 1.0
    size, zero = record.draws[address]
    half = (_between(size, value) + _between(size, value - 1)) / 2
    return (1 - zero) * half + (zero if value == 0 else 0)


def _between(size: float, value: int) -> float:
    """Give the chance that so much is drawn, rounded."""
    if value < 0:
        return 0.0
    return exp(-max(value - 0.5, 0) / size) - exp(-(value + 0.5) / size)


def mistyped(true: int, printed: int) -> float:
    """Give the chance that a number that is typed wrong comes out as this."""
    results = [way(str(true)) for way in MISTYPED]
    shares = (sum(int(text or "0") == printed for text in texts) / len(texts) for texts in results)
    return sum(shares) / len(MISTYPED)


def _best(record: Record, told: Mapping[Address, Numbers], printed: Numbers) -> Address:
    """Give the likeliest of several ways: each says what would be right in which cells."""
    numbers = {**record.numbers, **printed}

    def chance(way: Address) -> float:
        found = 1.0
        for address, value in told[way].items():
            before = drawn(record, address, numbers[address])
            found *= drawn(record, address, value) / max(before, 1e-300)
        return found * _typed(told[way], numbers)

    return max(told, key=chance)


def _typed(right: Numbers, numbers: Mapping[Address, int]) -> float:
    """Give the chance of the spelling, where a single number was typed; others were moved."""
    if len(right) != 1:
        return 1.0
    ((address, value),) = right.items()
    return mistyped(value, numbers[address])


def _item(record: Record, printed: Numbers, right: Numbers) -> bool:
    """Of which row is the item over which everything was added up?"""
    column = next(c for c in APPLICANTS if at("handled_total", c) in right)
    by = printed[at("handled_total", column)] - right[at("handled_total", column)]
    shown = {row: {**record.numbers, **printed}[at(row, column)] for row in record.outcomes}
    told = {
        at(row, column): {at(row, column): number - by}
        for row, number in shown.items()
        if number >= by
    }
    return _best(record, told, printed) in right


def _row(record: Record, printed: Numbers, right: Numbers) -> bool:
    """Of which row are the two numbers that were exchanged?"""
    row = next(iter(right)).split("/")[1]
    if row not in record.outcomes:
        return True
    here, there = (address.rpartition("/")[2] for address in right)
    numbers = {**record.numbers, **printed}
    by = numbers[at(row, here)] - numbers[at(row, there)]
    told = {
        at(other, here): {
            at(other, here): numbers[at(other, there)],
            at(other, there): numbers[at(other, here)],
        }
        for other in record.outcomes
        if numbers[at(other, here)] - numbers[at(other, there)] == by
    }
    return _best(record, told, printed) in right


def _parts(record: Record, printed: Numbers, right: Numbers) -> bool:
    """Is it the total of a block of table 四, or which of its parts? Elsewhere two sums tell."""
    return all(_part(record, block, printed, right) for block in BLOCKS)


def _part(record: Record, block: str, printed: Numbers, right: Numbers) -> bool:
    *parts, total = (f"review_litigation/{block}/{key}" for key in (*RESULTS, "total"))
    if sum(address in right for address in (*parts, total)) != 1:
        return True
    numbers = {**record.numbers, **printed}
    by = sum(numbers[part] for part in parts) - numbers[total]
    told = {part: {part: numbers[part] - by} for part in parts if numbers[part] >= by}
    told[total] = {total: numbers[total] + by}
    return _best(record, told, printed) in right


_LEFT_OPEN: Mapping[str, Callable[[Record, Numbers, Numbers], bool]] = {
    "one typo": _parts,
    "two typos": _parts,
    "three typos": _parts,
    "value in neighbour column": _row,
    "item wrong, totals re-added": _item,
}
