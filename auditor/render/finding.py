"""In: a finding. Out: its sentences: the sum written out, the rule's source, what to change."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.explain.findings import amount_text, difference_text
from auditor.model import Address, Amount, Finding, Language, Suggestion, Term, Wording
from auditor.render import words
from auditor.render.wrap import GLUE

_GAP = "    "
_MANY_TERMS = 6
"""Above this many addends the zeros among them are told by their number."""
_MOST_TERMS = 25
"""Above this many that are not zero, only the largest are told one by one."""


def finding_lines(finding: Finding, lang: Language, *, every_term: bool = False) -> Iterator[str]:
    """Give what is wrong: the arithmetic, or where there is none, the message."""
    if finding.quote is not None:
        yield from _quoted(finding, lang, every_term=every_term)
    elif finding.expected is None or finding.actual is None:
        yield finding.message.in_language(lang)
        if len(finding.terms) > 1:  # a limit that is a sum itself
            yield _sum(finding, finding.terms, lang, every_term=every_term)
    else:
        yield _comparison(finding, lang)
        yield from _sums(finding, lang, every_term=every_term)


def _quoted(finding: Finding, lang: Language, *, every_term: bool) -> Iterator[str]:
    """Give what the prose contradicts, then its own words."""
    yield finding.message.in_language(lang)
    if finding.terms:
        every = every_term or len(finding.terms) == 1
        yield _sum(finding, finding.terms, lang, every_term=every)
    yield words.QUOTE.fill(quote=finding.quote).in_language(lang)


def note_lines(finding: Finding, lang: Language, *, but: Sequence[Wording] = ()) -> list[str]:
    """Say when it may be right all the same, and what else it is about."""
    notes = (note.in_language(lang) for note in finding.notes if note not in but)
    return [f"{words.NOTE.in_language(lang)} {note}" for note in notes]


def source_line(finding: Finding, lang: Language) -> str:
    """Say where the rule is from."""
    return f"{words.SOURCE.in_language(lang)} {finding.source.in_language(lang)}"


def suggestion_lines(finding: Finding, lang: Language) -> list[str]:
    """Say what would settle the finding; candidates in order where none is the answer."""
    told = [_suggestion(finding, suggestion, lang) for suggestion in finding.suggestions]
    if not told:
        return []
    first = finding.suggestions[0]
    if len(told) == 1:
        head = words.SUGGESTION if first.is_sure else words.POSSIBLY
        return [f"{head.in_language(lang)} {told[0]}"]
    head = words.ONE_OF_MANY if first.ties > len(told) else words.ONE_OF
    listed = [f"{number}) {text}" for number, text in enumerate(told, 1)]
    return [head.in_language(lang).format(count=first.ties), *listed]


def same_cause_line(finding: Finding, lang: Language) -> str:
    """Tell a finding in one line, where another has told its cause."""
    parts = [f"{finding.rule} {finding.title.in_language(lang)}"]
    if finding.instance:
        parts.append(finding.instance.in_language(lang))
    if finding.difference is not None:
        difference = difference_text(finding.difference)
        parts.append(words.DIFFERENCE.in_language(lang).format(value=difference))
    return f"{words.SAME_CAUSE.in_language(lang)} {'  '.join(parts)}"


def same_cause_lines(findings: Sequence[Finding], lang: Language) -> Iterator[str]:
    """Tell those of one rule in one line: 同因 T302 … 差额 自然人 列 -2、商业企业 列 +3."""
    for _, group in groupby(findings, key=lambda finding: finding.rule):
        alike = [*group]
        told = [_where_and_how_far(finding, lang) for finding in alike]
        if len(alike) == 1 or not all(told):
            yield from (same_cause_line(finding, lang) for finding in alike)
            continue
        differences = words.DIFFERENCE.in_language(lang).format(
            value=words.LIST.in_language(lang).join(told)
        )
        lead = f"{alike[0].rule} {alike[0].title.in_language(lang)}"
        yield f"{words.SAME_CAUSE.in_language(lang)} {lead}  {differences}"


def _where_and_how_far(finding: Finding, lang: Language) -> str:
    if finding.instance is None or finding.difference is None:
        return ""
    where = finding.instance.in_language(lang)
    return f"{where} {difference_text(finding.difference)}".replace(" ", GLUE)


def _comparison(finding: Finding, lang: Language) -> str:
    pairs = [
        (words.EXPECTED, finding.expected, amount_text),
        (words.ACTUAL, finding.actual, amount_text),
        (words.DIFFERENCE, finding.difference, difference_text),
    ]
    return _GAP.join(
        wording.in_language(lang).format(value=write(value)).replace(" ", GLUE)
        for wording, value, write in pairs
        if value is not None
    )


def _sums(finding: Finding, lang: Language, *, every_term: bool) -> Iterator[str]:
    """Give the expected sum, and the actual one too where that has several terms."""
    if not finding.actual_terms:
        if finding.terms:
            yield _sum(finding, finding.terms, lang, every_term=every_term)
        return
    sides = (
        (words.COMPUTED, finding.expected, finding.terms),
        (words.STATED, finding.actual, finding.actual_terms),
    )
    for name, value, terms in sides:
        written = _sum(finding, terms, lang, every_term=every_term)
        total = amount_text(value) if value is not None else ""
        yield f"{name.in_language(lang)}{GLUE}{total} = {written}"


def _sum(finding: Finding, terms: Sequence[Term], lang: Language, *, every_term: bool) -> str:
    """Write out a sum; in a long one the zeros are counted, so that what matters is seen."""
    told = list(terms)
    if len(terms) > _MANY_TERMS and not every_term:
        told = [term for term in terms if term.value != 0]
        told = _widest(told) if len(told) > _MOST_TERMS else told
    text = "".join(_term(finding, term, lang, first=n == 0) for n, term in enumerate(told))
    rest = [term for term in terms if term not in told]
    if not rest:
        return text
    others = _others(rest, lang)
    return f"{text} + {others}" if text else others


def _term(finding: Finding, term: Term, lang: Language, *, first: bool) -> str:
    sign = "-" if term.sign < 0 else "+"
    operator = (sign if sign == "-" else "") if first else f" {sign}{GLUE}"
    value = words.BLANK_TERM.in_language(lang) if term.blank else amount_text(term.value)
    if term.value < 0:
        value = f"({value})"
    return f"{operator}{value}{GLUE}[{_label(finding, term.cell, lang)}]"


def _widest(terms: Sequence[Term]) -> list[Term]:
    """Give the largest terms of a very long sum, in their order: a province has a hundred."""
    largest = sorted(terms, key=_size, reverse=True)
    kept = {term.cell for term in largest[:_MANY_TERMS]}
    return [term for term in terms if term.cell in kept]


def _size(term: Term) -> Amount:
    return term.value if term.value >= 0 else -term.value


def _others(rest: Sequence[Term], lang: Language) -> str:
    """Give the terms that are not told one by one as one sum."""
    total = sum((term.sign * term.value for term in rest), 0)
    blanks = sum(term.blank for term in rest)
    wording = words.OTHER_BLANKS if blanks else words.OTHER_ZEROS
    named = wording.in_language(lang).format(count=len(rest), blank=blanks)
    return f"{amount_text(total) if total >= 0 else f'({amount_text(total)})'}{GLUE}[{named}]"


def _label(finding: Finding, address: Address, lang: Language) -> str:
    label = finding.labels.get(address)
    return label.in_language(lang) if label else address


def _suggestion(finding: Finding, suggestion: Suggestion, lang: Language) -> str:
    text = suggestion.message.in_language(lang)
    others = [rule for rule in suggestion.settles if rule != finding.rule]
    if not others:
        return text
    rules = words.LIST.in_language(lang).join(others)
    settled = words.SETTLES.in_language(lang).format(rules=rules)
    return f"{text}{words.NEXT_CLAUSE.in_language(lang)}{settled}"
