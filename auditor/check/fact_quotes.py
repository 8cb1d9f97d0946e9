"""In: a comparison of facts (title, statistics period). Out: the words that it is about."""

from dataclasses import dataclass
from datetime import date

from auditor.check.bound import BoundComparison, Outside
from auditor.model import Amount, Fact, Place, Report

_FACTS, _YEAR = "facts.", "report.year"
_YEAR_FROM = ("title_year", "period_year")


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding on facts says of them; nothing for a comparison of cells."""

    details: dict[str, str]
    place: Place | None = None


def told_of_facts(
    comparison: BoundComparison, report: Report, computed: Amount, stated: Amount
) -> Told:
    """Quote the facts that are held against each other; write dates as dates."""
    operands = comparison.valued
    if not operands or not all(isinstance(operand, Outside) for operand in operands):
        return Told({})
    named = [operand.name for operand in operands if isinstance(operand, Outside)]
    facts = [fact for name in named if (fact := _fact(name, report))]
    if not facts:
        return Told({})
    fact = facts[-1]
    is_date = isinstance(fact.value, str)
    expected, actual = (_date(v) if is_date else str(v) for v in (computed, stated))
    quote = " / ".join(dict.fromkeys(fact.quote for fact in reversed(facts)))
    details = {"expected": expected, "actual": actual, "quote": quote}
    return Told(details, fact.place)


def _fact(name: str, report: Report) -> Fact | None:
    if name == _YEAR:
        return next((report.facts[key] for key in _YEAR_FROM if key in report.facts), None)
    return report.facts.get(name.removeprefix(_FACTS)) if name.startswith(_FACTS) else None


def _date(value: Amount) -> str:
    """Write yyyymmdd as a date."""
    number = int(value)
    try:
        return date(number // 10000, number // 100 % 100, number % 100).isoformat()
    except ValueError:
        return str(number)
