"""In: findings, and exceptions that somebody gave a reason for. Out: what is open and what waived.

A waiver holds for the numbers it was given for: a changed one opens the finding again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from auditor.explain.fingerprint import values_of
from auditor.model import Address, Finding, Outcome, OutcomeState, Report, Wording

Lapse = Literal["changed", "expired", "settled"]

_CHANGED = Wording(
    "豁免不再适用：给出豁免之后数值已变（{what}）", "no longer waived: numbers changed ({what})"
)
_CHANGE = Wording("{cell} {old} 改为 {new}", "{cell} was {old}, is {new}")
_EXPIRED = Wording("豁免已于 {date} 到期", "the waiver expired on {date}")
_SETTLED = Wording("已无此违规，可删去这条豁免", "there is no such violation any more; delete it")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A known exception: what it is about, the numbers at the time, why, by whom, until when."""

    fingerprint: str
    rule: str
    document: str
    cells: tuple[Address, ...]
    values: Mapping[Address, str]
    reason: str
    who: str = ""
    expires: date | None = None  # the last day on which it holds


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody has waived."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A waiver that holds no longer, and why."""

    waiver: Waiver
    code: Lapse
    why: Wording


@dataclass(frozen=True, slots=True)
class Waiving:
    """The findings of a document apart: open and waived; and the waivers that hold no longer."""

    document: str = ""
    open: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()


NO_WAIVING = Waiving()


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The waivers that were given, and the day by which they expire."""

    waivers: tuple[Waiver, ...] = ()
    today: date = date.min


NO_EXCEPTIONS = Exceptions()


def waive(
    findings: Iterable[Finding],
    exceptions: Exceptions,
    document: str,
    report: Report,
    outcomes: Sequence[Outcome],
) -> Waiving:
    """Set the findings apart that are waived for the document of that name."""
    given = {w.fingerprint: w for w in exceptions.waivers if w.document == document}
    opened: list[Finding] = []
    waived: list[Waived] = []
    lapsed: list[Lapsed] = []
    for finding in findings:
        waiver = given.pop(finding.fingerprint, None)
        lapse = _lapse(waiver, finding, report, exceptions.today) if waiver else None
        if waiver and not lapse:
            waived.append(Waived(finding, waiver))
            continue
        opened.append(replace(finding, notes=(*finding.notes, lapse.why)) if lapse else finding)
        lapsed += [lapse] if lapse else []
    undecided = _undecided(outcomes)
    checked = {outcome.rule for outcome in outcomes} - undecided
    lapsed += [Lapsed(w, "settled", _SETTLED) for w in given.values() if w.rule in checked]
    return Waiving(document, tuple(opened), tuple(waived), tuple(lapsed))


def _lapse(waiver: Waiver, finding: Finding, report: Report, today: date) -> Lapsed | None:
    if waiver.expires is not None and waiver.expires < today:
        return Lapsed(waiver, "expired", _EXPIRED.fill(date=waiver.expires))
    values = values_of(finding, report)
    if values == waiver.values:
        return None
    zh, en = (_changes(waiver.values, values, finding, lang) for lang in ("zh", "en"))
    return Lapsed(
        waiver, "changed", Wording(_CHANGED.zh.format(what=zh), _CHANGED.en.format(what=en))
    )


def _changes(
    old: Mapping[Address, str],
    new: Mapping[Address, str],
    finding: Finding,
    lang: Literal["zh", "en"],
) -> str:
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    cells = [name for name in changed if "/" in name] or changed
    told = (
        _CHANGE.in_language(lang).format(
            cell=finding.labels[name].in_language(lang) if name in finding.labels else name,
            old=old.get(name) or "-",
            new=new.get(name) or "-",
        )
        for name in cells
    )
    return "; ".join(told)


def _undecided(outcomes: Iterable[Outcome]) -> set[str]:
    """Give the rules that could not be decided somewhere: of these nothing is known to be gone."""
    missed = {OutcomeState.UNAUDITED, OutcomeState.RULE_ERROR}
    return {o.rule for o in outcomes if o.state in missed and not o.all_blank}
