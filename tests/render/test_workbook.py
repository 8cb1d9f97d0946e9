"""In: verdicts, hostile ones too. Out: a workbook that another reader finds as it should be."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from auditor import check
from auditor.model import CellState
from auditor.render.marks import marks
from auditor.render.workbook import workbook_bytes

from .samples import address, checked, report

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples/01-city-2024.pdf"


def opened(*reports: object, lang: str = "zh") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(list(reports), lang)))


def test_the_tables_hold_numbers_and_the_marks_are_at_the_cells() -> None:
    verdict = check(SAMPLE)
    book = opened(verdict)
    tables = [book[name] for name in book.sheetnames[2:]]
    assert len(tables) == 3
    commented = [square for sheet in tables for row in sheet for square in row if square.comment]
    expected = [verdict.cells[a].value for a, mark in marks(verdict.findings).items() if mark.told]
    assert sorted(square.value for square in commented) == sorted(expected)
    assert all(square.fill.fgColor.rgb != "00000000" for square in commented)
    (swapped,) = [square for square in commented if "应改为 61" in square.comment.text]
    assert swapped.value == 16
    numbers = [
        s.value
        for sheet in tables
        for row in sheet
        for s in row
        if isinstance(s.value, int | float)
    ]
    assert len(numbers) == len(verdict.cells)


def test_the_sheet_of_findings_has_a_row_for_each() -> None:
    verdict = check(SAMPLE)
    sheet = opened(verdict)["问题"]
    rules = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert rules == [finding.rule for finding in verdict.findings]
    first = [square.value for square in sheet[2]]
    assert tuple(first[8:11]) == (16, 61, 45)


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"])
def test_text_is_never_a_formula(text: str) -> None:
    base = report(f"{text}.pdf")
    cell = replace(base.cells[address("new")], state=CellState.UNREADABLE, raw=text, value=None)
    hostile = replace(base, cells={**base.cells, cell.address: cell}, agency=text)
    book = opened(replace(checked(), file=hostile.file, report=hostile))
    squares = [square for sheet in book for row in sheet for square in row if square.value]
    assert any(square.value == text for square in squares)
    for square in squares:
        assert square.data_type != "f"
        if square.value == text:
            assert square.quotePrefix
            assert square.number_format == "@"


def test_control_characters_and_odd_names_do_not_break_it() -> None:
    base = report("a[1]:*?/\\'\x1b\x07\ud800\ufffe.pdf")
    cell = replace(
        base.cells[address("new")], raw="\x1b[31m\x00x\u202e1", state=CellState.UNREADABLE
    )
    hostile = replace(base, cells={**base.cells, cell.address: cell})
    book = opened(replace(checked(), file=hostile.file, report=hostile))
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_same_input_same_bytes() -> None:
    verdict = check(SAMPLE)
    assert workbook_bytes([verdict], "zh") == workbook_bytes([verdict], "zh")


def test_many_reports_have_sheets_of_their_own_where_there_is_something_to_say() -> None:
    clean = check(ROOT / "samples/11-township-2024.pdf")
    book = opened(check(SAMPLE), clean, check(SAMPLE), lang="en")
    assert len(book.sheetnames) == 2 + 3 + 3
    assert book[book.sheetnames[0]].max_row == 4
