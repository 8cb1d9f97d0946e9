"""In: a rule on years in the prose, a report. Out: an Outcome for each sentence of a wrong year.

2023年,全县收到申请98件 in the report of 2024, of which the table has 98: the year is wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.check.meanings import Tables
from auditor.check.meant import known_of_item
from auditor.check.quoting import not_said, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.statements import Dated, Patterns
from auditor.model import Amount, Outcome, OutcomeState, Paragraph, Report
from auditor.recognise.prose import Sentence, find_sentences
from auditor.recognise.prose.lexicon import lexicon, pattern

_TELLING = 10  # a smaller number agrees by chance
_MANY = 3  # numbers of one sentence that all agree, some of them noughts
_OLDEST = 5  # years before the report's own


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sentence as it is read in its report, and as it would be in one of the year that it names.

    `paragraph`: all that is said beside it, as read in its report; `is_first`: nothing before it.
    """

    year: int
    sentence: Sentence
    meant: Sentence
    paragraph: str
    is_first: bool
    is_past: bool


def check_dated(rule: Rule, test: Dated, readings: Readings) -> Iterator[Outcome]:
    """Find the sentences that give this year's account under another year."""
    report, tables = readings.report, Tables(rule, readings)
    found = [
        dated
        for year in _other_years(report)
        for dated in _sentences_of(year, test, readings)
        if _is_this_years(test, dated, tables)
    ]
    for number, dated in enumerate(found, start=1):
        yield _violation(rule, str(number), dated, report)
    if not found:
        is_read = report.year is not None and bool(readings.sentences)
        yield Outcome(rule.id, "", OutcomeState.PASS) if is_read else not_said(rule)


def _own_years(report: Report) -> set[int]:
    """Give the report's year; title and period may differ, and either may be right."""
    facts = (report.facts.get(name) for name in ("title_year", "period_year"))
    return {int(fact.value) for fact in facts if fact} | ({report.year} if report.year else set())


def _sections(report: Report) -> Mapping[str, tuple[Paragraph, ...]]:
    return report.sections or {"": report.paragraphs}


def _other_years(report: Report) -> list[int]:
    own = _own_years(report)
    if not own:
        return []
    paragraphs = (p for section in _sections(report).values() for p in section)
    texts = ("".join(p.text.split()) for p in paragraphs)
    named = {int(m["year"]) for text in texts for m in pattern("words", "year").finditer(text)}
    return sorted(y for y in named - own if min(own) - _OLDEST <= y <= max(own) + 1)


def _sentences_of(year: int, test: Dated, readings: Readings) -> Iterator[_Dated]:
    """Give the sentences that name the year at the head of a clause, and the report's own not."""
    report = readings.report
    meant = find_sentences(_sections(report), report.agency, year)
    is_past = year < min(_own_years(report))
    for run in _paragraphs(tuple(zip(readings.sentences, meant, strict=True))):
        first = next((s for s, _ in run if not _is_heading(s)), None)
        for sentence, other in run:
            is_own = lexicon()["years"]["own"] in sentence.text
            if not is_own and _any(test.named, other.text):
                paragraph, is_first = run[-1][0].context, sentence is first
                yield _Dated(year, sentence, other, paragraph, is_first, is_past)


_Pair = tuple[Sentence, Sentence]


def _paragraphs(pairs: Sequence[_Pair]) -> Iterator[Sequence[_Pair]]:
    """Give the sentences by paragraph: in it, each has those before it for its context."""
    start = 0
    for ix, (sentence, _) in enumerate(pairs):
        if ix > start and sentence.context == sentence.text:
            yield pairs[start:ix]
            start = ix
    if pairs:
        yield pairs[start:]


def _is_heading(sentence: Sentence) -> bool:
    is_short = len(sentence.text) <= lexicon()["paragraphs"]["longest_heading"]
    return is_short and bool(pattern("paragraphs", "heading").search(sentence.text))


# ------------------------------------------------------------------ whose account it is


def _is_this_years(test: Dated, dated: _Dated, tables: Tables) -> bool:
    if _any(test.unlike, dated.meant.text):
        return False
    agreeing, others = _numbers(test, dated, tables)
    if others:
        return False
    agency = tables.readings.report.agency or ""
    return _is_telling(agreeing) or _is_account(test, dated, agency)


def _is_telling(agreeing: Sequence[Amount]) -> bool:
    some = [amount for amount in agreeing if amount]
    return any(amount >= _TELLING for amount in some) or bool(some and len(agreeing) >= _MANY)


def _numbers(test: Dated, dated: _Dated, tables: Tables) -> tuple[list[Amount], list[Amount]]:
    """Give the numbers after the year that are this year's in the tables, and the others."""
    named = next(m for p in test.named if (m := p.search(dated.meant.text)))
    agreeing: list[Amount] = []
    others: list[Amount] = []
    for item in dated.meant.items:
        known = known_of_item(item, dated.meant, tables)
        if item.quantity.start < named.end() or known is None or not known.this:
            continue
        value, step = item.quantity.value, item.quantity.step
        is_this = any(-step < value - amount < step for amount in known.this)
        is_last = known.lasts or any(-step < value - amount < step for amount in known.last)
        if not is_this or not is_last:
            (agreeing if is_this else others).append(value)
    return agreeing, others


def _is_account(test: Dated, dated: _Dated, agency: str) -> bool:
    """Tell whether the sentence opens as this year's account does, and nothing speaks of two."""
    text = dated.meant.text
    if _any(test.says, text):
        return True
    if not dated.is_past or _any(test.events, text) or _any(test.beside, dated.paragraph):
        return False
    return _any(test.accounts, text) or (dated.is_first and _opens(test.openings, text, agency))


def _opens(patterns: Patterns, text: str, agency: str) -> bool:
    """Tell whether it opens so; a body that is named must be the report's own."""
    matches = (found for p in patterns if (found := p.search(text)))
    for match in matches:
        body = match.groupdict().get("body") or ""
        if body in agency or (agency and agency in body):
            return True
    return False


def _any(patterns: Patterns, text: str) -> bool:
    return any(p.search(text) for p in patterns)


def _violation(rule: Rule, key: str, dated: _Dated, report: Report) -> Outcome:
    year = report.year or 0
    near = re.search(str(dated.year), dated.sentence.quote)
    found = dated.sentence.quote[near.start() :][:20] if near else dated.sentence.quote[:20]
    return Outcome(
        rule.id,
        key,
        OutcomeState.VIOLATION,
        expected=year,
        actual=dated.year,
        difference=dated.year - year,
        details={
            "found": found,
            "year": str(year),
            "quote": quote_near(dated.sentence, found),
        },
        place=dated.sentence.place,
    )
