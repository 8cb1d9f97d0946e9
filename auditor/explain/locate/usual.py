"""In: a puzzle. Out: how unlikely a number is in its cell, by the rest of its table.

A cell should hold what its row and its column hold in proportion. How many cells are zero all the
same, and how far the others are from it, the report shows itself; what is usual in other reports
counts where it shows little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atan, floor, log, log1p, pi

from auditor.explain.locate.puzzle import Puzzle
from auditor.model import Address, Amount

KNOWN_OF_ROWS, KNOWN_OF_COLUMNS = 10.0, 2.0
"""So many applications weigh the shares of other reports against what this one shows."""
CELLS, SPREAD = 3.0, 0.8
"""So many cells of chance, a factor of e**0.8 off, weigh against the cells of this report."""
BESIDE = 0.4
"""What a cell tells of those of which about e times as much is expected."""


@dataclass(slots=True)
class _Seen:
    """Cells of which about as much is expected: how many, how many zeros, how far off the rest."""

    cells: float = 0
    zeros: float = 0
    distance: float = 0

    def take(self, other: "_Seen", weight: float) -> None:
        self.cells += weight * other.cells
        self.zeros += weight * other.zeros
        self.distance += weight * other.distance


@dataclass(frozen=True, slots=True)
class Usual:
    """What each item of a report should hold, and how its items keep to that."""

    expected: Mapping[Address, float]
    seen: Mapping[int, _Seen]

    def rarity(self, address: Address, value: Amount) -> float:
        """Give how unlikely a number is in its cell, as a cost."""
        expected = self.expected.get(address)
        if expected is None:
            return 100 * log1p(abs(float(value)))  # large ones are rarer, in proportion
        zeros, spread = self._habits(expected)
        if value <= 0:
            return -100 * log(zeros)
        number, middle = float(value) + 0.5, expected + 0.5
        distance = log(number / middle) / spread
        above_zero = 0.5 + atan(log(middle) / spread) / pi
        density = 1 / (pi * spread * (1 + distance * distance) * above_zero)
        return -100 * log((1 - zeros) * density / number)

    def _habits(self, expected: float) -> tuple[float, float]:
        """Give how many cells of this size are zero, and how far off the others are."""
        size, seen = _size(expected), _Seen()
        for near, weight in ((size, 1.0), (size - 1, BESIDE), (size + 1, BESIDE)):
            if near in self.seen:
                seen.take(self.seen[near], weight)
        by_chance = 0.01 + 0.98 / (1 + expected)
        zeros = (seen.zeros + CELLS * by_chance) / (seen.cells + CELLS)
        return zeros, (seen.distance + CELLS * SPREAD) / (seen.cells - seen.zeros + CELLS)


def usual_in(puzzle: Puzzle) -> Usual:
    """Tell from the items of a puzzle what is usual for each; totals follow, and tell nothing."""
    items = {
        address: max(float(puzzle.values[address]), 0.0)
        for address in puzzle.shares
        if address in puzzle.uses and address not in puzzle.follows
    }
    lines = {address: _lines(address) for address in items}
    sums: dict[str, float] = {}
    for address, value in items.items():
        for line in lines[address]:
            sums[line] = sums.get(line, 0.0) + value
    expected: dict[Address, float] = {}
    seen: dict[int, _Seen] = {}
    for address, value in items.items():
        row, column, table = (sums[line] - value for line in lines[address])
        middle = _expected(row, column, table - row - column, puzzle.shares[address])
        expected[address] = middle
        distance = abs(log((value + 0.5) / (middle + 0.5))) if value else 0.0
        seen.setdefault(_size(middle), _Seen()).take(_Seen(1, not value, distance), 1)
    return Usual(expected, seen)


def _expected(beside: float, below: float, rest: float, shares: tuple[float, float]) -> float:
    """Give what the rest of the row holds in the proportions of the other rows.

    The item itself is in none of these: added up into its totals, it leaves this as it was.
    """
    of_row, of_column = shares
    beside += KNOWN_OF_ROWS * of_row
    below += KNOWN_OF_COLUMNS * of_column
    return beside * below / (rest + KNOWN_OF_ROWS * (1 - of_row))


def _lines(address: Address) -> tuple[str, str, str]:
    """Name the row, the column and the table of a cell."""
    row, _, column = address.rpartition("/")
    table = row.partition("/")[0]
    return row, f"{table}//{column}", table


def _size(expected: float) -> int:
    return floor(log(expected + 0.05))
