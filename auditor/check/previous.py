"""In: a report, and those given as last year's. Out: the one that is, or why there is none."""

from auditor.check.kinship import same_agency, same_figures
from auditor.check.shelf import (
    Found,
    Shelf,
    all_unread,
    listed,
    not_applicable,
    of_agency,
    said,
    title,
    unaudited,
    unread_text,
)
from auditor.model import Report, Wording


def find_previous(report: Report, shelf: Shelf) -> Found:
    """Find last year's report of the same body."""
    if report.year is None:
        return unaudited(
            Wording(
                "本报告未读到年度，无法与上年报告核对",
                "the report's year was not found: it cannot be compared with last year's",
            )
        )
    if len(shelf.reports) + len(shelf.unread) == 1:
        return _the_only(report, report.year - 1, shelf)
    return _among_many(report, report.year - 1, shelf)


def _the_only(report: Report, year: int, shelf: Shelf) -> Found:
    """Take the one that was given; one of another body or year leaves what was asked unaudited."""
    if unread := all_unread(shelf):
        what = unread_text(unread)
        return unaudited(
            Wording(f"上年报告无法读取：{what.zh}", f"last year's report unreadable: {what.en}")
        )
    previous = shelf.reports[0]
    whose = title(previous)
    if previous.year != year:
        return unaudited(
            Wording(
                f"{previous.file} 是 {whose.zh}，不是 {year} 年度，未与之核对",
                f"{previous.file} is of {whose.en}, not of {year}: not compared with it",
            )
        )
    if not report.agency or not previous.agency:
        return Found(previous, (said("info", _unverified(previous)),))
    if not same_agency(report.agency, previous.agency):
        return unaudited(
            Wording(
                f"{previous.file} 是 {whose.zh}，不是 {report.agency} 的，未与之核对",
                f"{previous.file} is of {whose.en}, not of {report.agency}: not compared with it",
            )
        )
    return Found(previous)


def _unverified(previous: Report) -> Wording:
    return Wording(
        f"未读到机关名称，上年报告按所给的 {previous.file} 核对",
        f"an agency's name was not found; {previous.file} was taken as last year's, as given",
    )


def _among_many(report: Report, year: int, shelf: Shelf) -> Found:
    if not report.agency:
        return unaudited(
            Wording(
                "本报告未读到机关名称，无法找出其上年报告",
                "the agency's name was not found: its report of last year cannot be told",
            )
        )
    candidates = of_agency(shelf, year, report.agency)
    if not candidates:
        return _none(report.agency, year, shelf)
    first = candidates[0]
    if all(same_figures(first, other) for other in candidates):
        return Found(first)
    files = listed(candidate.file for candidate in candidates)
    return unaudited(
        Wording(
            f"{year} 年度报告有数据不同的几份：{files.zh}",
            f"several reports of {year} with different figures: {files.en}",
        )
    )


def _none(agency: str, year: int, shelf: Shelf) -> Found:
    missing = Wording(
        f"所给文件中没有 {agency} {year} 年度报告", f"no report of {agency} for {year} was given"
    )
    unread = all_unread(shelf)
    if not unread:
        return not_applicable(missing)
    what = unread_text(unread)
    return unaudited(
        Wording(f"{missing.zh}；无法读取：{what.zh}", f"{missing.en}; unreadable: {what.en}")
    )
