"""In: an extracted report. Out: its tables as text and CSV, every cell of them."""

import csv
import io
from dataclasses import replace

import pytest
from rich.cells import cell_len

from auditor.model import Cell, CellState, Place
from auditor.render.cells_csv import csv_bytes
from auditor.render.console import Page
from auditor.render.extract_text import write_tables
from tests.render.samples import address, report


def text(width: int) -> str:
    stream = io.StringIO()
    write_tables(Page(stream, width), report(), "zh")
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_value_stands_in_the_text(width: int) -> None:
    for value in ("1,234,567", "96,171.6", "?[/]1O:100:", "—"):
        assert value in text(width)
    assert max(cell_len(line) for line in text(width).splitlines()) <= width


def test_a_blank_is_no_zero() -> None:
    row = next(line for line in text(120).splitlines() if line.startswith("二、上年结转"))
    assert row.split()[1:3] == ["空", "0"]


def test_csv_has_a_line_a_cell_and_opens_in_excel() -> None:
    content = csv_bytes((report(),), "zh")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 200
    fees = next(row for row in rows if row["cell"] == "proactive_disclosure/fees/amount")
    assert (fees["value"], fees["unit"], fees["page"]) == ("96171.6", "万元", "4")


def test_csv_never_holds_a_formula() -> None:
    cell = Cell(address("new"), CellState.UNREADABLE, '=HYPERLINK("x")', Place())
    hostile = replace(report(), cells={cell.address: cell})
    (row,) = csv.DictReader(io.StringIO(csv_bytes((hostile,), "zh").decode("utf-8-sig")))
    assert row["raw"].startswith("'=")
