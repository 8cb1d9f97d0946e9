"""In: the JSON of two runs. Out: which findings are new, settled, waived, unchanged or unknown."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from auditor.model import Language, Wording
from auditor.render.console import Page
from auditor.render.json import SCHEMA_VERSION, write_json
from auditor.run_json import RecordedFinding, RecordedRun, read_run

Kind = Literal["new", "settled", "waived", "unknown", "unchanged"]
_HEADS: dict[Kind, Wording] = {
    "new": Wording("新增", "new"),
    "settled": Wording("已解决", "settled"),
    "waived": Wording("已豁免", "waived"),
    "unknown": Wording("未再核验", "not checked again"),
    "unchanged": Wording("未变", "unchanged"),
}
_CHANGED = Wording("（数值已变）", " (numbers changed)")


class DiffOptions(TypedDict):
    """The options as click gives them."""

    old: str
    new: str
    format_: Literal["text", "json"]
    lang: Language
    debug: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding, what became of it, and whether its numbers are others than before."""

    kind: Kind
    finding: RecordedFinding
    is_changed: bool = False


def run_diff(**options: Unpack[DiffOptions]) -> int:
    """Compare two runs: 1 where an error is new, 3 where an old finding was not checked again."""
    found = compare(read_run(options["old"]), read_run(options["new"]))
    if options["format_"] == "json":
        write_json(_record(found), sys.stdout)
    else:
        write_differences(Page(sys.stdout), found, options["lang"])
    if any(d.kind == "new" and d.finding.severity == "error" for d in found):
        return 1
    return 3 if any(d.kind == "unknown" for d in found) else 0


def compare(old: RecordedRun, new: RecordedRun) -> tuple[Difference, ...]:
    """Tell what became of each finding; gone is settled only where the document was checked."""
    before = {f.fingerprint: f for f in old.findings()}
    now = {f.fingerprint: f for report in new.reports for f in report.findings}
    waived = {f.fingerprint: f for report in new.reports for f in report.waived}
    whole = {report.document for report in new.reports if report.is_whole}
    told = [_of_now(finding, before) for finding in now.values()]
    told += [Difference("waived", finding) for finding in waived.values()]
    for name, finding in before.items():
        if name not in now and name not in waived:
            told.append(Difference("settled" if finding.document in whole else "unknown", finding))
    order = list(_HEADS)
    return tuple(sorted(told, key=lambda d: order.index(d.kind)))


def _of_now(finding: RecordedFinding, before: Mapping[str, RecordedFinding]) -> Difference:
    known = before.get(finding.fingerprint)
    if known is None:
        return Difference("new", finding)
    return Difference("unchanged", finding, is_changed=known.values != finding.values)


def write_differences(
    page: Page, found: Iterable[Difference], lang: Language, *, brief: bool = False
) -> None:
    """Write a line for each, then how many there are; `brief`: what did not change is counted."""
    told = list(found)
    for difference in told:
        if brief and difference.kind == "unchanged" and not difference.is_changed:
            continue
        finding = difference.finding
        lead = _HEADS[difference.kind].in_language(lang)
        changed = _CHANGED.in_language(lang) if difference.is_changed else ""
        text = f"{lead}{changed}  {finding.document}  {finding.rule}  {finding.message}"
        page.styled(text, len(lead), "bold", hang="  ")
    counts = (
        f"{head.in_language(lang)} {sum(d.kind == kind for d in told)}"
        for kind, head in _HEADS.items()
    )
    page.line("  ".join(counts), hang="  ")


def _record(found: Iterable[Difference]) -> dict[str, object]:
    groups: dict[str, list[dict[str, object]]] = {kind: [] for kind in _HEADS}
    for difference in found:
        finding = difference.finding
        groups[difference.kind].append(
            {
                "fingerprint": finding.fingerprint,
                "document": finding.document,
                "rule": finding.rule,
                "severity": finding.severity,
                "message": finding.message,
                "cells": list(finding.cells),
                "changed": difference.is_changed,
            }
        )
    return {"schema_version": SCHEMA_VERSION, **groups}
