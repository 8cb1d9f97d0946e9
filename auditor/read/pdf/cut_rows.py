"""In: the last table of a page and the first of the next. Out: both, a row cut in two made whole.

Only what the reader alone can tell is joined: lines wrapped by the width of their cells that
stand on two pages. Tables and labels are joined by recognition, which knows the form.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from auditor.model import Grid, GridCell
from auditor.read.normalise import normalise
from auditor.read.pdf.doubts import first_doubt
from auditor.read.pdf.grids import DrawnTable
from auditor.read.pdf.painted import Fault

_SAME_PT = 2.0
_NUMERAL = frozenset("0123456789.,")
_SIGNED = _NUMERAL | frozenset("-+")
_OPENING = frozenset("0123456789(")  # an item's number: a row of its own
_ITEM_MARK = "、"


def mend_cut_row(upper: DrawnTable, lower: DrawnTable) -> tuple[DrawnTable, DrawnTable | None]:
    """Give both tables, the lower one's first row moved into the cells that it continues.

    A header that the page repeats comes before that row, and goes with it if nothing follows.
    """
    if not _same(upper.xs[0], lower.xs[0]) or not _same(upper.xs[-1], lower.xs[-1]):
        return upper, lower
    last, first = upper.grid.row_count, _repeated_rows(upper, lower)
    above = [c for c in upper.grid.cells if c.row + c.row_span == last]
    rest = [
        (next((a for a in above if _is_below(upper, a, lower, cell)), None), cell)
        for cell in lower.grid.cells
        if cell.row == first and cell.row_span in {1, lower.grid.row_count - first} and cell.raw
    ]
    pairs = [(a, cell) for a, cell in rest if a is not None]
    if len(pairs) < len(rest) or not _may_continue(pairs, upper.full):
        return upper, lower
    if not _must_continue(above, pairs):
        return _doubted(upper, [a for a, _ in pairs]), _doubted(lower, [c for _, c in pairs])
    ends = {a.column: cell for a, cell in pairs}
    cells = tuple(
        _continued(c, ends[c.column]) if c in above and c.column in ends else c
        for c in upper.grid.cells
    )
    whole = replace(upper, grid=replace(upper.grid, cells=cells), full=frozenset())
    return whole, _without_row(lower, first)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_PT


def _is_below(upper: DrawnTable, one: GridCell, lower: DrawnTable, other: GridCell) -> bool:
    """Tell whether two cells stand in the same column; the tables may differ in others."""
    ends = one.column + one.column_span, other.column + other.column_span
    return _same(upper.xs[one.column], lower.xs[other.column]) and _same(
        upper.xs[ends[0]], lower.xs[ends[1]]
    )


def _repeated_rows(upper: DrawnTable, lower: DrawnTable) -> int:
    """Count the rows with which both tables begin alike: a header repeated on the next page."""
    printed: dict[tuple[int, int, str], list[GridCell]] = defaultdict(list)
    for cell in upper.grid.cells:
        printed[cell.row, cell.row_span, cell.text].append(cell)
    other = (
        c.row
        for c in lower.grid.cells
        if not any(_is_below(upper, a, lower, c) for a in printed[c.row, c.row_span, c.text])
    )
    return min(other, default=0)


def _may_continue(pairs: Sequence[tuple[GridCell, GridCell]], full: frozenset[int]) -> bool:
    """Tell whether all that a first row says may continue lines that fill their cells."""
    return (
        bool(pairs)
        and full.issuperset({a.column for a, _ in pairs})
        and all(_fit_together(a, cell) for a, cell in pairs)
    )


def _must_continue(above: Sequence[GridCell], pairs: Sequence[tuple[GridCell, GridCell]]) -> bool:
    """Tell whether it cannot be a row of its own.

    It has a label and no number, or numbers and no label, or some number above ends there, or one
    begins with a zero.
    """
    going_on = {a.column for a, _ in pairs}
    numbers = [cell for _, cell in pairs if _is_number(cell)]
    ended = [c for c in above if c.column not in going_on and _is_number(c) and c.raw]
    begun = [cell for cell in numbers if cell.text[0] == "0" and cell.text[1:2].isdigit()]
    return bool(ended or begun) or len(numbers) in {0, len(pairs)}


def _doubted(table: DrawnTable, cells: Sequence[GridCell]) -> DrawnTable:
    doubt = first_doubt([Fault.CUT])
    marked = tuple(
        replace(c, doubt=c.doubt or doubt) if c in cells and _is_number(c) else c
        for c in table.grid.cells
    )
    return replace(table, grid=replace(table.grid, cells=marked))


def _fit_together(upper: GridCell, lower: GridCell) -> bool:
    if _is_number(lower):
        return set(upper.text.replace("\n", "")) <= _SIGNED
    is_item = lower.text[0] in _OPENING or lower.text[1:2] == _ITEM_MARK
    is_label = any(char.isalpha() for char in lower.text)  # and no dash that stands for a number
    return is_label and not is_item and not _is_number(upper)


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
