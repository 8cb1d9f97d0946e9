"""In: a page's painted pieces. Out: its tables' lattices, without what only looks like one.

Drawn lines decide; sides of filled areas (shading, white boxes behind text) add borders only
where they complete a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.model import Bbox
from auditor.read.pdf.lattice import Lattice, find_lattices, without_slivers
from auditor.read.pdf.painted import Piece
from auditor.read.pdf.ruling import Line, join_pieces

_EDGE_PT = 3.0
_TABLE_CELLS_MIN = 4


def find_tables(pieces: Sequence[Piece]) -> tuple[Lattice, ...]:
    """Give the lattices from top to bottom; raises TooComplexError."""
    across = join_pieces(pieces, horizontal=True)
    down = join_pieces(pieces, horizontal=False)
    drawn = find_lattices([x for x in across if not x.weak], [y for y in down if not y.weak])
    if not any(line.weak for line in (*across, *down)):
        return drawn
    cells = [t.cell_box(c) for t in drawn if len(t.cells) >= _TABLE_CELLS_MIN for c in t.cells]
    tables = find_lattices(
        [x for x in across if not (x.weak and _is_inside(x, cells, horizontal=True))],
        [y for y in down if not (y.weak and _is_inside(y, cells, horizontal=False))],
    )
    visible = [x for x in across if not x.pale], [y for y in down if not y.pale]
    return tuple(
        _without_margins(part, visible[0])
        for table in tables
        for part in _parted_at_text_boxes(table, visible[1])
    )


def _is_inside(line: Line, cells: list[Bbox], *, horizontal: bool) -> bool:
    """Tell whether a side lies within one drawn cell: the ground of a paragraph or of a word."""
    for x0, top, x1, bottom in cells:
        across, along = ((top, bottom), (x0, x1)) if horizontal else ((x0, x1), (top, bottom))
        if (
            across[0] + _EDGE_PT < line.at < across[1] - _EDGE_PT
            and along[0] - _EDGE_PT <= line.start
            and line.end <= along[1] + _EDGE_PT
        ):
            return True
    return False


def _parted_at_text_boxes(table: Lattice, sides: list[Line]) -> Iterator[Lattice]:
    """Give the rows between those that are but one white area with no line to see."""
    rows = len(table.ys) - 1
    boxes = [row for row in range(rows) if _is_text_box(table, row, sides)]
    if not boxes:
        yield table
        return
    for before, after in pairwise([-1, *boxes, rows]):
        if after - before > 1:
            yield _rows_of(table, before + 1, after - 1)


def _is_text_box(table: Lattice, row: int, sides: list[Line]) -> bool:
    across = {table.owner.get((row, column)) for column in range(len(table.xs) - 1)} - {None}
    if len(across) > 1:
        return False
    middle = (table.ys[row] + table.ys[row + 1]) / 2
    left, right = table.xs[0] - _EDGE_PT, table.xs[-1] + _EDGE_PT
    return not any(side.start < middle < side.end and left <= side.at <= right for side in sides)


def _without_margins(table: Lattice, visible: list[Line]) -> Lattice:
    """Take away outer columns that no visible line enters: what lies beside the table."""
    first, last = 0, len(table.xs) - 2
    while first < last and _is_margin(table, first, visible):
        first += 1
    while last > first and _is_margin(table, last, visible):
        last -= 1
    if (first, last) == (0, len(table.xs) - 2):
        return table
    kept = [c for c in table.cells if first <= c.column and c.column + c.column_span <= last + 1]
    cells = [replace(c, column=c.column - first) for c in kept]
    return without_slivers(table.xs[first : last + 2], table.ys, cells)


def _is_margin(table: Lattice, column: int, visible: list[Line]) -> bool:
    middle = (table.xs[column] + table.xs[column + 1]) / 2
    top, bottom = table.ys[0] - _EDGE_PT, table.ys[-1] + _EDGE_PT
    return not any(line.start < middle < line.end and top <= line.at <= bottom for line in visible)


def _rows_of(table: Lattice, first: int, last: int) -> Lattice:
    kept = [c for c in table.cells if first <= c.row and c.row + c.row_span <= last + 1]
    cells = [replace(c, row=c.row - first) for c in kept]
    return without_slivers(table.xs, table.ys[first : last + 2], cells)
