"""In: a rule on growth, and a report. Out: an Outcome for each change of two known numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.shares import is_rounded, percentage
from auditor.check.statements import Growth, Patterns
from auditor.model import Amount, Outcome, OutcomeState
from auditor.recognise.prose import Sentence
from auditor.recognise.prose.quantities import find_quantities


def check_growth(rule: Rule, test: Growth, readings: Readings) -> Iterator[Outcome]:
    """Work out each change of which the sentence gives both years' numbers."""
    key = 0
    for sentence in readings.sentences:
        for found in _changes(test.patterns, sentence.text):
            outcome = _judge_change(rule, str(key + 1), sentence, found)
            if outcome:
                key += 1
                yield outcome
    if not key:
        yield not_said(rule)


def _changes(patterns: Patterns, text: str) -> Iterator[re.Match[str]]:
    end = 0
    while found := next((m for p in patterns if (m := p.search(text, end))), None):
        yield found
        end = found.end()


def _judge_change(rule: Rule, key: str, sentence: Sentence, found: re.Match[str]) -> Outcome | None:
    groups = found.groupdict()
    this, last = _number(groups["this"]), _number(groups["last"])
    if this is None or last is None or not last:
        return None
    change = this - last if groups.get("up") else last - this
    if groups.get("percent"):
        stated = Decimal(groups["percent"])
        right: Amount = percentage(change, last, groups["percent"])
        fits = is_rounded(change, last, groups["percent"])
    else:
        amount = _number(groups["by"])
        if amount is None:
            return None
        stated, right, fits = Decimal(amount), change, amount == change
    return Outcome(
        rule.id,
        key,
        OutcomeState.PASS if fits else OutcomeState.VIOLATION,
        expected=right,
        actual=stated,
        difference=stated - right,
        details={
            "quote": quote_near(sentence, found[0]),
            "parts": f"{plain(last)} → {plain(this)}",
        },
        place=sentence.place,
    )


def _number(words: str | None) -> Amount | None:
    found = find_quantities(words or "")
    return found[0].value if len(found) == 1 and found[0].is_exact else None
