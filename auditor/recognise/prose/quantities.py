"""In: a sentence's text. Out: the numbers in it that count something: 3,119件, 1.2万条, 三件."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from auditor.model import Amount
from auditor.recognise.common import common
from auditor.recognise.prose.lexicon import lexicon, pattern
from auditor.recognise.prose.values import Quantity

_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
MONEY = "万元"


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Give the quantities in the order of the text; dates, ordinals, document numbers are none.

    A number without unit before its share (部分公开67,占4.61%) has the unit of the one before it.
    """
    found = [*_written_in_digits(text), *_written_in_numerals(text)]
    nothing = [match.span() for match in pattern("quantities", "none").finditer(text)]
    counted = (q for q in found if not any(start <= q.start < end for start, end in nothing))
    return tuple(_with_units(sorted(counted, key=lambda quantity: quantity.start)))


def _with_units(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    unit = lexicon()["quantities"]["counted_in"][0]
    for quantity in quantities:
        unit = quantity.unit or unit
        yield replace(quantity, unit=unit)


def _written_in_digits(text: str) -> Iterator[Quantity]:
    matches = (m for key in ("digits", "bare") for m in pattern("quantities", key).finditer(text))
    for match in matches:
        digits = match["digits"].replace(",", "") + (match["fraction"] or "")
        places = len(match["fraction"] or "") - 1 if match["fraction"] else 0
        factor = _factor(match["unit"]) * _MULTIPLES.get(match["multiple"] or "", 1)
        yield _quantity(match, Decimal(digits) * factor, Decimal(1).scaleb(-places) * factor)


def _written_in_numerals(text: str) -> Iterator[Quantity]:
    for match in pattern("quantities", "numerals").finditer(text):
        value = read_numerals(match["numerals"])
        if value is not None:
            yield _quantity(match, Decimal(value), Decimal(1))


def _quantity(match: re.Match[str], value: Decimal, step: Decimal) -> Quantity:
    words = match.groupdict()
    about = ("before", "many", "many2", "after")
    return Quantity(
        value=_plain(value),
        step=_plain(step),
        unit=MONEY if match["unit"] in _money() else match["unit"],
        is_exact=not any(words.get(word) for word in about),
        start=match.start(),
        end=match.end(),
    )


def _factor(unit: str) -> Decimal:
    return Decimal(_money()[unit]) if unit in _money() else Decimal(1)


def _money() -> dict[str, str]:
    factors: dict[str, str] = common()["values"]["units"]["amount"]
    return {unit: factor for unit, factor in factors.items() if unit.endswith("元")}


def _plain(value: Decimal) -> Amount:
    return int(value) if value == value.to_integral_value() else value


def read_numerals(text: str) -> int | None:
    """Read 三, 十二, 一百零五; None for what is no number of that kind (二三)."""
    total, digit = 0, None
    for char in text:
        if char in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[char]
            digit = None
        elif digit in {None, 0}:
            digit = _NUMERALS[char]
        else:
            return None
    return total + (digit or 0)
