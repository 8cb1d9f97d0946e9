"""In: a report some of whose cells have changed. Out: how the rules on these cells end now."""

from collections.abc import Collection, Mapping
from functools import cache

from auditor.check.bind import instances
from auditor.check.bound import CellOf, Instance
from auditor.check.evaluate import check_instances
from auditor.check.relatives import children_of, withheld
from auditor.check.rule import Assertion, Rule
from auditor.check.shape import Shape, shape_of
from auditor.model import Address, Outcome, Report

Check = tuple[Rule, Instance]


def recheck(
    report: Report, rules: tuple[Rule, ...], changed: Collection[Address]
) -> tuple[Outcome, ...]:
    """Give the outcomes of the instances that speak of these cells, in the order of the rules."""
    if report.form is None:
        return ()
    shape = shape_of(report, report.form)
    given = tuple(rule for rule in rules if not withheld(rule, report))
    known = checks_by_cell(given, report.form, shape, children_of(report))
    checks = (check for address in changed for check in known.get(address, ()))
    concerned = {(rule.id, instance.key): (rule, instance) for rule, instance in checks}
    return check_instances(report, concerned.values())


@cache
def checks_by_cell(
    rules: tuple[Rule, ...], edition: str, shape: Shape, children: tuple[str, ...] = ()
) -> Mapping[Address, list[Check]]:
    """Give, by cell, the instances of assertions that speak of it."""
    found: dict[Address, list[Check]] = {}
    for rule in rules:
        if not isinstance(rule.test, Assertion) or (rule.editions and edition not in rule.editions):
            continue
        for instance in instances(rule, edition, shape, children):
            for address in _cells(instance):
                found.setdefault(address, []).append((rule, instance))
    return found


def _cells(instance: Instance) -> Collection[Address]:
    spoken = [c for c in (instance.comparison, *instance.when) if c]
    return {o.address for c in spoken for o in (*c.valued, *c.counted) if isinstance(o, CellOf)}
