"""In: a bound comparison and the readings of a report. Out: the numbers of its two sides."""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check.bound import (
    Bound,
    BoundComparison,
    CellOf,
    Joined,
    Minus,
    Operand,
    Outside,
    Tally,
)
from auditor.check.grammar import Number, Operator
from auditor.check.readings import Readings, Standing
from auditor.model import Amount, Term


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it comes to, and the addends it is made of."""

    amount: Amount
    terms: tuple[Term, ...]


def side(bound: Bound, readings: Readings) -> Side:
    """Work out one side; all its operands must be numbers or blanks."""
    return Side(amount(bound, readings), tuple(_terms(bound, readings, 1)))


def amount(bound: Bound, readings: Readings) -> Amount:
    """Give what an expression comes to."""
    match bound:
        case Number():
            return bound.value
        case CellOf() | Outside():
            return readings[bound].value
        case Minus():
            return -amount(bound.operand, readings)
        case Tally():
            return _tally(bound, readings)
        case Joined():
            left, right = amount(bound.left, readings), amount(bound.right, readings)
            return _apply(bound.operator, left, right)


def _apply(operator: Operator, left: Amount, right: Amount) -> Amount:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "%":
            return left % right


def holds(comparison: BoundComparison, readings: Readings, tolerance: Amount = 0) -> bool:
    """Tell whether a comparison holds; equality up to the tolerance."""
    excess = amount(comparison.left, readings) - amount(comparison.right, readings)
    return {
        "==": -tolerance <= excess <= tolerance,
        "!=": not -tolerance <= excess <= tolerance,
        "<=": excess <= tolerance,
        ">=": -excess <= tolerance,
        "<": excess < 0,
        ">": excess > 0,
    }[comparison.comparator]


def _tally(tally: Tally, readings: Readings) -> Amount:
    operands = tally.operands
    match tally.function:
        case "sum":
            return sum((readings[operand].value for operand in operands), 0)
        case "filled":
            filled = (Standing.NUMBER, Standing.UNREADABLE)
            return sum(readings[operand].standing in filled for operand in operands)
        case "blank":
            return sum(_is_blank(operand, readings) for operand in operands)


def _is_blank(operand: Operand, readings: Readings) -> bool:
    reading = readings[operand]
    return reading.standing is Standing.BLANK and not reading.is_dash


def _terms(bound: Bound, readings: Readings, sign: int) -> Iterator[Term]:
    match bound:
        case Number():
            pass
        case CellOf() | Outside():
            yield _term(bound, readings, sign)
        case Minus():
            yield from _terms(bound.operand, readings, -sign)
        case Tally():
            if bound.function == "sum":
                for operand in bound.operands:
                    yield _term(operand, readings, sign)
        case Joined():
            yield from _terms(bound.left, readings, sign)
            yield from _terms(bound.right, readings, -sign if bound.operator == "-" else sign)


def _term(operand: Operand, readings: Readings, sign: int) -> Term:
    reading = readings[operand]
    name = operand.address if isinstance(operand, CellOf) else operand.name
    return Term(name, reading.value, sign, blank=reading.standing is Standing.BLANK)
