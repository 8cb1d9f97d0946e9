"""In: a rule on what the prose states, and a report. Out: an Outcome for each time it is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.check.arithmetic import Side, side
from auditor.check.bind import bind_meaning
from auditor.check.bound import Bound, operands
from auditor.check.quoting import not_said, plain, printed, quote_near
from auditor.check.readings import Readings, Standing
from auditor.check.rule import Rule
from auditor.check.slips import gap, is_one_slip
from auditor.check.statements import Patterns, Statement, States
from auditor.model import Amount, Outcome, OutcomeState, Term, Wording
from auditor.recognise.prose import Clause, Item, Sentence

_ABOUT = Wording("正文为约数，不作比较", "the prose gives a round number, which is not compared")
_NARROWED = Wording("正文所指口径不明，不作比较", "it is not clear what the number covers")
_TELLING = 1000  # in smaller numbers a slip of the pen is found by chance
_TELLING_ABOVE = 100
_TELLING_AGREED = 10
_ALL_BLANK = Wording("所涉单元格均为空白", "all its cells are blank")


@dataclass(frozen=True, slots=True)
class Said:
    """A number as the prose states it, and by which statement of the rule it is meant."""

    statement: Statement
    sentence: Sentence
    words: str
    value: Amount
    step: Amount
    why_not: Wording | None
    doubt: str = ""  # unknown words that may narrow it down
    is_sum: bool = False  # just that of parts given beside it, whatever its words seem to say


def check_statements(rule: Rule, test: States, readings: Readings) -> Iterator[Outcome]:
    """Hold each number that the rule means against the tables."""
    said = [s for sentence in readings.sentences for s in _said_in(sentence, test, readings)]
    vouched = _vouched_words(rule, said, readings)
    for number, entry in enumerate(said, start=1):
        known = replace(entry, doubt="") if entry.doubt in vouched else entry
        yield _judge(rule, str(number), known, readings)
    if not said:
        yield not_said(rule)


def _vouched_words(rule: Rule, said: Sequence[Said], readings: Readings) -> frozenset[str]:
    """Give unknown words beside numbers that are just those of the tables: they narrow nothing."""
    return frozenset(
        entry.doubt
        for entry in said
        if entry.value >= _TELLING_AGREED
        and any(
            found and found.side and _fits(entry, found.side.amount)
            for found in _candidates(rule, entry.statement, readings)
        )
    ) - {"veto"}


def _said_in(sentence: Sentence, test: States, readings: Readings) -> Iterator[Said]:
    statements = [
        statement
        for statement in test.statements
        if not statement.editions or readings.edition in statement.editions
    ]
    yield from numbers_said(sentence, [s for s in statements if s.value is None])
    yield from _said_without_number(sentence, [s for s in statements if s.value is not None])


def numbers_said(sentence: Sentence, statements: list[Statement]) -> Iterator[Said]:
    """Give the numbers of a sentence that a statement means, each by the first that does."""
    for ix, item in enumerate(sentence.items):
        found = next((s for s in statements if _is_meant(s, item, sentence)), None)
        if found:
            quantity = item.quantity
            words = item.text.replace("#", sentence.text[quantity.start : quantity.end])
            why_not = item.foreign or (None if quantity.is_exact else _ABOUT)
            doubt = item.concept.doubt
            is_sum = item.concept.level == "strong" and _is_sum(sentence, ix)
            yield Said(
                found, sentence, words, quantity.value, quantity.step, why_not, doubt, is_sum
            )


def _is_sum(sentence: Sentence, whole: int) -> bool:
    """Tell whether it is just the sum of its parts: 同意公开45件,含全部31件、部分14件."""
    parts = [item.quantity.value for item in sentence.items if item.whole == whole]
    return len(parts) > 1 and sum(parts) == sentence.items[whole].quantity.value


def _said_without_number(sentence: Sentence, statements: list[Statement]) -> Iterator[Said]:
    for clause in sentence.clauses if statements else ():
        found = next((s for s in statements if _says_none(s, clause, sentence)), None)
        if found:
            yield Said(found, sentence, clause.text, found.value or 0, 1, clause.foreign)


def _says_none(statement: Statement, clause: Clause, sentence: Sentence) -> bool:
    if statement.topics and clause.topic not in statement.topics:
        return False
    concept = clause.concept
    if statement.concepts and not (concept.is_certain and concept.name in statement.concepts):
        return False
    return _matches(statement, clause.text, sentence)


def _is_meant(statement: Statement, item: Item, sentence: Sentence) -> bool:
    if item.quantity.unit not in statement.units:
        return False
    if statement.topics and item.topic not in statement.topics:
        return False
    if statement.concepts and item.concept.name not in statement.concepts:
        return False
    return _fits_whole(statement, item, sentence) and _matches(statement, item.text, sentence)


def _fits_whole(statement: Statement, item: Item, sentence: Sentence) -> bool:
    """Tell whether the item may be a part, and of that whole."""
    if item.whole is None:
        return statement.part != "only"
    text = sentence.items[item.whole].text
    if statement.part == "never" or _any(statement.unless_whole, text):
        return False
    return not statement.whole or _any(statement.whole, text)


def _matches(statement: Statement, text: str, sentence: Sentence) -> bool:
    if statement.says and not _any(statement.says, text):
        return False
    if _any(statement.unless, text):
        return False
    if statement.sentence and not _any(statement.sentence, sentence.text):
        return False
    if _any(statement.unless_sentence, sentence.text):
        return False
    return not statement.context or _any(
        statement.context, f"{sentence.section}:{sentence.context}"
    )


def _any(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


# ------------------------------------------------------------------ judging


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A meaning as the tables have it; `side` is None where it was not read."""

    bound: Bound
    side: Side | None
    reason: Wording | None = None


