"""In: a rule on last year's numbers in the prose, a report. Out: an Outcome for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.check.changes import is_last, name_of
from auditor.check.meanings import Tables
from auditor.check.meant import Amounts, amounts_of_item, amounts_of_words
from auditor.check.quoting import not_said, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.slips import gap
from auditor.check.statements import Recalled
from auditor.model import Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence
from auditor.recognise.prose.belonging import belonging_of

_NOT_READ = Wording("上年报告的数据未读全", "last year's numbers were not all read")


@dataclass(frozen=True, slots=True)
class _Recalled:
    """Last year's number as the prose gives it, and what last year's report has."""

    sentence: Sentence
    item: Item
    known: Amounts


def check_recalled(rule: Rule, test: Recalled, readings: Readings) -> Iterator[Outcome]:
    """Hold last year's numbers, where they stand beside this year's, against last year's report."""
    tables = Tables(rule, readings)
    found = [r for s in readings.sentences for r in _recalled_in(test, s, tables)]
    for number, recalled in enumerate(found, start=1):
        yield _judge(rule, str(number), recalled)
    if not found:
        yield not_said(rule)


def _recalled_in(test: Recalled, sentence: Sentence, tables: Tables) -> Iterator[_Recalled]:
    """Find them; last year's number alone in its sentence may be of a part, and is left alone."""
    if any(p.search(sentence.text) for p in test.unlike):
        return
    last = [item for item in sentence.items if is_last(test.last, sentence, item)]
    for item in last if len(last) == 1 and len(sentence.items) > 1 else ():
        known = _known(test, sentence, item, tables)
        if known and known.last and item.quantity.is_exact:
            yield _Recalled(sentence, item, known)


def _known(test: Recalled, sentence: Sentence, item: Item, tables: Tables) -> Amounts | None:
    """Say what it is of by its own words, or else by the number of this year before it."""
    before = [i for i in sentence.items if i.quantity.end <= item.quantity.start]
    floor = before[-1].quantity.end if before else 0
    words = name_of(test.compared, sentence.text[floor : item.quantity.start])
    if not words:
        same = before and before[-1].quantity.unit == item.quantity.unit
        return amounts_of_item(before[-1], sentence, tables) if same else None
    if _is_of_others(sentence, item, tables.readings.report.agency):
        return None
    return amounts_of_words(words, item.quantity.start, sentence, tables)


def _is_of_others(sentence: Sentence, item: Item, agency: str | None) -> bool:
    """Tell whether it is another body's number, of whatever year."""
    belonging = replace(belonging_of(sentence.text, None, agency), periods=())
    return belonging.why_foreign(item.quantity.start) is not None


def _judge(rule: Rule, key: str, recalled: _Recalled) -> Outcome:
    sentence, quantity, known = recalled.sentence, recalled.item.quantity, recalled.known
    right = min(known.last, key=lambda amount: gap(amount, quantity.value))
    fits = -quantity.step < quantity.value - right < quantity.step
    if not fits and not known.is_whole:
        return Outcome(rule.id, key, OutcomeState.NOT_APPLICABLE, _NOT_READ, place=sentence.place)
    return Outcome(
        rule.id,
        key,
        OutcomeState.PASS if fits else OutcomeState.VIOLATION,
        expected=right,
        actual=quantity.value,
        difference=quantity.value - right,
        details={
            "quote": quote_near(sentence, sentence.text[quantity.start : quantity.end]),
        },
        place=sentence.place,
    )
