"""In: the prose of a report, and a rule on its wording. Out: one Outcome."""

import re
from collections.abc import Iterator

from auditor.check.rule import Rule, Text
from auditor.model import Outcome, OutcomeState, Paragraph, Report, Wording

OTHER_YEAR = "other_year"


def check_prose(rule: Rule, test: Text, report: Report) -> Outcome:
    """Look for what must not be said, then for what must be."""
    paragraphs = _paragraphs(test, report)
    if paragraphs is None:
        reason = Wording(f"未找到第{test.section}部分", f"section {test.section} was not found")
        return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
    if not paragraphs and not test.section:
        reason = Wording("未读到正文文字", "no prose was read")
        return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
    for paragraph, found in _matches(test.forbid, paragraphs, report.year):
        return Outcome(
            rule.id,
            "",
            OutcomeState.VIOLATION,
            details=_details(found, report),
            place=paragraph.place,
        )
    if not test.require or any(_matches(test.require, paragraphs, report.year)):
        return Outcome(rule.id, "", OutcomeState.PASS)
    return Outcome(
        rule.id,
        "",
        OutcomeState.VIOLATION,
        details={"found": "", "year": str(report.year or "")},
        place=paragraphs[0].place if paragraphs else None,
    )


def _paragraphs(test: Text, report: Report) -> tuple[Paragraph, ...] | None:
    return report.sections.get(test.section) if test.section else report.paragraphs


def _matches(
    patterns: tuple[re.Pattern[str], ...], paragraphs: tuple[Paragraph, ...], year: int | None
) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    for paragraph in paragraphs:
        for pattern in patterns:
            for found in pattern.finditer(paragraph.text):
                if _counts(found, paragraph, year):
                    yield paragraph, found


def _counts(found: re.Match[str], paragraph: Paragraph, year: int | None) -> bool:
    """Tell whether a match is one: another year beside the report's own is a comparison."""
    if OTHER_YEAR not in found.re.groupindex:
        return True
    return year is not None and str(year) not in paragraph.text


def _details(found: re.Match[str], report: Report) -> dict[str, str]:
    return {"found": found.group().strip(), "year": str(report.year or "")}
