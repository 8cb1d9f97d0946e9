"""A violation that a misreading explains is an uncertain reading, never the author's error."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.explain.findings import explain
from auditor.explain.verdict import judge
from auditor.model import Address, Amount, Observation, Outcome, OutcomeState, Report
from tests.check.reports import report, zeros

SUM = {
    "review_litigation/review/upheld": 12,
    "review_litigation/review/corrected": 3,
    "review_litigation/review/total": 15,
}
UPHELD, CORRECTED, TOTAL = SUM


def scanned(
    changes: Mapping[Address, Amount], confidence: str = "0.999", *, by_ocr: bool = True
) -> Report:
    read = report({**zeros(), **SUM, **changes})
    if not by_ocr:
        return read
    cells = {a: replace(c, confidence=Decimal(confidence)) for a, c in read.cells.items()}
    return replace(read, cells=MappingProxyType(cells))


def ended(read: Report, rule: str, instance: str = "review") -> Outcome:
    (outcome,) = (o for o in check(read, load_rules()) if (o.rule, o.instance) == (rule, instance))
    return outcome


@pytest.mark.parametrize(
    "misread",
    [
        {TOTAL: 75},  # 15 read as 75
        {CORRECTED: 8},  # 3 as 8
        {UPHELD: 2},  # the 1 was lost at the edge
        {TOTAL: 155},  # a digit doubled
        {TOTAL: 151},  # the border read as a digit
    ],
)
def test_a_violation_that_a_misreading_explains_is_unaudited(misread: dict[Address, int]) -> None:
    outcome = ended(scanned(misread), "T401")
    assert outcome.state is OutcomeState.UNAUDITED
    (address,) = misread
    assert address in outcome.cells
    assert outcome.reason is not None
    assert f"识别为 {misread[address]}，可能是 {SUM[address]}" in outcome.reason.zh


def test_the_same_numbers_typed_are_an_error() -> None:
    assert ended(scanned({TOTAL: 75}, by_ocr=False), "T401").state is OutcomeState.VIOLATION


@pytest.mark.parametrize("wrong", [{TOTAL: 0}, {TOTAL: 51}, {TOTAL: 115, UPHELD: 12}])
def test_a_violation_that_no_misreading_explains_stays_one(wrong: dict[Address, int]) -> None:
    read = scanned(wrong)
    state = ended(read, "T401").state
    assert state is (OutcomeState.UNAUDITED if wrong[TOTAL] == 115 else OutcomeState.VIOLATION)


def test_a_digit_read_with_little_confidence_may_be_any_other() -> None:
    assert ended(scanned({TOTAL: 19}), "T401").state is OutcomeState.VIOLATION
    assert ended(scanned({TOTAL: 19}, "0.93"), "T401").state is OutcomeState.UNAUDITED


def test_two_cells_may_both_be_misread_where_one_is_unsure() -> None:
    both = {UPHELD: 72, CORRECTED: 8}
    assert ended(scanned(both), "T401").state is OutcomeState.VIOLATION
    unsure = ended(scanned(both, "0.98"), "T401")
    assert unsure.state is OutcomeState.UNAUDITED
    assert set(unsure.cells) == {UPHELD, CORRECTED}


def test_a_misreading_that_would_break_what_holds_explains_nothing() -> None:
    column = "applications/{}/natural_person"
    row = "applications/{}/total"
    wrong = {  # 7 received, 1 answered; every row adds up, so that neither is misread alone
        column.format("new"): 7,
        row.format("new"): 7,
        column.format("granted"): 1,
        row.format("granted"): 1,
        column.format("handled_total"): 1,
        row.format("handled_total"): 1,
    }
    outcome = ended(scanned(wrong), "T301", "natural_person")
    assert outcome.state is OutcomeState.VIOLATION


def test_an_uncertain_reading_ends_the_audit_incomplete() -> None:
    read, rules = scanned({TOTAL: 75}), load_rules()
    outcomes = check(read, rules)
    verdict = judge(read, outcomes, explain(read, rules, outcomes), rules)
    assert verdict.exit_code == 3
    assert not [f for f in verdict.findings if f.severity == "error"]
    assert any(TOTAL in problem.cells for problem in verdict.problems)


def test_spelling_is_not_asked_of_what_was_read_by_ocr() -> None:
    details = {"found": "商业企亚", "official": "商业企业"}
    odd = (Observation("label_deviates", details, "applications"),)
    rules = load_rules()
    states = {
        by_ocr: [
            outcome.state
            for outcome in check(replace(scanned({}, by_ocr=by_ocr), observations=odd), rules)
            if outcome.rule == "F203" and outcome.state is not OutcomeState.PASS
        ]
        for by_ocr in (False, True)
    }
    assert states == {False: [OutcomeState.VIOLATION], True: [OutcomeState.NOT_APPLICABLE]}
