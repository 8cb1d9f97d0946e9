"""In: PageInk. Out: a page's paragraphs and grids from top to bottom, and what it hides from us."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.model import Bbox, Grid, GridCell, Place, Problem
from auditor.read.normalise import normalise
from auditor.read.pdf.cells import Filled, fill_cells
from auditor.read.pdf.doubts import first_doubt, page_problem
from auditor.read.pdf.painted import Fault, Glyph, PageInk
from auditor.read.pdf.prose import Passage, find_passages
from auditor.read.pdf.reading import CellText, is_number, read_cell
from auditor.read.pdf.runs import Run, find_runs
from auditor.read.pdf.squares import LatticeCell
from auditor.read.pdf.tables import find_tables
from auditor.read.pdf.underlines import without_underlines
from auditor.read.pdf.visible import visible_glyphs

_normalised = lru_cache(maxsize=1024)(normalise)  # most cells of a table say the same

_PROSE_MIN = 60  # characters; a lone box with so much text is a framed paragraph
_PICTURE_SHARE = 0.5  # of the page
_CAPTION_MAX = 60  # characters that a page of pictures may show and still count as unread
_GARBLED_SHARE = 0.2
_UNSEEN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A grid with what tells whether its last row goes on on the next page.

    `full`: the columns whose last cell ends with a line that fills it.
    """

    grid: Grid
    xs: tuple[float, ...]
    full: frozenset[int]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's blocks, still open for joining with those of the next page."""

    page_no: int
    height: float
    blocks: tuple[tuple[Passage | DrawnTable, Place], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_page(ink: PageInk) -> Page:
    """Give the blocks and problems of a page; raises TooComplexError."""
    glyphs = visible_glyphs(ink)
    runs = find_runs(glyphs)
    tables, outside = _without_frames(
        *fill_cells(find_tables(without_underlines(ink.pieces, runs)), runs)
    )
    problem = _page_problem(ink, glyphs)
    unseen = problem is not None and problem.code == "invisible_text"
    prose = [r for r in outside if not r.faults]
    marred = (g for r in outside if r.faults for g in r.glyphs if _is_prose(g, unseen=unseen))
    prose.extend(find_runs(marred))
    blocks: list[tuple[float, Passage | DrawnTable]] = [
        *((table.lattice.box[1], _drawn_table(table, ink)) for table in tables),
        *((p.box[1], p) for p in find_passages(prose, [t.lattice.box for t in tables])),
    ]
    return Page(
        ink.page_no,
        ink.height,
        tuple(
            (block, block.grid.place if isinstance(block, DrawnTable) else _place(block.box, ink))
            for _, block in sorted(blocks, key=lambda block: block[0])
        ),
        (problem,) if problem else (),
    )


def _is_prose(glyph: Glyph, *, unseen: bool) -> bool:
    return glyph.fault in {None, Fault.UNMAPPED} or (unseen and glyph.fault is Fault.INVISIBLE)


def _page_problem(ink: PageInk, glyphs: Sequence[Glyph]) -> Problem | None:
    shown = [glyph for glyph in glyphs if not glyph.char.isspace()]
    pictures = [fill.box for fill in ink.fills if fill.colour is None]
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in pictures)
    is_picture = covered >= _PICTURE_SHARE * ink.width * ink.height
    if not shown:
        return page_problem("page_without_text", ink.page_no) if ink.fills or ink.pieces else None
    unseen = sum(not glyph.painted for glyph in shown)
    if unseen >= _UNSEEN_SHARE * len(shown):
        return page_problem("invisible_text", ink.page_no)
    if is_picture and len(shown) - unseen < _CAPTION_MAX:
        return page_problem("page_is_picture", ink.page_no)
    if sum(g.fault is Fault.UNMAPPED for g in shown) > _GARBLED_SHARE * len(shown):
        return page_problem("garbled_text", ink.page_no)
    return None


def _without_frames(
    tables: Sequence[Filled], outside: Sequence[Run]
) -> tuple[list[Filled], list[Run]]:
    """Give the tables that are no mere frames, and the text in frames with that outside."""
    framed = [table for table in tables if _is_frame(table, tables)]
    freed = [run for table in framed for runs in table.runs.values() for run in runs]
    return [table for table in tables if table not in framed], [*outside, *freed]


def _is_frame(table: Filled, tables: Sequence[Filled]) -> bool:
    """Tell whether a table of one column is only a frame: around prose or around other tables."""
    if len(table.lattice.xs) > 2:
        return False
    if any(t is not table and _holds(table.lattice.box, t.lattice.box) for t in tables):
        return True
    texts = ["".join(run.text for run in runs) for runs in table.runs.values()]
    return not texts or any(len(text) >= _PROSE_MIN or "。" in text for text in texts)


def _holds(outer: Bbox, inner: Bbox) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _place(box: Bbox, ink: PageInk) -> Place:
    x0, top, x1, bottom = (round(value, 2) for value in ink.to_shown.box(*box))
    return Place(page=ink.page_no, bbox=(x0, top, x1, bottom))


def _drawn_table(table: Filled, ink: PageInk) -> DrawnTable:
    lattice = table.lattice
    rows = len(lattice.ys) - 1
    widest = _widest_numbers(table)
    texts = {
        ix: read_cell(runs, _cell_box(table, ix), widest.get(_columns(table, ix), 0.0))
        for ix, runs in table.runs.items()
    }
    return DrawnTable(
        Grid(
            cells=tuple(
                _grid_cell(table, ix, cell, texts.get(ix), ink)
                for ix, cell in enumerate(lattice.cells)
            ),
            row_count=rows,
            column_count=len(lattice.xs) - 1,
            place=_place(lattice.box, ink),
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
        place=_place(_cell_box(table, ix), ink),
        row_span=cell.row_span,
        column_span=cell.column_span,
        doubt=first_doubt(faults),
    )
