"""In: a rule on growth, and a report. Out: an Outcome for each change of two known numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from auditor.check.changes import Change, Group, find_groups, is_last
from auditor.check.meanings import Tables
from auditor.check.meant import amounts_of_item, amounts_of_words
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.statements import Growth
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence
from auditor.recognise.prose.belonging import belonging_of

_NOT_CLEAR = Wording("不清楚增减的基数", "it is not clear on which number the change is")
_Pairs = tuple[tuple[Amount, Amount], ...]


@dataclass(frozen=True, slots=True)
class _Years:
    """This year's number with last year's, each pair that may be meant; the likeliest first."""

    pairs: _Pairs
    is_clear: bool


def check_growth(rule: Rule, test: Growth, readings: Readings) -> Iterator[Outcome]:
    """Work out each change of which both years' numbers are known."""
    tables = Tables(rule, readings)
    found = [
        (group.sentence, change, years)
        for sentence in readings.sentences
        for group in find_groups(test, sentence)
        for change in group.changes
        if (years := _years(test, group, change, tables))
    ]
    for number, (sentence, change, years) in enumerate(found, start=1):
        yield _judge(rule, str(number), sentence, change, years)
    if not found:
        yield not_said(rule)


def _years(test: Growth, group: Group, change: Change, tables: Tables) -> _Years | None:
    """Find both years' numbers: in the sentence, or in the tables where it does not give them."""
    given = _given(test, group, change) or _by_number(group, change)
    if test.on_last_year:
        return None if given else _in_tables(test, group, tables)
    return given


# ------------------------------------------------------------------ in the sentence


def _given(test: Growth, group: Group, change: Change) -> _Years | None:
    """Take the numbers of both years where they stand beside the change."""
    near = group.near
    last = [item for item in near if is_last(test.last, group.sentence, item)]
    units = {item.quantity.unit for item in last}
    others = [item for item in near if item not in last and item.quantity.unit in units]
    this = [item for item in others if item.quantity.start < change.start] or others
    if not last or not this or not all(i.quantity.is_exact for i in (*last, *this)):
        return None
    pairs = product(_values(this), _values(last))
    return _Years(tuple(pairs), len(last) == 1 and len(this) == 1)


def _by_number(group: Group, change: Change) -> _Years | None:
    """Work last year's number out from the change that is a number, to hold the rate against."""
    known = next((c for c in group.changes if c.by is not None), None)
    if change.percent is None or known is None or known.by is None or group.words:
        return None
    this = [i for i in reversed(group.before) if i.quantity.unit == known.by.unit]
    if not this or not known.by.is_exact or not all(i.quantity.is_exact for i in this):
        return None
    pairs = tuple((value, known.last_of(value) or 0) for value in _values(this))
    return _Years(pairs, is_clear=this[0].whole is None)


def _values(items: Sequence[Item]) -> tuple[Amount, ...]:
    return tuple(item.quantity.value for item in items)


# ------------------------------------------------------------------ in the tables


def _in_tables(test: Growth, group: Group, tables: Tables) -> _Years | None:
    """Take last year's number from its report, where it is known what changed since last year."""
    text, start = group.sentence.text, group.start
    clause = text[text.rfind(";", 0, start) + 1 : group.changes[-1].end]
    is_on_last_year = any(p.search(clause) for p in test.on_last_year)
    if not is_on_last_year or any(p.search(clause) for p in test.unlike):
        return None
    if group.words:
        return _of_words(group, tables)
    return _of_item(group, tables) if group.before else None


def _of_item(group: Group, tables: Tables) -> _Years | None:
    """Take the number before the change for this year's, if it is that of the tables."""
    item = group.before[-1]
    known = amounts_of_item(item, group.sentence, tables)
    if known is None or not known.last:
        return None
    pairs = tuple(product((item.quantity.value, *known.this), known.last))
    return _Years(pairs, known.is_whole)


def _of_words(group: Group, tables: Tables) -> _Years | None:
    """Take this year's number from the tables too, where the thing is but named."""
    sentence, agency = group.sentence, tables.readings.report.agency
    if belonging_of(sentence.text, None, agency).why_foreign(group.start):
        return None
    known = amounts_of_words(group.words, group.start, sentence, tables)
    if known is None or not known.last or not known.this:
        return None
    return _Years(tuple(product(known.this, known.last)), known.is_whole)


# ------------------------------------------------------------------ judging


def _judge(rule: Rule, key: str, sentence: Sentence, change: Change, years: _Years) -> Outcome:
    fitting = next((pair for pair in years.pairs if change.fits(*pair)), None)
    this, last = fitting or years.pairs[0]
    if fitting is None and (not years.is_clear or last <= 0):
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
