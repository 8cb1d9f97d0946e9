"""In: checked reports, one by one. Out: the report that a person reads in a terminal or a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from rich.cells import cell_len

from auditor.explain.labels import table_name
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Gap, Status, at_or_above
from auditor.explain.waivers import Waived
from auditor.model import (
    SEVERITIES,
    Finding,
    Language,
    OutcomeState,
    Problem,
    Severity,
    Wording,
)
from auditor.render import words
from auditor.render.causes import Story, stories
from auditor.render.conclusion import conclusion_text
from auditor.render.console import Page
from auditor.render.finding import (
    finding_lines,
    note_lines,
    same_cause_lines,
    source_line,
    suggestion_lines,
)
from auditor.render.head import relatives_lines, report_head, table_lines
from auditor.render.places import place_text
from auditor.render.told import headline, lapsed_lines, waiver_line
from auditor.render.wrap import GLUE, flow, pad

Detail = Literal["quiet", "normal", "verbose"]
_GAP = "  "
_TOLD_RULES = 4
_RIGHT_EDGE = 100
"""Beyond this column nothing is set flush right: the eye would lose the line."""


@dataclass(slots=True)
class TerminalReport:
    """Writes each report as it comes: in full what has something to say, in one line the clean."""

    page: Page
    lang: Language
    detail: Detail = "normal"
    many: bool = False
    quiet_from: Severity = "error"
    """Under `quiet`, what is less grave is left out."""
    in_list: bool = False
    unresolved: list[str] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Write one report."""
        if self.many and self.detail != "verbose" and checked.is_clean():
            if self.detail == "normal":
                self._clean_line(checked)
                self.in_list = True
            return
        self._end_list()
        if checked.status in {Status.INCOMPLETE, Status.UNREADABLE}:
            self.unresolved += [self._unresolved(checked)]
        self._head(checked)
        self._findings(checked)
        self._notes(checked)
        self.page.line()

    def close(self, summary: Summary) -> None:
        """Write the totals, which add up, and the conclusion."""
        self._end_list()
        for line in flow(self._totals(summary), self.page.width, hang=_GAP):
            self.page.line(line)
        if sum(summary.severities.values()):
            self.page.line(self._severities(summary), hang=_GAP)
        if summary.waived or summary.lapsed:
            self.page.line(self._waivers(summary), hang=_GAP)
        if self.many:
            self.page.line(self._statuses(summary), hang=_GAP)
            for text in self.unresolved:
                self.page.line(text, hang=_GAP)
        self._conclusion(summary)

    def _end_list(self) -> None:
        """Set what follows off from a list of clean reports."""
        if self.in_list:
            self.page.line()
        self.in_list = False

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
        report = checked.report
        for line in (*table_lines(report, self.lang), *relatives_lines(report, self.lang)):
            self.page.line(line, indent=_GAP, hang=_GAP * 2)

    def _findings(self, checked: CheckedReport) -> None:
        shown = [f for f in checked.findings if self._is_shown(f)]
        form = checked.report.form if checked.report else None
        told = stories(shown, apart=self.detail == "verbose")
        for (table, where), group in groupby(told, key=lambda s: self._heading_key(s.lead)):
            name = table_name(form, table, with_title=True) or words.OUTSIDE_TABLES
            self.page.line()
            parts = (checked.file.rsplit("/", 1)[-1], where, name.in_language(self.lang))
            self.page.line(_GAP.join(part for part in parts if part), hang=_GAP)
            found = list(group)
            for story, following in zip(found, [*found[1:], None], strict=True):
                is_again = following and following.lead.rule == story.lead.rule
                self._story(story, following.lead if following and is_again else None)

    def _is_shown(self, finding: Finding) -> bool:
        return self.detail != "quiet" or at_or_above(finding.severity, self.quiet_from)

    def _heading_key(self, finding: Finding) -> tuple[str | None, str]:
        return finding.table, place_text(finding.place, self.lang)

    def _story(self, story: Story, again: Finding | None) -> None:
        """Write a finding whole, and in a line each those that fall with it."""
        self._finding(story.lead, again)
        for line in same_cause_lines(story.others, self.lang):
            self.page.line(line, indent=_GAP * 3, hang=_GAP * 4)

    def _finding(self, finding: Finding, again: Finding | None) -> None:
        """Write the rule, then below it the row or column, where that has no room beside it.

        `again`: the next one of the same rule, below which its source and notes stand once.
        """
        lead = f"{self._say(words.SEVERITY[finding.severity])} {finding.rule}"
        text = f"{lead}{_GAP}{finding.title.in_language(self.lang)}"
        instance = finding.instance.in_language(self.lang) if finding.instance else ""
        room = min(self.page.width, _RIGHT_EDGE) - len(_GAP) - cell_len(text)
        beside = not instance or cell_len(instance) + len(_GAP) <= room
        if instance and beside:
            text += pad(instance, room, right=True)
        style = words.STYLE[finding.severity]
        self.page.styled(text, len(lead), style, indent=_GAP, hang=_GAP * 3)
        details = finding_lines(finding, self.lang, every_term=self.detail == "verbose")
        lines = [*details] if beside else [instance, *details]
        lines += note_lines(finding, self.lang, but=again.notes if again else ())
        if again is None:
            lines.append(source_line(finding, self.lang))
        for line in lines:
            self.page.line(line, indent=_GAP * 3, hang=_GAP * 3)
        self._suggestions(finding)
        if self.detail == "verbose" and finding.fingerprint:
            self.page.line(self._fingerprint(finding), indent=_GAP * 3, hang=_GAP * 3)

    def _suggestions(self, finding: Finding) -> None:
        """Write what to change, its first word lit: it is what a person looks for."""
        lines = suggestion_lines(finding, self.lang)
        for number, line in enumerate(lines):
            head = line if len(lines) > 1 else line.partition(" ")[0]
            lead = 0 if number else len(head)
            self.page.styled(line, lead, words.LIT, indent=_GAP * 3, hang=_GAP * 3)

    def _notes(self, checked: CheckedReport) -> None:
        """Say what kept the tool from reading or deciding; what does not apply, only at length."""
        notes = [*self._waived(checked), *self._problems(checked), *self._gaps(checked)]
        if notes and self.detail != "quiet":
            self.page.line()
        for label, text, severity in notes:
            style = words.STYLE[severity]
            lead = f"{label}{_GAP}"
            self.page.styled(lead + text, len(label), style, indent=_GAP, hang=_GAP * 3)

    def _waived(self, checked: CheckedReport) -> Iterator[tuple[str, str, Severity]]:
        """Tell what is waived, in a line each, and which waivers hold no longer."""
        label = self._say(words.WAIVER)
        if self.detail != "quiet":
            for waived in checked.waived:
                yield label, self._waived_text(waived), "info"
        for line in lapsed_lines(checked, self.lang):
            yield label, line, "warning"

    def _waived_text(self, waived: Waived) -> str:
        finding = waived.finding
        parts = [finding.rule, headline(finding, self.lang), finding.message.in_language(self.lang)]
        return _GAP.join((*parts, waiver_line(waived, self.lang), self._fingerprint(finding)))

    def _fingerprint(self, finding: Finding) -> str:
        return self._say(words.FINGERPRINT, fingerprint=finding.fingerprint)

    def _problems(self, checked: CheckedReport) -> Iterator[tuple[str, str, Severity]]:
        for problem in checked.problems:
            said_as_gap = problem.code in {OutcomeState.UNAUDITED, OutcomeState.RULE_ERROR}
            if not said_as_gap and (self.detail != "quiet" or problem.severity == "error"):
                yield self._say(words.PROBLEM), self._problem_text(problem), problem.severity

    def _gaps(self, checked: CheckedReport) -> Iterator[tuple[str, str, Severity]]:
        form = checked.report.form if checked.report else None
        for gap in checked.gaps:
            shown = gap.blocking or self.detail == "verbose"
            if shown or (self.detail == "normal" and gap.state is OutcomeState.UNAUDITED):
                severity: Severity = "error" if gap.blocking else "info"
                yield self._say(words.OUTCOME[gap.state]), self._gap_text(form, gap), severity

    def _problem_text(self, problem: Problem) -> str:
        where = place_text(problem.place, self.lang)
        message = problem.message.in_language(self.lang)
        return f"{where}{_GAP}{message}" if where else message

    def _gap_text(self, form: str | None, gap: Gap) -> str:
        name = (table_name(form, gap.table) or words.OUTSIDE_TABLES) if form else None
        told = gap.rules if self.detail == "verbose" else gap.rules[:_TOLD_RULES]
        rules = self._say(words.LIST).join(told)
        if len(told) < len(gap.rules):
            rules = self._say(words.AND_MORE, rules=rules, count=len(gap.rules))
        reason = gap.reason.in_language(self.lang)
        count = self._say(words.INSTANCES, count=gap.count)
        parts = (name.in_language(self.lang) if name else "", reason, count, rules)
        return _GAP.join(part for part in parts if part)

    def _totals(self, summary: Summary) -> Iterator[str]:
        yield self._say(words.REPORTS, count=summary.reports)
        yield self._say(words.TOTAL, count=summary.instances)
        for state, count in summary.counts.items():
            yield f"{self._say(words.OUTCOME[state])} {count}"

    def _severities(self, summary: Summary) -> str:
        counts = (
            f"{self._say(words.SEVERITY[severity])}{GLUE}{summary.severities[severity]}"
            for severity in SEVERITIES
        )
        return f"{self._say(words.BY_SEVERITY)}{self._say(words.COLON)}{_GAP.join(counts)}"

    def _waivers(self, summary: Summary) -> str:
        told = (words.WAIVED_TOTAL, summary.waived), (words.LAPSED_TOTAL, summary.lapsed)
        return _GAP.join(self._say(wording, count=count) for wording, count in told if count)

    def _statuses(self, summary: Summary) -> str:
        counts = (
            self._say(words.BY_STATUS, count=count, status=self._say(words.STATUS[status]))
            for status, count in summary.statuses.items()
            if count
        )
        return self._say(words.LIST).join(counts)

    def _conclusion(self, summary: Summary) -> None:
        text = conclusion_text(summary, self.lang)
        style = "bold green" if summary.verdict_code == 0 else "bold red"
        self.page.styled(text, len(text), style, hang=_GAP)
