"""In: a rule on growth, and a report. Out: an Outcome for each change of two known numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.check.meanings import Tables
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.shares import is_rounded, percentage
from auditor.check.statements import Growth, Patterns
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence
from auditor.recognise.prose.quantities import find_quantities

_NOT_CLEAR = Wording("不清楚增减的基数", "it is not clear on which number the change is")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change as the sentence writes it: by a percentage, or by a number with a unit."""

    start: int
    end: int
    is_up: bool
    percent: str | None
    by: Amount

    def fits(self, this: Amount, last: Amount) -> bool:
        """Tell whether it is the change from the one to the other."""
        risen = this - last if self.is_up else last - this
        if self.percent is None:
            return risen == self.by
        return last > 0 and is_rounded(risen, last, self.percent)

    def right(self, this: Amount, last: Amount) -> Amount:
        """Give what it should be."""
        risen = this - last if self.is_up else last - this
        return risen if self.percent is None else percentage(risen, last, self.percent)

    @property
    def stated(self) -> Amount:
        """The change as a number."""
        return self.by if self.percent is None else Decimal(self.percent)


@dataclass(frozen=True, slots=True)
class _Years:
    """What may be this year's and last year's number of a change; the likeliest come first."""

    this: tuple[Amount, ...]
    last: tuple[Amount, ...]
    is_clear: bool


def check_growth(rule: Rule, test: Growth, readings: Readings) -> Iterator[Outcome]:
    """Work out each change of which both years' numbers are known."""
    tables = Tables(rule, readings)
    found = [
        (sentence, change, years)
        for sentence in readings.sentences
        for change, near in _changes_with_numbers(test, sentence)
        if (years := _years(test, sentence, near, change, tables))
    ]
    for number, (sentence, change, years) in enumerate(found, start=1):
        yield _judge(rule, str(number), sentence, change, years)
    if not found:
        yield not_said(rule)


def _changes_with_numbers(
    test: Growth, sentence: Sentence
) -> Iterator[tuple[_Change, Sequence[Item]]]:
    """Give each change with the numbers beside it, those of changes left out."""
    changes = list(_changes(test, sentence.text))
    for ix, change in enumerate(changes):
        start = changes[ix - 1].end if ix else 0
        near = _numbers_near(sentence, start, change)
        yield change, [item for item in near if not _is_change(item, changes)]


def _changes(test: Growth, text: str) -> Iterator[_Change]:
    for pattern in test.changes:
        for match in pattern.finditer(text):
            by = _number(match["by"]) if match["by"] else None
            if match["percent"] or by is not None:
                is_up = bool(match["up"])
                yield _Change(match.start(), match.end(), is_up, match["percent"], by or 0)


def _number(words: str) -> Amount | None:
    found = find_quantities(words)
    return found[0].value if len(found) == 1 and found[0].is_exact else None


def _years(
    test: Growth, sentence: Sentence, near: Sequence[Item], change: _Change, tables: Tables
) -> _Years | None:
    """Find the numbers of both years beside a change, or last year's in its own report."""
    last = [item for item in near if _is_last(test.last, sentence, item)]
    if test.bases:
        return None if last else _in_tables(test, near, tables)
    units = {item.quantity.unit for item in last}
    others = [item for item in near if item not in last and item.quantity.unit in units]
    this = [item for item in others if item.quantity.start < change.start] or others
    if not last or not this or not all(i.quantity.is_exact for i in (*last, *this)):
        return None
    return _Years(_values(this), _values(last), len(last) == 1 and len(this) == 1)


def _numbers_near(sentence: Sentence, start: int, change: _Change) -> list[Item]:
    """Give the numbers since the change before it, and those right after it."""
    begin = max(start, sentence.text.rfind(";", 0, change.start))
    stop = re.compile("[;。]").search(sentence.text, change.end)
    end = stop.start() if stop else len(sentence.text)
    before = [i for i in sentence.items if begin <= i.quantity.start < change.start]
    after = [i for i in sentence.items if change.end <= i.quantity.start < end]
    return [*before, *after[:1]]


def _is_change(item: Item, changes: Sequence[_Change]) -> bool:
    return any(c.start <= item.quantity.start < c.end for c in changes)


def _is_last(patterns: Patterns, sentence: Sentence, item: Item) -> bool:
    """Tell whether the words before a number, up to a comma, make it last year's."""
    quantity = item.quantity
    start = max(sentence.text.rfind(mark, 0, quantity.start) for mark in ",;。:(")
    ends = (i.quantity.end for i in sentence.items if i.quantity.end <= quantity.start)
    before = sentence.text[max(start + 1, *ends, 0) : quantity.start]
    words = f"{before}#{sentence.text[quantity.end : quantity.end + 10]}"
    return any(pattern.search(words) for pattern in patterns)


def _values(items: Sequence[Item]) -> tuple[Amount, ...]:
    return tuple(item.quantity.value for item in items)


def _in_tables(test: Growth, near: Sequence[Item], tables: Tables) -> _Years | None:
    """Take last year's number from its report, where the concept of this year's is known."""
    if not near or near[-1].foreign or not near[-1].concept.is_certain:
        return None
    item = near[-1]
    base = next((b for b in test.bases if item.concept.name in b.concepts), None)
    if base is None or item.topic not in base.topics:
        return None
    last = tables.amounts(base.means)
    is_clear = len(last) == len(base.means)
    return _Years((item.quantity.value,), last, is_clear) if last else None


def _judge(rule: Rule, key: str, sentence: Sentence, change: _Change, years: _Years) -> Outcome:
    pairs = [(this, last) for this in years.this for last in years.last]
    fitting = next((pair for pair in pairs if change.fits(*pair)), None)
    this, last = fitting or pairs[0]
    if fitting is None and (not years.is_clear or not last):
        return Outcome(rule.id, key, OutcomeState.NOT_APPLICABLE, _NOT_CLEAR, place=sentence.place)
    right = change.right(this, last)
    return Outcome(
        rule.id,
        key,
        OutcomeState.PASS if fitting else OutcomeState.VIOLATION,
        expected=right,
        actual=change.stated,
        difference=change.stated - right,
        details={
            "quote": quote_near(sentence, sentence.text[change.start : change.end]),
            "parts": f"{plain(last)} → {plain(this)}",
        },
        place=sentence.place,
    )
