"""In: a report, how each rule ended on it, the findings. Out: one verdict that hides no gap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from auditor.check.rule import Rule
from auditor.errors import without_name
from auditor.explain.labels import table_name, table_of
from auditor.explain.waivers import NO_WAIVING, Lapsed, Waived, Waiving
from auditor.model import (
    SEVERITIES,
    Address,
    Cell,
    Finding,
    Language,
    Outcome,
    OutcomeState,
    Problem,
    Report,
    Severity,
    Table,
    TableStatus,
    Wording,
)

if TYPE_CHECKING:
    import pandas as pd

_NO_TABLE = Wording(
    "没有找到年度报告的任何一张法定表格，无法核验；请确认文件是政府信息公开工作年度报告",
    "none of the report's statutory tables was found, nothing could be checked; "
    "is this an annual report on government information disclosure?",
)
_NOTHING = Wording(
    "没有一条规则得出结论: 所涉单元格均为空白，或所选规则不适用于本报告",
    "not one rule came to a result: all their cells are blank, or none of them applies",
)
Threshold = Literal["error", "warning", "info", "never"]


class Status(StrEnum):
    """What can be said of a report as a whole."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason for which rule instances were not decided, and the rules that it kept back."""

    state: OutcomeState
    reason: Wording
    table: str | None
    rules: tuple[str, ...]
    count: int
    blocking: bool  # False: nothing was missed (all blank, or the rule does not apply)
    cells: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with its findings; `report` is None where the file could not be read."""

    file: str
    status: Status
    exit_code: int
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    counts: Mapping[OutcomeState, int] = field(default_factory=lambda: MappingProxyType({}))
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: str = ""  # its name in waivers and fingerprints: the path below the project's folder
    waived: tuple[Waived, ...] = ()  # counted as violations, but none of `findings`
    lapsed: tuple[Lapsed, ...] = ()
    held: tuple[str, ...] = ()  # the rules that were decided and never violated

    @property
    def cells(self) -> Mapping[Address, Cell]:
        """The cells by address; none where the file could not be read."""
        return self.report.cells if self.report else {}

    def table(self, key: str, *, lang: Language = "zh") -> "pd.DataFrame":
        """Give a statutory table as a DataFrame; raises KeyError where it was not recognised."""
        if self.report is None:
            raise KeyError(key)
        return self.report.table(key, lang=lang)

    def is_clean(self) -> bool:
        """Whether everything was read and checked and there is nothing at all to say."""
        return self.status is Status.PASS and not (
            self.findings or self.problems or self.waived or self.lapsed
        )


def at_or_above(severity: Severity, threshold: Threshold) -> bool:
    """Whether a severity reaches a threshold."""
    return threshold != "never" and SEVERITIES.index(severity) <= SEVERITIES.index(threshold)


def judge(  # noqa: PLR0913 - what a verdict rests on
    report: Report,
    outcomes: tuple[Outcome, ...],
    findings: tuple[Finding, ...],
    rules: Iterable[Rule],
    fail_on: Threshold = "error",
    *,
    waiving: Waiving = NO_WAIVING,
) -> CheckedReport:
    """Give the verdict: an error is a failure, and whatever stayed unread is never a pass."""
    by_id = {rule.id: rule for rule in rules}
    gaps = _gaps(outcomes, {} if report.form is None else by_id)
    counts = dict.fromkeys(OutcomeState, 0)
    for outcome in outcomes:
        counts[outcome.state] += 1
    problems = (*report.problems, *_table_problems(report), *_gap_problems(gaps))
    gapless = not any(problem.severity == "error" for problem in problems)
    if gapless and counts[OutcomeState.PASS] + counts[OutcomeState.VIOLATION] == 0:
        problems, gapless = (*problems, Problem("nothing_checked", "error", _NOTHING)), False
    failed = any(at_or_above(f.severity, fail_on) for f in findings)
    return CheckedReport(
        file=report.file,
        status=_status(report, findings, failed=failed, gapless=gapless),
        exit_code=1 if failed else 0 if gapless else 3,
        report=report,
        findings=findings,
        counts=counts,
        gaps=gaps,
        problems=problems,
        document=waiving.document,
        waived=waiving.waived,
        lapsed=waiving.lapsed,
        held=_held(outcomes),
    )


def _held(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Give the rules that passed somewhere and nowhere ended otherwise than by not applying."""
    states: dict[str, set[OutcomeState]] = {}
    for outcome in outcomes:
        if not outcome.all_blank:
            states.setdefault(outcome.rule, set()).add(outcome.state)
    held = {OutcomeState.PASS, OutcomeState.NOT_APPLICABLE}
    return tuple(r for r, ended in states.items() if OutcomeState.PASS in ended and ended <= held)


