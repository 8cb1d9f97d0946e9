"""In: a Report and rules. Out: one Outcome for each rule instance, in one of the five states."""

from collections.abc import Callable, Iterable, Iterator
from decimal import localcontext
from functools import partial
from typing import assert_never

from auditor.check.arithmetic import Side, amount, holds, side
from auditor.check.bind import instances
from auditor.check.bound import BoundComparison, CellOf, Instance, Outside
from auditor.check.dated import check_dated
from auditor.check.fact_quotes import told_of_facts
from auditor.check.growth import check_growth
from auditor.check.noted import check_observations
from auditor.check.parts import check_parts
from auditor.check.prose import check_prose
from auditor.check.readings import Readings, Standing
from auditor.check.recalled import check_recalled
from auditor.check.relatives import children_of, withheld
from auditor.check.repeats import check_repeats
from auditor.check.rule import Assertion, Observes, Repeats, Rule, Text
from auditor.check.shape import shape_of
from auditor.check.shares import check_shares
from auditor.check.stated import check_statements
from auditor.check.statements import (
    Dated,
    Growth,
    Parts,
    ProseTest,
    Recalled,
    Shares,
    States,
    Twice,
)
from auditor.check.twice import check_twice
from auditor.model import Amount, Outcome, OutcomeState, Report, Term, Wording

ALL_BLANK = Wording("所涉单元格均为空白", "all its cells are blank")
NO_FORM = Wording("未识别出年度报告格式", "no edition of the form was recognised")
DIGITS = 200
"""Decimal precision: far beyond any amount, so that sums stay exact."""


def check(report: Report, rules: Iterable[Rule]) -> tuple[Outcome, ...]:
    """Check a report against the rules, in the order of the rules and of the form."""
    if report.form is None:
        return tuple(Outcome(rule.id, "", OutcomeState.UNAUDITED, NO_FORM) for rule in rules)
    readings = Readings(report, report.form, shape_of(report, report.form))
    known = tuple(rules)
    with localcontext() as context:
        context.prec = DIGITS
        ended = tuple(
            outcome
            for rule in known
            for outcome in _attempt(rule, "", partial(_outcomes, rule, readings))
        )
        return _weighed(report, known, ended)


def _weighed(
    report: Report, rules: tuple[Rule, ...], ended: tuple[Outcome, ...]
) -> tuple[Outcome, ...]:
    """Give the outcomes; where something was read from pictures, misreadings are no violations."""
    from auditor.check.uncertain import doubt_violations, has_pictures  # noqa: PLC0415 - checks anew

    return doubt_violations(report, rules, ended) if has_pictures(report) else ended


def check_instances(report: Report, checks: Iterable[tuple[Rule, Instance]]) -> tuple[Outcome, ...]:
    """Check single instances of rules that are for this report."""
    assert report.form is not None
    readings = Readings(report, report.form, shape_of(report, report.form))
    with localcontext() as context:
        context.prec = DIGITS
        return tuple(
            outcome
            for rule, instance in checks
            if not _why_not_for(rule, report, readings.edition)
            for outcome in _attempt(
                rule, instance.key, partial(_instance_outcomes, rule, instance, readings)
            )
        )


def _attempt(rule: Rule, key: str, work: Callable[[], Iterator[Outcome]]) -> tuple[Outcome, ...]:
    """Do the work of a rule; its own fault is told from the report's."""
    try:
        return tuple(work())
    except Exception as fault:  # noqa: BLE001 - whatever a rule does wrong, the report did not
        what = f"{type(fault).__name__}: {fault}"
        reason = Wording(f"规则执行出错：{what}", f"the rule failed: {what}")
        return (Outcome(rule.id, key, OutcomeState.RULE_ERROR, reason),)


def _outcomes(rule: Rule, readings: Readings) -> Iterator[Outcome]:
    if reason := _why_not_for(rule, readings.report, readings.edition):
        yield Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
        return
    if nobody := withheld(rule, readings.report):
        yield Outcome(rule.id, "", nobody.state, nobody.reason)
        return
    bound = instances(rule, readings.edition, readings.shape, children_of(readings.report))
    if reason := _fails_everywhere(rule, bound, readings):
        yield Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
        return
    for instance in bound:
        work = partial(_instance_outcomes, rule, instance, readings)
        yield from _attempt(rule, instance.key, work)


