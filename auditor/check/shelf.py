"""In: nothing. Out: the reports that a user gave for comparison, read and unread ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from auditor.check.kinship import agency_key, same_agency
from auditor.model import OutcomeState, Problem, Report, Severity, Withheld, Wording

MAX_NAMED = 5


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was given and is of no use, and why."""

    file: str
    why: Wording


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The reports among which last year's, or those of subordinate bodies, are looked for.

    A shelf is itself alone, so that it is sorted once for all the reports of a run.
    """

    reports: tuple[Report, ...]
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Last year's report, the children, or why there are none; and what a person must know."""

    given: Report | tuple[Report, ...] | Withheld
    problems: tuple[Problem, ...] = ()
    exact: bool = False


def unaudited(reason: Wording) -> Found:
    """Something could not be read: the rules that need it are not audited."""
    return Found(Withheld(OutcomeState.UNAUDITED, reason))


def not_applicable(reason: Wording) -> Found:
    """Say aloud that what was given is of another body or year: nothing is compared with it."""
    withheld = Withheld(OutcomeState.NOT_APPLICABLE, reason)
    return Found(withheld, (said("warning", reason),))


def said(severity: Severity, message: Wording) -> Problem:
    """Give a problem that tells what was given and how it was taken."""
    return Problem("relatives", severity, message)


def listed(names: Iterable[str]) -> Wording:
    """Name some, and how many there are of them all."""
    known = tuple(names)
    told = known[:MAX_NAMED]
    more = len(known) - len(told)
    return Wording(
        "、".join(told) + (f" 等 {len(known)} 份" if more else ""),
        ", ".join(told) + (f" and {more} more" if more else ""),
    )


def title(report: Report) -> Wording:
    """Say whose report it is, and of which year."""
    return Wording(
        f"{report.agency or '机关不详'} {report.year or '年份不详'} 年度报告",
        f"{report.agency or 'agency unknown'}, {report.year or 'year unknown'}",
    )


@cache
def all_unread(shelf: Shelf) -> tuple[Unread, ...]:
    """Give the files of no use, those included in which no table or no year was found."""
    return (*shelf.unread, *(Unread(r.file, why) for r in shelf.reports if (why := _lack(r))))


@cache
def readable(shelf: Shelf) -> tuple[Report, ...]:
    """Give the reports whose year and tables were recognised."""
    return tuple(report for report in shelf.reports if not _lack(report))


def of_agency(shelf: Shelf, year: int, agency: str) -> tuple[Report, ...]:
    """Give a body's reports of a year; one of just that name goes before its superior's and its."""
    by_name = _by_name(shelf, year)
    exactly = by_name.get(agency_key(agency), ())
    others = (r for found in by_name.values() for r in found if same_agency(r.agency, agency))
    return exactly or tuple(others)


@cache
def _by_name(shelf: Shelf, year: int) -> Mapping[str, tuple[Report, ...]]:
    found: dict[str, tuple[Report, ...]] = {}
    for report in readable(shelf):
        if report.year == year:
            key = agency_key(report.agency or "")
            found[key] = (*found.get(key, ()), report)
    return found


def unread_text(unread: Iterable[Unread]) -> Wording:
    """Name the files with the reasons."""
    known = tuple(unread)
    zh = listed(f"{u.file}（{u.why.zh}）" for u in known).zh
    return Wording(zh, listed(f"{u.file} ({u.why.en})" for u in known).en)


_NO_TABLE = Wording("未识别出法定表格", "no statutory table was recognised")
_NO_YEAR = Wording("未读到报告年度", "its year was not found")


def _lack(report: Report) -> Wording | None:
    if report.form is None:
        return _NO_TABLE
    return _NO_YEAR if report.year is None else None
