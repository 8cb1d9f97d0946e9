"""This year's report beside last year's."""

import pytest

from auditor.check.evaluate import check
from auditor.check.linear import linear_equalities
from auditor.check.load import load_rules
from auditor.check.relatives import ALONE
from auditor.model import OutcomeState, Withheld, Wording
from tests.check.kin import Values, body, outcomes, with_previous
from tests.check.reports import rule
from tests.generator.kin import year_before
from tests.generator.truth import consistent_truth

OUT, IN = "applications/carried_out", "applications/carried_in"
STOCK = "proactive_disclosure/{}/{}"
COLUMNS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
SUQIAN = (118, 3, 0, 0, 0, 0, 121)
YEAR_RULES = tuple(r for r in load_rules() if "year" in r.tags)


def row(address: str, numbers: tuple[int, ...]) -> Values:
    return {f"{address}/{c}": n for c, n in zip((*COLUMNS, "total"), numbers, strict=True)}


def stock(row_key: str, issued: int, repealed: int, in_force: int) -> Values:
    keys = ("issued", "repealed", "in_force")
    values = zip(keys, (issued, repealed, in_force), strict=True)
    return {STOCK.format(row_key, key): value for key, value in values}


def violated(this: Values, last: Values, form: str = "2021", last_form: str = "2021") -> set[str]:
    checked = with_previous(body(this, form), body(last, last_form, year=2023))
    ended = check(checked, YEAR_RULES)
    assert not {o.state for o in ended} & {OutcomeState.UNAUDITED, OutcomeState.RULE_ERROR}
    return {f"{o.rule} {o.instance}" for o in ended if o.state is OutcomeState.VIOLATION}


def test_what_suqian_published_of_2023_and_2024_agrees() -> None:
    last = {
        **row(OUT, SUQIAN),
        **stock("regulations", 2, 1, 12),
        **stock("normative_documents", 50, 227, 420),
    }
    this = {
        **row(IN, SUQIAN),
        **stock("regulations", 3, 0, 15),
        **stock("normative_documents", 61, 59, 422),
    }
    assert violated(this, last) == set()
    before = {**stock("regulations", 0, 0, 11), **stock("normative_documents", 0, 0, 597)}
    assert violated({**last, **row(OUT, (0,) * 7)}, before) == set()


@pytest.mark.parametrize("column", [*COLUMNS, "total"])
def test_every_column_is_carried_over(column: str) -> None:
    wrong = {**row(IN, SUQIAN), f"{IN}/{column}": 999}
    kind = "Y101" if column == "total" else "Y102"
    assert violated(wrong, row(OUT, SUQIAN)) == {f"{kind} {column}"}


def test_the_finding_is_about_this_year_s_cell() -> None:
    checked = with_previous(body({f"{IN}/total": 112}), body({f"{OUT}/total": 121}, year=2023))
    found = outcomes("Y101", checked)["total"]
    assert (found.expected, found.actual, found.difference) == (121, 112, -9)
    assert found.cells == (f"{IN}/total",)
    assert [t.cell for t in found.left] == [f"previous/{OUT}/total"]


def test_the_carry_over_holds_across_the_editions() -> None:
    assert violated(row(IN, SUQIAN), row(OUT, SUQIAN), last_form="2019") == set()
    wrong = {**row(IN, SUQIAN), f"{IN}/total": 112}
    assert violated(wrong, row(OUT, SUQIAN), last_form="2019") == {"Y101 total"}


def test_what_the_other_edition_does_not_have_is_not_compared() -> None:
    this = body(stock("regulations", 1, 0, 5))
    checked = with_previous(this, body({}, "2019", year=2020))
    ended = outcomes("Y201", checked)
    assert {o.state for o in ended.values()} == {OutcomeState.NOT_APPLICABLE}
    assert ended["regulations"].reason == Wording(
        "上年报告：2019 版格式没有这一栏",
        "last year's report: the 2019 edition of the form has no such cell",
    )


def test_items_of_the_2019_form() -> None:
    licensing = "proactive_disclosure/licensing/"
    last = {f"{licensing}previous_items": 73, f"{licensing}change": 131}
    for items, wrong in ((204, set()), (73, {"Y202 licensing"})):
        this = {f"{licensing}previous_items": items}
        assert violated(this, last, "2019", "2019") == wrong


def test_only_totals_filled_in_says_nothing_of_the_columns() -> None:
    blank = dict.fromkeys(row(OUT, SUQIAN), "")
    last = {**blank, f"{OUT}/total": 121}
    assert violated(row(IN, SUQIAN), last) == set()


def test_without_last_year_s_report_each_rule_says_so_once() -> None:
    ended = check(body({}), YEAR_RULES)
    assert [o.rule for o in ended] == [r.id for r in YEAR_RULES]
    reasons = {o.reason.zh for o in ended if o.reason}
    assert reasons == {"未提供上一年度报告", "不适用于 2021 版格式"}
    assert {o.state for o in ended} == {OutcomeState.NOT_APPLICABLE}


def test_a_report_that_could_not_be_read_leaves_the_rules_unaudited() -> None:
    why = Withheld(OutcomeState.UNAUDITED, Wording("坏了", "broken"))
    ended = check(with_previous(body({}), why), (rule("Y101"),))
    assert [(o.state, o.reason) for o in ended] == [(OutcomeState.UNAUDITED, why.reason)]


def test_a_cell_of_last_year_that_could_not_be_read_is_named() -> None:
    last = body({f"{OUT}/total": "?"}, year=2023)
    found = outcomes("Y101", with_previous(body({}), last))["total"]
    assert found.state is OutcomeState.UNAUDITED
    assert found.cells == (f"previous/{OUT}/total",)
    assert found.reason
    assert found.reason.zh.startswith("上年报告：四、结转下年度 · 总计 无法读取")


def test_the_carry_over_is_an_equality_of_the_matrix_where_asked_for() -> None:
    found = {e.instance: e for e in linear_equalities(load_rules(), "2021", previous=True)}
    assert dict(found["research"].coefficients) != {}
    carried = [
        e for e in linear_equalities(load_rules(), "2021", previous=True) if e.rule == "Y101"
    ]
    assert [dict(e.coefficients) for e in carried] == [
        {f"previous/{OUT}/total": 1, f"{IN}/total": -1}
    ]
    assert not any(e.rule.startswith(("Y", "H")) for e in linear_equalities(load_rules(), "2021"))


def test_alone_a_report_has_nobody() -> None:
    assert body({}).relatives is None
    assert isinstance(ALONE.previous, Withheld)


@pytest.mark.parametrize("seed", range(12))
def test_years_that_follow_from_each_other_are_clean_and_any_break_is_found(seed: int) -> None:
    this = consistent_truth(seed)
    last = year_before(this, seed + 1000)
    cases = {"Y301 " + block for block in ("review", "suit_direct", "suit_after_review")}
    assert violated(this, last) <= cases  # drawn apart: the cases do not follow from each other
    for column in (*COLUMNS, "total"):
        broken = {**last, f"{OUT}/{column}": (last[f"{OUT}/{column}"] or 0) + 1}
        kind = "Y101" if column == "total" else "Y102"
        assert violated(this, broken) - cases == {f"{kind} {column}"}
