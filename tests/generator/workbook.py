"""In: a specimen. Out: the report as a workbook (XLSX) or as comma-separated text."""

import csv
import io
import random
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from .sheet import Sheet
from .specimen import Specimen
from .story import Block, Line, PageEnd, TableBlock, tell

_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def write_workbook(specimen: Specimen, file: Path) -> None:
    """Write the report on one sheet, or each table on a sheet of its own; by the seed."""
    rng = random.Random(f"workbook/{specimen.seed}")
    book = Workbook()
    book.remove(book.worksheets[0])
    parts = _parts(specimen) if rng.random() < 0.5 else [list(_blocks(specimen))]
    as_text, has_gaps = rng.random() < 0.3, rng.random() < 0.5
    for number, blocks in enumerate(parts, start=1):
        sheet = book.create_sheet(f"表{number}")
        row = rng.choice((1, 1, 3))
        for block in blocks:
            row = _write_block(sheet, block, row, as_text=as_text) + int(has_gaps)
    book.save(file)


def _blocks(specimen: Specimen) -> Iterator[Block]:
    return (b for b in tell(specimen) if not isinstance(b, PageEnd) and b != Line("para", ""))


def _parts(specimen: Specimen) -> list[list[Block]]:
    """Cut the report before each heading of a section."""
    parts: list[list[Block]] = [[]]
    for block in _blocks(specimen):
        if isinstance(block, Line) and block.kind == "heading":
            parts.append([])
        parts[-1].append(block)
    return [part for part in parts if part]


def _write_block(sheet: Worksheet, block: Block, row: int, *, as_text: bool) -> int:
    if isinstance(block, TableBlock):
        _write_table(sheet, block.sheet, row, as_text=as_text)
        return row + block.sheet.row_count
    assert isinstance(block, Line)
    sheet.cell(row, 1, block.text).font = Font(bold=block.kind in {"title", "heading"})
    if block.kind == "title":
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=10)
    return row + 1


def _write_table(sheet: Worksheet, table: Sheet, top: int, *, as_text: bool) -> None:
    for row in range(table.row_count):
        for column in range(len(table.widths)):
            sheet.cell(top + row, 1 + column).border = _BORDER
    for square in table.squares:
        cell = sheet.cell(top + square.row, 1 + square.column)
        is_number = square.role == "number" and _PLAIN_NUMBER.fullmatch(square.text)
        if is_number and not as_text:
            number = Decimal(square.text)
            cell.value = int(number) if number == number.to_integral_value() else number
        elif square.text:
            cell.value = square.text
        cell.alignment = Alignment(wrap_text=True)
        if square.row_span > 1 or square.column_span > 1:
            sheet.merge_cells(
                start_row=cell.row,
                start_column=cell.column,
                end_row=cell.row + square.row_span - 1,
                end_column=cell.column + square.column_span - 1,
            )


def to_csv(specimen: Specimen) -> str:
    """Write the report as a spreadsheet program exports its sheet: all rows equally wide."""
    rows: list[Sequence[str]] = []
    for block in _blocks(specimen):
        rows += _table_rows(block.sheet) if isinstance(block, TableBlock) else [[_text(block)]]
        rows.append([])
    width = max(len(row) for row in rows)
    out = io.StringIO()
    csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return out.getvalue()


def _text(block: Block) -> str:
    assert isinstance(block, Line)
    return block.text


def _table_rows(table: Sheet) -> list[list[str]]:
    rows = [[""] * len(table.widths) for _ in range(table.row_count)]
    for square in table.squares:
        rows[square.row][square.column] = square.text
    return rows