def _judge(rule: Rule, key: str, said: Said, readings: Readings) -> Outcome:
    if said.why_not:
        return Outcome(
            rule.id, key, OutcomeState.NOT_APPLICABLE, said.why_not, place=said.sentence.place
        )
    candidates = [c for c in _candidates(rule, said.statement, readings) if c]
    known = [candidate.side for candidate in candidates if candidate.side]
    if any(_fits(said, found.amount) for found in known):
        return _outcome(rule, key, said, known, OutcomeState.PASS)
    unread = next((candidate.reason for candidate in candidates if not candidate.side), None)
    if unread or not known:
        state = OutcomeState.UNAUDITED if unread else OutcomeState.NOT_APPLICABLE
        return Outcome(rule.id, key, state, unread, place=said.sentence.place)
    if all(term.blank for found in known for term in found.terms):
        cells = tuple(term.cell for term in known[0].terms)
        return Outcome(rule.id, key, OutcomeState.UNAUDITED, _ALL_BLANK, cells, all_blank=True)
    is_telling = not said.doubt or _is_slip_of_one(said, [found.amount for found in known])
    if said.is_sum or not is_telling:
        return Outcome(
            rule.id, key, OutcomeState.NOT_APPLICABLE, _NARROWED, place=said.sentence.place
        )
    return _outcome(rule, key, said, known, OutcomeState.VIOLATION)


def _is_slip_of_one(said: Said, amounts: Sequence[Amount]) -> bool:
    """Tell whether it is one of the amounts with a slip of the pen, in which chance has no hand.

    Words that narrow down make a number smaller, never larger.
    """
    least = _TELLING_ABOVE if said.value > max(amounts) else _TELLING
    return said.value >= least and any(is_one_slip(said.value, amount) for amount in amounts)


def _candidates(
    rule: Rule, statement: Statement, readings: Readings
) -> Iterator[_Candidate | None]:
    for meaning in statement.means:
        bound = bind_meaning(rule, readings.edition, readings.shape, meaning.expression)
        yield _candidate(bound, readings)


def _candidate(bound: Bound, readings: Readings) -> _Candidate | None:
    """Work a meaning out; None where this report has no such cells."""
    found = [readings[operand] for operand in operands(bound, counted=False)]
    if any(reading.standing is Standing.INAPPLICABLE for reading in found):
        return None
    lost = next((r for r in found if r.standing in {Standing.MISSING, Standing.UNREADABLE}), None)
    return _Candidate(bound, None if lost else side(bound, readings), lost.reason if lost else None)


def _fits(said: Said, amount: Amount) -> bool:
    """Tell whether the number is that amount, as far as it is written out."""
    excess = said.value - amount
    return excess < said.step if said.statement.at_most else -said.step < excess < said.step


def _nearest(said: Said, sides: Iterable[Side]) -> Side:
    return min(sides, key=lambda found: gap(found.amount, said.value))


def _meanings(said: Said, sides: Iterable[Side]) -> tuple[tuple[Term, ...], ...]:
    """Give the addends of each meaning of a number that must be just that; else none."""
    if said.step != 1 or said.statement.at_most:
        return ()
    return tuple(
        found.terms
        for found in sides
        if found.terms and sum((term.sign * term.value for term in found.terms), 0) == found.amount
    )


def _outcome(
    rule: Rule, key: str, said: Said, sides: Sequence[Side], state: OutcomeState
) -> Outcome:
    found = _nearest(said, sides)
    words = printed(said.sentence, said.words)
    return Outcome(
        rule.id,
        key,
        state,
        cells=tuple(term.cell for term in found.terms),
        expected=found.amount,
        actual=said.value,
        difference=said.value - found.amount,
        left=found.terms,
        details={
            "said": words,
            "quote": quote_near(said.sentence, words),
            "stated": plain(said.value),
            "table": plain(found.amount),
        },
        place=said.sentence.place,
        meanings=_meanings(said, sides),
    )
