"""In: a puzzle, what is violated, one violated equality. Out: the slips that would explain it.

Each edit takes one slip of the pen back: a number typed wrong, a number beside its place, a row
pasted one column off, two rows swapped, an item wrong with its totals added up over it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from auditor.explain.locate import costs
from auditor.explain.locate.puzzle import Line, Puzzle, Residuals
from auditor.model import Address, Amount

Changes = Mapping[Address, Amount]
_SHORT_ROW = 7
"""Only of a row up to so long any part may have slipped; of a longer one, the whole."""
_LONG_ROW = 8
"""A long row is alone in its table and pasted whole: it slips oftener than one row among many."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One slip taken back: the cells with their right values, its kind, and what it costs."""

    changes: Changes
    kind: str
    cost: int


@dataclass(frozen=True)
class Position:
    """A point of the search: the cells changed so far, and what is still violated."""

    puzzle: Puzzle
    changes: Changes
    residuals: Residuals

    @cached_property
    def hot(self) -> frozenset[Address]:
        """The cells that a violated equality names and that were not changed yet."""
        named = (self.puzzle.equalities[ix].coefficients.keys() for ix in self.residuals)
        return frozenset().union(*named) - self.changes.keys()

    @cached_property
    def current(self) -> Changes:
        """What the cells hold at this point."""
        return {**self.puzzle.values, **self.changes} if self.changes else self.puzzle.values

    def now(self, address: Address) -> Amount:
        """Give what the cell holds at this point."""
        return self.current[address]

    def left_by(self, changes: Changes) -> dict[int, Amount]:
        """Give what is violated after these changes too."""
        current = self.current
        deltas = [(address, value - current[address]) for address, value in changes.items()]
        return self.puzzle.after(self.residuals, deltas)

    def gains(self, changes: Changes, gain: int) -> bool:
        """Whether the changes are allowed, one for each cell, and leave so many fewer violated."""
        current, may_be = self.current, self.puzzle.may_be
        for address, value in changes.items():
            if address in self.changes or value == current[address] or not may_be(address, value):
                return False
        return len(self.left_by(changes)) <= len(self.residuals) - gain

    def settling(self, address: Address, equality: int) -> Amount | None:
        """Give the value of the cell with which the equality holds; None where none does."""
        coefficient = self.puzzle.equalities[equality].coefficients[address]
        residual = self.residuals.get(equality, 0)
        if coefficient not in {1, -1}:
            if residual % coefficient:
                return None
            return self.now(address) - residual // coefficient
        value = self.now(address) - residual * coefficient
        return int(value) if value == int(value) else value


def edits_at(position: Position, equality: int, *, gain: int = 1) -> Iterator[Edit]:
    """Give the slips that involve a violated equality and leave less to explain.

    With `gain` 0 a single number may break one equality for the one that it settles, which the
    next slip may mend.
    """
    cells = tuple(
        address
        for address in position.puzzle.equalities[equality].coefficients
        if address not in position.changes
    )
    yield from _retyped(position, cells, gain)
    yield from _shifted(position, cells)
    yield from _readded(position, cells, equality)
    if not position.puzzle.published.isdisjoint(position.puzzle.equalities[equality].coefficients):
        yield from _misfiled(position, cells, equality)
    if len(position.residuals) > 1:
        yield from _misplaced(position, cells, equality)
        yield from _rows_swapped(position, cells)


# ------------------------------------------------------------------ one number


def _retyped(position: Position, cells: Line, gain: int) -> Iterator[Edit]:
    for address in cells:
        for value in _values(position, address):
            changes = {address: value}
            if position.gains(changes, gain):
                kind, cost = costs.retyped(position.puzzle, address, value)
                yield Edit(changes, kind, cost)


def _values(position: Position, address: Address) -> Iterable[Amount]:
    """Give the values of a cell with which one of its violated equalities would hold."""
    violated = (ix for ix, _ in position.puzzle.uses[address] if ix in position.residuals)
    found = dict.fromkeys(position.settling(address, ix) for ix in violated)
    return (value for value in found if value is not None)


# ------------------------------------------------------------------ two numbers


def _misplaced(position: Position, cells: Line, equality: int) -> Iterator[Edit]:
    """Find an amount that stands in another cell of the same sum, which therefore still holds."""
    for address in cells:
        value = position.settling(address, equality)
        if value is None or not position.puzzle.may_be(address, value):
            continue
        excess = position.now(address) - value
        for other in _fellows(position, address, equality):
            changes = {address: value, other: position.now(other) + excess}
            if position.gains(changes, 2):
                yield _as_misplaced(position, changes)


