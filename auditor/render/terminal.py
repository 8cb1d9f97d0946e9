"""In: checked reports, one by one. Out: the report that a person reads in a terminal or a file."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from rich.cells import cell_len

from auditor.explain.labels import table_name
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Gap, Status
from auditor.model import (
    SEVERITIES,
    Finding,
    Language,
    OutcomeState,
    Problem,
    Wording,
)
from auditor.render import words
from auditor.render.console import Page
from auditor.render.finding import finding_lines
from auditor.render.head import report_head, table_lines
from auditor.render.places import place_text
from auditor.render.wrap import GLUE, pad

Detail = Literal["quiet", "normal", "verbose"]
_GAP = "  "


@dataclass(slots=True)
class TerminalReport:
    """Writes each report as it comes: in full what has something to say, in one line the clean."""

    page: Page
    lang: Language
    detail: Detail = "normal"
    many: bool = False
    unresolved: list[str] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Write one report."""
        if self.many and self.detail != "verbose" and checked.is_clean():
            if self.detail == "normal":
                self._clean_line(checked)
            return
        if checked.status in {Status.INCOMPLETE, Status.UNREADABLE}:
            self.unresolved += [self._unresolved(checked)]
        self._head(checked)
        self._findings(checked)
        self._problems(checked)
        self._gaps(checked)
        self.page.line()

    def close(self, summary: Summary) -> None:
        """Write the totals, which add up, and the conclusion."""
        if self.many and self.detail != "quiet":
            self.page.line()
        self.page.line(self._totals(summary), hang=_GAP)
        if sum(summary.severities.values()):
            self.page.line(self._severities(summary), hang=_GAP)
        if self.many:
            self.page.line(self._statuses(summary), hang=_GAP)
            for text in self.unresolved:
                self.page.line(text, hang=_GAP)
        self._conclusion(summary)

    def _unresolved(self, checked: CheckedReport) -> str:
        reason = next(self._problem_text(p) for p in checked.problems if p.severity == "error")
        return f"{self._say(words.UNAUDITED)}{self._say(words.COLON)}{checked.file}{_GAP}{reason}"

    def _say(self, wording: Wording, **values: object) -> str:
        return wording.in_language(self.lang).format(**values)

    def _clean_line(self, checked: CheckedReport) -> None:
        counts = checked.counts
        text = self._say(
            words.CLEAN,
            total=sum(counts.values()),
            passed=counts[OutcomeState.PASS],
            skipped=counts[OutcomeState.NOT_APPLICABLE],
        )
        if counts[OutcomeState.UNAUDITED]:
            blank = self._say(words.BLANK_INSTANCES, count=counts[OutcomeState.UNAUDITED])
            text = f"{text}{_GAP}{blank}"
        self.page.line(f"{checked.file}{_GAP}{text}", hang=_GAP)

    def _head(self, checked: CheckedReport) -> None:
        head = report_head(checked.file, checked.report, self.lang)
        self.page.styled(head, len(checked.file), "bold", hang=_GAP)
        if self.detail == "quiet":
            return
        for line in table_lines(checked.report, self.lang):
            self.page.line(line, indent=_GAP, hang=_GAP * 2)
        self.page.line()

    def _findings(self, checked: CheckedReport) -> None:
        shown = [f for f in checked.findings if self.detail != "quiet" or f.severity == "error"]
        form = checked.report.form if checked.report else None
        for (table, where), group in groupby(shown, key=self._heading_key):
            name = table_name(form, table, with_title=True) or words.OUTSIDE_TABLES
            parts = (checked.file.rsplit("/", 1)[-1], where, name.in_language(self.lang))
            self.page.line(_GAP.join(part for part in parts if part), hang=_GAP)
            for finding in group:
                self._finding(finding)

    def _heading_key(self, finding: Finding) -> tuple[str | None, str]:
        return finding.table, place_text(finding.place, self.lang)

    def _finding(self, finding: Finding) -> None:
        severity = self._say(words.SEVERITY[finding.severity])
        lead = f"{severity} {finding.rule}"
        text = f"{lead}{_GAP}{finding.title.in_language(self.lang)}"
        if finding.instance:
            text = self._with_instance(text, finding.instance.in_language(self.lang))
        style = words.STYLE[finding.severity]
        self.page.styled(text, len(lead), style, indent=_GAP, hang=_GAP * 3)
        for line in finding_lines(finding, self.lang, every_term=self.detail == "verbose"):
            self.page.line(line, indent=_GAP * 3, hang=_GAP * 3)

    def _with_instance(self, text: str, instance: str) -> str:
        """Put the row or column at the right end of the line, where there is room for it."""
        room = min(self.page.width, 100) - len(_GAP) - cell_len(text)
        if cell_len(instance) + len(_GAP) > room:
            return f"{text}{_GAP}{instance}"
        return text + pad(instance, room, right=True)

    def _problems(self, checked: CheckedReport) -> None:
        for problem in checked.problems:
            said_as_gap = problem.code in {OutcomeState.UNAUDITED, OutcomeState.RULE_ERROR}
            if said_as_gap or (self.detail == "quiet" and problem.severity != "error"):
                continue
            label = self._say(words.PROBLEM)
            text = f"{label}{_GAP}{self._problem_text(problem)}"
            style = words.STYLE[problem.severity]
            self.page.styled(text, len(label), style, indent=_GAP, hang=_GAP * 3)

    def _problem_text(self, problem: Problem) -> str:
        where = place_text(problem.place, self.lang)
        message = problem.message.in_language(self.lang)
        return f"{where}{_GAP}{message}" if where else message

    def _gaps(self, checked: CheckedReport) -> None:
        """Say once for each reason what was not decided; what does not apply, only at length."""
        form = checked.report.form if checked.report else None
        for gap in checked.gaps:
            shown = gap.blocking or self.detail == "verbose"
            if shown or (self.detail == "normal" and gap.state is OutcomeState.UNAUDITED):
                label = self._say(words.OUTCOME[gap.state])
                text = f"{label}{_GAP}{self._gap_text(form, gap)}"
                style = words.STYLE["error" if gap.blocking else "info"]
                self.page.styled(text, len(label), style, indent=_GAP, hang=_GAP * 3)

    def _gap_text(self, form: str | None, gap: Gap) -> str:
        name = (table_name(form, gap.table) or words.OUTSIDE_TABLES).in_language(self.lang)
        count = self._say(words.INSTANCES, count=gap.count)
        rules = self._say(words.LIST).join(gap.rules)
        return _GAP.join((name, gap.reason.in_language(self.lang), count, rules))

    def _totals(self, summary: Summary) -> str:
        head = self._say(words.SUMMARY, reports=summary.reports, total=summary.instances)
        counts = (
            f"{self._say(words.OUTCOME[state])}{GLUE}{count}"
            for state, count in summary.counts.items()
        )
        return _GAP.join((head, *counts))

    def _severities(self, summary: Summary) -> str:
        counts = (
            f"{self._say(words.SEVERITY[severity])}{GLUE}{summary.severities[severity]}"
            for severity in SEVERITIES
        )
        return f"{self._say(words.BY_SEVERITY)}{self._say(words.COLON)}{_GAP.join(counts)}"

    def _statuses(self, summary: Summary) -> str:
        counts = (
            self._say(words.BY_STATUS, count=count, status=self._say(words.STATUS[status]))
            for status, count in summary.statuses.items()
            if count
        )
        return self._say(words.LIST).join(counts)

    def _conclusion(self, summary: Summary) -> None:
        text = self._say(words.END[summary.verdict_code])
        if summary.verdict_code == 0:
            text += self._besides(summary)
        if summary.exit_code != summary.verdict_code:
            text = self._say(words.FORGIVEN, text=text)
        text = self._say(words.CONCLUSION, text=text, code=summary.exit_code)
        style = "bold green" if summary.verdict_code == 0 else "bold red"
        self.page.styled(text, len(text), style, hang=_GAP)

    def _besides(self, summary: Summary) -> str:
        """Name what was found below the threshold: a clean exit status is no clean report."""
        told = [
            self._say(words.COUNTED, count=count, severity=self._say(words.SEVERITY[severity]))
            for severity, count in summary.severities.items()
            if count
        ]
        return self._say(words.WITH_FINDINGS, list=self._say(words.LIST).join(told)) if told else ""
