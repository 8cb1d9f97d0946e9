"""In: the options of `auditor check`. Out: its reports, and the exit status of the run."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

from auditor.batch import progress, run_all
from auditor.check.catalogue import rules_digest
from auditor.commands.outputs import Format, Renderer, Style, file_reports, stdout_report
from auditor.commands.words import split_words
from auditor.complain import complain
from auditor.errors import AuditorError, UnreadableError, UsageError
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Threshold, unreadable
from auditor.guard import Crash
from auditor.inputs import find_files, read_input
from auditor.model import Language, Wording
from auditor.pipeline import Plan, check_with, plan
from auditor.relatives import fill_shelves
from auditor.render.terminal import Detail


class CheckOptions(TypedDict):
    """The options as click gives them."""

    paths: tuple[str, ...]
    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: Threshold
    format_: Format
    reports: tuple[str, ...]
    jobs: int
    previous: tuple[str, ...]
    children: tuple[str, ...]
    children_exact: bool
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


@dataclass(frozen=True, slots=True)
class CheckFile:
    """Checks one file; what goes to another process is small, the rules are loaded there."""

    choice: RuleChoice

    def __call__(self, file: str) -> CheckedReport:
        """Give the verdict on the file."""
        try:
            content = read_input(file)
        except UnreadableError as error:
            return unreadable(file, "unreadable", error.wording, error.exit_code)
        return check_with(_plan(self.choice), content, file=file)


@cache
def _plan(choice: RuleChoice) -> Plan:
    shelves = fill_shelves(choice.previous, choice.children, exact=choice.exact)
    return plan(choice.rules, choice.select, choice.ignore, choice.fail_on, shelves)


def run_check(**options: Unpack[CheckOptions]) -> int:
    """Check every file that the paths name, and give the exit status of the whole run."""
    choice = _rule_choice(options)
    _plan(choice)  # a fault in the rules ends the run before any file is read
    inputs = find_files(options["paths"])
    if options["children"] and len(inputs.files) > 1:
        raise _several_parents(len(inputs.files))
    style = _style(options, many=len(inputs.files) > 1)
    outputs = (stdout_report(options["format_"], style), *file_reports(options["reports"], style))
    summary = Summary()
    for refusal in inputs.refusals:
        summary = _refuse(summary, refusal, options["lang"])
    for checked in _checked(CheckFile(choice), inputs.files, options):
        if isinstance(checked, AuditorError):
            summary = _refuse(summary, checked, options["lang"])
            continue
        summary = summary.plus(checked)
        for output in outputs:
            output.report(checked)
    return _close(summary, options, outputs)


def _several_parents(count: int) -> UsageError:
    return UsageError(
        f"--children 只能与一份报告核对，给出了 {count} 份",
        f"--children belong to one report, {count} were given",
    )


def _rule_choice(options: CheckOptions) -> RuleChoice:
    select, ignore = split_words(options["select"]), split_words(options["ignore"])
    return RuleChoice(
        options["rules"],
        select,
        ignore,
        options["fail_on"],
        options["previous"],
        options["children"],
        options["children_exact"],
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
        allow_incomplete=options["allow_incomplete"], exit_zero=options["exit_zero"]
    )
    if concluded.reports or options["format_"] != "text":
        for output in outputs:
            output.close(concluded)
    return concluded.exit_code


def _checked(
    work: CheckFile, files: Sequence[str], options: CheckOptions
) -> Iterator[CheckedReport | AuditorError]:
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
