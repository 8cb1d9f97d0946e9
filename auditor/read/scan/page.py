"""In: a picture of a page. Out: a Page like one of a PDF with a text layer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import cv2

from auditor.model import Bbox, Place, Problem, Wording
from auditor.read.pdf.grids import DrawnTable
from auditor.read.pdf.lattice import Lattice
from auditor.read.pdf.page import Page, Placed, read_page
from auditor.read.pdf.painted import Fault, Frame, Glyph, PageInk
from auditor.read.pdf.tables import find_tables
from auditor.read.pdf.unruled_head import Extent
from auditor.read.scan.cells import PageText, read_texts
from auditor.read.scan.dark import lighten
from auditor.read.scan.engine import Box, Letter, load_engine
from auditor.read.scan.glyphs import to_glyphs
from auditor.read.scan.level import Level, Turned, set_level
from auditor.read.scan.marks import CellKey
from auditor.read.scan.pixels import as_pixels
from auditor.read.scan.readings import CellReading, ReadLine
from auditor.read.scan.ruling import Ruled, find_rules

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Picture

_DPI = (200.0, 320.0)  # pictures are brought between these
_DPI_MIN = 115.0  # of less than that, digits are guessed
_FOUND_DPI = 110.0  # in which lines of text are looked for
_POINTS = 72.0
_USUAL_EM_PT = 10.5
_LINE_MIN_PT = 3.5  # lower ones are dashes
_EM_RATIO = 1.7  # text larger or smaller than usual by more: the resolution is another one
_BOX_EM = 1.6  # height of the box that is found around a line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture of a page and its resolution; its number, for messages and places.

    `scan_dpi`: how fine the scan is, where the picture was drawn from one.
    """

    picture: "Picture"
    dpi: float
    page_no: int
    scan_dpi: float | None = None


def read_sheet(sheet: Sheet, known: tuple[Extent, ...] = ()) -> Page:
    """Read a page from its picture; raises TooComplexError.

    `known`: the columns of the table without rules that the page before may end with.
    """
    engine = load_engine()
    picture, dpi = _resized(sheet.picture, sheet.dpi)
    upright = set_level(picture, engine, _FOUND_DPI / dpi)
    true = _true_dpi(dpi, upright.lines)
    fineness = (sheet.scan_dpi or sheet.dpi) * true / dpi
    if upright.lines and fineness < _DPI_MIN:
        return Page(sheet.page_no, problems=(_too_coarse(sheet.page_no, fineness),))
    if true != dpi:
        picture, true = _resized(picture, true)
        upright = set_level(picture, engine, _FOUND_DPI / true)
    return _read_level(sheet, upright, true, known)


def _resized(picture: "Picture", dpi: float) -> tuple["Picture", float]:
    low, high = _DPI
    wanted = min(max(dpi, low), high)
    if wanted == dpi:
        return picture, dpi
    how = cv2.INTER_CUBIC if wanted > dpi else cv2.INTER_AREA
    ratio = wanted / dpi
    resized = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=how)
    return as_pixels(resized), wanted


def _true_dpi(dpi: float, lines: Sequence[Box]) -> float:
    """Give the resolution by the size of the text: what a file says of it may be wrong."""
    heights = [line.height for line in lines if line.width > line.height / 2]
    if not heights:
        return dpi
    ratio = median(heights) / _BOX_EM / (_USUAL_EM_PT * dpi / _POINTS)
    return dpi if 1 / _EM_RATIO < ratio < _EM_RATIO else dpi * ratio


def _read_level(sheet: Sheet, upright: Level, dpi: float, known: tuple[Extent, ...]) -> Page:
    px_pt = dpi / _POINTS
    ruled = find_rules(lighten(upright.picture, px_pt), px_pt)
    lattices = find_tables(ruled.pieces)
    text = read_texts(upright, ruled, lattices, px_pt, load_engine())
    height, width = upright.picture.shape
    page = read_page(_page_ink(text, ruled, lattices, (width, height), px_pt, sheet.page_no), known)
    shown = _Shown(upright.turned, px_pt, sheet.picture.shape[0] / upright.turned.height, sheet.dpi)
    return replace(
        page,
        blocks=tuple(map(shown.block, page.blocks)),
        is_scan=True,
    )


