"""In: checked reports, one by one. Out: Markdown for a merge request or a job's page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Status
from auditor.explain.waivers import Waived
from auditor.model import Finding, Language, OutcomeState, Wording
from auditor.render import words
from auditor.render.conclusion import conclusion_text
from auditor.render.markdown_text import as_code, as_markdown
from auditor.render.told import (
    artifact_path,
    details,
    headline,
    lapsed_lines,
    plain,
    problem_line,
    waiver_line,
)

_STATES = tuple(OutcomeState)


@dataclass(slots=True)
class MarkdownReport:
    """Collects a run; the table of all reports comes first, then each that has something to say.

    `limit`: so many bytes at most; the table stays whole, what is cut off is said.
    """

    stream: TextIO
    lang: Language
    limit: int | None = None
    rows: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.rows.append(self._row(checked))
        if not checked.is_clean():
            self.blocks += self._blocks(checked)

    def close(self, summary: Summary) -> None:
        """Write the summary."""
        head = [f"## {self._say(words.MD_TITLE)}", as_markdown(conclusion_text(summary, self.lang))]
        head.append("\n".join((*self._table_head(), *self.rows, self._total_row(summary))))
        self.stream.write("\n\n".join((*head, *self._within(head))) + "\n")

    def _within(self, head: Iterable[str]) -> Iterator[str]:
        """Give the blocks that the limit leaves room for, and say how many it does not."""
        used = sum(len(text.encode()) + 2 for text in head) + 200
        for told, block in enumerate(self.blocks):
            used += len(block.encode()) + 2
            if self.limit is not None and used > self.limit:
                yield words.MD_CUT.fill(count=len(self.blocks) - told).in_language(self.lang)
                return
            yield block

    def _say(self, wording: Wording) -> str:
        return wording.in_language(self.lang)

    def _table_head(self) -> Iterator[str]:
        states = (self._say(words.OUTCOME[state]) for state in _STATES)
        names = [
            self._say(words.MD_FILE),
            self._say(words.MD_RESULT),
            *states,
            self._say(words.MD_WAIVED),
        ]
        yield _row(names)
        yield _row(["---", "---", *["---:"] * (len(names) - 2)])

    def _row(self, checked: CheckedReport) -> str:
        counts = [str(checked.counts[state]) for state in _STATES]
        name = as_code(plain(artifact_path(checked.file)))
        status = self._say(words.STATUS[checked.status])
        return _row([name, status, *counts, str(len(checked.waived))])

    def _total_row(self, summary: Summary) -> str:
        counts = [str(summary.counts[state]) for state in _STATES]
        reports = self._say(words.REPORTS.fill(count=summary.reports))
        return _row([reports, "", *counts, str(summary.waived)])

    def _blocks(self, checked: CheckedReport) -> Iterator[str]:
        yield f"### {as_code(plain(artifact_path(checked.file)))}"
        if checked.status in {Status.UNREADABLE, Status.INCOMPLETE}:
            yield f"**{self._say(words.STATUS[checked.status])}**"
        for problem in checked.problems:
            severity = self._say(words.SEVERITY[problem.severity])
            text = as_markdown(problem_line(problem, self.lang))
            yield f"- **{self._say(words.PROBLEM)}** {severity} {text}"
        for finding in checked.findings:
            yield self._finding(finding)
        for waived in checked.waived:
            yield self._waived(waived)
        for line in lapsed_lines(checked, self.lang):
            yield f"- **{self._say(words.WAIVER)}** {as_markdown(line)}"

    def _finding(self, finding: Finding) -> str:
        severity = self._say(words.SEVERITY[finding.severity])
        title = as_markdown(headline(finding, self.lang))
        head = f"- **{severity} {as_markdown(finding.rule)}** {title}"
        lines = (as_markdown(line) for line in details(finding, self.lang))
        return "\n".join((head, *(f"  - {line}" for line in lines)))

    def _waived(self, waived: Waived) -> str:
        why = as_markdown(waiver_line(waived, self.lang))
        return f"{self._finding(waived.finding)}\n  - **{why}**"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
