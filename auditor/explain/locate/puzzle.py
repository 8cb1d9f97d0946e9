"""In: equalities and the numbers printed. Out: the puzzle they pose, and what a change does to it.

A puzzle knows no report: addresses, numbers, and which cells stand side by side.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from auditor.check.linear import Equality
from auditor.model import Address, Amount, Term

Residuals = Mapping[int, Amount]
"""By how much each violated equality fails, by its index."""
Deltas = Iterable[tuple[Address, Amount]]
Line = tuple[Address, ...]
NOTHING: Mapping[Address, Amount] = MappingProxyType({})
Shares = Mapping[Address, tuple[float, float]]
"""What is usually in a cell's row, and in its column, as shares of the table."""
NO_SHARES: Shares = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Witness:
    """What speaks of the cells beside the sums: an amount, and each sum that it may rightly be.

    It may err, or have its exceptions: a number of the prose, a sum whose violation is a warning.
    """

    value: Amount
    meanings: tuple[tuple[Term, ...], ...]

    @property
    def cells(self) -> frozenset[Address]:
        """The cells that any of its meanings names."""
        return frozenset(term.cell for terms in self.meanings for term in terms)

    def off_by(self, changes: Mapping[Address, Amount] = NOTHING) -> frozenset[Amount]:
        """Give how far each meaning is from it once the cells are changed."""
        return frozenset(
            sum((term.sign * changes.get(term.cell, term.value) for term in terms), -self.value)
            for terms in self.meanings
        )

    def agrees(self, changes: Mapping[Address, Amount]) -> bool:
        """Whether it is right once the cells are changed."""
        return 0 in self.off_by(changes)


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Equalities that should hold over the cells, and what is printed there; a blank counts as 0.

    `uses`: the equalities that name a cell, with its coefficient. `parts`: the addends of a
    total, by the equality that makes it one; `above`: the totals of which a cell is a
    part. `rows`, `columns`: cells side by side, as printed. `witnesses`: what else there is to go
    by.
    """

    equalities: tuple[Equality, ...]
    values: Mapping[Address, Amount]
    uses: Mapping[Address, tuple[tuple[int, int], ...]]
    parts: Mapping[Address, Mapping[int, Line]]
    above: Mapping[Address, Line]
    rows: tuple[Line, ...] = ()
    columns: tuple[Line, ...] = ()
    blanks: frozenset[Address] = frozenset()
    doubtful: frozenset[Address] = frozenset()
    signed: frozenset[Address] = frozenset()  # may be negative
    fractional: frozenset[Address] = frozenset()  # need not be whole
    published: frozenset[Address] = frozenset()  # in another report, which stands already
    wrong: frozenset[Address] = frozenset()  # as printed it cannot stay
    witnesses: tuple[Witness, ...] = ()
    follows: frozenset[Address] = frozenset()
    shares: Shares = field(default_factory=lambda: NO_SHARES)

    def residuals(self) -> dict[int, Amount]:
        """Give the equalities that do not hold, and by how much."""
        amounts = ((ix, e.residual(self.values)) for ix, e in enumerate(self.equalities))
        return {ix: amount for ix, amount in amounts if amount}

    def after(self, residuals: Residuals, deltas: Deltas) -> dict[int, Amount]:
        """Give what is violated once the cells have changed by these amounts."""
        left = dict(residuals)
        for address, delta in deltas:
            for ix, coefficient in self.uses[address]:
                amount = left.get(ix, 0) + coefficient * delta
                if amount:
                    left[ix] = amount
                else:
                    left.pop(ix, None)
        return left

    def may_be(self, address: Address, value: Amount) -> bool:
        """Whether the form allows the value there."""
        if not isinstance(value, int) and address not in self.fractional:
            return False
        return value >= 0 or address in self.signed


def pose(  # noqa: PLR0913 - what a puzzle is made of, by keyword
    equalities: Sequence[Equality],
    values: Mapping[Address, Amount | None],
    *,
    rows: Sequence[Line] = (),
    columns: Sequence[Line] = (),
    doubtful: Collection[Address] = (),
    signed: Collection[Address] = (),
    fractional: Collection[Address] = (),
    published: Collection[Address] = (),
    witnesses: Iterable[Witness] = (),
    shares: Shares = NO_SHARES,
) -> Puzzle:
    """Pose the puzzle; `values` has every cell of the equalities, None where it is blank."""
    uses: dict[Address, list[tuple[int, int]]] = {}
    for ix, equality in enumerate(equalities):
        for address, coefficient in equality.coefficients.items():
            uses.setdefault(address, []).append((ix, coefficient))
    parts = _parts(equalities)
    return Puzzle(
        equalities=tuple(equalities),
        values={address: values[address] or 0 for address in uses},
        uses={address: tuple(found) for address, found in uses.items()},
        parts=parts,
        above=_above(parts),
        rows=tuple(_known(line, uses) for line in rows),
        columns=tuple(_known(line, uses) for line in columns),
        blanks=frozenset(address for address in uses if values[address] is None),
        doubtful=frozenset(doubtful),
        signed=frozenset(signed),
        fractional=frozenset(fractional),
        published=frozenset(published),
        wrong=frozenset(a for a in uses if (values[a] or 0) < 0 and a not in signed),
        witnesses=tuple(witnesses),
        follows=frozenset(_follows(equalities, parts)),
        shares=shares,
    )


def _known(line: Line, uses: Collection[Address]) -> Line:
    return tuple(address for address in line if address in uses)


def _parts(equalities: Sequence[Equality]) -> dict[Address, dict[int, Line]]:
    """Find the totals: a cell that stands alone on its side of an equality."""
    found: dict[Address, dict[int, Line]] = {}
    for ix, equality in enumerate(equalities):
        plus = tuple(a for a, c in equality.coefficients.items() if c > 0)
        minus = tuple(a for a, c in equality.coefficients.items() if c < 0)
        for side, other in ((plus, minus), (minus, plus)):
            if len(side) == 1 and len(other) > 1 and not equality.constant:
                found.setdefault(side[0], {})[ix] = other
    return found


def _follows(
    equalities: Sequence[Equality], parts: Mapping[Address, Mapping[int, Line]]
) -> Iterator[Address]:
    """Give what the other cells decide: the totals, and one cell of each other equality."""
    yield from parts
    summed = {ix for sums in parts.values() for ix in sums}
    yield from (next(iter(e.coefficients)) for ix, e in enumerate(equalities) if ix not in summed)


def _above(parts: Mapping[Address, Mapping[int, Line]]) -> dict[Address, Line]:
    found: dict[Address, list[Address]] = {}
    for total, sums in parts.items():
        for part in dict.fromkeys(part for line in sums.values() for part in line):
            found.setdefault(part, []).append(total)
    return {part: tuple(totals) for part, totals in found.items()}