def _page_ink(  # noqa: PLR0913, PLR0917 - what a page is made of
    text: PageText,
    ruled: Ruled,
    lattices: Sequence[Lattice],
    size: tuple[int, int],
    px_pt: float,
    page_no: int,
) -> PageInk:
    width, height = size[0] / px_pt, size[1] / px_pt
    clip = (0.0, 0.0, width, height)
    cells = _Drawn(px_pt, clip, _usual_em((r for c in text.cells.values() for r in c.lines), px_pt))
    prose = _Drawn(px_pt, clip, _usual_em(text.outside, px_pt))
    glyphs = [
        *(g for key, cell in text.cells.items() for g in cells.cell(cell, _room(lattices, key))),
        *(g for read in text.outside for g in prose.line(read)),
    ]
    return PageInk(
        page_no=page_no,
        width=width,
        height=height,
        to_shown=Frame(1, 0, 0, 1, 0, 0, width, height),
        glyphs=tuple(glyphs),
        pieces=ruled.pieces,
        fills=(),
        is_scan=True,
    )


def _usual_em(lines: Iterable[ReadLine], px_pt: float) -> float:
    """Give the height of most lines, but for dashes."""
    heights = [read.box.height / px_pt for read in lines if read.line]
    high = [height for height in heights if height >= _LINE_MIN_PT]
    return median(high) if high else _USUAL_EM_PT


def _room(lattices: Sequence[Lattice], key: CellKey) -> Bbox:
    lattice = lattices[key[0]]
    return lattice.cell_box(lattice.cells[key[1]])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Sets what was read as glyphs."""

    px_pt: float
    clip: Bbox
    usual_em: float

    def line(self, read: ReadLine) -> list[Glyph]:
        """Give the glyphs of a line outside every table."""
        return to_glyphs(read, self.px_pt, self.clip, usual_em=self.usual_em, in_cell=False)

    def _in_cell(self, read: ReadLine, fault: Fault | None) -> list[Glyph]:
        return to_glyphs(
            read, self.px_pt, self.clip, usual_em=self.usual_em, in_cell=True, fault=fault
        )

    def cell(self, cell: CellReading, room: Bbox) -> Iterator[Glyph]:
        """Give the glyphs of a cell; a mark of doubt where nothing was read of its ink."""
        if not any(read.line for read in cell.lines):
            x0, top, x1, bottom = (round(side * self.px_pt) for side in room)
            middle, half = ((x0 + x1) // 2, (top + bottom) // 2), round(self.usual_em)
            box = Box(middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half)
            yield from self._in_cell(ReadLine(box, (Letter("?", 0.0, 0.5),)), Fault.UNREAD)
            return
        for read in cell.lines:
            for glyph in self._in_cell(read, cell.fault):
                yield _within(glyph, room)


def _within(glyph: Glyph, room: Bbox) -> Glyph:
    """Give the glyph moved into its cell: boxes around lines are wider than their ink."""
    shift = max(room[0] + 0.5 - glyph.x0, 0.0) or min(room[2] - 0.5 - glyph.x1, 0.0)
    if not shift:
        return glyph
    x0, top, x1, bottom = glyph.ink
    ink = (x0 + shift, top, x1 + shift, bottom)
    return glyph._replace(x0=glyph.x0 + shift, x1=glyph.x1 + shift, ink=ink)


# ------------------------------------------------------------------ places


@dataclass(frozen=True, slots=True)
class _Shown:
    """Finds places on the page as it was scanned; `ratio`: its pixels to those of the level one."""

    turned: Turned
    px_pt: float
    ratio: float
    dpi: float

    def block(self, placed: Placed) -> Placed:
        """Give a block with its places on the page as it was scanned."""
        block, place = placed
        if not isinstance(block, DrawnTable):
            return block, self._place(place)
        cells = tuple(replace(cell, place=self._place(cell.place)) for cell in block.grid.cells)
        grid = replace(block.grid, cells=cells, place=self._place(block.grid.place))
        return replace(block, grid=grid), self._place(place)

    def _place(self, place: Place) -> Place:
        assert place.bbox is not None
        x0, top, x1, bottom = (side * self.px_pt for side in place.bbox)
        to_pt = self.ratio * _POINTS / self.dpi
        x0, top, x1, bottom = (
            round(side * to_pt, 2) for side in self.turned.box_back((x0, top, x1, bottom))
        )
        return replace(place, bbox=(x0, top, x1, bottom))


# ------------------------------------------------------------------ problems


def _too_coarse(page_no: int, dpi: float) -> Problem:
    return Problem(
        "picture_too_coarse",
        "error",
        Wording(
            f"第 {page_no} 页图片分辨率过低（约 {dpi:.0f} dpi），没有识别；"
            "请按 200 dpi 以上重新扫描",
            f"page {page_no} has too low a resolution ({dpi:.0f} dpi) to be read;"
            " scan it anew at 200 dpi or more",
        ),
        place=Place(page=page_no),
    )
