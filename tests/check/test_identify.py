"""What a set of equalities can locate, and what is odd in it."""

import json

import pytest
from click.testing import CliRunner

from auditor.check.identify import find_faults, identify
from auditor.check.linear import Equality
from auditor.check.load import load_rules
from auditor.check.survey import survey
from auditor.cli import cli

A, B, C, D = "t/a/n", "t/b/n", "t/c/n", "t/d/n"


def equality(name: str, coefficients: dict[str, int], constant: int = 0) -> Equality:
    return Equality(name, "", coefficients, constant)


SUM = equality("S", {A: 1, B: 1, C: -1})


def test_parts_and_total_of_one_sum_cannot_be_told_apart() -> None:
    found = identify([SUM], [A, B, C, D])
    assert found.ties == ((A, B, C),)
    assert found.uncovered == (D,)
    assert (found.rank, found.covered, found.unique) == (1, 3, ())


def test_a_second_sum_tells_its_cell_apart() -> None:
    found = identify([SUM, equality("T", {A: 1, D: -1})], [A, B, C, D])
    assert set(found.unique) == {A, D}
    assert found.ties == ((B, C),)


def test_a_multiple_is_the_same_sign_of_error() -> None:
    found = identify([equality("S", {A: 2, B: 1})], [A, B])
    assert found.ties == ((A, B),)


def test_rank_is_exact_where_floats_would_waver() -> None:
    huge = 10**17
    rows = [equality("S", {A: huge, B: 1}), equality("T", {A: huge, B: 2})]
    assert identify(rows, [A, B]).rank == 2
    assert identify([rows[0], equality("U", {A: 3 * huge, B: 3})], [A, B]).rank == 1


def test_the_implied_and_the_contradictory_are_named() -> None:
    total = [SUM, equality("T", {A: 2, B: 2, C: -2}), equality("U", {A: 1, B: 1, C: -1}, 5)]
    found = find_faults(total)
    assert [e.rule for e in found.implied] == ["T"]
    assert [e.rule for e in found.contradictory] == ["U"]


def test_a_cell_that_may_hold_one_value_only_is_pinned() -> None:
    rows = [SUM, equality("T", {A: 1, B: 1, C: 1}, -8), equality("U", {A: 1, B: -1})]
    found = find_faults(rows)
    assert set(found.pinned) == {A, B, C}
    assert found.contradictory == ()


@pytest.mark.parametrize(
    ("form", "equalities", "rank", "unique", "uncovered"),
    [("2021", 42, 40, 175, 10), ("2019", 40, 38, 161, 22)],
)
def test_the_form_s_own_figures(
    form: str, equalities: int, rank: int, unique: int, uncovered: int
) -> None:
    rules = [
        rule
        for rule in load_rules()
        if rule.file in {"applications.toml", "review_litigation.toml"}
    ]
    found = survey(rules, form).identifiability
    assert (found.equalities, found.rank) == (equalities, rank)
    assert (len(found.unique), len(found.uncovered)) == (unique, uncovered)
    assert [len(group) for group in found.ties] == [5, 5, 5]


def test_the_rules_that_ship_do_not_contradict_each_other() -> None:
    for form in ("2019", "2021"):
        found = survey(load_rules(), form)
        assert found.faults.contradictory == ()
        assert found.unchecked == ()


def test_cells_that_no_rule_speaks_of_are_listed() -> None:
    rules = [rule for rule in load_rules() if rule.id.startswith("T4")]
    unchecked = survey(rules, "2021").unchecked
    assert len(unchecked) == 185
    assert not any(address.startswith("review_litigation") for address in unchecked)


def test_beside_last_year_more_cells_stand_in_a_sum() -> None:
    found = survey(load_rules(), "2021")
    documents = {
        a for a in found.cells if a.split("/")[1] in {"regulations", "normative_documents"}
    }
    assert documents <= set(found.identifiability.uncovered)
    assert documents.isdisjoint(found.beside_last_year.uncovered)


def test_the_command_line_tells_both() -> None:
    text = CliRunner().invoke(cli, ["rules", "--identifiability", "--lint"], standalone_mode=False)
    assert text.return_value == 0
    assert "等式 42 条，其中独立 40 条" in text.output
    assert "T303 carried_out" in " ".join(text.output.split())
    told = CliRunner().invoke(
        cli, ["rules", "--identifiability", "--lint", "--format", "json"], standalone_mode=False
    )
    forms = {form["form"]: form for form in json.loads(told.output)["forms"]}
    assert forms["2021"]["unique"] == 175
    assert len(forms["2021"]["beside_last_year"]["uncovered"]) < len(forms["2021"]["uncovered"])
    assert forms["2021"]["contradictory"] == []


RULE = """
[[rule]]
id = "X1"
name = "contradiction"
title = {{ zh = "矛盾", en = "contradiction" }}
message = {{ zh = "矛盾", en = "contradiction" }}
severity = "error"
table = "review_litigation"
each = "row"
assert = "{test}"
source = {{ document = "自拟", en = "our own" }}
examples = [
  {{ is = "violation", cells = {{ total = 1 }} }},
  {{ is = "pass", cells = {{ upheld = 4, total = 1 }} }},
]
"""


def test_a_contradiction_is_the_rule_file_s_fault(tmp_path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(RULE.format(test="sum(results) == total + 3"), "utf-8")
    arguments = ["rules", "--lint", "--lang", "en", "--rules", str(file)]
    told = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert told.return_value == 2
    assert "contradiction: X1 review" in told.output
