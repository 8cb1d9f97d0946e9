"""Each rule instance ends in exactly one of five states, with the reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from auditor.check.evaluate import check
from auditor.check.grammar import parse_assertion
from auditor.check.load import load_rules
from auditor.check.rule import Agencies, Assertion
from auditor.model import Cell, CellState, Observation, OutcomeState, TableStatus
from tests.check.reports import NOWHERE, outcome, report, rule, states, violations, zeros

APPLICANTS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
NEW = "applications/new"


def test_a_report_of_zeros_has_nothing_wrong() -> None:
    for form in ("2019", "2021"):
        counted = states(report(zeros(form), form, year=int(form)))
        assert counted[OutcomeState.VIOLATION] == 0
        assert counted[OutcomeState.UNAUDITED] == 0
        assert counted[OutcomeState.RULE_ERROR] == 0
        assert counted[OutcomeState.PASS] > 400


def test_violation_gives_the_arithmetic() -> None:
    values = zeros() | {f"{NEW}/natural_person": 20, f"{NEW}/company": 1, f"{NEW}/total": 20}
    found = outcome("T303", report(values), "new")
    assert found.state is OutcomeState.VIOLATION
    assert (found.expected, found.actual, found.difference) == (21, 20, -1)
    assert found.cells == (f"{NEW}/total",)
    assert [t.value for t in found.left] == [20, 1, 0, 0, 0, 0]
    assert [t.cell for t in found.right] == [f"{NEW}/total"]
    assert found.details["difference"] == "-1"


def test_balance_expects_what_was_received() -> None:
    values = zeros() | {f"{NEW}/total": 7, "applications/handled_total/total": 6}
    found = outcome("T301", report(values), "total")
    assert (found.expected, found.actual, found.difference) == (7, 6, -1)
    assert found.cells == ("applications/handled_total/total", "applications/carried_out/total")


def test_the_lone_cell_is_the_stated_one_on_either_side() -> None:
    turned = replace(rule("T303"), test=Assertion(parse_assertion("total == sum(applicants)")))
    values = zeros() | {f"{NEW}/natural_person": 3, f"{NEW}/total": 5}
    found = next(o for o in check(report(values), (turned,)) if o.instance == "new")
    assert (found.expected, found.actual, found.difference) == (3, 5, 2)


def test_balanced_total_with_shifted_applicants_is_found_by_column() -> None:
    values = zeros() | {
        f"{NEW}/natural_person": 5, f"{NEW}/other_org": 2, f"{NEW}/total": 7,
        "applications/granted/natural_person": 4, "applications/granted/other_org": 3,
        "applications/granted/total": 7,
        "applications/handled_total/natural_person": 4,
        "applications/handled_total/other_org": 3, "applications/handled_total/total": 7,
    }  # fmt: skip
    assert violations(report(values)) == [("T301", "natural_person"), ("T301", "other_org")]


# ---------------------------------------------------------------- unread


@pytest.mark.parametrize("state", [CellState.UNREADABLE, CellState.COVERED])
def test_an_unread_operand_leaves_the_rule_unaudited(state: CellState) -> None:
    checked = report(zeros())
    address = f"{NEW}/company"
    cells = {**checked.cells, address: Cell(address, state, "12¹", NOWHERE)}
    found = outcome("T303", replace(checked, cells=cells), "new")
    assert found.state is OutcomeState.UNAUDITED
    assert not found.all_blank
    assert found.cells == (address,)
    assert found.reason is not None
    assert "商业企业" in found.reason.zh


def test_a_total_is_not_called_missing_for_a_part_that_cannot_be_read() -> None:
    """The part may be a struck figure in what is a blank cell, as its total is."""
    blank = {f"{NEW}/{column}": None for column in (*APPLICANTS, "total")}
    checked = report(zeros() | blank)
    address = f"{NEW}/company"
    struck = Cell(address, CellState.UNREADABLE, "5", NOWHERE)
    found = outcome("T307", replace(checked, cells={**checked.cells, address: struck}), "new")
    assert (found.state, found.cells) == (OutcomeState.UNAUDITED, (address,))
    sure = report(zeros() | blank | {f"{NEW}/research": 3})
    found = outcome("T307", replace(sure, cells={**sure.cells, address: struck}), "new")
    assert found.state is OutcomeState.VIOLATION


def test_a_missing_cell_leaves_the_rule_unaudited() -> None:
    values = zeros()
    del values[f"{NEW}/company"]
    assert outcome("T303", report(values), "new").state is OutcomeState.UNAUDITED
    assert outcome("T301", report(values), "company").state is OutcomeState.UNAUDITED


def test_a_missing_table_is_never_passed() -> None:
    values = {a: v for a, v in zeros().items() if not a.startswith("applications")}
    outcomes = check(report(values), load_rules())
    on_table = [o for o in outcomes if o.rule.startswith("T3")]
    assert {o.state for o in on_table} == {OutcomeState.UNAUDITED, OutcomeState.NOT_APPLICABLE}
    assert {o.rule for o in on_table if o.state is OutcomeState.NOT_APPLICABLE} == {"T310"}
    assert "未找到" in str(next(o.reason for o in on_table))


def test_no_form_means_nothing_was_audited() -> None:
    assert set(states(report({}, None))) == {OutcomeState.UNAUDITED}


def test_a_lost_row_makes_the_sum_unaudited() -> None:
    values = {a: v for a, v in zeros().items() if "other_handling.unpaid" not in a}
    assert outcome("T302", report(values), "total").state is OutcomeState.UNAUDITED


# ---------------------------------------------------------------- blanks


def test_blank_and_dash_count_as_zero_and_say_so() -> None:
    values = zeros() | {f"{NEW}/{key}": None for key in APPLICANTS}
    values |= {f"{NEW}/natural_person": 4, f"{NEW}/company": "-", f"{NEW}/total": 4}
    found = outcome("T303", report(values), "new")
    assert found.state is OutcomeState.PASS
    assert [term.blank for term in found.left] == [False, True, True, True, True, True]


def test_all_blank_is_unaudited_and_told_from_unread() -> None:
    values = zeros() | {f"{NEW}/{key}": None for key in (*APPLICANTS, "total")}
    found = outcome("T303", report(values), "new")
    assert found.state is OutcomeState.UNAUDITED
    assert found.all_blank


def test_a_blank_cell_is_no_business_of_a_rule_on_cells() -> None:
    values = zeros() | {f"{NEW}/company": None}
    found = outcome("T304", report(values), "new/company")
    assert found.state is OutcomeState.NOT_APPLICABLE


@pytest.mark.parametrize("part", [0, 4])
def test_a_blank_total_beside_parts_is_missing_not_miscounted(part: int) -> None:
    values = zeros() | {f"{NEW}/natural_person": part, f"{NEW}/total": None}
    checked = report(values)
    assert outcome("T307", checked, "new").state is OutcomeState.VIOLATION
    assert outcome("T303", checked, "new").state is OutcomeState.NOT_APPLICABLE
    assert rule("T307").severity == "error"


def test_a_total_without_parts_is_a_warning_only() -> None:
    values = zeros() | {f"{NEW}/{key}": None for key in APPLICANTS} | {f"{NEW}/total": 4}
    checked = report(values)
    assert outcome("T309", checked, "new").state is OutcomeState.VIOLATION
    assert outcome("T303", checked, "new").state is OutcomeState.NOT_APPLICABLE
    assert rule("T309").severity == "warning"


def test_blank_columns_of_organisations_are_no_fault() -> None:
    values = zeros() | {
        address: None
        for address in zeros()
        if address.startswith("applications/") and address.split("/")[2] in APPLICANTS[1:]
    }
    assert violations(report(values)) == []


def test_a_dash_for_a_total_is_a_zero() -> None:
    values = zeros() | {f"{NEW}/total": "-"}
    assert violations(report(values)) == []
    values |= {f"{NEW}/natural_person": 3}
    assert ("T303", "new") in violations(report(values))


# ---------------------------------------------------------------- the old row （六）


def legacy(**values: int) -> dict[str, object]:
    kept = {a: v for a, v in zeros().items() if "/other_handling." not in a}
    columns = (*APPLICANTS, "total")
    return kept | {f"applications/other_handling/{c}": values.get(c, 0) for c in columns}


def test_the_old_row_counts_in_place_of_the_three() -> None:
    both = {"natural_person": 2, "total": 2}
    values = legacy(**both)
    for row in (NEW, "applications/handled_total"):
        values |= {f"{row}/{column}": n for column, n in both.items()}
    counted = states(report(values))
    assert counted[OutcomeState.VIOLATION] == 0
    assert counted[OutcomeState.UNAUDITED] == 0
    values["applications/other_handling/total"] = 1
    assert violations(report(values)) == [("T302", "total"), ("T303", "other_handling")]


def test_old_and_new_rows_together_count_twice() -> None:
    values = zeros() | legacy(total=3, natural_person=3)
    values |= {
        "applications/other_handling.other/natural_person": 3,
        "applications/other_handling.other/total": 3,
    }
    assert ("T310", "total") in violations(report(values))
    values |= {k: 0 for k in values if "/other_handling/" in k}
    assert not any(found == "T310" for found, _ in violations(report(values)))


# ---------------------------------------------------------------- the other states


def test_not_for_the_edition_year_or_body() -> None:
    assert outcome("T204", report(zeros())).state is OutcomeState.NOT_APPLICABLE
    old = report(zeros("2019"), "2019", year=2020, sections={"六": "无"})
    assert outcome("F504", old).state is OutcomeState.NOT_APPLICABLE
    nameless = report(zeros(), agency=None)
    assert outcome("T202", nameless).state is OutcomeState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("agency", "lacks_power"),
    [
        ("尼勒克县克令镇人民政府", True),
        ("淮安市洪泽区人民政府", True),
        ("某某县教育局", True),
        ("某某街道办事处", True),
        ("淮安市人民政府", False),
        ("广西壮族自治区人民政府", False),
        ("内蒙古自治区教育厅", False),
        ("国家税务总局某某区税务局", False),
        ("江苏省人民政府", False),
        ("昆山市人民政府", False),
        ("某某经济技术开发区管理委员会", False),
        ("临夏回族自治州人民政府", False),
        ("上海市浦东新区人民政府", False),
    ],
)
def test_rule_making_power_is_denied_only_where_sure(agency: str, *, lacks_power: bool) -> None:
    agencies = rule("T202").agencies
    assert isinstance(agencies, Agencies)
    assert agencies.include(agency) is lacks_power


def test_last_years_report_is_not_given() -> None:
    text = "carried_in == previous.applications/carried_out/total"
    wanted = replace(rule("T301"), test=Assertion(parse_assertion(text)))
    found = check(report(zeros()), (wanted,))
    assert {o.state for o in found} == {OutcomeState.NOT_APPLICABLE}


def test_a_rule_at_fault_is_not_the_reports_fault() -> None:
    values = zeros() | {f"{NEW}/company": 3}
    broken = replace(rule("T301"), test=Assertion(parse_assertion("5 % new == 0")))
    found = check(report(values), (broken, rule("T302")))
    by_instance = {o.instance: o.state for o in found if o.rule == "T301"}
    assert by_instance["natural_person"] is OutcomeState.RULE_ERROR
    assert by_instance["company"] is OutcomeState.VIOLATION
    assert all(o.state is OutcomeState.PASS for o in found if o.rule == "T302")


def test_tolerance_is_inclusive() -> None:
    text = parse_assertion("sum(applicants) == total")
    wanted = replace(rule("T303"), test=Assertion(text, tolerance=Decimal(1)))
    for total, state in ((1, OutcomeState.PASS), (2, OutcomeState.VIOLATION)):
        values = zeros() | {f"{NEW}/total": total}
        found = next(o for o in check(report(values), (wanted,)) if o.instance == "new")
        assert found.state is state


def test_huge_amounts_stay_exact() -> None:
    huge = 10**40
    values = zeros() | {f"{NEW}/natural_person": huge, f"{NEW}/company": Decimal(1)}
    found = outcome("T303", report(values | {f"{NEW}/total": huge}), "new")
    assert found.difference == -1


def test_counts_must_be_whole_and_not_negative() -> None:
    values = zeros() | {f"{NEW}/total": Decimal("1.5"), "review_litigation/review/total": -1}
    found = violations(report(values))
    assert ("T305", "new/total") in found
    assert ("T402", "review/total") in found


# ---------------------------------------------------------------- observations


def test_each_observation_is_a_violation_with_its_details() -> None:
    typos = tuple(
        Observation(
            "label_deviates", {"found": f, "official": "总计"}, "applications", place=NOWHERE
        )
        for f in ("总", "计")
    )
    found = check(report(zeros(), observations=typos), (rule("F203"),))
    assert [(o.instance, o.state) for o in found] == [
        ("proactive_disclosure", OutcomeState.PASS),
        ("applications", OutcomeState.VIOLATION),
        ("applications", OutcomeState.VIOLATION),
        ("review_litigation", OutcomeState.PASS),
    ]
    assert found[1].details["found"] == "总"
    assert found[1].place is NOWHERE


def test_labels_of_a_table_that_was_not_found_are_not_passed() -> None:
    checked = report(zeros())
    lost = replace(checked.tables["applications"], status=TableStatus.NOT_FOUND)
    checked = replace(checked, tables={**checked.tables, "applications": lost})
    assert outcome("F203", checked, "applications").state is OutcomeState.UNAUDITED
