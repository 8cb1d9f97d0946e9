"""One story for each cause."""

from dataclasses import replace

from auditor.model import Wording
from auditor.render.causes import stories
from auditor.render.finding import same_cause_line, same_cause_lines, suggestion_lines
from auditor.render.wrap import GLUE
from tests.render.samples import finding


def test_findings_of_one_cause_are_one_story_at_the_place_of_the_first() -> None:
    first, second = finding(), replace(finding(), rule="T301")
    other = replace(finding(), rule="F203", suggestions=())
    told = stories([first, other, second])
    assert [(s.lead.rule, [o.rule for o in s.others]) for s in told] == [
        (first.rule, ["T301"]),
        ("F203", []),
    ]


def test_without_suggestions_every_finding_is_a_story() -> None:
    bare = replace(finding(), suggestions=())
    assert len(stories([bare, bare])) == 2


def test_at_length_every_finding_is_told_whole() -> None:
    assert len(stories([finding(), finding()], apart=True)) == 2


def test_the_answer_is_suggested_and_candidates_are_numbered() -> None:
    (suggestion,) = finding().suggestions
    assert suggestion_lines(finding(), "zh")[0].startswith("建议 ")
    unsure = replace(suggestion, is_sure=False, ties=7)
    alone = replace(finding(), suggestions=(unsure,))
    assert suggestion_lines(alone, "zh")[0].startswith("可能是 ")
    several = suggestion_lines(replace(finding(), suggestions=(unsure, unsure)), "zh")
    assert several[0] == "可能是其一（共 7 种同样可能）:"
    assert [line[:2] for line in several[1:]] == ["1)", "2)"]


def test_what_falls_with_it_is_told_in_a_line() -> None:
    line = same_cause_line(finding(), "zh")
    assert line.startswith("同因 T302 （七）总计")
    assert line.endswith("自然人 列  差额 +1")


def test_what_falls_with_it_by_one_rule_is_told_in_one_line() -> None:
    other = replace(finding(), instance=Wording("商业企业 列", "company column"), difference=-3)
    (line,) = same_cause_lines([finding(), other], "zh")
    assert line.replace(GLUE, " ").endswith("差额 自然人 列 +1、商业企业 列 -3")
    by_rule = [*same_cause_lines([finding(), replace(other, rule="T303")], "zh")]
    assert [line[:7] for line in by_rule] == ["同因 T302", "同因 T303"]
    without = replace(other, difference=None)
    assert len([*same_cause_lines([finding(), without], "zh")]) == 2
