"""In: a table element of a Word document. Out: its rows and cells, merges put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from auditor.read.docx.columns import Columns, RowShape, seen_columns
from auditor.read.docx.names import child, chosen, local, number, toggle, value, w, whole

_MOST_COLUMNS = 500
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}
_CELL_CHANGES = ("cellIns", "cellDel", "cellMerge")


@dataclass(frozen=True, slots=True)
class CellElement:
    """A cell where it is seen; `no` counts the stored cells of its row from 1."""

    element: etree._Element
    row: int
    column: int
    row_span: int
    column_span: int
    row_no: int
    no: int
    is_hidden: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class _Row:
    element: etree._Element
    no: int  # counts the stored rows from 1
    cells: tuple[etree._Element, ...]

    @property
    def shape(self) -> RowShape:
        properties = child(self.element, "trPr")
        return RowShape(
            before=_columns(number(properties, "gridBefore"), 0),
            spans=tuple(_columns(number(c, "tcPr", "gridSpan"), 1) for c in self.cells),
            widths=tuple(_width(c) for c in self.cells),
            after=_columns(number(properties, "gridAfter"), 0),
        )

    @property
    def is_deleted(self) -> bool:
        return child(self.element, "trPr", "del") is not None

    @property
    def is_hidden(self) -> bool:
        return bool(toggle(child(self.element, "trPr"), "hidden"))

    @property
    def is_changed(self) -> bool:
        properties = (child(c, "tcPr") for c in self.cells)
        return any(child(p, name) is not None for p in properties for name in _CELL_CHANGES)


def cells_of(table: etree._Element) -> tuple[CellElement, ...]:
    """Give the cells of a table; rows deleted by a tracked change are left out."""
    stored = enumerate(_below(table, "tr"), start=1)
    rows = [_Row(tr, no, tuple(_below(tr, "tc"))) for no, tr in stored]
    rows = [row for row in rows if not row.is_deleted]
    grid = child(table, "tblGrid")
    widths = (
        [whole(c.get(w("w"))) or 0 for c in grid.iterfind(w("gridCol"))] if grid is not None else []
    )
    columns = seen_columns([row.shape for row in rows], widths)
    return tuple(_merged(rows, columns))


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give the rows of a table, or the cells of a row, content controls looked through."""
    for kid in chosen(element):
        if local(kid) == name:
            yield kid
        elif local(kid) in _WRAPPERS:
            yield from _below(kid, name)


def _columns(count: int | None, default: int) -> int:
    return default if count is None else min(max(count, default), _MOST_COLUMNS)


def _width(cell: etree._Element) -> int | None:
    width = child(cell, "tcPr", "tcW")
    if width is None or width.get(w("type"), "dxa") != "dxa":
        return None
    return whole(width.get(w("w")))


def _merged(rows: Sequence[_Row], columns: Sequence[Columns]) -> Iterator[CellElement]:
    """Give cells with their spans; a cell merged into the one above or before it is not given."""
    found: list[CellElement] = []
    above: dict[tuple[int, int], int] = {}  # columns -> the cell that may go on below
    for row_ix, (row, places) in enumerate(zip(rows, columns, strict=True)):
        here: dict[tuple[int, int], int] = {}
        for cell in _across(row, row_ix, places):
            place = (cell.column, cell.column + cell.column_span)
            merge = _merge(cell.element, "vMerge")
            if merge == "continue" and place in above:
                here[place] = above[place]
                owner = found[above[place]]
                found[above[place]] = replace(owner, row_span=owner.row_span + 1)
                continue
            if merge == "restart":
                here[place] = len(found)
            found.append(cell)
        above = here
    return iter(found)


def _across(row: _Row, row_ix: int, places: Columns) -> Iterator[CellElement]:
    """Give the cells of a row, those that old files merge sideways put together."""
    held: CellElement | None = None
    is_hidden, is_changed = row.is_hidden, row.is_changed
    for no, (element, (start, end)) in enumerate(zip(row.cells, places, strict=True), start=1):
        if held and _merge(element, "hMerge") == "continue":
            held = replace(held, column_span=end - held.column)
            continue
        if held:
            yield held
        held = CellElement(
            element=element,
            row=row_ix,
            column=start,
            row_span=1,
            column_span=end - start,
            row_no=row.no,
            no=no,
            is_hidden=is_hidden,
            is_changed=is_changed,
        )
    if held:
        yield held


def _merge(cell: etree._Element, name: str) -> str | None:
    """Give "restart" or "continue", None where the cell is not merged that way."""
    properties = child(cell, "tcPr")
    if child(properties, name) is None:
        return None
    return value(properties, name) or "continue"