def _fellows(position: Position, address: Address, equality: int) -> Iterator[Address]:
    """Give the hot cells that count alike in another sum."""
    return (a for a in _alike(position.puzzle, address, equality) if a in position.hot)


def _alike(puzzle: Puzzle, address: Address, equality: int) -> Iterator[Address]:
    """Give the cells that count alike in another sum."""
    for shared, coefficient in puzzle.uses[address]:
        if shared == equality:
            continue
        for other, weight in puzzle.equalities[shared].coefficients.items():
            if weight == coefficient and other != address:
                yield other


def _as_misplaced(position: Position, changes: Changes) -> Edit:
    (here, new), (there, other) = changes.items()
    row = _line_of(position.puzzle.rows, here, there)
    line = row or _line_of(position.puzzle.columns, here, there)
    far = not line or abs(line.index(here) - line.index(there)) > 1
    whole = (new, other) == (position.now(there), position.now(here))
    kind = ("neighbour-" if whole else "misfiled-") + ("column" if row else "row")
    ways, amount = len(position.puzzle.uses), new - position.now(here)
    cost = costs.misplaced(ways, amount, in_row=bool(row), whole=whole, far=far)
    return Edit(changes, kind, cost)


def _line_of(lines: Iterable[Line], here: Address, there: Address) -> Line:
    return next((line for line in lines if here in line and there in line), ())


# ------------------------------------------------------------------ a whole row


def _shifted(position: Position, cells: Line) -> Iterator[Edit]:
    """Find a stretch of a row that stands one column too far right or left."""
    for row in position.puzzle.rows:
        if sum(address in position.hot for address in row) < 2 or not set(cells) & set(row):
            continue
        if not any(map(position.current.__getitem__, row)):
            continue
        for stretch, ways in _stretches(row):
            yield from _as_shifted(position, stretch, ways)
            yield from _as_shifted(position, stretch[::-1], ways)


def _stretches(row: Line) -> Iterator[tuple[Line, int]]:
    """Give the whole row, all but its total, and, of a short one, every part; of how many."""
    yield row, 1
    if len(row) > _SHORT_ROW:
        return
    yield row[:-1], 1
    for first, last in combinations(range(len(row)), 2):
        if first or last < len(row) - 2:
            yield row[first : last + 1], 4 * len(row) ** 2  # rarer than the whole


def _as_shifted(position: Position, stretch: Line, ways: int) -> Iterator[Edit]:
    """Move each number one place back; the last place is left empty, a sum says what was there."""
    changes: dict[Address, Amount] = {}
    current = position.current
    for here, after in pairwise(stretch):
        value = current[after]
        if value != current[here]:
            if here not in position.hot and len(stretch) <= _SHORT_ROW:
                return
            changes[here] = value
    if not changes or stretch[-1] in position.changes:
        return
    for last in _last_values(position, changes, stretch[-1]):
        full = {**changes, **last}
        if len(full) >= (2 if ways == 1 else min(len(stretch), 3)) and position.gains(full, 1):
            cost = _cost_of_shift(position, stretch, ways, last)
            yield Edit(full, "row-shifted", cost)


def _last_values(
    position: Position, changes: Changes, last: Address
) -> Iterator[dict[Address, Amount]]:
    """Give what the place left empty may have held: what stands there, or what a sum asks for."""
    moved = Position(position.puzzle, position.changes, position.left_by(changes))
    yield {}
    for value in _values(moved, last):
        yield {last: value}


def _cost_of_shift(position: Position, stretch: Line, ways: int, last: Changes) -> int:
    """Weigh a shift: what stands where nothing should comes from nowhere, or from the other end."""
    ways *= 4 * (len(position.puzzle.rows) if len(stretch) <= _SHORT_ROW else _LONG_ROW)
    filler = position.now(stretch[0])
    strange = 0 if filler in {0, *last.values()} else filler
    cost = costs.moved(costs.SHIFTED, ways, far=bool(strange))
    return cost + costs.rarity(strange)


def _rows_swapped(position: Position, cells: Line) -> Iterator[Edit]:
    """Find two rows, next to each other or with one between, with all their numbers exchanged."""
    rows = position.puzzle.rows
    for apart in (1, 2):
        for upper, lower in zip(rows, rows[apart:], strict=False):
            if upper and lower and not set(cells).isdisjoint((*upper, *lower)):
                yield from _as_swapped(position, upper, lower, far=apart > 1)


