"""In: the options of `auditor check`. Out: its reports, and the exit status of the run."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

import click
from click.core import ParameterSource

from auditor.batch import progress, run_all
from auditor.check.catalogue import rules_digest
from auditor.commands.outputs import Format, Renderer, Style, file_reports, stdout_report
from auditor.commands.settings import write_settings
from auditor.commands.words import severities, split_words
from auditor.complain import complain
from auditor.errors import AuditorError, UnreadableError, UsageError
from auditor.explain.fingerprint import document_name
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Threshold, unreadable
from auditor.explain.waivers import Exceptions
from auditor.guard import Crash
from auditor.inputs import STDIN, exists, find_files, read_input
from auditor.model import Language, Wording
from auditor.pipeline import Plan, check_with, plan
from auditor.project import WAIVERS, project_root
from auditor.relatives import fill_shelves
from auditor.render.terminal import Detail
from auditor.waivers import read_waivers, today


class CheckOptions(TypedDict):
    """The options as click gives them."""

    paths: tuple[str, ...]
    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severities: tuple[str, ...]
    fail_on: Threshold
    format_: Format
    reports: tuple[str, ...]
    jobs: int
    previous: tuple[str, ...]
    children: tuple[str, ...]
    children_exact: bool
    waivers: str | None
    strict: bool
    show_settings: bool
    watch: bool
    allow_incomplete: bool
    exit_zero: bool
    quiet: bool
    verbose: bool
    lang: Language
    debug: bool


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """What loads the same rules, and reports to compare with, again in another process."""

    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: Threshold
    previous: tuple[str, ...]
    children: tuple[str, ...]
    exact: bool
    severities: tuple[str, ...] = ()
    root: Path | None = None
    waivers: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckFile:
    """Checks one file; what goes to another process is small, the rules are loaded there."""

    choice: RuleChoice

    def __call__(self, file: str) -> CheckedReport:
        """Give the verdict on the file."""
        try:
            content = read_input(file)
        except UnreadableError as error:
            name = document_name(file, self.choice.root)
            return unreadable(file, "unreadable", error.wording, error.exit_code, name)
        return check_with(_plan(self.choice), content, file=file)


@cache
def _plan(choice: RuleChoice) -> Plan:
    shelves = fill_shelves(choice.previous, choice.children, exact=choice.exact)
    planned = plan(
        choice.rules,
        choice.select,
        choice.ignore,
        choice.fail_on,
        shelves,
        severities=severities(choice.severities),
    )
    given = read_waivers(choice.waivers) if choice.waivers else ()
    return replace(planned, exceptions=Exceptions(given, today()), root=choice.root)


def run_check(**options: Unpack[CheckOptions]) -> int:
    """Check every file that the paths name, and give the exit status of the whole run."""
    if options["show_settings"]:
        write_settings(sys.stdout, click.get_current_context(), options["lang"])
        return 0
    if not options["paths"]:
        raise UsageError("缺少参数 PATH...", "Missing argument 'PATH...'.")
    if options["watch"]:
        from auditor.commands.watch import watch  # noqa: PLC0415 - lazy: most runs are single

        return watch(lambda seen: _check_anew(options, seen), options["paths"], options["lang"])
    return _check_once(options)


def _check_anew(options: CheckOptions, seen: Renderer) -> int:
    _plan.cache_clear()  # a waiver may have been given meanwhile
    return _check_once(options, seen)


def _check_once(options: CheckOptions, *further: Renderer) -> int:
    choice = rule_choice(options)
    planned = _plan(choice)  # a fault in the rules ends the run before any file is read
    inputs = find_files(options["paths"])
    if options["children"] and len(inputs.files) > 1:
        raise _several_parents(len(inputs.files))
    style = replace(_style(options, many=len(inputs.files) > 1), rules=planned.rules)
    standard = stdout_report(options["format_"], style, on_github=_on_github())
    outputs = (standard, *file_reports(options["reports"], style), *further)
    summary = Summary().lapse(_gone(planned, options["lang"]))
    for refusal in inputs.refusals:
        summary = _refuse(summary, refusal, options["lang"])
    for checked in verdicts(CheckFile(choice), inputs.files, options):
        if isinstance(checked, AuditorError):
            summary = _refuse(summary, checked, options["lang"])
            continue
        summary = summary.plus(checked)
        for output in outputs:
            output.report(checked)
    return _close(summary, options, outputs)


def _gone(planned: Plan, lang: Language) -> int:
    """Name the waivers whose document is not there any more, and count them."""
    gone = [w for w in planned.exceptions.waivers if not _exists(planned.root, w.document)]
    for waiver in gone:
        zh = f"豁免 {waiver.fingerprint}: 已没有文件 {waiver.document}"
        en = f"waiver {waiver.fingerprint}: there is no file {waiver.document} any more"
        complain(zh, en, lang, "warning")
    return len(gone)


def _exists(root: Path | None, document: str) -> bool:
    return document == STDIN or exists(str((root or Path()) / document))


def _on_github() -> bool:
    """Whether a GitHub workflow runs this, and nobody asked for another format."""
    chosen = click.get_current_context().get_parameter_source("format_")
    return os.environ.get("GITHUB_ACTIONS") == "true" and chosen is ParameterSource.DEFAULT


def _several_parents(count: int) -> UsageError:
    return UsageError(
        f"--children 只能与一份报告核对，给出了 {count} 份",
        f"--children belong to one report, {count} were given",
    )


def rule_choice(options: CheckOptions) -> RuleChoice:
    """Give what the options say on rules, and on what to compare a report with."""
    root = project_root(options["paths"])
    select, ignore = split_words(options["select"]), split_words(options["ignore"])
    return RuleChoice(
        options["rules"],
        select,
        ignore,
        options["fail_on"],
        options["previous"],
        options["children"],
        options["children_exact"],
        options["severities"],
        root,
        Path(options["waivers"]) if options["waivers"] else root / WAIVERS,
    )


def _style(options: CheckOptions, *, many: bool) -> Style:
    detail: Detail = "quiet" if options["quiet"] else "verbose" if options["verbose"] else "normal"
    digest = rules_digest(tuple(Path(path) for path in options["rules"]))
    threshold = options["fail_on"]
    quiet_from = "error" if threshold == "never" else threshold
    return Style(options["lang"], digest, detail, many, quiet_from)


def _refuse(summary: Summary, error: AuditorError, lang: Language) -> Summary:
    complain(error.wording.zh, error.wording.en, lang)
    return summary.refuse(error.exit_code)


def _close(summary: Summary, options: CheckOptions, outputs: Sequence[Renderer]) -> int:
    concluded = summary.conclude(
        allow_incomplete=options["allow_incomplete"],
        exit_zero=options["exit_zero"],
        strict=options["strict"],
    )
    if concluded.reports or options["format_"] != "text":
        _close_all(outputs, concluded, options["lang"])
    return concluded.exit_code


def _close_all(outputs: Sequence[Renderer], concluded: Summary, lang: Language) -> None:
    """Finish every output: one that cannot be written keeps none of the others back."""
    failed: list[UsageError] = []
    for output in outputs:
        try:
            output.close(concluded)
        except UsageError as error:
            failed.append(error)
    for further in failed[1:]:
        complain(further.wording.zh, further.wording.en, lang)
    if failed:
        raise failed[0]


def verdicts(
    work: CheckFile, files: Sequence[str], options: CheckOptions
) -> Iterator[CheckedReport | AuditorError]:
    """Give the verdict on each file, in their order."""
    jobs = options["jobs"] or os.cpu_count() or 1
    with progress(len(files)) as tick, closing(run_all(work, files, jobs)) as results:
        for file, result in results:
            tick()
            yield _crashed(file, result, options) if isinstance(result, Crash) else result


def _crashed(file: str, crash: Crash, options: CheckOptions) -> CheckedReport:
    """Make a bug that one file brought out the verdict on that file, and go on with the others."""
    if options["debug"]:
        sys.stderr.write(crash.trace)
    message = Wording(
        f"{file}: 程序内部错误 {crash.line}；加 --debug 可看追踪信息",
        f"{file}: internal error {crash.line}; --debug shows the traceback",
    )
    return unreadable(file, "internal_error", message, exit_code=4)
