from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import CellState
from auditor.recognise.values import parse_amount, unit_in_header


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0", "count", 0),
        ("1,250", "count", 1250),
        ("+131", "change", 131),
        ("-9", "change", -9),
        ("−9", "change", -9),
        ("21022 万元", "amount", 21022),
        ("251000元", "amount", Decimal("25.1")),
        ("1.5亿元", "amount", 15000),
        ("59237.2449", "amount", Decimal("59237.2449")),
        ("18.8710", "amount", Decimal("18.8710")),
        ("5件", "count", 5),
    ],
)
def test_numbers_are_exact(text, kind, value):
    reading = parse_amount(text, kind)
    assert (reading.state, reading.value) == (CellState.VALUE, value)
    assert isinstance(reading.value, int | Decimal)


@pytest.mark.parametrize(
    "text",
    ["减4", "无", "1 2", "12\n3", "12①", "12²", "12(3)", "1,25", "1.234.5", "O", "3/4", "约5"],
)
def test_what_does_not_parse_is_never_guessed(text):
    assert parse_amount(text, "count").state is CellState.UNREADABLE


@pytest.mark.parametrize("text", ["—", "-", "/", "——", "－"])
def test_dashes_are_neither_blank_nor_zero(text):
    assert parse_amount(text.replace("－", "-"), "count").state is CellState.DASH


def test_blank_is_a_state_of_its_own():
    assert parse_amount("", "count").state is CellState.BLANK


def test_a_note_in_brackets_is_kept_apart():
    reading = parse_amount("22(其中修订16件)", "count")
    assert (reading.value, reading.note) == (22, "其中修订16件")


def test_the_header_s_unit_holds_for_a_bare_amount():
    assert unit_in_header("采购总金额(元)") == "元"
    assert unit_in_header("本年收费金额(单位:万元)") == "万元"
    assert unit_in_header("采购总金额") is None
    assert parse_amount("251000", "amount", "元").value == Decimal("25.1")
    assert parse_amount("3万元", "amount", "元").value == 3


@given(st.integers(min_value=-(10**12), max_value=10**12), st.booleans())
def test_every_integer_reads_back(number, separated):
    text = f"{number:,}" if separated else str(number)
    assert parse_amount(text, "change").value == number