def _as_swapped(position: Position, upper: Line, lower: Line, *, far: bool) -> Iterator[Edit]:
    current, hot = position.current, position.hot
    whole = _side_by_side(upper, lower)
    for width in (len(whole), len(whole) - 1):
        unlike = [(a, b) for a, b in whole[:width] if current[a] != current[b]]
        if len(unlike) < 2 or not all(a in hot or b in hot for a, b in unlike):
            continue
        changes = {a: current[b] for pair in unlike for a, b in (pair, pair[::-1])}
        if position.gains(changes, 2):
            rows = len(position.puzzle.rows) * (1 if width == len(whole) else 5)
            cost = costs.moved(costs.ROWS_SWAPPED, rows, far=far)
            yield Edit(changes, "rows-swapped", cost)


def _side_by_side(upper: Line, lower: Line) -> list[tuple[Address, Address]]:
    """Pair the cells of a column; one that stands in no sum is missing from its row."""
    below = {address.rpartition("/")[2]: address for address in lower}
    columns = ((address, below.get(address.rpartition("/")[2])) for address in upper)
    return [(here, there) for here, there in columns if there]


# ------------------------------------------------------------------ an item with its totals


def _readded(position: Position, cells: Line, equality: int) -> Iterator[Edit]:
    """Find an item typed wrong, over which some of its totals were added up."""
    for address in cells:
        value = position.settling(address, equality)
        if value is None or not position.puzzle.may_be(address, value):
            continue
        delta = value - position.now(address)
        for item in (address, *_addends(position.puzzle, address)):
            yield from _item_edits(position, item, delta, address)


def _addends(puzzle: Puzzle, total: Address) -> Iterable[Address]:
    """Give the items below a total, through totals of totals too."""
    below = [part for parts in puzzle.parts.get(total, {}).values() for part in parts]
    sums = (parts for part in below for parts in puzzle.parts.get(part, {}).values())
    return dict.fromkeys((*below, *(part for parts in sums for part in parts)))


def _misfiled(position: Position, cells: Line, equality: int) -> Iterator[Edit]:
    """Find items counted in another row, both totals added up: only another report shows it."""
    for total in (cell for cell in cells if cell in position.puzzle.parts):
        value = position.settling(total, equality)
        if value is None or not position.puzzle.may_be(total, value):
            continue
        excess = position.now(total) - value
        for other in _alike(position.puzzle, total, equality):
            for here, there in _addends_beside(position.puzzle, total, other):
                cells_off = {here: -excess, there: excess, total: -excess, other: excess}
                changes = {address: position.now(address) + by for address, by in cells_off.items()}
                if position.gains(changes, 1):
                    yield _as_misfiled(position, changes, excess)


def _as_misfiled(position: Position, changes: Changes, excess: Amount) -> Edit:
    here, there, *_ = changes
    line = _line_of(position.puzzle.columns, here, there)
    far = not line or abs(line.index(here) - line.index(there)) > 1
    ways = len(position.puzzle.uses)
    cost = costs.misplaced(ways, excess, in_row=False, whole=False, far=far)
    return Edit(changes, "misfiled-row+re-added", cost)


def _addends_beside(
    puzzle: Puzzle, total: Address, other: Address
) -> Iterator[tuple[Address, Address]]:
    """Give the addends of two totals that stand in the same column."""
    for upper in puzzle.parts[total].values():
        for lower in puzzle.parts.get(other, {}).values():
            yield from _side_by_side(upper, lower)


def _item_edits(
    position: Position, item: Address, delta: Amount, involved: Address
) -> Iterator[Edit]:
    new = position.now(item) + delta
    if item in position.changes or not position.puzzle.may_be(item, new):
        return
    above = tuple(_totals_above(position.puzzle, item))
    for totals in above:
        if involved != item and involved not in totals:
            continue
        changes = {address: position.now(address) + delta for address in (item, *totals)}
        if position.gains(changes, 1):
            kind, cost = costs.retyped(position.puzzle, item, new)
            share = costs.readded(len(totals), are_all=totals == above[-1])
            yield Edit(changes, f"{kind}+re-added", cost + costs.weigh(share))


def _totals_above(puzzle: Puzzle, item: Address) -> Iterator[Line]:
    """Give the sets of totals that may have been added up over an item: sideways, down, and on.

    The last one is that of all of them.
    """
    nearest = puzzle.above.get(item, ())
    for count in range(1, len(nearest) + 1):
        for chosen in combinations(nearest, count):
            yield chosen
            further = dict.fromkeys(t for total in chosen for t in puzzle.above.get(total, ()))
            if further and further.keys().isdisjoint((item, *chosen)):
                yield (*chosen, *further)
