"""In: the last table of a page and the first of the next. Out: both, a row cut in two made whole.

Only what the reader alone can tell is joined: lines wrapped by the width of their cells that
stand on two pages. Tables and labels are joined by recognition, which knows the form.
"""

from collections.abc import Mapping
from dataclasses import replace

from auditor.model import Grid, GridCell
from auditor.read.normalise import normalise
from auditor.read.pdf.page import DrawnTable

_SAME_PT = 2.0
_NUMERAL = frozenset("0123456789.,")
_SIGNED = _NUMERAL | frozenset("-+")
_OPENING = frozenset("0123456789(")  # an item's number: a row of its own
_ITEM_MARK = "、"


def mend_cut_row(upper: DrawnTable, lower: DrawnTable) -> tuple[DrawnTable, DrawnTable | None]:
    """Give both tables, the lower one's first row moved into the cells that it continues.

    A header that the page repeats comes before that row, and goes with it if nothing follows.
    """
    if not _have_same_columns(upper, lower):
        return upper, lower
    last, first = upper.grid.row_count, _repeated_rows(upper.grid, lower.grid)
    above = {c.column: c for c in upper.grid.cells if c.row + c.row_span == last}
    rest = {
        c.column: c
        for c in lower.grid.cells
        if c.row == first and c.row_span in {1, lower.grid.row_count} and c.raw
    }
    if not _continues(above, rest, upper.full):
        return upper, lower
    cells = tuple(
        _continued(c, rest[c.column]) if above.get(c.column) is c and c.column in rest else c
        for c in upper.grid.cells
    )
    whole = replace(upper, grid=replace(upper.grid, cells=cells), full=frozenset())
    return whole, _without_row(lower, first)


def _have_same_columns(upper: DrawnTable, lower: DrawnTable) -> bool:
    return len(upper.xs) == len(lower.xs) and all(
        abs(a - b) <= _SAME_PT for a, b in zip(upper.xs, lower.xs, strict=True)
    )


def _repeated_rows(upper: Grid, lower: Grid) -> int:
    """Count the rows with which both tables begin alike: a header repeated on the next page."""
    same = {_printed(c) for c in upper.cells} & {_printed(c) for c in lower.cells}
    other = [c.row for c in lower.cells if _printed(c) not in same]
    return min(other, default=0)


def _printed(cell: GridCell) -> tuple[int, int, int, int, str]:
    return cell.row, cell.column, cell.row_span, cell.column_span, cell.text


def _continues(
    above: Mapping[int, GridCell], rest: Mapping[int, GridCell], full: frozenset[int]
) -> bool:
    """Tell whether all that a first row says continues lines that fill their cells.

    Where a label stands beside the numbers, some number above must end there: else it is a row.
    """
    if not rest or not full.issuperset(rest):
        return False
    pairs = [(above[column], cell) for column, cell in rest.items() if column in above]
    if not all(_fit_together(upper, lower) for upper, lower in pairs):
        return False
    has_label = any(not _is_number(cell) for cell in rest.values())
    ended = [c for column, c in above.items() if column not in rest and _is_number(c) and c.raw]
    return len(pairs) == len(rest) and (bool(ended) or not has_label or not _numbers(rest))


def _fit_together(upper: GridCell, lower: GridCell) -> bool:
    if upper.column_span != lower.column_span:
        return False
    if _is_number(lower):
        return set(upper.text.replace("\n", "")) <= _SIGNED
    is_item = lower.text[0] in _OPENING or lower.text[1:2] == _ITEM_MARK
    return not _is_number(upper) and not is_item


def _numbers(cells: Mapping[int, GridCell]) -> list[GridCell]:
    return [cell for cell in cells.values() if _is_number(cell)]


def _is_number(cell: GridCell) -> bool:
    return set(cell.text) <= _NUMERAL


def _continued(cell: GridCell, rest: GridCell) -> GridCell:
    raw = cell.raw + ("" if _is_number(rest) else "\n") + rest.raw
    return replace(cell, raw=raw, text=normalise(raw), doubt=cell.doubt or rest.doubt)


def _without_row(table: DrawnTable, row: int) -> DrawnTable | None:
    """Give the table without that row, whose own cells stand in the upper table now."""
    if table.grid.row_count == row + 1:
        return None
    cells = tuple(
        replace(c, row=c.row - 1)
        if c.row > row
        else replace(c, row_span=c.row_span - _reaches(c, row))
        for c in table.grid.cells
        if c.row != row or c.row_span > 1
    )
    grid = Grid(cells, table.grid.row_count - 1, table.grid.column_count, table.grid.place)
    return replace(table, grid=grid)


def _reaches(cell: GridCell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span
