"""In: cells. Out: workbooks' bytes, for tests of one trap each."""

import io
import re
import zipfile
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor.model import Document
from auditor.read import read_document
from tests.read.word import grids

Fill = Callable[[Worksheet], object]


def saved(book: Workbook) -> bytes:
    """A workbook's file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(fill: Fill) -> bytes:
    """A workbook of one sheet that the function fills."""
    book = Workbook()
    fill(book.worksheets[0])
    return saved(book)


def read(fill: Fill) -> Document:
    """The document that such a workbook is read as."""
    return read_document(book_of(fill), "book.xlsx")


def patched(content: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """A workbook with the XML of a part changed: what no library writes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed, count = re.subn(pattern, replacement, text.decode())
                assert count, pattern
                text = changed.encode()
            new.writestr(name, text)
    return out.getvalue()


def texts(document: Document) -> list[list[str]]:
    """The texts of the first grid, row by row."""
    (grid, *_) = grids(document)
    return [[c.text for c in grid.cells if c.row == row] for row in range(grid.row_count)]
