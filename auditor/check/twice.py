"""In: a rule on what is said more than once, and a report. Out: an Outcome for each such thing."""

from collections.abc import Iterator, Sequence

from auditor.check.meanings import Tables
from auditor.check.quoting import not_said, plain, printed, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.stated import Said, numbers_said
from auditor.check.statements import Statement, Twice
from auditor.model import Amount, Outcome, OutcomeState


def check_twice(rule: Rule, test: Twice, readings: Readings) -> Iterator[Outcome]:
    """Hold the numbers that sentences give for one and the same thing against each other."""
    tables = Tables(rule, readings)
    outcomes = [
        _judge(rule, str(number), said, tables.amounts(statement.means))
        for number, statement in enumerate(test.statements, start=1)
        if len(said := _said(statement, readings)) > 1
    ]
    yield from outcomes or (not_said(rule),)


def _said(statement: Statement, readings: Readings) -> tuple[Said, ...]:
    """Give what is said of it for certain, one number a sentence."""
    if statement.editions and readings.edition not in statement.editions:
        return ()
    found = (numbers_said(sentence, [statement]) for sentence in readings.sentences)
    first = (next((s for s in said if not s.doubt and not s.why_not), None) for said in found)
    return tuple(said for said in first if said)


def _judge(rule: Rule, key: str, said: Sequence[Said], amounts: Sequence[Amount]) -> Outcome:
    """Compare each with the first; where the tables have a number for each, both are right."""
    first = said[0]
    other = next((s for s in said if not _agree(s, first)), None)
    if other is None or all(any(_is(s, amount) for amount in amounts) for s in said):
        return Outcome(
            rule.id, key, OutcomeState.PASS, expected=first.value, place=first.sentence.place
        )
    words = printed(other.sentence, other.words)
    return Outcome(
        rule.id,
        key,
        OutcomeState.VIOLATION,
        expected=first.value,
        actual=other.value,
        difference=other.value - first.value,
        details={
            "said": words,
            "found": printed(first.sentence, first.words),
            "quote": quote_near(other.sentence, words),
            "stated": plain(other.value),
        },
        place=other.sentence.place,
    )


def _agree(said: Said, other: Said) -> bool:
    """Tell whether two numbers are the same, as far as they are written out: 1.2万, 11987."""
    step = max(said.step, other.step)
    return -step < said.value - other.value < step


def _is(said: Said, amount: Amount) -> bool:
    return -said.step < said.value - amount < said.step
