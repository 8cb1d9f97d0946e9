"""In: nothing. Out: the values of an assertion whose references are cells and facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check.grammar import Comparator, Function, Number, Operator
from auditor.model import Address


@dataclass(frozen=True, slots=True)
class CellOf:
    """A cell of the form."""

    address: Address


@dataclass(frozen=True, slots=True)
class Outside:
    """A value from outside the tables: `facts.x`, `report.year`, `previous.…`, `children.…`."""

    name: str


Operand = CellOf | Outside


@dataclass(frozen=True, slots=True)
class Tally:
    """A function over operands."""

    function: Function
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """A bound expression with its sign turned."""

    operand: "Bound"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two bound expressions joined by an operator."""

    operator: Operator
    left: "Bound"
    right: "Bound"


Bound = Number | CellOf | Outside | Tally | Minus | Joined


@dataclass(frozen=True, slots=True)
class BoundComparison:
    """A comparison whose references are cells and facts.

    `valued`: the operands whose values count; `counted`: those of which only the presence does.
    """

    left: Bound
    comparator: Comparator
    right: Bound
    valued: tuple[Operand, ...] = ()
    counted: tuple[Operand, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule at one row, column or cell; `row` and `column` are None where all are meant."""

    key: str
    row: str | None = None
    column: str | None = None
    comparison: BoundComparison | None = None
    when: tuple[BoundComparison, ...] = ()


def operands(bound: Bound, *, counted: bool) -> Iterator[Operand]:
    """Give the operands whose values count, or (`counted`) those that are only counted."""
    match bound:
        case Tally():
            if counted == (bound.function != "sum"):
                yield from bound.operands
        case Joined():
            yield from operands(bound.left, counted=counted)
            yield from operands(bound.right, counted=counted)
        case Minus():
            yield from operands(bound.operand, counted=counted)
        case CellOf() | Outside():
            if not counted:
                yield bound
        case Number():
            pass
