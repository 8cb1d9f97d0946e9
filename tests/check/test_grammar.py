"""The language of assertions: what it reads, and what it says about what it cannot read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.check.grammar import (
    Call,
    Comparison,
    Negation,
    Number,
    Operation,
    Reference,
    parse_assertion,
)
from auditor.errors import UsageError


def test_sum_binds_weaker_than_product_and_from_the_left() -> None:
    parsed = parse_assertion("a - b - c * 2 == 1.50")
    a, b, c = Reference(("a",), 1), Reference(("b",), 5), Reference(("c",), 9)
    assert parsed.left == Operation("-", Operation("-", a, b), Operation("*", c, Number(2)))
    assert parsed.right == Number(Decimal("1.50"))


def test_parentheses_and_minus() -> None:
    parsed = parse_assertion("-(a + 1) < 0")
    assert parsed.left == Negation(Operation("+", Reference(("a",), 3), Number(1)))
    assert parsed.comparator == "<"


def test_functions_take_keys_groups_and_paths() -> None:
    parsed = parse_assertion("sum(refused, t/r/c, 三（四）1) == filled(x)")
    assert isinstance(parsed.left, Call)
    assert [r.parts for r in parsed.left.arguments] == [("refused",), ("t", "r", "c"), ("三(四)1",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("一 + 二 == 三（七） + 四", ["一", "二", "三(七)", "四"]),
        ("第一项＋第二项 ＝＝ 第三项＋第四项", ["第一项", "第二项", "第三项", "第四项"]),
        (
            "（一）予以公开 ≤ 部分公开（区分处理的，只计这一情形）",
            ["(一)予以公开", "部分公开(区分处理的,只计这一情形)"],
        ),
        ("“本年增/减” == “a + b”", ["本年增/减", "a + b"]),
        ("危及“三安全一稳定” == 行政复议/总计", ["危及“三安全一稳定”", "行政复议/总计"]),
        (
            "previous.applications/new/total == facts.n",
            ["previous.applications/new/total", "facts.n"],
        ),
    ],
)
def test_labels_of_the_form_are_names(text: str, names: list[str]) -> None:
    assert _names(parse_assertion(text)) == names


def _names(node: object) -> list[str]:
    match node:
        case Comparison() | Operation():
            return _names(node.left) + _names(node.right)
        case Reference():
            return [node.text]
        case _:
            raise AssertionError(node)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = b", "at character 3, '=': write == for equality"),
        ("a ==", "at the end: a number, key, label or parenthesis is expected"),
        ("smu(a) == 1", "no such function: sum filled blank; did you mean sum?"),
        ("a == b == c", "at character 8, '==': should end here"),
        ("a + b", "at the end: a comparison is expected: == != <= >= < >"),
        ("(a == b", "at character 4, '==': ) is expected here"),
        ("sum() == 1", "at character 5, ')'"),
        ("a + * b == 2", "at character 5, '*'"),
        ("“a == 1", "the quotation mark is not closed"),
        ("a == __import__('os')", "at character 17, '''"),
        ("a; b == 1", "at character 2, ';'"),
        ("3abc == 2", "at character 1, '3'"),
        ("", "at the end"),
        ("(" * 60 + "a" + ")" * 60 + " == 1", "nested too deeply"),
    ],
)
def test_errors_name_position_token_and_what_is_allowed(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_assertion(text)
    assert message in caught.value.wording.en
    assert caught.value.wording.zh != caught.value.wording.en


@given(st.text(alphabet='ab一（）()总计+-*%=<>!,/"“” .12', max_size=30))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        parse_assertion(text)
    except UsageError as refused:
        assert refused.wording.en.count("\n") == 0  # noqa: PT017 - refusing is one of two right ends
