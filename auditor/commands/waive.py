"""In: a fingerprint and a reason. Out: the waiver in auditor.waivers.toml, and what it is about."""

import getpass
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack, cast

import click

from auditor.commands.check import CheckFile, CheckOptions, rule_choice, verdicts
from auditor.errors import AuditorError, UsageError
from auditor.explain.fingerprint import values_of
from auditor.explain.verdict import CheckedReport
from auditor.explain.waivers import Waiver
from auditor.inputs import find_files
from auditor.model import Language, Wording
from auditor.project import WAIVERS, project_root
from auditor.render.console import Page
from auditor.run_json import RecordedFinding, read_run
from auditor.waivers import add_waiver, today

_DONE = Wording("已豁免 {rule}  {document}: {message}", "waived {rule}  {document}: {message}")
_WRITTEN = Wording("写入 {file}", "written to {file}")


class WaiveOptions(TypedDict):
    """The options as click gives them."""

    fingerprint: str
    paths: tuple[str, ...]
    reason: str
    who: str | None
    expires: str | None
    source: str | None
    waivers: str | None
    lang: Language
    debug: bool


def run_waive(**options: Unpack[WaiveOptions]) -> int:
    """Find the violation of that fingerprint and write the waiver. Raises: UsageError."""
    reason = " ".join(options["reason"].split())
    if not reason:
        raise UsageError("--reason 不能为空", "--reason must say something")
    expires = _date(options["expires"])
    paths = options["paths"]
    if options["source"]:
        found = _among(read_run(options["source"]).findings(), options["fingerprint"])
    else:
        found = _among(_checked(paths), options["fingerprint"])
    waiver = Waiver(
        fingerprint=found.fingerprint,
        rule=found.rule,
        document=found.document,
        cells=found.cells,
        values=found.values,
        reason=reason,
        who=options["who"] or _user(),
        expires=expires,
    )
    file = Path(options["waivers"]) if options["waivers"] else project_root(paths) / WAIVERS
    add_waiver(file, waiver)
    page, lang = Page(sys.stdout), options["lang"]
    told = _DONE.in_language(lang).format(
        rule=found.rule, document=found.document, message=found.message
    )
    page.line(told, hang="  ")
    page.line(_WRITTEN.in_language(lang).format(file=file), hang="  ")
    return 0


def _checked(paths: Sequence[str]) -> Iterator[RecordedFinding]:
    """Check the documents as `auditor check` would; where none is named, the whole folder."""
    root = click.get_current_context().find_root().command
    assert isinstance(root, click.Group)
    command = root.commands["check"]
    with command.make_context("check", [*paths]) as context:
        options = cast("CheckOptions", context.params)
        options["paths"] = options["paths"] or (".",)
        files = find_files(options["paths"]).files
        for checked in verdicts(CheckFile(rule_choice(options)), files, options):
            if isinstance(checked, AuditorError):
                raise checked
            yield from _recorded(checked)


def _recorded(checked: CheckedReport) -> Iterator[RecordedFinding]:
    waived = (waived.finding for waived in checked.waived)
    for finding in (*checked.findings, *waived):
        yield RecordedFinding(
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            severity=finding.severity,
            document=checked.document,
            message=finding.message.zh,
            cells=finding.cells,
            values=values_of(finding, checked.report),
        )


def _among(findings: Iterator[RecordedFinding], fingerprint: str) -> RecordedFinding:
    """Give the one finding of that fingerprint. Raises: UsageError."""
    for finding in findings:
        if finding.fingerprint == fingerprint:
            return finding
    raise UsageError(
        f"没有找到指纹为 {fingerprint} 的违规；请给出文件，指纹见 auditor check --verbose",
        f"no finding has the fingerprint {fingerprint}; name its file, and see "
        "auditor check --verbose",
    )


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"--expires {text}: 应写作 2026-12-31", f"--expires {text}: write 2026-12-31"
        ) from error
    if day < today():
        raise UsageError(f"--expires {text}: 已经过去", f"--expires {text} is in the past")
    return day


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user has no name
        return ""
