"""In: rules and the rows that a report has. Out: their equalities as rows of an integer matrix."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from auditor.check.bind import instances
from auditor.check.bound import (
    Bound,
    CellOf,
    Instance,
    Joined,
    Minus,
    Outside,
    Tally,
)
from auditor.check.grammar import Number
from auditor.check.relatives import CHILDREN, PREVIOUS, owners_needed
from auditor.check.rule import Assertion, Rule
from auditor.check.shape import Shape, shape_for
from auditor.model import Address, Amount

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAFE = 2**62
"""Sums of products below this stay exact in 64 bits."""


@dataclass(frozen=True, slots=True)
class Equality:
    """A rule instance as `sum(coefficient * cell) + constant == 0`."""

    rule: str
    instance: str
    coefficients: Mapping[Address, int]
    constant: int = 0

    def residual(self, values: Mapping[Address, Amount]) -> Amount:
        """Give how far the cells are from equality; cells without a value count as zero."""
        addends = (c * values.get(address, 0) for address, c in self.coefficients.items())
        return sum(addends, self.constant)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Equalities over the cells that they name: `coefficients @ x + constants == 0`.

    Shape: equalities × addresses; int64.
    """

    equalities: tuple[Equality, ...]
    addresses: tuple[Address, ...]
    coefficients: "NDArray[np.int64]"
    constants: "NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Residuals:
    """What many reports come to. Shape: reports × equalities.

    `decided`: every cell of the equality had a number; where not, the residual means nothing.
    `violated`: decided, and not zero.
    """

    amounts: "NDArray[np.int64] | NDArray[np.object_]"
    decided: "NDArray[np.bool_]"
    violated: "NDArray[np.bool_]"


@dataclass(slots=True)
class _Sums:
    """What an expression comes to, cell by cell; it is filled addend by addend."""

    coefficients: dict[Address, int] = field(default_factory=dict)
    constant: int = 0

    def take(self, bound: Bound, factor: int) -> bool:
        """Add so many times the expression; False where it is not linear with whole numbers."""
        match bound:
            case CellOf():
                known = self.coefficients.get(bound.address, 0)
                self.coefficients[bound.address] = known + factor
                return True
            case Tally():
                counted = bound.function == "sum"
                return counted and all(self.take(o, factor) for o in bound.operands)
            case Number():
                return self._take_number(bound.value, factor)
            case Minus():
                return self.take(bound.operand, -factor)
            case Joined():
                return self._take_joined(bound, factor)
            case Outside():
                return False

    def _take_number(self, value: Amount, factor: int) -> bool:
        if isinstance(value, int):
            self.constant += factor * value
        return isinstance(value, int)

    def _take_joined(self, bound: Joined, factor: int) -> bool:
        if bound.operator in {"+", "-"}:
            sign = 1 if bound.operator == "+" else -1
            return self.take(bound.left, factor) and self.take(bound.right, sign * factor)
        if bound.operator != "*":
            return False
        left, right = _whole_number(bound.left), _whole_number(bound.right)
        if left is right is None:
            return False
        if right is not None:
            return self.take(bound.left, factor * right)
        return self.take(bound.right, factor * (left or 0))


def _whole_number(bound: Bound) -> int | None:
    """Give what an expression without cells comes to; None where it has some."""
    sums = _Sums()
    is_number = sums.take(bound, 1) and not sums.coefficients
    return sums.constant if is_number else None


def linear_equalities(
    rules: Iterable[Rule],
    edition: str,
    rows: Mapping[str, Collection[str]] | None = None,
    *,
    previous: bool = False,
    summed: tuple[str, ...] = (),
) -> tuple[Equality, ...]:
    """Give the linear equalities of the rules over cells with whole coefficients.

    A rule for some bodies or years only is left out: whether it holds is no matter of cells.
    `rows`: the rows of each table that the report has; None: those of the edition.
    `previous`: last year's cells count too; `summed`: so do those of these subordinate bodies
    (owners), of which the report says that it is the sum. Else rules on them are left out.
    """
    shape = shape_for(edition, rows or {})
    return tuple(
        equality
        for rule in rules
        if _is_exact_for_all(rule, edition) and _given(previous, summed) >= {*owners_needed(rule)}
        for instance in instances(rule, edition, shape, summed)
        if (equality := _equality(rule.id, instance, shape))
    )