def _instance_outcomes(rule: Rule, instance: Instance, readings: Readings) -> Iterator[Outcome]:
    if undecided := _undecided(rule, instance, readings):
        yield undecided
        return
    match rule.test:
        case Assertion():
            yield _compare(rule, rule.test, instance, readings)
        case Observes():
            yield from check_observations(rule, rule.test, readings.report)
        case Text():
            yield check_prose(rule, rule.test, readings.report)
        case Repeats():
            yield from check_repeats(rule, rule.test, readings)
        case _:
            yield from _numbers_of_prose(rule, rule.test, readings)


def _numbers_of_prose(rule: Rule, test: ProseTest, readings: Readings) -> Iterator[Outcome]:
    match test:
        case States():
            yield from check_statements(rule, test, readings)
        case Twice():
            yield from check_twice(rule, test, readings)
        case Parts():
            yield from check_parts(rule, test, readings)
        case Shares():
            yield from check_shares(rule, test, readings)
        case Growth():
            yield from check_growth(rule, test, readings)
        case Recalled():
            yield from check_recalled(rule, test, readings)
        case Dated():
            yield from check_dated(rule, test, readings)
        case _:
            assert_never(test)


def _why_not_for(rule: Rule, report: Report, edition: str) -> Wording | None:
    """Say why the rule is not for this report: edition, year, kind of body."""
    if rule.editions and edition not in rule.editions:
        return Wording(f"不适用于 {edition} 版格式", f"not for the {edition} edition of the form")
    return _why_not_year(rule, report.year) or _why_not_agency(rule, report.agency)


def _fails_everywhere(
    rule: Rule, bound: tuple[Instance, ...], readings: Readings
) -> Wording | None:
    """Name a condition that has nothing to do with row or column and does not hold."""
    for ix, written in enumerate(rule.when if bound else ()):
        condition = bound[0].when[ix]
        operands = (*condition.valued, *condition.counted)
        is_general = all(isinstance(operand, Outside) for operand in operands)
        is_known = all(readings[operand].standing is Standing.NUMBER for operand in operands)
        if is_general and is_known and not holds(condition, readings):
            return _does_not_hold(written.text)
    return None


def _does_not_hold(condition: str) -> Wording:
    return Wording(
        f"适用条件不成立：{condition}", f"the rule's condition does not hold: {condition}"
    )


def _why_not_year(rule: Rule, year: int | None) -> Wording | None:
    first, last = rule.years
    if first is None and last is None:
        return None
    if year is None:
        return Wording("未读到报告年度", "the report's year was not found")
    if (first or year) <= year <= (last or year):
        return None
    return Wording(f"不适用于 {year} 年度", f"not for the year {year}")


def _why_not_agency(rule: Rule, agency: str | None) -> Wording | None:
    if rule.agencies is None or (agency and rule.agencies.include(agency)):
        return None
    if agency is None:
        return Wording("未读到机关名称", "the agency's name was not found")
    return Wording("不适用于该机关", "not for this kind of body")


# ------------------------------------------------------------------ one instance


def _undecided(rule: Rule, instance: Instance, readings: Readings) -> Outcome | None:
    """Give the outcome of an instance that is not to be judged; None: it is."""
    comparison, conditions = instance.comparison, instance.when
    spoken = [c for c in (comparison, *conditions) if c]
    for operand in (o for c in spoken for o in (*c.valued, *c.counted)):
        if readings[operand].standing is Standing.INAPPLICABLE:
            return Outcome(
                rule.id, instance.key, OutcomeState.NOT_APPLICABLE, readings[operand].reason
            )
    if comparison and (blank := _blank_outcome(rule, instance, comparison, readings)):
        return blank
    for condition, written in zip(conditions, rule.when, strict=True):
        unread = _unread(rule, instance, condition, readings)
        if unread := unread or _filled_unread(rule, instance, condition, readings):
            return unread
        if not holds(condition, readings):
            reason = _does_not_hold(written.text)
            return Outcome(rule.id, instance.key, OutcomeState.NOT_APPLICABLE, reason)
    return _unread(rule, instance, comparison, readings) if comparison else None


