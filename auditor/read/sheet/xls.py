"""In: the bytes of an XLS (or ET) file. Out: a Document: each visible sheet as a grid."""

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from auditor.errors import UnreadableError
from auditor.model import Document, Wording
from auditor.read.doubts import HIDDEN, RAISED, STRUCK
from auditor.read.sheet.cells import Entry, Merge, Sheet
from auditor.read.sheet.document import to_document
from auditor.read.sheet.formats import show_number

_FAULTS = (  # what xlrd lets through from damaged files
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    struct.error,
    LookupError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
)
_WHITE = 9  # of the palette; 1 is the same where the palette is the usual one
_TRUTH = {0: "FALSE", 1: "TRUE"}


def read_xls(content: bytes, file: str) -> Document:
    """Read an old workbook.

    Raises: UnreadableError where it is broken or encrypted.
    """
    try:
        with xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        ) as book:
            shown = [sheet for sheet in book.sheets() if sheet.visibility == 0]
            hidden = [sheet.name for sheet in book.sheets() if sheet.visibility != 0]
            sheets = [_sheet(book, sheet) for sheet in shown]
    except _FAULTS as fault:
        raise _unreadable(fault, file) from fault
    return to_document(file, sheets, hidden)


def _unreadable(fault: Exception, file: str) -> UnreadableError:
    if "encrypted" in str(fault).lower():
        return UnreadableError(
            f"{file}: 文件已加密，需要密码；请提供未加密的文件",
            f"{file}: encrypted with a password; try an unencrypted copy",
        )
    return UnreadableError(
        f"{file}: 文件已损坏或不完整；请用 Excel/WPS 打开后另存为 XLSX 再试",
        f"{file}: damaged or cut off; open it and save it as XLSX, then try again",
    )


def _sheet(book: Any, sheet: Any) -> Sheet:
    return Sheet(
        name=sheet.name,
        entries=dict(_entries(book, sheet)),
        merges=tuple(Merge(r0, c0, r1 - 1, c1 - 1) for r0, r1, c0, c1 in sheet.merged_cells),
        hidden_rows=frozenset(ix for ix, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(ix for ix, info in sheet.colinfo_map.items() if info.hidden),
    )


def _entries(book: Any, sheet: Any) -> Iterator[tuple[tuple[int, int], Entry]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_EMPTY:  # not stored
                continue
            entry = _entry(book, cell)
            doubt = entry.doubt or (_style_doubt(book, cell) if entry.text else None)
            doubt = doubt or _struck_part(book, sheet, row, column)
            yield (row, column), Entry(entry.text, entry.raw, doubt)


def _entry(book: Any, cell: Any) -> Entry:
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return show_number(repr(cell.value), code)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Entry(cell.value, cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Entry(_TRUTH[cell.value], _TRUTH[cell.value])
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#ERR")
        return Entry(text, text)
    return Entry("", "")


def _style_doubt(book: Any, cell: Any) -> Wording | None:
    style = book.xf_list[cell.xf_index]
    doubt = _font_doubt(book.font_list[style.font_index])
    is_filled = style.background.fill_pattern != 0
    return None if doubt is HIDDEN and is_filled else doubt


def _font_doubt(font: Any) -> Wording | None:
    if font.struck_out:
        return STRUCK
    if font.escapement:
        return RAISED
    return HIDDEN if font.colour_index == _WHITE else None


def _struck_part(book: Any, sheet: Any, row: int, column: int) -> Wording | None:
    """Give the doubt about a text of which a part is set in another font."""
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    doubts = (_font_doubt(book.font_list[font]) for _, font in runs)
    return next((doubt for doubt in doubts if doubt in {STRUCK, RAISED}), None)
