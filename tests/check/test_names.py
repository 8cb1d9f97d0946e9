"""Chinese labels and item numbers of the form stand for its keys."""

from dataclasses import replace

import pytest

from auditor.check.bind import instances
from auditor.check.bound import CellOf, Tally
from auditor.check.grammar import parse_assertion
from auditor.check.rule import Assertion, Each, Rule
from auditor.errors import UsageError
from tests.check.reports import rule


def asserting(text: str, each: Each = "column", table: str | None = "applications") -> Rule:
    test = Assertion(parse_assertion(text))
    return replace(rule("T301"), test=test, each=each, table=table)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("第一项", "new"),
        ("一", "new"),
        ("本年新收政府信息公开申请数量", "new"),
        ("第三项", "handled_total"),
        ("三（七）", "handled_total"),
        ("（七）总计", "handled_total"),
        ("总计", "handled_total"),
        ("四", "carried_out"),
        ("部分公开", "partly_granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly_granted"),
        ("三（三）3", "refused.security_stability"),
        ("危及“三安全一稳定”", "refused.security_stability"),
        ("（五）5", "not_processed.reconfirm"),
    ],
)
def test_rows_by_number_and_label(edition: str, name: str, row: str) -> None:
    bound = instances(asserting(f"{name} == 0"), edition)[0].comparison
    assert bound is not None
    assert bound.left == CellOf(f"applications/{row}/natural_person")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("复议后起诉/总计 == 0", "review_litigation/suit_after_review/total"),
        ("行政诉讼·复议后起诉/结果维持 == 0", "review_litigation/suit_after_review/upheld"),
        ("行政复议/尚未审结 == 0", "review_litigation/review/pending"),
        ("表三/三（七）/自然人 == 0", "applications/handled_total/natural_person"),
        ("applications/new/total == 0", "applications/new/total"),
    ],
)
def test_cells_by_path(text: str, address: str) -> None:
    bound = instances(asserting(text, "once", "review_litigation"), "2021")[0].comparison
    assert bound is not None
    assert bound.left == CellOf(address)


def test_a_label_with_a_slash_is_one_column() -> None:
    found = instances(asserting("“本年增/减” == 0", "row", "proactive_disclosure"), "2019")
    assert [i.key for i in found] == [
        "licensing",
        "other_services",
        "penalties",
        "coercion",
        "fees",
    ]


def test_groups_have_the_rows_of_the_edition() -> None:
    sizes = {}
    for edition in ("2019", "2021"):
        bound = instances(asserting("sum(outcomes) == 0"), edition, frozenset())[0].comparison
        assert bound is not None
        assert isinstance(bound.left, Tally)
        sizes[edition] = len(bound.left.operands)
    assert sizes == {"2019": 19, "2021": 22}  # with the old row, which a report need not have


@pytest.mark.parametrize(
    ("text", "each", "message"),
    [
        ("nwe == 0", "column", "'nwe': no such name; did you mean new"),
        ("refused == 0", "column", "this is a group of 8 cells, write sum(refused)"),
        ("其他 == 0", "column", "no such name"),
        ("new == 0", "once", "no such name"),
        ("new/totl == 0", "once", "known: natural_person"),
        ("tables/new/total == 0", "once", "known: proactive_disclosure, applications"),
        ("report.yaer == 0", "once", "known: report.year, report.form"),
    ],
)
def test_unknown_names_are_refused(text: str, each: Each, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        instances(asserting(text, each), "2019")
    assert message in caught.value.wording.en


def test_an_ambiguous_label_lists_the_keys() -> None:
    with pytest.raises(UsageError) as caught:
        instances(asserting("行政诉讼/总计 == 0", "once", "review_litigation"), "2021")
    assert "no such name" in caught.value.wording.en
