"""In: names and words of reports. Out: whether they are of one body, and what they say of others.

Source: rules/forms/relatives.toml.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.check.grammar import fold
from auditor.form import rules_dir
from auditor.model import Report


def same_agency(one: str | None, other: str | None) -> bool:
    """Tell whether two names are of one body: 淮安市洪泽区人民政府, 洪泽区政府."""
    if not one or not other:
        return False
    short, long = sorted((agency_key(one), agency_key(other)), key=len)
    if short == long:
        return True
    settings = _settings()["agency"]
    superior = long.removesuffix(short)
    return bool(
        superior != long
        and re.search(settings["superior"], superior)
        and re.search(settings["place"], short)
    )


@cache
def agency_key(name: str) -> str:
    """Give the one spelling of a body's name."""
    folded = fold(name)
    for pattern, replacement in _settings()["agency"]["same"]:
        folded = re.sub(pattern, replacement, folded)
    return folded


def same_figures(one: Report, other: Report) -> bool:
    """Tell whether two reports have the same number in every cell."""
    return _figures(one) == _figures(other)


@dataclass(frozen=True, slots=True)
class SumClaim:
    """What a report says of those of which it is just the sum: how many, or which, if it does."""

    count: int | None = None
    names: tuple[str, ...] = ()


def says_sum(report: Report) -> SumClaim | None:
    """Give what a report says if it says that it is just the sum of its children."""
    for pattern in _patterns():
        for paragraph in report.paragraphs:
            if found := pattern.search(fold("".join(paragraph.text.split()))):
                return _claim(found.groupdict())
    return None


def _claim(said: Mapping[str, str | None]) -> SumClaim:
    listed = re.split(_settings()["sum_of_children"]["between"], said.get("names") or "")
    names = tuple(name for name in listed if name)
    return SumClaim(len(names) or _count(said.get("count")), names)


def _figures(report: Report) -> dict[str, object]:
    return {address: (cell.state, cell.value) for address, cell in report.cells.items()}


def _count(words: str | None) -> int | None:
    if words is None or words.isascii():
        return int(words) if words else None
    settings = _settings()["sum_of_children"]
    numerals: dict[str, int] = settings["numerals"]
    if settings["ten"] not in words:
        return numerals[words] if len(words) == 1 else None
    tens, _, ones = words.partition(settings["ten"])
    return numerals.get(tens, 1) * 10 + numerals.get(ones, 0)


@cache
def _settings() -> dict[str, Any]:
    return tomllib.loads((rules_dir() / "forms" / "relatives.toml").read_text("utf-8"))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _settings()["sum_of_children"]["patterns"])
