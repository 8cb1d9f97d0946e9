"""In: how rules ended on their own examples. Out: the failures, and how many cases there were."""

from collections.abc import Sequence
from itertools import groupby

from auditor.check.selftest import CaseResult
from auditor.model import Language
from auditor.render import words
from auditor.render.console import Page

_GAP = "  "


def write_cases(page: Page, cases: Sequence[CaseResult], lang: Language, *, every: bool) -> None:
    """Write each failure, each rule where asked for, and the totals."""
    for case in cases:
        if not case.passed:
            page.styled(_failure(case, lang), len(case.rule), "bold red", hang=_GAP)
    for rule, group in groupby(cases, key=lambda case: case.rule):
        own = list(group)
        passed = sum(case.passed for case in own)
        if every:
            told = words.RULE_TESTED.fill(rule=rule, passed=passed, total=len(own))
            page.line(told.in_language(lang))
    totals = words.TESTED.fill(
        rules=len({case.rule for case in cases}),
        cases=len(cases),
        failed=sum(not case.passed for case in cases),
    )
    page.line(totals.in_language(lang))


def _failure(case: CaseResult, lang: Language) -> str:
    told = words.CASE.fill(
        rule=f"{case.rule} ({case.file})",
        example=case.example,
        expected=case.expected,
        found=case.found,
    ).in_language(lang)
    if case.changed:
        told += words.CHANGED.fill(cell=case.changed).in_language(lang)
    return f"{told}{_GAP}{case.reason.in_language(lang)}" if case.reason else told
