"""In: findings on sums over subordinate bodies. Out: one for each cause, with the likely child.

A report that leaves one child out is wrong in every cell where that child has a number.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from auditor.check.relatives import CHILDREN, owner_label, split_owner
from auditor.model import Address, Amount, Finding, Report, Suggestion, Wording

FEW = 3
"""Up to so many findings of one rule are told one by one."""
TOLD = 2
"""More children than these explaining the same difference explain nothing."""

Slip = Literal["child-left-out", "child-counted-twice"]
_SLIPS: Mapping[Slip, Wording] = {
    "child-left-out": Wording(
        "差额恰为{name}的数，疑未计入", "off by just the figures of {name}: probably left out"
    ),
    "child-counted-twice": Wording(
        "差额恰为{name}的数，疑重复计入",
        "off by just the figures of {name}: probably counted twice",
    ),
}
_MORE = Wording("另有 {count} 格同样不符：{cells}", "{count} more cells alike: {cells}")
_AND_SO_ON = Wording(" 等", " and others")
_LIST = Wording("、", ", ")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A child whose figures are what the report is off by, and which way."""

    owner: str
    slip: Slip


def tell_area(report: Report, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings, those on sums over children told as few stories."""
    on_area = [finding for finding in findings if _children_terms(finding)]
    if not on_area:
        return tuple(findings)
    everywhere = Counter(suspect for finding in on_area for suspect in _of_one(finding))
    told: list[Finding] = []
    for is_area, group in groupby(findings, key=lambda finding: bool(_children_terms(finding))):
        if is_area:
            told += _stories(report, list(group), everywhere)
        else:
            told += group
    return tuple(told)


def off_by(finding: Finding) -> Amount:
    """Give by how much the report differs from the sum of its children."""
    summed = sum((term.value * term.sign for term in finding.terms), 0)
    return (finding.actual or 0) - summed


def _children_terms(finding: Finding) -> Mapping[str, Amount]:
    """Give what each child has in the cell of the finding."""
    owners = ((split_owner(term.cell)[0], term.value) for term in finding.terms)
    return {owner: value for owner, value in owners if owner.startswith(f"{CHILDREN}/")}


def _suspects(findings: Sequence[Finding], everywhere: Counter[Suspect]) -> tuple[Suspect, ...]:
    """Give the children that explain most of the differences of one rule.

    Several where they are as good; of these first who explains more of the whole report.
    """
    counts = Counter(suspect for finding in findings for suspect in _of_one(finding))
    ranks = {suspect: (count, everywhere[suspect]) for suspect, count in counts.items()}
    best = tuple(s for s, rank in ranks.items() if rank == max(ranks.values()))
    explains_most = bool(best) and counts[best[0]] * 2 > len(findings)
    return best if explains_most and len(best) <= TOLD else ()


def _of_one(finding: Finding) -> Iterable[Suspect]:
    difference = off_by(finding)
    for owner, value in _children_terms(finding).items():
        if value and difference in {value, -value}:
            slip: Slip = "child-counted-twice" if difference == value else "child-left-out"
            yield Suspect(owner, slip)


# ------------------------------------------------------------------ telling


def _stories(
    report: Report, findings: Sequence[Finding], everywhere: Counter[Suspect]
) -> Iterable[Finding]:
    """Tell what one child explains as one finding of each rule, and much of the rest as one."""
    for _, group in groupby(findings, key=lambda finding: finding.rule):
        of_rule = list(group)
        suspects = _suspects(of_rule, everywhere)
        explained = [f for f in of_rule if set(suspects) & set(_of_one(f))]
        rest = [f for f in of_rule if f not in explained]
        if explained:
            yield _suspecting(report, _merged(explained), explained, suspects)
        yield from [_merged(rest)] if len(rest) > FEW else rest


def _merged(findings: Sequence[Finding]) -> Finding:
    """Tell the widest difference in full, and name the other cells."""
    lead = max(reversed(findings), key=_width)  # of equals the last: totals stand last
    others = [finding for finding in findings if finding is not lead]
    if not others:
        return lead
    count = len(others)
    note = Wording(
        _MORE.zh.format(count=count, cells=_named(others, lambda w: w.zh, _LIST.zh, _AND_SO_ON.zh)),
        _MORE.en.format(count=count, cells=_named(others, lambda w: w.en, _LIST.en, _AND_SO_ON.en)),
    )
    cells = (*lead.cells, *(cell for finding in others for cell in finding.cells))
    labels = {address: label for finding in others for address, label in finding.labels.items()}
    return replace(
        lead,
        cells=tuple(dict.fromkeys(cells)),
        labels={**labels, **lead.labels},
        notes=(note, *lead.notes),
    )


def _width(finding: Finding) -> Amount:
    difference = off_by(finding)
    return difference if difference > 0 else -difference


def _named(
    findings: Sequence[Finding], say: Callable[[Wording], str], comma: str, so_on: str
) -> str:
    named = [say(finding.instance) for finding in findings[:FEW] if finding.instance]
    return comma.join(named) + (so_on if len(findings) > FEW else "")


def _suspecting(
    report: Report, told: Finding, findings: Sequence[Finding], suspects: tuple[Suspect, ...]
) -> Finding:
    changes: dict[Address, Amount] = {}
    for finding in findings:
        own = next(cell for cell in finding.cells if not split_owner(cell)[0])
        changes[own] = (finding.actual or 0) - off_by(finding)
    suggestions = tuple(
        Suggestion(
            cells=changes,
            kind=suspect.slip,
            message=_message(report, suspect),
            settles=(told.rule,),
            is_sure=len(suspects) == 1 and len(findings) > 1,
            ties=len(suspects),
        )
        for suspect in suspects
    )
    return replace(told, suggestions=(*told.suggestions, *suggestions))


def _message(report: Report, suspect: Suspect) -> Wording:
    name = owner_label(report, suspect.owner)
    said = _SLIPS[suspect.slip]
    return Wording(said.zh.format(name=f" {name.zh} "), said.en.format(name=name.en))
