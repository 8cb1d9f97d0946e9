"""In: a table's lattice with its runs. Out: the grid, each cell with its text, place and doubt."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median

from auditor.model import Bbox, Grid, GridCell, Place
from auditor.read.normalise import normalise
from auditor.read.pdf.cells import Filled
from auditor.read.pdf.doubts import first_doubt
from auditor.read.pdf.painted import Fault, PageInk
from auditor.read.pdf.reading import CellText, is_number, read_cell
from auditor.read.pdf.squares import LatticeCell

_normalised = lru_cache(maxsize=1024)(normalise)  # most cells of a table say the same

_NUMBERS_MIN = 4  # that show how large a table's numbers are
_MARK_MAX = 2  # digits
_MARK_RATIO = 0.88  # of the usual size


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A grid with what tells whether its last row goes on on the next page.

    `full`: the columns whose last cell ends with a line that fills it.
    """

    grid: Grid
    xs: tuple[float, ...]
    full: frozenset[int]


def place_of(box: Bbox, ink: PageInk) -> Place:
    """Give the place of a box on the page as it is shown."""
    x0, top, x1, bottom = (round(value, 2) for value in ink.to_shown.box(*box))
    return Place(page=ink.page_no, bbox=(x0, top, x1, bottom))


def draw_table(table: Filled, ink: PageInk) -> DrawnTable:
    """Give the table with what its cells say."""
    lattice = table.lattice
    rows = len(lattice.ys) - 1
    widest = _widest_numbers(table)
    texts = {
        ix: read_cell(runs, _cell_box(table, ix), widest.get(_columns(table, ix), 0.0))
        for ix, runs in table.runs.items()
    }
    for ix in _lone_marks(table):
        table.faults[ix].add(Fault.RAISED)
    return DrawnTable(
        Grid(
            cells=tuple(
                _grid_cell(table, ix, cell, texts.get(ix), ink)
                for ix, cell in enumerate(lattice.cells)
            ),
            row_count=rows,
            column_count=len(lattice.xs) - 1,
            place=place_of(lattice.box, ink),
        ),
        lattice.xs,
        frozenset(
            cell.column
            for ix, cell in enumerate(lattice.cells)
            if ix in texts and texts[ix].is_full and cell.row + cell.row_span == rows
        ),
    )


def _columns(table: Filled, ix: int) -> tuple[int, int]:
    cell = table.lattice.cells[ix]
    return cell.column, cell.column_span


def _widest_numbers(table: Filled) -> dict[tuple[int, int], float]:
    """Give the width of the widest number that stands on one line, by column."""
    widest: dict[tuple[int, int], float] = {}
    for ix, runs in table.runs.items():
        width = max((run.x1 - run.x0 for run in runs if is_number(run)), default=0.0)
        key = _columns(table, ix)
        widest[key] = max(width, widest.get(key, 0.0))
    return widest


def _lone_marks(table: Filled) -> list[int]:
    """Give the cells with nothing but a small digit: a note's mark whose number is elsewhere.

    A long number may be set smaller so that it fits its cell.
    """
    numbers = {
        ix: runs for ix, runs in table.runs.items() if runs and all(is_number(r) for r in runs)
    }
    if len(numbers) < _NUMBERS_MIN:
        return []
    usual = median(run.size for runs in numbers.values() for run in runs)
    return [
        ix
        for ix, runs in numbers.items()
        if sum(len(run.glyphs) for run in runs) <= _MARK_MAX
        and max(run.size for run in runs) < _MARK_RATIO * usual
    ]


def _cell_box(table: Filled, ix: int) -> Bbox:
    return table.lattice.cell_box(table.lattice.cells[ix])


def _grid_cell(
    table: Filled, ix: int, cell: LatticeCell, content: CellText | None, ink: PageInk
) -> GridCell:
    faults = set(content.faults if content else ()) | table.faults.get(ix, set())
    if cell.torn:
        faults.add(Fault.BORDERS)
    raw = content.raw if content else ""
    return GridCell(
        row=cell.row,
        column=cell.column,
        text=_normalised(raw),
        raw=raw,
        place=place_of(_cell_box(table, ix), ink),
        row_span=cell.row_span,
        column_span=cell.column_span,
        doubt=first_doubt(faults),
        confidence=_confidence(table, ix) if ink.is_scan else None,
    )


def _confidence(table: Filled, ix: int) -> Decimal:
    """Give how sure the least sure character of a cell is; a blank one is sure."""
    glyphs = (glyph for run in table.runs.get(ix, ()) for glyph in run.glyphs)
    return Decimal(f"{min((glyph.confidence for glyph in glyphs), default=1.0):.3f}")
