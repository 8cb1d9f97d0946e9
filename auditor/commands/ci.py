"""In: the name of a format for CI, and where it goes. Out: its renderer; on GitHub, several."""

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol, TextIO

from auditor.check.rule import Rule
from auditor.errors import UsageError
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.model import Language
from auditor.render.github import GithubReport, fenced
from auditor.render.gitlab import GitlabReport
from auditor.render.junit import JunitReport
from auditor.render.markdown import MarkdownReport
from auditor.render.sarif import SarifReport

CiFormat = Literal["sarif", "junit", "github", "gitlab", "markdown"]
_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_LIMIT = 1_000_000
"""GitHub refuses the summary of a step above 1 MiB."""


class Output(Protocol):
    """Takes the reports of a run one by one, then its summary."""

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""

    def close(self, summary: Summary) -> None:
        """Write what is left to write."""


def ci_report(
    format_: CiFormat, stream: TextIO, lang: Language, digest: str, rules: Sequence[Rule]
) -> Output:
    """Give the renderer of that format."""
    match format_:
        case "sarif":
            return SarifReport(stream, lang, digest, rules)
        case "junit":
            return JunitReport(stream, lang)
        case "github":
            return GithubReport(stream, lang)
        case "gitlab":
            return GitlabReport(stream, lang)
        case "markdown":
            return MarkdownReport(stream, lang)


class GithubJob:
    """Writes to the log of a job: the report for people fenced off, annotations, and the summary.

    A runner obeys commands wherever a line holds them, so that nothing of a document may stand
    outside the fence unescaped.
    """

    def __init__(self, stream: TextIO, lang: Language, text: Output, buffer: io.StringIO) -> None:
        self._stream = stream
        self._text, self._buffer = text, buffer
        self._page = io.StringIO()
        self._summary = MarkdownReport(self._page, lang, limit=_SUMMARY_LIMIT)
        self._annotations = GithubReport(stream, lang)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        for output in (self._text, self._summary, self._annotations):
            output.report(checked)

    def close(self, summary: Summary) -> None:
        """Write all three. Raises: UsageError where the summary cannot be written."""
        self._text.close(summary)
        self._stream.write(fenced(self._buffer.getvalue()))
        self._annotations.close(summary)
        self._summary.close(summary)
        target = os.environ.get(_SUMMARY)
        if target:
            _append(Path(target), self._page.getvalue())


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"无法写入作业摘要 {path}: {why}", f"cannot write the job summary {path}: {why}"
        ) from error
