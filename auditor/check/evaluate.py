"""In: a Report and rules. Out: one Outcome for each rule instance, in one of the five states."""

from collections.abc import Iterable, Iterator
from decimal import localcontext
from typing import assert_never

from auditor.check.arithmetic import Side, amount, holds, side
from auditor.check.bind import instances
from auditor.check.bound import BoundComparison, CellOf, Instance, Operand, operands
from auditor.check.noted import check_observations
from auditor.check.prose import check_prose
from auditor.check.readings import Readings, Standing
from auditor.check.rule import Assertion, Observes, Rule, Text
from auditor.model import Amount, Outcome, OutcomeState, Report, Term, Wording

ALL_BLANK = Wording("所涉单元格均为空白", "all its cells are blank")
NO_FORM = Wording("未识别出年度报告格式", "no edition of the form was recognised")
DIGITS = 200
"""Decimal precision: far beyond any amount, so that sums stay exact."""


def check(report: Report, rules: Iterable[Rule]) -> tuple[Outcome, ...]:
    """Check a report against the rules, in the order of the rules and of the form."""
    with localcontext() as context:
        context.prec = DIGITS
        return tuple(outcome for rule in rules for outcome in check_rule(rule, report))


def check_rule(rule: Rule, report: Report) -> tuple[Outcome, ...]:
    """Check one rule; its own fault is told from the report's."""
    try:
        return tuple(_outcomes(rule, report))
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with a rule is no fault of the report
        reason = Wording(
            f"规则执行出错：{fault}", f"the rule failed: {type(fault).__name__}: {fault}"
        )
        return (Outcome(rule.id, "", OutcomeState.RULE_ERROR, reason),)


def _outcomes(rule: Rule, report: Report) -> Iterator[Outcome]:
    if report.form is None:
        yield Outcome(rule.id, "", OutcomeState.UNAUDITED, NO_FORM)
        return
    if reason := _why_not_for(rule, report, report.form):
        yield Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, reason)
        return
    readings = Readings(report, report.form)
    for instance in instances(rule, report.form):
        if rule.table and instance.row and not readings.has_row(rule.table, instance.row):
            continue
        yield from _instance_outcomes(rule, instance, readings)


def _instance_outcomes(rule: Rule, instance: Instance, readings: Readings) -> Iterator[Outcome]:
    failed = _condition_outcome(rule, instance, readings)
    if failed:
        yield failed
        return
    match rule.test:
        case Assertion():
            yield _compare(rule, rule.test, instance, readings)
        case Observes():
            yield from check_observations(rule, rule.test, readings.report)
        case Text():
            yield check_prose(rule, rule.test, readings.report)
        case _:
            assert_never(rule.test)


def _why_not_for(rule: Rule, report: Report, edition: str) -> Wording | None:
    """Say why the rule is not for this report: edition, year, kind of body."""
    if rule.editions and edition not in rule.editions:
        return Wording(f"不适用于 {edition} 版格式", f"not for the {edition} edition of the form")
    return _why_not_year(rule, report.year) or _why_not_agency(rule, report.agency)


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


def _condition_outcome(rule: Rule, instance: Instance, readings: Readings) -> Outcome | None:
    """Give the outcome of an instance that is not to be judged; None: it is."""
    comparison, conditions = instance.comparison, instance.when
    spoken = [c for c in (comparison, *conditions) if c]
    for operand in (o for c in spoken for o in _all_operands(c, readings)):
        if readings[operand].standing is Standing.INAPPLICABLE:
            return Outcome(
                rule.id, instance.key, OutcomeState.NOT_APPLICABLE, readings[operand].reason
            )
    if comparison and (blank := _blank_outcome(rule, instance, comparison, readings)):
        return blank
    for condition in conditions:
        if unread := _unread(rule, instance, condition, readings):
            return unread
        if not holds(condition, readings):
            reason = Wording("不满足规则的适用条件", "the rule's own condition does not hold")
            return Outcome(rule.id, instance.key, OutcomeState.NOT_APPLICABLE, reason)
    return _unread(rule, instance, comparison, readings) if comparison else None


def _blank_outcome(
    rule: Rule, instance: Instance, comparison: BoundComparison, readings: Readings
) -> Outcome | None:
    """Nothing written, nothing to check; a rule on single cells has no business there at all."""
    cells = [o for o in _operands(comparison, readings) if isinstance(o, CellOf)]
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
        for o in _operands(comparison, readings)
        if readings[o].standing in {Standing.MISSING, Standing.UNREADABLE}
    ]
    lost += [
        o
        for o in _operands(comparison, readings, counted=True)
        if readings[o].standing is Standing.MISSING
    ]
    if not lost:
        return None
    cells = tuple(o.address for o in lost if isinstance(o, CellOf))
    return Outcome(rule.id, instance.key, OutcomeState.UNAUDITED, readings[lost[0]].reason, cells)


def _operands(
    comparison: BoundComparison, readings: Readings, *, counted: bool = False
) -> tuple[Operand, ...]:
    return tuple(
        operand
        for bound in (comparison.left, comparison.right)
        for operand in readings.counting(operands(bound, counted=counted))
    )


def _all_operands(comparison: BoundComparison, readings: Readings) -> tuple[Operand, ...]:
    return _operands(comparison, readings) + _operands(comparison, readings, counted=True)


# ------------------------------------------------------------------ the comparison itself


def _compare(rule: Rule, test: Assertion, instance: Instance, readings: Readings) -> Outcome:
    comparison = instance.comparison
    assert comparison is not None
    kept = holds(comparison, readings, test.tolerance)
    computed, stated = _sides(comparison, readings)
    equality = comparison.comparator == "=="
    difference = stated.amount - computed.amount
    return Outcome(
        rule.id,
        instance.key,
        OutcomeState.PASS if kept else OutcomeState.VIOLATION,
        cells=_accused(comparison, readings, computed, stated),
        expected=computed.amount if equality else None,
        actual=stated.amount,
        difference=difference if equality else None,
        left=computed.terms,
        right=stated.terms,
        details=_details(comparison, readings, computed, stated),
    )


def _sides(comparison: BoundComparison, readings: Readings) -> tuple[Side, Side]:
    """Give the computed side and the stated one: a lone cell is what the author stated."""
    left, right = side(comparison.left, readings), side(comparison.right, readings)
    if comparison.comparator != "==":
        return right, left
    lone = isinstance(comparison.left, CellOf) and not isinstance(comparison.right, CellOf)
    return (right, left) if lone else (left, right)


def _accused(
    comparison: BoundComparison, readings: Readings, computed: Side, stated: Side
) -> tuple[str, ...]:
    """Give the cells that the finding is about: the stated side, or all that the rule speaks of."""
    terms = _cells_of(stated.terms)
    if comparison.comparator == "==" and terms:
        return terms
    spoken = [o.address for o in _all_operands(comparison, readings) if isinstance(o, CellOf)]
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