def matrix(equalities: Sequence[Equality]) -> Matrix:
    """Give the equalities as one integer matrix, its columns in order of first appearance."""
    import numpy as np  # noqa: PLC0415 - pays from thousands of reports on

    addresses = tuple(dict.fromkeys(a for e in equalities for a in e.coefficients))
    column = {address: ix for ix, address in enumerate(addresses)}
    coefficients = np.zeros((len(equalities), len(addresses)), dtype=np.int64)
    for row_ix, equality in enumerate(equalities):
        for address, coefficient in equality.coefficients.items():
            coefficients[row_ix, column[address]] = coefficient
    constants = np.array([e.constant for e in equalities], dtype=np.int64)
    return Matrix(tuple(equalities), addresses, coefficients, constants)


def check_many(system: Matrix, reports: Sequence[Mapping[Address, Amount | None]]) -> Residuals:
    """Give the residual of each equality on each report, by one product; always exact."""
    import numpy as np  # noqa: PLC0415

    given = [[report.get(address) for address in system.addresses] for report in reports]
    shape = (len(reports), len(system.addresses))
    known = np.array([[v is not None for v in row] for row in given], dtype=bool).reshape(shape)
    kind = np.int64 if _fits(system, given) else np.object_
    values = np.array([[v or 0 for v in row] for row in given], dtype=kind).reshape(shape)
    uses = (system.coefficients != 0).astype(np.int64)
    unknown = (~known).astype(np.int64) @ uses.T
    amounts = values @ system.coefficients.T.astype(kind) + system.constants.astype(kind)
    decided = unknown == 0
    return Residuals(amounts, decided, np.logical_and(decided, amounts != 0))


def _fits(system: Matrix, given: Sequence[Sequence[Amount | None]]) -> bool:
    """Tell whether 64 bits hold every sum of products exactly."""
    values = [v for row in given for v in row if isinstance(v, int)]
    if any(isinstance(v, Decimal) for row in given for v in row):
        return False
    largest = max((abs(value) for value in values), default=0)
    widest = max((sum(map(abs, e.coefficients.values())) for e in system.equalities), default=0)
    constant = max((abs(e.constant) for e in system.equalities), default=0)
    return largest * widest + constant < SAFE


# ------------------------------------------------------------------ from rules


def _is_exact_for_all(rule: Rule, edition: str) -> bool:
    """Tell whether the rule is an assertion without slack that every report must satisfy."""
    if rule.agencies or rule.years != (None, None):
        return False
    is_for_edition = not rule.editions or edition in rule.editions
    return is_for_edition and isinstance(rule.test, Assertion) and not rule.test.tolerance


def _given(previous: bool, summed: tuple[str, ...]) -> set[str]:  # noqa: FBT001 - private
    return ({PREVIOUS} if previous else set()) | ({CHILDREN} if summed else set())


def _equality(rule: str, instance: Instance, shape: Shape) -> Equality | None:
    comparison = instance.comparison
    if comparison is None or comparison.comparator != "==":
        return None
    sums = _Sums()
    if not (sums.take(comparison.left, 1) and sums.take(comparison.right, -1)):
        return None
    cells = (o.address.rpartition("/")[0] for o in comparison.valued if isinstance(o, CellOf))
    if any(row in shape for row in cells):  # named itself, and the report does not have it
        return None
    coefficients = {address: c for address, c in sums.coefficients.items() if c}
    constant = sums.constant
    return Equality(rule, instance.key, coefficients, constant) if coefficients else None
