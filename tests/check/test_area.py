"""A report of a whole area beside those of the bodies in it."""

from dataclasses import replace

import pytest

from auditor.check.bind import instances
from auditor.check.evaluate import check
from auditor.check.grammar import parse_assertion
from auditor.check.linear import linear_equalities
from auditor.check.load import load_rules
from auditor.check.relatives import child_owner
from auditor.check.rule import Assertion
from auditor.errors import UsageError
from auditor.model import OutcomeState
from tests.check.kin import body, outcomes, with_children
from tests.check.reports import rule

NEW = "applications/new/total"
EAST, WEST = body({NEW: 7}, file="east.pdf"), body({NEW: 5}, file="dir/west.pdf")
AREA_RULES = tuple(r for r in load_rules() if "area" in r.tags)


def violated(values: dict[str, int], *, exact: bool = False) -> set[str]:
    ended = check(with_children(body(values), EAST, WEST, exact=exact), AREA_RULES)
    return {f"{o.rule} {o.instance}" for o in ended if o.state is OutcomeState.VIOLATION}


def test_the_whole_may_be_more_than_the_children_given() -> None:
    assert violated({NEW: 12}) == violated({NEW: 30}) == set()
    assert violated({NEW: 11}) == {"H101 new/total"}


def test_the_exact_sum_may_not() -> None:
    assert violated({NEW: 12}, exact=True) == set()
    assert violated({NEW: 11}, exact=True) == {"H201 new/total"}
    assert violated({NEW: 30}, exact=True) == {"H201 new/total"}


def test_terms_name_each_child_s_cell() -> None:
    found = outcomes("H201", with_children(body({NEW: 11}), EAST, WEST, exact=True))["new/total"]
    assert [(t.cell, t.value) for t in found.left] == [
        (f"children/east.pdf/{NEW}", 7),
        (f"children/dir/west.pdf/{NEW}", 5),
    ]
    assert (found.expected, found.actual, found.cells) == (12, 11, (NEW,))


def test_a_rule_for_the_other_kind_of_sum_is_told_in_one_word() -> None:
    ended = check(with_children(body({}), EAST, WEST), (rule("H201"),))
    assert [(o.instance, o.state) for o in ended] == [("", OutcomeState.NOT_APPLICABLE)]


def test_a_child_s_unread_cell_leaves_that_sum_unaudited() -> None:
    lost = body({NEW: "?"}, file="x.pdf", agency="某某县人民政府")
    found = outcomes("H101", with_children(body({}), EAST, lost))
    assert found["new/total"].state is OutcomeState.UNAUDITED
    assert found["new/total"].reason
    assert found["new/total"].reason.zh.startswith("某某县人民政府：")
    assert found["new/company"].state is OutcomeState.PASS


def test_a_child_with_the_old_row_is_not_compared_in_the_new_ones() -> None:
    old = body({"applications/other_handling/total": 3}, file="x.pdf")
    kept = {a: c for a, c in old.cells.items() if "other_handling." not in a}
    rows = tuple(r for r in old.tables["applications"].rows if "other_handling." not in r)
    tables = {**old.tables, "applications": replace(old.tables["applications"], rows=rows)}
    found = outcomes("H101", with_children(body({}), replace(old, cells=kept, tables=tables)))
    assert found["other_handling.other/total"].state is OutcomeState.NOT_APPLICABLE
    assert found["handled_total/total"].state is OutcomeState.PASS


def test_the_sum_is_an_equality_of_the_matrix_where_it_is_exact() -> None:
    owners = (child_owner(EAST), child_owner(WEST))
    found = linear_equalities((rule("H201"),), "2021", summed=owners)
    assert dict(next(e for e in found if e.instance == "new/total").coefficients) == {
        f"children/east.pdf/{NEW}": 1,
        f"children/dir/west.pdf/{NEW}": 1,
        NEW: -1,
    }


@pytest.mark.parametrize(
    "text",
    ["children.new == new", "sum(children.facts.n) == new", "sum(children.nwe) == new"],
)
def test_what_cannot_be_meant_of_children_is_refused(text: str) -> None:
    wanted = replace(rule("T301"), test=Assertion(parse_assertion(text)))
    for owners in ((), ("children/a.pdf",)):
        with pytest.raises(UsageError):
            instances(wanted, "2021", children=owners)


def test_labels_may_follow_the_owner() -> None:
    wanted = replace(rule("T301"), test=Assertion(parse_assertion("previous.三（七） == 三（七）")))
    comparison = instances(wanted, "2021")[0].comparison
    assert comparison
    assert [o.address for o in comparison.valued] == [
        "previous/applications/handled_total/natural_person",
        "applications/handled_total/natural_person",
    ]
