"""In: equalities, and the cells of a form. Out: what they can locate, and where they are at fault.

Exact elimination over rationals: a linter must not be wrong by a rounding.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from auditor.check.linear import Equality
from auditor.model import Address

Row = dict[Address, Fraction]
_CONSTANT = ""
"""Stands for the constant among the cells of an equality."""


@dataclass(frozen=True, slots=True)
class Identifiability:
    """What a set of equalities can tell of a single wrong cell.

    `rank`: how many of them are independent. `classes`: the cells that the equalities cannot tell
    apart, each class in form order; a class of one is exactly locatable. `uncovered`: the cells
    that stand in no equality.
    """

    equalities: int
    rank: int
    uncovered: tuple[Address, ...]
    classes: tuple[tuple[Address, ...], ...]

    @property
    def unique(self) -> tuple[Address, ...]:
        """The cells in which a single error is exactly locatable."""
        return tuple(group[0] for group in self.classes if len(group) == 1)

    @property
    def ties(self) -> tuple[tuple[Address, ...], ...]:
        """The classes of cells that cannot be told apart."""
        return tuple(group for group in self.classes if len(group) > 1)

    @property
    def covered(self) -> int:
        """How many cells stand in an equality."""
        return sum(map(len, self.classes))


@dataclass(frozen=True, slots=True)
class Faults:
    """What is odd about a set of equalities.

    `contradictory`: no numbers at all satisfy it together with those before it; `implied`: those
    before it say so already, which is worth keeping: two sums over one cell locate an error.
    `pinned`: the cells that may hold one value only.
    """

    contradictory: tuple[Equality, ...] = ()
    implied: tuple[Equality, ...] = ()
    pinned: tuple[Address, ...] = ()


def identify(equalities: Sequence[Equality], cells: Iterable[Address]) -> Identifiability:
    """Tell which single errors among the cells these equalities locate."""
    columns: dict[Address, list[tuple[int, int]]] = {address: [] for address in cells}
    for ix, equality in enumerate(equalities):
        for address, coefficient in equality.coefficients.items():
            columns.setdefault(address, []).append((ix, coefficient))
    classes: dict[tuple[tuple[int, int], ...], list[Address]] = {}
    for address, column in columns.items():
        if column:
            classes.setdefault(_signature(column), []).append(address)
    return Identifiability(
        equalities=len(equalities),
        rank=len(_Basis.of(_homogeneous(e) for e in equalities).rows),
        uncovered=tuple(address for address, column in columns.items() if not column),
        classes=tuple(tuple(group) for group in classes.values()),
    )


def find_faults(equalities: Sequence[Equality]) -> Faults:
    """Find the equalities that contradict those before them, and those that these imply."""
    basis = _Basis({})
    contradictory, implied = [], []
    for equality in equalities:
        rest = basis.reduce(_row(equality))
        if not rest:
            implied.append(equality)
        elif rest.keys() == {_CONSTANT}:
            contradictory.append(equality)
        else:
            basis = basis.with_row(rest)
    return Faults(tuple(contradictory), tuple(implied), basis.pinned())


def _signature(column: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give what an error in a cell does to the equalities, whatever its amount."""
    scale = gcd(*(coefficient for _, coefficient in column))
    scale = -scale if column[0][1] < 0 else scale
    return tuple((ix, coefficient // scale) for ix, coefficient in column)


def _row(equality: Equality) -> Row:
    row = {address: Fraction(c) for address, c in equality.coefficients.items()}
    return row | ({_CONSTANT: Fraction(equality.constant)} if equality.constant else {})


def _homogeneous(equality: Equality) -> Row:
    return {address: Fraction(c) for address, c in equality.coefficients.items()}


@dataclass(frozen=True, slots=True)
class _Basis:
    """Independent rows by the cell that each is solved for; no other row names that cell."""

    rows: Mapping[Address, Row]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "_Basis":
        """Give a basis of what the rows span."""
        basis = cls({})
        for row in rows:
            rest = basis.reduce(row)
            basis = basis.with_row(rest) if rest else basis
        return basis

    def reduce(self, row: Row) -> Row:
        """Give what is left of a row beside the basis; nothing where the basis implies it."""
        rest = dict(row)
        for address in row:
            if address in self.rows and address in rest:
                rest = _minus(rest, self.rows[address], rest[address])
        return rest

    def with_row(self, row: Row) -> "_Basis":
        """Give the basis with one independent row more."""
        pivot = next(address for address in row if address != _CONSTANT)
        solved = {address: value / row[pivot] for address, value in row.items()}
        others = {
            address: _minus(other, solved, other[pivot]) if pivot in other else other
            for address, other in self.rows.items()
        }
        return _Basis(others | {pivot: solved})

    def pinned(self) -> tuple[Address, ...]:
        """Give the cells whose value a row alone decides."""
        return tuple(a for a, row in self.rows.items() if row.keys() <= {a, _CONSTANT})


def _minus(row: Row, other: Row, factor: Fraction) -> Row:
    rest = dict(row)
    for address, value in other.items():
        left = rest.get(address, Fraction(0)) - factor * value
        if left:
            rest[address] = left
        else:
            rest.pop(address, None)
    return rest
