"""In: the last table of a page and the first of the next. Out: both, a row cut in two made whole.

Only what the reader alone can tell is joined here: a number wrapped by the width of its cell
whose lines stand on two pages. Tables and labels are joined by recognition, which knows the form.
"""

from dataclasses import replace

from auditor.model import Grid, GridCell
from auditor.read.normalise import normalise
from auditor.read.pdf.page import DrawnTable

_SAME_PT = 2.0
_NUMERAL = frozenset("0123456789.,")


def mend_cut_row(upper: DrawnTable, lower: DrawnTable) -> tuple[DrawnTable, DrawnTable | None]:
    """Give both tables, the lower one's first row moved into the cells that it continues.

    It continues them if it holds nothing but numbers, each under one that fills its line.
    """
    if not _have_same_columns(upper, lower):
        return upper, lower
    rest = {c.column: c for c in lower.grid.cells if c.row == 0 and c.raw}
    if not rest or not upper.full.issuperset(rest) or not all(map(_is_number, rest.values())):
        return upper, lower
    last = upper.grid.row_count
    cells = tuple(
        _continued(c, rest[c.column]) if c.row + c.row_span == last and c.column in rest else c
        for c in upper.grid.cells
    )
    grid = replace(upper.grid, cells=cells)
    return replace(upper, grid=grid, full=frozenset()), _without_first_row(lower)


def _have_same_columns(upper: DrawnTable, lower: DrawnTable) -> bool:
    return len(upper.xs) == len(lower.xs) and all(
        abs(a - b) <= _SAME_PT for a, b in zip(upper.xs, lower.xs, strict=True)
    )


def _is_number(cell: GridCell) -> bool:
    return set(cell.text) <= _NUMERAL


def _continued(cell: GridCell, rest: GridCell) -> GridCell:
    raw = cell.raw + rest.raw
    return replace(cell, raw=raw, text=normalise(raw), doubt=cell.doubt or rest.doubt)


def _without_first_row(table: DrawnTable) -> DrawnTable | None:
    if table.grid.row_count == 1:
        return None
    cells = tuple(
        replace(c, row=c.row - 1) if c.row else replace(c, row_span=c.row_span - 1, raw="", text="")
        for c in table.grid.cells
        if c.row + c.row_span > 1  # what the first row said stands in the upper table now
    )
    grid = Grid(cells, table.grid.row_count - 1, table.grid.column_count, table.grid.place)
    return replace(table, grid=grid)