def _blank_outcome(
    rule: Rule, instance: Instance, comparison: BoundComparison, readings: Readings
) -> Outcome | None:
    """Nothing written, nothing to check; a rule on single cells has no business there at all."""
    cells = [o for o in comparison.valued if isinstance(o, CellOf)]
    if not cells or any(readings[cell].standing is not Standing.BLANK for cell in cells):
        return None
    if rule.each == "cell":
        return Outcome(rule.id, instance.key, OutcomeState.NOT_APPLICABLE, ALL_BLANK)
    return Outcome(
        rule.id,
        instance.key,
        OutcomeState.UNAUDITED,
        ALL_BLANK,
        tuple(cell.address for cell in cells),
        all_blank=True,
    )


def _unread(
    rule: Rule, instance: Instance, comparison: BoundComparison, readings: Readings
) -> Outcome | None:
    """Give the outcome of an instance of which something that it needs was not read."""
    lost = [
        o
        for o in comparison.valued
        if readings[o].standing in {Standing.MISSING, Standing.UNREADABLE}
    ]
    lost += [o for o in comparison.counted if readings[o].standing is Standing.MISSING]
    if not lost:
        return None
    cells = tuple(o.address for o in lost if isinstance(o, CellOf))
    return Outcome(rule.id, instance.key, OutcomeState.UNAUDITED, readings[lost[0]].reason, cells)


def _filled_unread(
    rule: Rule, instance: Instance, condition: BoundComparison, readings: Readings
) -> Outcome | None:
    """Give the outcome where only what cannot be read says that anything is filled in.

    A struck figure, or one that nobody sees, may stand in what is a blank cell to its author.
    """
    standings = {o: readings[o].standing for o in condition.counted}
    lost = [o for o, standing in standings.items() if standing is Standing.UNREADABLE]
    if not lost or Standing.NUMBER in standings.values() or not holds(condition, readings):
        return None
    cells = tuple(o.address for o in lost if isinstance(o, CellOf))
    return Outcome(rule.id, instance.key, OutcomeState.UNAUDITED, readings[lost[0]].reason, cells)


# ------------------------------------------------------------------ the comparison itself


def _compare(rule: Rule, test: Assertion, instance: Instance, readings: Readings) -> Outcome:
    comparison = instance.comparison
    assert comparison is not None
    kept = holds(comparison, readings, test.tolerance)
    computed, stated = _sides(comparison, readings)
    told = told_of_facts(comparison, readings.report, computed.amount, stated.amount)
    amounts = bool(comparison.valued)  # else only what is filled in was counted
    equality = amounts and comparison.comparator == "=="
    difference = stated.amount - computed.amount
    return Outcome(
        rule.id,
        instance.key,
        OutcomeState.PASS if kept else OutcomeState.VIOLATION,
        cells=_accused(comparison, computed, stated),
        expected=computed.amount if equality else None,
        actual=stated.amount if amounts else None,
        difference=difference if equality else None,
        left=computed.terms,
        right=stated.terms,
        details=_details(comparison, readings, computed, stated) | told.details,
        place=told.place,
    )


def _sides(comparison: BoundComparison, readings: Readings) -> tuple[Side, Side]:
    """Give the computed side and the stated one: a lone cell is what the author stated."""
    left, right = side(comparison.left, readings), side(comparison.right, readings)
    if comparison.comparator != "==":
        return right, left
    lone = isinstance(comparison.left, CellOf) and not isinstance(comparison.right, CellOf)
    return (right, left) if lone else (left, right)


def _accused(comparison: BoundComparison, computed: Side, stated: Side) -> tuple[str, ...]:
    """Give the cells that the finding is about: the stated side, or all that the rule speaks of."""
    terms = _cells_of(stated.terms)
    if comparison.comparator == "==" and terms:
        return terms
    operands = (*comparison.valued, *comparison.counted)
    spoken = (operand.address for operand in operands if isinstance(operand, CellOf))
    return tuple(dict.fromkeys((*terms, *_cells_of(computed.terms), *spoken)))


def _cells_of(terms: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(term.cell for term in terms if "/" in term.cell)


def _details(
    comparison: BoundComparison, readings: Readings, computed: Side, stated: Side
) -> dict[str, str]:
    """Give the numbers that a rule's message may name."""
    return {
        "left": _plain(amount(comparison.left, readings)),
        "right": _plain(amount(comparison.right, readings)),
        "expected": _plain(computed.amount),
        "actual": _plain(stated.amount),
        "difference": _plain(stated.amount - computed.amount),
    }


def _plain(value: Amount) -> str:
    return f"{value:f}" if not isinstance(value, int) else str(value)
