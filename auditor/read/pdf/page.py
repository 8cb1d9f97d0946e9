"""In: PageInk. Out: a page's paragraphs and grids from top to bottom, and what it hides from us."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from auditor.model import Bbox, Place, Problem
from auditor.read.pdf.cells import Filled, fill_cells
from auditor.read.pdf.doubts import page_problem
from auditor.read.pdf.grids import DrawnTable, draw_table, place_of
from auditor.read.pdf.painted import Fault, Glyph, PageInk, Quarter
from auditor.read.pdf.prose import Passage, find_passages
from auditor.read.pdf.runs import Run, find_runs
from auditor.read.pdf.tables import find_tables
from auditor.read.pdf.turning import turn_ink
from auditor.read.pdf.underlines import without_underlines
from auditor.read.pdf.unruled import find_unruled, has_columns
from auditor.read.pdf.unruled_head import Extent
from auditor.read.pdf.visible import visible_glyphs

_TURNED_MIN = 2  # characters
_PROSE_MIN = 60  # characters; a lone box with so much text is a framed paragraph
_PICTURE_SHARE = 0.5  # of the page
_CAPTION_MAX = 60  # characters that a page of pictures may show and still count as unread
_GARBLED_SHARE = 0.2
_UNSEEN_SHARE = 0.8


Placed = tuple[Passage | DrawnTable, Place]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's blocks, still open for joining with those of the next page."""

    page_no: int
    blocks: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()
    columns: tuple[Extent, ...] = ()  # of its last table without rules
    is_scan: bool = False  # it was read from a picture
    heading: tuple[Run, ...] = ()  # what it ends with, if that may head the next one's rows


@dataclass(frozen=True, slots=True)
class _View:
    """What a page says to someone who holds it that way round."""

    ink: PageInk
    tables: tuple[Filled, ...]
    outside: tuple[Run, ...]
    columns: tuple[Extent, ...]
    is_all: bool
    heading: tuple[Run, ...]


def read_page(ink: PageInk, known: tuple[Extent, ...] = (), heading: tuple[Run, ...] = ()) -> Page:
    """Give the blocks and problems of a page; raises TooComplexError.

    `known`: the columns of the table without rules that the page before may end with; `heading`:
    the text that it ends with.
    """
    seen = replace(ink, glyphs=visible_glyphs(ink))
    problem = _page_problem(seen)
    unseen = problem is not None and problem.code == "invisible_text"
    first = _look(seen, known, heading)
    others = [_look(turn_ink(seen, way)) for way in _other_ways(first)]
    views = [_upright_part(view, is_only=not others) for view in (first, *others)]
    problems = [problem] if problem else []
    if not all(view.is_all for view in views):
        problems.append(page_problem("table_not_read", ink.page_no))
    return Page(
        ink.page_no,
        tuple(_in_order(views, unseen=unseen)),
        tuple(problems),
        first.columns,
        heading=first.heading,
    )


def _look(ink: PageInk, known: tuple[Extent, ...] = (), heading: tuple[Run, ...] = ()) -> _View:
    runs = find_runs(ink.glyphs)
    lattices = find_tables(without_underlines(ink.pieces, runs))
    tables, outside = _without_frames(*fill_cells(lattices, runs))
    found = find_unruled(outside, known, heading)
    every = (*tables, *found.tables)
    return _View(ink, every, found.outside, found.columns, found.is_all, found.heading)


def _other_ways(view: _View) -> list[Quarter]:
    """Give the ways in which text runs that is in no cell of an upright table."""
    runs = [*view.outside, *(r for t in view.tables if _is_turned(t) for r in _runs_of(t))]
    lengths: Counter[Quarter] = Counter()
    for run in runs:
        if run.quarter is not None and run.quarter is not Quarter.RIGHT:
            lengths[run.quarter] += len(run.glyphs)
    return [quarter for quarter, length in lengths.items() if length >= _TURNED_MIN]


def _runs_of(table: Filled) -> list[Run]:
    return [run for runs in table.runs.values() for run in runs]


def _is_turned(table: Filled) -> bool:
    """Tell whether all that a table says is turned, in several cells: it is a table lying here."""
    filled = [runs for runs in table.runs.values() if runs]
    return len(filled) > 1 and all(run.quarter is not Quarter.RIGHT for run in _runs_of(table))


def _upright_part(view: _View, *, is_only: bool) -> _View:
    """Give the view without the tables that another one sees upright."""
    if is_only:
        return view
    tables = tuple(
        table
        for table in view.tables
        if any(run.quarter is Quarter.RIGHT for run in _runs_of(table)) or not any(_runs_of(table))
    )
    return replace(view, tables=tables)


def _in_order(views: Sequence[_View], *, unseen: bool) -> list[Placed]:
    """Give the blocks from top to bottom, those of a view that lies on its side together."""
    ordered: list[tuple[float, Placed]] = []
    for view in views:
        blocks = _blocks(view, unseen=unseen)
        tops = [place.bbox[1] for _, place in blocks if place.bbox]
        lies = len(views) > 1 and view.ink.to_shown.b != 0
        ordered += zip([min(tops)] * len(tops) if lies else tops, blocks, strict=True)
    return [
        block for _, block in (sorted(ordered, key=itemgetter(0)) if len(views) > 1 else ordered)
    ]


def _blocks(view: _View, *, unseen: bool) -> list[Placed]:
    ink, boxes = view.ink, [table.lattice.box for table in view.tables]
    prose = [run for run in view.outside if not run.faults]
    marred = (
        glyph
        for run in view.outside
        if run.faults
        for glyph in run.glyphs
        if _is_prose(glyph, unseen=unseen)
    )
    prose.extend(find_runs(marred))
    drawn = [(table.lattice.box[1], draw_table(table, ink)) for table in view.tables]
    said = [(p.box[1], p) for p in find_passages(prose, boxes, ink.height)]
    blocks: list[tuple[float, Passage | DrawnTable]] = [*drawn, *said]
    return [
        (block, block.grid.place if isinstance(block, DrawnTable) else place_of(block.box, ink))
        for _, block in sorted(blocks, key=itemgetter(0))
    ]


def _is_prose(glyph: Glyph, *, unseen: bool) -> bool:
    return glyph.fault in {None, Fault.UNMAPPED} or (unseen and glyph.fault is Fault.INVISIBLE)


def _page_problem(ink: PageInk) -> Problem | None:
    shown = [glyph for glyph in ink.glyphs if not glyph.char.isspace()]
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
    """Tell whether a table of one column is only a frame: around prose or around other tables.

    So are lines below rows of numbers, with none between their columns.
    """
    if len(table.lattice.xs) > 2:
        return False
    if any(t is not table and _holds(table.lattice.box, t.lattice.box) for t in tables):
        return True
    if any(has_columns(runs) for runs in table.runs.values()):
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
