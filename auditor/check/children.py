"""In: a report, and those given as its subordinate bodies'. Out: the ones to sum, or why none."""

from collections.abc import Sequence
from dataclasses import replace

from auditor.check.kinship import same_agency, same_figures, says_sum
from auditor.check.shelf import (
    Found,
    Shelf,
    all_unread,
    listed,
    readable,
    said,
    unaudited,
    unread_text,
)
from auditor.model import Problem, Report, Wording


def find_children(report: Report, shelf: Shelf, *, exact: bool = False) -> Found:
    """Give the subordinate bodies' reports of the same year, each body once.

    `exact`: the user says that the report is the sum of just these; else its prose may say so.
    """
    if report.year is None:
        return unaudited(
            Wording(
                "本报告未读到年度，无法与下级报告核对",
                "the report's year was not found: it cannot be compared with subordinate ones",
            )
        )
    if unread := all_unread(shelf):
        what = unread_text(unread)
        return unaudited(
            Wording(f"下级报告无法读取：{what.zh}", f"subordinate reports unreadable: {what.en}")
        )
    others = [r for r in readable(shelf) if not _is_itself(report, r)]
    children = [r for r in others if r.year == report.year]
    if not children:
        return unaudited(
            Wording(
                f"所给文件中没有 {report.year} 年度的下级报告",
                f"no subordinate report of {report.year} was given",
            )
        )
    told = _other_years(report.year, children, [r for r in others if r.year != report.year])
    return _each_once(report, children, told, exact=exact)


def _is_itself(report: Report, other: Report) -> bool:
    return other.file == report.file or (
        other.year == report.year and same_agency(other.agency, report.agency)
    )


def _other_years(
    year: int, children: Sequence[Report], others: Sequence[Report]
) -> tuple[Problem, ...]:
    """Name the reports of other years, and the bodies of which there is nothing else."""
    absent = [r for r in others if not _is_among(r, children)]
    spare = [r for r in others if _is_among(r, children)]
    problems: list[Problem] = []
    if absent:
        files = listed(f"{r.agency or r.file} ({r.year}, {r.file})" for r in absent)
        zh = f"下列机关没有 {year} 年度报告，其他年度的未计入：{files.zh}"
        en = f"no report of {year}, those of other years left out: {files.en}"
        problems.append(said("warning", Wording(zh, en)))
    if spare:
        files = listed(f"{r.file} ({r.year})" for r in spare)
        zh, en = f"其他年度的报告未计入：{files.zh}", f"of other years, left out: {files.en}"
        problems.append(said("info", Wording(zh, en)))
    return tuple(problems)


def _is_among(report: Report, children: Sequence[Report]) -> bool:
    return any(same_agency(report.agency, child.agency) for child in children)


def _each_once(
    report: Report, children: Sequence[Report], told: tuple[Problem, ...], *, exact: bool
) -> Found:
    kept: list[Report] = []
    repeated: list[str] = []
    for child in children:
        twin = next((k for k in kept if same_agency(k.agency, child.agency)), None)
        if twin is None:
            kept.append(child)
            continue
        if not same_figures(twin, child):
            return replace(_two_different(twin, child), problems=told)
        repeated.append(f"{child.file} = {twin.file}")
    if repeated:
        files = listed(repeated)
        zh, en = f"重复的下级报告只计一次：{files.zh}", f"given twice, counted once: {files.en}"
        told = (*told, said("warning", Wording(zh, en)))
    return _as_sum(report, _with_own_names(kept), told, exact=exact)


def _two_different(one: Report, other: Report) -> Found:
    return unaudited(
        Wording(
            f"{one.agency} 有两份数据不同的报告：{one.file}、{other.file}",
            f"two reports of {one.agency} with different figures: {one.file}, {other.file}",
        )
    )


def _with_own_names(children: Sequence[Report]) -> tuple[Report, ...]:
    """Tell files of one name apart: a cell must have one owner."""
    names: dict[str, int] = {}
    kept: list[Report] = []
    for child in children:
        names[child.file] = names.get(child.file, 0) + 1
        number = names[child.file]
        kept.append(child if number == 1 else replace(child, file=f"{child.file}#{number}"))
    return tuple(kept)


def _as_sum(
    report: Report, children: tuple[Report, ...], told: tuple[Problem, ...], *, exact: bool
) -> Found:
    claim = says_sum(report)
    if claim is None:
        return Found(children, told, exact=exact)
    agencies = [child.agency for child in children]
    absent = [n for n in claim.names if not any(same_agency(n, agency) for agency in agencies)]
    if not absent and claim.count in {None, len(children)}:
        return Found(children, told, exact=True)
    named = listed(absent)
    message = Wording(
        f"正文称由 {claim.count} 个下级机关汇总，给出的下级报告为 {len(children)} 份"
        + (f"，没有：{named.zh}" if absent else ""),
        f"the report says that it sums {claim.count} bodies; {len(children)} reports were given"
        + (f", none of: {named.en}" if absent else ""),
    )
    return Found(children, (*told, said("warning", message)), exact=exact)
