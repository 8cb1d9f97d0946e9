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
    Operand,
    Outside,
    Tally,
)
from auditor.check.grammar import Number, Operator
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


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear expression; `None` stands for one that is not."""

    coefficients: dict[Address, int] = field(default_factory=dict)
    constant: int = 0


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
    cells = (o.address.rpartition("/")[0] for o in comparison.valued if isinstance(o, CellOf))
    if any(row in shape for row in cells):  # named itself, and the report does not have it
        return None
    excess = _linear(Joined("-", comparison.left, comparison.right))
    if excess is None:
        return None
    coefficients = {address: c for address, c in excess.coefficients.items() if c}
    return Equality(rule, instance.key, coefficients, excess.constant) if coefficients else None


def _linear(bound: Bound) -> _Linear | None:
    match bound:
        case Number():
            return _Linear({}, bound.value) if isinstance(bound.value, int) else None
        case CellOf() | Outside():
            return _of_cells((bound,))
        case Tally():
            return _of_cells(bound.operands) if bound.function == "sum" else None
        case Minus():
            operand = _linear(bound.operand)
            return _scaled(operand, -1) if operand else None
        case Joined():
            left, right = _linear(bound.left), _linear(bound.right)
            return _joined(bound.operator, left, right) if left and right else None


def _joined(operator: Operator, left: _Linear, right: _Linear) -> _Linear | None:
    if operator in {"+", "-"}:
        return _added(left, _scaled(right, -1) if operator == "-" else right)
    if operator == "*" and not right.coefficients:
        return _scaled(left, right.constant)
    if operator == "*" and not left.coefficients:
        return _scaled(right, left.constant)
    return None


def _of_cells(operands: Iterable[Operand]) -> _Linear | None:
    total = _Linear()
    for operand in operands:
        if isinstance(operand, Outside):
            return None
        total = _added(total, _Linear({operand.address: 1}))
    return total


def _added(left: _Linear, right: _Linear) -> _Linear:
    coefficients = dict(left.coefficients)
    for address, coefficient in right.coefficients.items():
        coefficients[address] = coefficients.get(address, 0) + coefficient
    return _Linear(coefficients, left.constant + right.constant)


def _scaled(linear: _Linear, factor: int) -> _Linear:
    return _Linear(
        {address: c * factor for address, c in linear.coefficients.items()},
        linear.constant * factor,
    )
