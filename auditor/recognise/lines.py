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
