"""In: the prose of a report, and a rule on its wording. Out: one Outcome."""

import re
from collections.abc import Iterator

from auditor.check.quoting import sentence_at
from auditor.check.rule import Rule, Text
from auditor.model import Outcome, OutcomeState, Paragraph, Report, Wording


def check_prose(rule: Rule, test: Text, report: Report) -> Outcome:
    """Look for what must not be said, then for what must be."""
    paragraphs = _paragraphs(test, report)
    if paragraphs is None:
        reason = Wording(f"未找到第{test.section}部分", f"section {test.section} was not found")
        return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
    if not paragraphs and not test.section:
        reason = Wording("未读到正文文字", "no prose was read")
        return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
    for paragraph, found in _matches(test.forbid, paragraphs):
        return Outcome(
            rule.id,
            "",
            OutcomeState.VIOLATION,
            details=_details(found.group().strip(), sentence_at(paragraph, found.start()), report),
            place=paragraph.place,
        )
    if not test.require or any(_matches(test.require, paragraphs)):
        return Outcome(rule.id, "", OutcomeState.PASS)
    return Outcome(
        rule.id,
        "",
        OutcomeState.VIOLATION,
        details=_details("", next((q for p in paragraphs if (q := sentence_at(p, 0))), ""), report),
        place=paragraphs[0].place if paragraphs else None,
    )


def _paragraphs(test: Text, report: Report) -> tuple[Paragraph, ...] | None:
    return report.sections.get(test.section) if test.section else report.paragraphs


def _matches(
    patterns: tuple[re.Pattern[str], ...], paragraphs: tuple[Paragraph, ...]
) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    for paragraph in paragraphs:
        for pattern in patterns:
            for found in pattern.finditer(paragraph.text):
                yield paragraph, found


def _details(found: str, quote: str, report: Report) -> dict[str, str]:
    """Give what a message may name; there is no quote where nothing is written at all."""
    told = {"found": found, "year": str(report.year or "")}
    return told | ({"quote": quote} if quote else {})
