"""In: a report with those that it is compared with. Out: whose a cell is, which rules need whom.

A cell of another report is named by its owner and its own address: `previous/table/row/column`,
`children/<file>/table/row/column`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from auditor.check.grammar import Reference, references
from auditor.check.rule import Assertion, Repeats, Rule
from auditor.model import Address, OutcomeState, Relatives, Report, Withheld, Wording

PREVIOUS = "previous"
CHILDREN = "children"
COUNT, EXACT = "count", "exact"
"""What a rule may ask of the children as a whole: `children.count`, `children.exact`."""

ALONE = Relatives(
    previous=Withheld(
        OutcomeState.NOT_APPLICABLE,
        Wording("未提供上一年度报告", "no previous report was given"),
    ),
    children=Withheld(
        OutcomeState.NOT_APPLICABLE,
        Wording("未提供下级机关报告", "no subordinate reports were given"),
    ),
)


def split_owner(address: Address) -> tuple[str, Address]:
    """Give whose cell it is ("": the report's own), and its address in that report."""
    parts = address.rsplit("/", 3)
    return (parts[0], "/".join(parts[1:])) if len(parts) == 4 else ("", address)


def owned(owner: str, address: Address) -> Address:
    """Give the address of another report's cell."""
    return f"{owner}/{address}"


def child_owner(child: Report) -> str:
    """Give the owner that the cells of a subordinate body's report have."""
    return f"{CHILDREN}/{child.file}"


def relatives_of(report: Report) -> Relatives:
    """Give those that a report is compared with; alone, it is with nobody."""
    return report.relatives or ALONE


def children_of(report: Report) -> tuple[str, ...]:
    """Give the owners of the children's cells, in order."""
    children = relatives_of(report).children
    return () if isinstance(children, Withheld) else tuple(child_owner(c) for c in children)


def others_of(report: Report) -> Mapping[str, Report]:
    """Give the reports that a report is compared with, by the owner of their cells."""
    relatives = relatives_of(report)
    found: dict[str, Report] = {}
    if isinstance(relatives.previous, Report):
        found[PREVIOUS] = relatives.previous
    if not isinstance(relatives.children, Withheld):
        found |= {child_owner(child): child for child in relatives.children}
    return found


def with_other(report: Report, owner: str, other: Report) -> Report:
    """Give the report with another in the place of the one that it is compared with."""
    relatives = relatives_of(report)
    if owner == PREVIOUS:
        return replace(report, relatives=replace(relatives, previous=other))
    assert not isinstance(relatives.children, Withheld)
    children = tuple(other if child_owner(c) == owner else c for c in relatives.children)
    return replace(report, relatives=replace(relatives, children=children))


def withheld(rule: Rule, report: Report) -> Withheld | None:
    """Say why a rule has nobody to compare the report with."""
    relatives = relatives_of(report)
    needed = {PREVIOUS: relatives.previous, CHILDREN: relatives.children}
    for owner in owners_needed(rule):
        if isinstance(given := needed[owner], Withheld):
            return given
    return None


@cache
def owners_needed(rule: Rule) -> tuple[str, ...]:
    """Give `previous` or `children`, where the rule speaks of them."""
    spoken = {owner_of(reference) for reference in _references(rule)}
    if isinstance(rule.test, Repeats):
        spoken.add(PREVIOUS)
    return tuple(owner for owner in (PREVIOUS, CHILDREN) if owner in spoken)


def owner_of(reference: Reference) -> str:
    """Give the owner that a reference is written with; "": the report itself."""
    owner, dot, _ = reference.parts[0].partition(".")
    return owner if dot and owner in {PREVIOUS, CHILDREN} else ""


def without_owner(reference: Reference) -> Reference:
    """Give the reference as it would be written in the report that it is about."""
    owner = owner_of(reference)
    if not owner:
        return reference
    first = reference.parts[0].removeprefix(f"{owner}.")
    return replace(reference, parts=(first, *reference.parts[1:]))


def owner_label(report: Report, owner: str) -> Wording:
    """Name another report as a person does: 上年报告, or the subordinate body."""
    if owner == PREVIOUS:
        return Wording("上年报告", "last year's report")
    child = others_of(report).get(owner)
    if child and child.agency:
        return Wording(child.agency, child.agency)
    file = owner.removeprefix(f"{CHILDREN}/")
    return Wording(f"下级报告 {file}", f"subordinate report {file}")


def _references(rule: Rule) -> Iterator[Reference]:
    test = rule.test
    comparisons = (*rule.when, *((test.comparison,) if isinstance(test, Assertion) else ()))
    for comparison in comparisons:
        yield from references(comparison.left)
        yield from references(comparison.right)