def unreadable(
    file: str, code: str, message: Wording, exit_code: int, document: str = ""
) -> CheckedReport:
    """Give the verdict on a file of which nothing could be read."""
    return CheckedReport(
        file=file,
        document=document,
        status=Status.UNREADABLE,
        exit_code=exit_code,
        counts=dict.fromkeys(OutcomeState, 0),
        problems=(Problem(code, "error", without_name(file, message)),),
    )


def _status(
    report: Report, findings: tuple[Finding, ...], *, failed: bool, gapless: bool
) -> Status:
    """`fail` also below the threshold of the exit status: an error stays one under `never`."""
    if failed or any(finding.severity == "error" for finding in findings):
        return Status.FAIL
    if gapless:
        return Status.PASS
    return Status.UNREADABLE if report.form is None else Status.INCOMPLETE


def _gaps(outcomes: Iterable[Outcome], rules: Mapping[str, Rule]) -> tuple[Gap, ...]:
    """Group what was not decided by its reason, in the order of first appearance.

    Without rules it is not told apart by table either: of no form there is no table.
    """
    groups: dict[tuple[OutcomeState, str | None, Wording, bool], list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.state in {OutcomeState.PASS, OutcomeState.VIOLATION}:
            continue
        reason = outcome.reason or Wording("未说明原因", "no reason given")
        rule = rules.get(outcome.rule)
        table = table_of(rule, outcome) if rule else None
        key = (outcome.state, table, reason, _blocks(outcome))
        groups.setdefault(key, []).append(outcome)
    return tuple(
        Gap(
            state=state,
            reason=reason,
            table=table,
            rules=tuple(dict.fromkeys(outcome.rule for outcome in held_back)),
            count=len(held_back),
            blocking=blocking,
            cells=tuple(dict.fromkeys(cell for o in held_back for cell in o.cells)),
        )
        for (state, table, reason, blocking), held_back in groups.items()
    )


def _blocks(outcome: Outcome) -> bool:
    """Whether the report was not checked as asked; cells that the author left blank were read."""
    if outcome.state is OutcomeState.UNAUDITED:
        return not outcome.all_blank
    return outcome.state is OutcomeState.RULE_ERROR


def _table_problems(report: Report) -> tuple[Problem, ...]:
    """Say what is missing of each table, where recognition did not say so itself."""
    said = {problem.table for problem in report.problems if problem.severity == "error"}
    if report.form is None and not said:
        return (Problem("no_table", "error", _NO_TABLE),)
    return tuple(
        Problem(f"table_{table.status}", "error", _table_message(report, table), table.key)
        for table in report.tables.values()
        if table.status is not TableStatus.COMPLETE and table.key not in said
    )


def _table_message(report: Report, table: Table) -> Wording:
    name = table_name(report.form, table.key, with_title=True) or Wording(table.key, table.key)
    if table.status is TableStatus.NOT_FOUND:
        state = Wording("未找到", "not found")
    else:
        state = Wording("只读出一部分", "read in part only")
    why = table.reason
    zh = f"{name.zh} {state.zh}" + (f": {why.zh}" if why else "")
    return Wording(zh, f"{name.en} {state.en}" + (f": {why.en}" if why else ""))


def _gap_problems(gaps: Iterable[Gap]) -> tuple[Problem, ...]:
    """Make a rule at fault, or an operand unread, a problem that every output names."""
    return tuple(
        Problem(str(gap.state), "error", _gap_message(gap), gap.table, gap.cells)
        for gap in gaps
        if gap.blocking
    )


def _gap_message(gap: Gap) -> Wording:
    rules = ", ".join(gap.rules)
    if gap.state is OutcomeState.RULE_ERROR:
        zh, en = "规则故障", "rule at fault"
    else:
        zh, en = "未能核验", "not audited"
    return Wording(
        f"{zh} {rules} ({gap.count} 例): {gap.reason.zh}",
        f"{en} {rules} ({gap.count} times): {gap.reason.en}",
    )
