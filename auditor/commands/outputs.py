"""In: a format, and where it goes. Out: a renderer that takes a run's reports one by one."""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TextIO, get_args

from auditor.check.rule import Rule
from auditor.check.suggest import did_you_mean
from auditor.commands.ci import CiFormat, GithubJob, ci_report
from auditor.commands.copies import copy_report
from auditor.errors import UsageError
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.model import Language, Severity
from auditor.render.console import FILE_WIDTH, Page
from auditor.render.html_report import HtmlReport
from auditor.render.json import JsonReport
from auditor.render.terminal import Detail, TerminalReport

Format = Literal["text", "json", "html"] | CiFormat
FORMATS: tuple[Format, ...] = ("text", "json", "html", *get_args(CiFormat))
COPIES = ("xlsx", "pdf", "docx")
"""Formats of bytes: a workbook, and copies of the drafts with notes in them."""


class Renderer(Protocol):
    """Takes the reports of a run one by one, then its summary."""

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""

    def close(self, summary: Summary) -> None:
        """Write what is left to write."""


@dataclass(frozen=True, slots=True)
class Style:
    """What every output of a run shares."""

    lang: Language
    rules_digest: str
    detail: Detail = "normal"
    many: bool = False
    quiet_from: Severity = "error"
    rules: tuple[Rule, ...] = ()


def stdout_report(format_: Format, style: Style, *, on_github: bool = False) -> Renderer:
    """Give the renderer of standard output; on GitHub, annotations and a summary too."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a console may lack a character
    if on_github:
        buffer = io.StringIO()
        text = _renderer("text", buffer, style, FILE_WIDTH)
        return GithubJob(sys.stdout, style.lang, text, buffer)
    return _renderer(format_, sys.stdout, style, None)


@dataclass(frozen=True, slots=True)
class FileReport:
    """A report that is written to a file when the run is over, always in UTF-8."""

    path: Path
    text: io.StringIO
    renderer: Renderer

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.renderer.report(checked)

    def close(self, summary: Summary) -> None:
        """Write the file. Raises: UsageError where it cannot be written."""
        self.renderer.close(summary)
        try:
            self.path.write_bytes(self.text.getvalue().encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise _unwritable(self.path, error.strerror or str(error)) from error


def file_reports(wanted: Sequence[str], style: Style) -> tuple[Renderer, ...]:
    """Give a renderer for each FORMAT=FILE. Raises: UsageError."""
    return tuple(_file_report(text, style) for text in wanted)


def _file_report(text: str, style: Style) -> Renderer:
    name, equals, target = text.partition("=")
    if not equals or not target:
        raise UsageError(
            f"--report {text}: 应写作 格式=文件，如 json=result.json",
            f"--report {text}: write FORMAT=FILE, such as json=result.json",
        )
    if name in COPIES:
        return copy_report(name, target, style.lang, many=style.many)
    format_ = next((known for known in FORMATS if known == name), None)
    if format_ is None:
        raise _unknown_format(name)
    path = Path(target)
    if path.is_dir() or not path.parent.is_dir():
        raise _unwritable(path, "no such folder" if not path.is_dir() else "is a folder")
    buffer = io.StringIO()
    return FileReport(path, buffer, _renderer(format_, buffer, style, FILE_WIDTH))


def _renderer(format_: Format, stream: TextIO, style: Style, width: int | None) -> Renderer:
    if format_ == "json":
        return JsonReport(stream, style.lang, style.rules_digest)
    if format_ == "html":
        return HtmlReport(stream, style.lang, style.rules_digest, many=style.many)
    if format_ == "text":
        return TerminalReport(
            Page(stream, width),
            style.lang,
            style.detail,
            many=style.many,
            quiet_from=style.quiet_from,
        )
    return ci_report(format_, stream, style.lang, style.rules_digest, style.rules)


def _unknown_format(name: str) -> UsageError:
    near, known = did_you_mean(name, (*FORMATS, *COPIES)), ", ".join((*FORMATS, *COPIES))
    return UsageError(
        f"--report: 没有格式 “{name}”{near.zh}；可用 {known}",
        f"--report: no format '{name}'{near.en}; allowed: {known}",
    )


def _unwritable(path: Path, why: str) -> UsageError:
    return UsageError(
        f"无法写入报告文件 {path}: {why}", f"cannot write the report file {path}: {why}"
    )
