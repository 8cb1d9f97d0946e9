"""In: the text of a cell and the kind of value it should hold. Out: the value, strictly parsed."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditor.form import ValueKind
from auditor.model import Amount, CellState
from auditor.recognise.common import common

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"\s*(?P<unit>[^\W\d_]{1,3})?"
    r"\s*(?:\((?P<note>[^()]*\D[^()]*)\))?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's text says; `value` is in the unit of the form, `unit` as written."""

    state: CellState
    value: Amount | None = None
    unit: str | None = None
    note: str | None = None


_BLANK = Reading(CellState.BLANK)
_UNREADABLE = Reading(CellState.UNREADABLE)


def parse_amount(text: str, kind: ValueKind, header_unit: str | None = None) -> Reading:
    """Read a cell: a number with separators, sign, unit and a note in brackets, a dash, or nothing.

    `header_unit` holds for a number without a unit of its own.

    What does not parse as a whole is unreadable; nothing is guessed. A line break inside digits
    does not parse: whether two lines are one number only the reader of the format can know.
    """
    compact = text.strip()
    if not compact:
        return _BLANK
    if "".join(compact.split()) in _dashes():
        return Reading(CellState.DASH)
    plain = compact.replace("−", "-").replace(",\n", ",")  # a comma ends no number: 49,⏎783
    match = _NUMBER.fullmatch(plain.replace("\n", " "))
    if not match:
        return _UNREADABLE
    unit = match["unit"]
    factor = _factor(unit or header_unit, kind)
    if factor is None:
        return _UNREADABLE
    return Reading(CellState.VALUE, _amount(match["number"], factor), unit, match["note"])


def _amount(digits: str, factor: Decimal) -> Amount:
    number = Decimal(digits.replace(",", ""))
    if factor != 1:
        number = (number * factor).normalize()
    return int(number) if number == number.to_integral_value() else number


def _factor(unit: str | None, kind: ValueKind) -> Decimal | None:
    """Give what one written unit is in the form's unit; None for a word that is no unit."""
    if unit is None:
        return Decimal(1)
    return _units("amount" if kind == "amount" else "count").get(unit)


@cache
def _dashes() -> frozenset[str]:
    return frozenset(common()["values"]["dashes"])


@cache
def _units(kind: str) -> dict[str, Decimal]:
    return {unit: Decimal(factor) for unit, factor in common()["values"]["units"][kind].items()}


def unit_in_header(label: str) -> str | None:
    """Give the unit of money that a column's header states, if any."""
    letters = "".join(label.split())
    stated = (unit for unit in sorted(_units("amount"), key=len, reverse=True) if unit in letters)
    return next(stated, None)
