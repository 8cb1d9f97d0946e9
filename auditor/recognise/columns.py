"""In: a header and a line below it, maybe pages later. Out: the line's cell under each column."""

from itertools import pairwise

from auditor.model import GridCell
from auditor.recognise.headers import Header
from auditor.recognise.lines import Line, cell_at, middle, span


def cells_under(line: Line, header: Header) -> tuple[GridCell | None, ...]:
    """Give the cell of a line under the middle of each header cell; one may serve two columns.

    Columns are compared by their distance from the table's edge, else by their number in the grid;
    in another grid they are counted from its end, since a part of a table may lack label columns.
    Columns whose header was not recognised take the cells left over, where the counts agree
    and the cells stand in the order of the form.
    """
    axis = _axis(line, header)
    found = [
        cell_at(line.cells, _point(head, line, header, axis), axis) if head else None
        for head in header.cells
    ]
    missing = [ix for ix, head in enumerate(header.cells) if head is None]
    chosen = [cell for cell in found if cell]
    if not chosen or not missing:
        return tuple(found)
    start = min(line.cells.index(cell) for cell in chosen)
    left_over = [cell for cell in line.cells[start:] if cell not in chosen]
    filled = dict(zip(missing, left_over, strict=False))
    whole = tuple(filled.get(ix, cell) for ix, cell in enumerate(found))
    order = [line.cells.index(cell) for cell in whole if cell]
    return whole if len(left_over) == len(missing) and order == sorted(order) else tuple(found)


def _axis(line: Line, header: Header) -> int | None:
    """Tell along which axis of the page the columns follow each other: 0 across, 1 down.

    None where the source has no pages, or where one cell of the same grid cannot tell.
    """
    heads = header.line.cells
    if any(cell.place.bbox is None for cell in (*heads, *line.cells)):
        return None
    if len(heads) == 1:
        return None if line.grid_ix == header.grid_ix else 0
    return next((axis for axis in (0, 1) if _are_apart(heads, axis)), None)


def _point(cell: GridCell, line: Line, header: Header, axis: int | None) -> float:
    """Give where in a line the value below a header cell stands."""
    if axis is not None:
        return middle(cell, axis) + _start(line, axis) - _start(header.line, axis)
    if line.grid_ix == header.grid_ix:
        return middle(cell, axis)
    # its last column: a part of a table need not have all columns that the header spans
    last = cell.column + cell.column_span - 0.5
    return last + line.end_column - header.line.end_column


def _start(line: Line, axis: int) -> float:
    return min((span(cell, axis)[0] for cell in line.cells), default=0.0)


def _are_apart(cells: tuple[GridCell, ...], axis: int) -> bool:
    spans = sorted(span(cell, axis) for cell in cells)
    return all(later[0] > sum(earlier) / 2 for earlier, later in pairwise(spans))
