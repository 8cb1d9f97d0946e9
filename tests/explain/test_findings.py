"""In: real outcomes of real rules. Out: findings in words, in a fixed order, with their places."""

from dataclasses import replace

import pytest

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.explain.findings import explain
from auditor.explain.labels import cell_label, instance_label, term_labels
from auditor.model import CellState, Finding, OutcomeState, Report
from tests.render.samples import address, report


def whole_report(**values: int) -> Report:
    """Give a report of zeros with these cells of the natural persons and total columns."""
    cells = {
        key: replace(cell, state=CellState.VALUE, value=0, raw="0")
        for key, cell in report().cells.items()
    }
    for row, value in values.items():
        for column in ("natural_person", "total"):
            key = address(row, column)
            cells[key] = replace(cells[key], value=value, raw=str(value))
    return replace(report(), cells=cells)


def findings(faulty: Report) -> tuple[Finding, ...]:
    rules = load_rules()
    return explain(faulty, rules, check(faulty, rules))


def test_a_balanced_report_has_no_error() -> None:
    sound = whole_report(new=1234, granted=1234, handled_total=1234)
    assert [f for f in findings(sound) if f.severity == "error"] == []


def test_the_sum_is_written_with_the_form_s_labels() -> None:
    faulty = whole_report(new=1234, granted=1234, handled_total=1233)
    sums = [f for f in findings(faulty) if f.rule == "T302"]
    assert [f.instance.zh for f in sums if f.instance] == ["自然人 列", "总计 列"]
    first = sums[0]
    assert (first.expected, first.actual, first.difference) == (1234, 1233, -1)
    assert first.labels[address("granted")].zh == "（一）予以公开"
    assert sum(term.value * term.sign for term in first.terms) == 1234
    assert first.place is not None
    assert first.place.page == 4


def test_both_sides_of_the_balance_are_told() -> None:
    faulty = whole_report(new=1234, granted=1233, handled_total=1233)
    balance = next(f for f in findings(faulty) if f.rule == "T301")
    assert [term.cell for term in balance.terms] == [address("new"), address("carried_in")]
    assert [term.cell for term in balance.actual_terms] == [
        address("handled_total"),
        address("carried_out"),
    ]


def test_errors_come_first_then_the_form_s_order() -> None:
    faulty = whole_report(new=1234, granted=1233, handled_total=1230)
    found = findings(faulty)
    ranks = [("error", "warning", "info").index(f.severity) for f in found]
    assert ranks == sorted(ranks)
    tables = [f.table for f in found if f.severity == "error"]
    assert tables == sorted(tables, key=list(faulty.tables).index)


def test_no_message_keeps_a_placeholder() -> None:
    faulty = whole_report(new=1234, granted=1233, handled_total=1230)
    for finding in findings(faulty):
        assert "{" not in finding.message.zh + finding.message.en


def test_every_violation_becomes_a_finding() -> None:
    faulty = whole_report(new=1234, granted=1233, handled_total=1230)
    rules = load_rules()
    outcomes = check(faulty, rules)
    violations = [o for o in outcomes if o.state is OutcomeState.VIOLATION]
    assert len(explain(faulty, rules, outcomes)) == len(violations) > 0


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ((address("new"), address("carried_out")), "一、本年新收"),
        ((address("new"), address("new", "total")), "自然人"),
        ((address("new"),), "一、本年新收 · 自然人"),
        (
            (address("new"), "review_litigation/review/total"),
            "一、本年新收 · 自然人",
        ),
    ],
)
def test_a_term_is_called_by_what_tells_it_from_the_others(
    addresses: tuple[str, ...], expected: str
) -> None:
    assert term_labels("2021", addresses)[address("new")].zh == expected


def test_labels_of_what_the_form_does_not_know_are_their_names() -> None:
    assert cell_label("2021", "facts.title_year").zh == "facts.title_year"
    assert cell_label(None, address("new")).zh == address("new")


def test_instance_labels() -> None:
    row = instance_label("2021", "review_litigation", "row", "review")
    assert row is not None
    assert row.zh == "行政复议 行"
    assert instance_label("2021", "applications", "once", "") is None
