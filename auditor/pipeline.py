"""In: a file, or its content. Out: the report in it, or the verdict on it: the calls in order."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from auditor.check.catalogue import named
from auditor.check.catalogue import select as select_rules
from auditor.check.evaluate import check as evaluate
from auditor.check.load import load_rules
from auditor.check.rule import Rule
from auditor.errors import UnreadableError, UsageError
from auditor.explain.area import tell_area
from auditor.explain.findings import explain
from auditor.explain.fingerprint import document_name, with_fingerprints
from auditor.explain.verdict import CheckedReport, Threshold, judge, unreadable
from auditor.explain.waivers import NO_EXCEPTIONS, Exceptions, waive
from auditor.inputs import exists, read_input
from auditor.model import Document, Report, Severity
from auditor.read import read_document
from auditor.recognise import recognise
from auditor.relatives import NO_SHELVES, Given, Shelves, fill_shelves, with_relatives
from auditor.waivers import read_waivers, today

Source = str | os.PathLike[str] | bytes
_CONTENT = "content"
_NO_CHANGE: Mapping[str, Severity] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Plan:
    """What to check reports for, loaded once for a run."""

    rules: tuple[Rule, ...]
    fail_on: Threshold = "error"
    shelves: Shelves = NO_SHELVES
    exceptions: Exceptions = NO_EXCEPTIONS
    root: Path | None = None  # documents are named by their path below it; None: working folder


def plan(  # noqa: PLR0913 - what says which rules count
    rules: Sequence[str | os.PathLike[str]] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: Threshold = "error",
    shelves: Shelves = NO_SHELVES,
    *,
    severities: Mapping[str, Severity] = _NO_CHANGE,
) -> Plan:
    """Load the rules: the tool's own, those of further rule files, less what is not asked for.

    `severities`: how grave a rule is (by id prefix, name or tag) where its file says otherwise.
    Raises: UsageError where a rule file is at fault or an id is unknown.
    """
    known = load_rules(tuple(Path(path) for path in rules))
    graver = {rule.id: s for word, s in severities.items() for rule in named(known, word)}
    chosen = select_rules(known, select, ignore)
    weighed = (
        replace(rule, severity=graver[rule.id]) if rule.id in graver else rule for rule in chosen
    )
    return Plan(tuple(weighed), fail_on, shelves)


@dataclass(frozen=True, slots=True)
class Sight:
    """A file's content, what was read of it, and what was recognised in that."""

    content: bytes
    document: Document
    report: Report


def extract(source: Source, *, file: str | None = None) -> Report:
    """Give the report that a file (or its content) holds.

    Raises: UsageError where there is no such file, UnreadableError where it cannot be read.
    """
    return look(source, file=file).report


def look(source: Source, *, file: str | None = None) -> Sight:
    """Give the report with all that led to it; raises as `extract` does."""
    name, content = _content(source, file)
    document = read_document(content, name)
    return Sight(content, document, recognise(document))


def check(  # noqa: PLR0913 - what the command line offers, by keyword
    source: Source,
    *,
    file: str | None = None,
    rules: Sequence[str | os.PathLike[str]] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: Threshold = "error",
    previous: Given | Sequence[Given] = (),
    children: Given | Sequence[Given] = (),
    children_exact: bool = False,
    severities: Mapping[str, Severity] = _NO_CHANGE,
    waivers: str | os.PathLike[str] | None = None,
) -> CheckedReport:
    """Give the verdict on the report that a file (or its content) holds.

    `previous`: last year's report; `children`: those of the bodies below; as files, folders, JSON
    of an extraction, or reports. `children_exact`: the report is the sum of just these.
    `severities`: how grave rules are, by id prefix, name or tag. `waivers`: a file of waivers, in
    whose folder documents are named; without it, they are named from the working folder.
    A document that cannot be read is a verdict too, of status `unreadable`.
    Raises: UsageError where there is no such file, or a rule file or an id is at fault.
    """
    shelves = fill_shelves(_many(previous), _many(children), exact=children_exact)
    chosen = plan(rules, select, ignore, fail_on, shelves, severities=severities)
    if waivers is not None:
        given = Path(waivers)
        exceptions = Exceptions(read_waivers(given), today())
        chosen = replace(chosen, exceptions=exceptions, root=given.parent)
    return check_with(chosen, source, file=file)


def check_with(plan: Plan, source: Source, *, file: str | None = None) -> CheckedReport:
    """Give the verdict by rules that are loaded already."""
    name = file or _CONTENT if isinstance(source, bytes) else os.fspath(source)
    document = document_name(file or name, plan.root)
    try:
        report = extract(source, file=file)
    except UnreadableError as error:
        return unreadable(name, "unreadable", error.wording, error.exit_code, document)
    report = with_relatives(report, plan.shelves)
    outcomes = evaluate(report, plan.rules)
    findings = tell_area(report, explain(report, plan.rules, outcomes))
    known = with_fingerprints(findings, document)
    waiving = waive(known, plan.exceptions, document, report, outcomes)
    return judge(report, outcomes, waiving.open, plan.rules, plan.fail_on, waiving=waiving)


def _many(given: Given | Sequence[Given]) -> Sequence[Given]:
    return (given,) if isinstance(given, str | os.PathLike | Report) else given


def _content(source: Source, file: str | None) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return file or _CONTENT, source
    path = os.fspath(source)
    if not exists(path):
        raise UsageError(f"{path}: 没有这个文件", f"{path}: no such file")
    if Path(path).is_dir():
        raise UsageError(f"{path}: 是文件夹，不是文件", f"{path}: is a folder, not a file")
    return file or path, read_input(path)
