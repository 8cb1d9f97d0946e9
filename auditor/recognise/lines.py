"""In: grids. Out: their lines (one physical row each), with every cell that covers the row."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Grid, GridCell


@dataclass(frozen=True, slots=True)
class Line:
    """A physical row of a grid; `cells` in column order, those merged from above included."""

    grid_ix: int
    row: int
    cells: tuple[GridCell, ...]
    ragged: bool

    @property
    def end_column(self) -> int:
        """The grid column at which the row ends."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def begins(self, cell: GridCell) -> bool:
        """Claim that the cell starts in this line (it is not merged from above)."""
        return cell.row == self.row


def lines_of(grids: Sequence[Grid]) -> tuple[tuple[Line, ...], ...]:
    """Give the lines of each grid, in reading order."""
    return tuple(_grid_lines(grid_ix, grid) for grid_ix, grid in enumerate(grids))


def _grid_lines(grid_ix: int, grid: Grid) -> tuple[Line, ...]:
    rows: list[list[GridCell]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            rows[row].append(cell)
    return tuple(
        Line(grid_ix, row, tuple(sorted(cells, key=lambda c: c.column)), grid.ragged)
        for row, cells in enumerate(rows)
    )


def span(cell: GridCell, axis: int | None) -> tuple[float, float]:
    """Give where a cell begins and ends: across the page (0), down (1), in grid columns (None)."""
    if axis is None or cell.place.bbox is None:
        return cell.column, cell.column + cell.column_span
    return cell.place.bbox[axis], cell.place.bbox[axis + 2]


def middle(cell: GridCell, axis: int | None) -> float:
    """Give the middle of a cell along the axis."""
    return sum(span(cell, axis)) / 2


def cell_at(cells: Sequence[GridCell], point: float, axis: int | None) -> GridCell | None:
    """Give the cell that lies at a point of the axis, if any."""
    spans = ((cell, *span(cell, axis)) for cell in cells)
    return next((cell for cell, low, high in spans if low <= point < high), None)
