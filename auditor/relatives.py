"""In: paths of last year's and of subordinate bodies' reports. Out: a report that knows them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from auditor.check.children import find_children
from auditor.check.previous import find_previous
from auditor.check.relatives import ALONE
from auditor.check.shelf import Found, Shelf, Unread
from auditor.errors import AuditorError, UsageError, without_name
from auditor.extracted import SUFFIX, is_extraction, reports_from_json
from auditor.guard import Crash, guarded
from auditor.inputs import find_files, read_input
from auditor.model import Relatives, Report, Wording
from auditor.read import read_document
from auditor.recognise import recognise

Given = str | os.PathLike[str] | Report
"""A file, a folder, a glob; or a report that was extracted already."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the reports of a run are compared with; None: nothing was given."""

    previous: Shelf | None = None
    children: Shelf | None = None
    exact: bool = False


NO_SHELVES = Shelves()


def fill_shelves(
    previous: Sequence[Given] = (), children: Sequence[Given] = (), *, exact: bool = False
) -> Shelves:
    """Read the reports to compare with. Raises: UsageError where a path names none."""
    if not (previous or children or exact):
        return NO_SHELVES
    if exact and not children:
        raise UsageError(
            "--children-exact 须与 --children 同用", "--children-exact needs --children"
        )
    return Shelves(
        _fill(previous) if previous else None, _fill(children) if children else None, exact
    )


def with_relatives(report: Report, shelves: Shelves) -> Report:
    """Give the report with those that it is compared with, and what must be said of them."""
    if shelves == NO_SHELVES:
        return report
    previous = find_previous(report, shelves.previous) if shelves.previous else None
    children = (
        find_children(report, shelves.children, exact=shelves.exact) if shelves.children else None
    )
    told = tuple(problem for found in (previous, children) if found for problem in found.problems)
    return replace(
        report, relatives=_relatives(previous, children), problems=(*report.problems, *told)
    )


def _relatives(previous: Found | None, children: Found | None) -> Relatives:
    last = previous.given if previous else ALONE.previous
    below = children.given if children else ALONE.children
    assert not isinstance(last, tuple)
    assert not isinstance(below, Report)
    return Relatives(last, below, exact=bool(children and children.exact))


# ------------------------------------------------------------------ reading


def _fill(given: Sequence[Given]) -> Shelf:
    reports = [_slim(g) for g in given if isinstance(g, Report)]
    paths = [os.fspath(g) for g in given if not isinstance(g, Report)]
    unread: list[Unread] = []
    for file in _files(paths):
        found = guarded(partial(_read, file, named=file in paths))
        if isinstance(found, AuditorError):
            unread.append(Unread(file, without_name(file, found.wording)))
        elif isinstance(found, Crash):
            unread.append(Unread(file, Wording(found.line, found.line)))
        else:
            reports += map(_slim, found)
    return Shelf(tuple(reports), tuple(unread))


def _files(paths: Sequence[str]) -> tuple[str, ...]:
    if not paths:
        return ()
    inputs = find_files(paths, (SUFFIX,))
    if inputs.refusals:
        raise inputs.refusals[0]
    return inputs.files


def _read(file: str, *, named: bool) -> tuple[Report, ...]:
    """Read a report, or those of an extraction; other JSON in a folder is nobody's report."""
    content = read_input(file)
    is_json = file.lower().endswith(SUFFIX)
    if is_extraction(content) or (is_json and named):
        return reports_from_json(content, file)
    return () if is_json else (recognise(read_document(content, file)),)


def _slim(report: Report) -> Report:
    """Keep the figures and the prose by section: nothing else of another report is looked at."""
    return replace(report, paragraphs=(), observations=(), relatives=None)
