"""In: a level page with its rules and lines of text. Out: what each cell says, and the rest."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.pdf.lattice import Lattice
from auditor.read.pdf.painted import Fault
from auditor.read.scan.engine import Box, Engine, text_of
from auditor.read.scan.level import Level
from auditor.read.scan.marks import (
    CellKey,
    InkLine,
    count_crossed,
    count_slashes,
    find_ink_lines,
    innermost_cell,
    is_struck,
)
from auditor.read.scan.pixels import as_pixels
from auditor.read.scan.readings import (
    CellReading,
    ReadLine,
    Shape,
    agree,
    as_read,
    is_number_like,
    settled,
    spell,
)
from auditor.read.scan.ruling import Ruled

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Mask, Picture

_MARGIN = (0.25, 0.35)  # of a line's height, above and beside what is read alone
_WIDER = (0.45, 0.7)  # the same for the third reading
_EDGE_PX = 2
_SLASHES = frozenset("/1丿ノ|Il")  # what a slash is read as
_PAPER_PERCENT = 90
_FRINGE = 0.04  # of a box; a digit that lies in it takes more
_BORDER_PT = 0.9  # half a rule, and the blur beside it
_PART_MIN_PT = 3.0
_PROBE_PT = 4.0
_SOFT = 0.5  # what the page as a whole is not: the second reading is to be another one
_LINE_MIN_PT = 8.0  # what is lower (a dash) is read with the paper around it


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says: by cell of its lattices, and outside them."""

    cells: Mapping[CellKey, CellReading]
    outside: tuple[ReadLine, ...]


def read_texts(
    page: Level, ruled: Ruled, lattices: Sequence[Lattice], px_pt: float, engine: Engine
) -> PageText:
    """Read a page as a whole, then the cells that may hold numbers once more by themselves."""
    rooms = _Rooms(lattices, px_pt)
    parts = [
        (key, box)
        for line in page.lines
        for key, box in rooms.parts(line)
        if not (rooms.is_crossing(key, box) and _is_clear(ruled, box))
    ]
    ink = find_ink_lines(ruled.text, lattices, px_pt)
    seen = _without_underlines(ruled.plain, ink)
    cuts = [seen[b.y0 : b.y1, b.x0 : b.x1] for _, b in parts]
    by_cell: dict[CellKey | None, list[ReadLine]] = defaultdict(list)
    for (key, box), read in zip(parts, engine.read_lines(cuts), strict=True):
        if read.text:
            by_cell[key].append(as_read(box, read) if key else ReadLine(box, read.text))
    outside = by_cell.pop(None, [])
    pale = find_ink_lines(ruled.pale, lattices, px_pt)
    alone = _CellReader(ruled, px_pt, engine)
    unread = {key: CellReading((), 0.0, Fault.UNREAD) for key in pale}
    of_page = {key: _ordered(_apart(lines)) for key, lines in by_cell.items() if key}
    return PageText(unread | alone.read(of_page, ink), tuple(outside))


def _is_clear(ruled: Ruled, box: Box) -> bool:
    """Tell whether a box holds nothing but rules, and their fringes."""
    part = np.s_[box.y0 : box.y1, box.x0 : box.x1]
    inked = np.count_nonzero(ruled.pale[part] | ruled.text[part])
    return bool(inked <= _FRINGE * box.width * box.height)


def _without_underlines(
    picture: "Picture", ink: Mapping[CellKey, tuple[InkLine, ...]]
) -> "Picture":
    """Give the page without the strokes below numbers, which make a Q of a 0."""
    cleaned = picture.copy()
    paper = int(np.percentile(picture, _PAPER_PERCENT))
    for stroke in (stroke for lines in ink.values() for line in lines for stroke in line.under):
        cleaned[stroke.y0 - 1 : stroke.y1 + 2, stroke.x0 - 1 : stroke.x1 + 2] = paper
    return cleaned


@dataclass(frozen=True, slots=True)
class _Rooms:
    """The cells of a page, to part lines of text by."""

    lattices: Sequence[Lattice]
    px_pt: float

    def parts(self, box: Box) -> list[tuple[CellKey | None, Box]]:
        """Give the part of a line of text in each cell that it reaches, or the line outside."""
        inside = [(key, part) for key in self._reached(box) if (part := self._within(box, key))]
        return [*inside] or [(None, box)]

    def is_crossing(self, key: CellKey | None, box: Box) -> bool:
        """Tell whether a box is where rules cross: on them, or in the corner of a cell."""
        if key is None:
            return bool(self._reached(box))
        x0, top, x1, bottom = self._inside(key)
        across = (box.x0 <= x0) is not (box.x1 >= x1)
        return across and ((box.y0 <= top) is not (box.y1 >= bottom))

    def _inside(self, key: CellKey) -> tuple[int, int, int, int]:
        lattice = self.lattices[key[0]]
        x0, top, x1, bottom = (v * self.px_pt for v in lattice.cell_box(lattice.cells[key[1]]))
        inset = _BORDER_PT * self.px_pt
        return round(x0 + inset), round(top + inset), round(x1 - inset), round(bottom - inset)

    def _reached(self, box: Box) -> list[CellKey]:
        """Give the innermost cells at points along and across a line."""
        found: dict[CellKey, None] = {}
        columns = max(2, round(box.width / (_PROBE_PT * self.px_pt)))
        rows = max(1, round(box.height / (_PROBE_PT * self.px_pt)))
        for row in range(rows):
            for column in range(columns):
                x = box.x0 + box.width * (column + 0.5) / columns
                y = box.y0 + box.height * (row + 0.5) / rows
                key = innermost_cell(self.lattices, x / self.px_pt, y / self.px_pt)
                if key:
                    found[key] = None
        return list(found)

    def _within(self, box: Box, key: CellKey) -> Box | None:
        """Give what of a box lies within a cell's borders, if it is enough for a character."""
        x0, top, x1, bottom = self._inside(key)
        part = Box(max(box.x0, x0), max(box.y0, top), min(box.x1, x1), min(box.y1, bottom))
        low = _PART_MIN_PT * self.px_pt
        return part if part.width >= low and part.height >= low else None


def _apart(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Give the lines without those that lie on a larger one: found twice."""
    kept: list[ReadLine] = []
    for read in sorted(lines, key=lambda r: -r.box.width * r.box.height):
        if not any(_overlap(read.box, other.box) for other in kept):
            kept.append(read)
    return kept


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return min(across, down) > 0 and across * down > one.width * one.height / 2


def _ordered(lines: Sequence[ReadLine]) -> tuple[ReadLine, ...]:
    """Give the lines from top to bottom, those of one height from left to right."""
    rows: list[list[ReadLine]] = []
    for read in sorted(lines, key=lambda r: r.box.y0 + r.box.y1):
        middle = (read.box.y0 + read.box.y1) / 2
        if rows and middle < (rows[-1][0].box.y0 + 3 * rows[-1][0].box.y1) / 4:
            rows[-1].append(read)
        else:
            rows.append([read])
    return tuple(read for row in rows for read in sorted(row, key=lambda r: r.box.x0))


@dataclass(frozen=True, slots=True)
class _CellReader:
    """Reads cells by their own ink, on the page without its rules."""

    ruled: Ruled
    px_pt: float
    engine: Engine

    def read(
        self,
        page: Mapping[CellKey, tuple[ReadLine, ...]],
        ink: Mapping[CellKey, tuple[InkLine, ...]],
    ) -> dict[CellKey, CellReading]:
        keys = sorted({*page, *ink})
        asked = [key for key in keys if _asks(spell(page.get(key, ())))]
        own = self._alone(asked, ink, _MARGIN)
        unsettled = [key for key in asked if not settled(page.get(key, ()), own[key])]
        third = self._alone(unsettled, ink, _WIDER)
        return {
            key: self._judged(
                agree(
                    page.get(key, ()),
                    own.get(key, ()),
                    third.get(key, ()),
                    _shape(ink.get(key, ())),
                ),
                ink.get(key, ()),
            )
            for key in keys
        }

    def _alone(
        self,
        keys: Sequence[CellKey],
        ink: Mapping[CellKey, tuple[InkLine, ...]],
        margin: tuple[float, float],
    ) -> dict[CellKey, tuple[ReadLine, ...]]:
        wanted = [(key, line) for key in keys for line in ink.get(key, ())]
        lines = self.engine.read_lines([self._cut_out(line, margin) for _, line in wanted])
        read: dict[CellKey, list[ReadLine]] = {key: [] for key in keys}
        for (key, drawn), line in zip(wanted, lines, strict=True):
            read[key].append(as_read(drawn.box, line))
        return {key: tuple(found) for key, found in read.items()}

    def _cut_out(self, line: InkLine, margin: tuple[float, float]) -> "Picture":
        """Give a line alone, with blank paper around it."""
        box = line.box
        x0, y0 = max(box.x0 - _EDGE_PX, 0), max(box.y0 - _EDGE_PX, 0)
        part = self.ruled.clean[y0 : box.y1 + _EDGE_PX, x0 : box.x1 + _EDGE_PX].copy()
        height = max(part.shape[0], round(_LINE_MIN_PT * self.px_pt))
        above = (height - part.shape[0]) // 2 + round(margin[0] * height)
        beside = round(margin[1] * height)
        paper = int(np.percentile(part, _PAPER_PERCENT))
        for stroke in line.under:
            top, left = max(stroke.y0 - y0 - 1, 0), max(stroke.x0 - x0 - 1, 0)
            part[top : stroke.y1 - y0 + 2, left : stroke.x1 - x0 + 2] = paper
        framed = cv2.copyMakeBorder(
            part, above, above, beside, beside, cv2.BORDER_CONSTANT, value=paper
        )
        return as_pixels(cv2.GaussianBlur(framed, (0, 0), _SOFT))

    def _judged(self, reading: CellReading, ink: Sequence[InkLine]) -> CellReading:
        """Give the reading with what its marks have against it."""
        slashes = sum(count_slashes(self.ruled.text, line) for line in ink)
        if slashes and slashes == sum(len(line.marks) for line in ink) == 1:
            return _as_slash(reading)
        if reading.fault or not any(map(_has_digit, reading.lines)):
            return reading
        return replace(reading, fault=self._fault(reading, ink, slashes))

    def _fault(self, reading: CellReading, ink: Sequence[InkLine], slashes: int) -> Fault | None:
        """Give what the marks of a number show that its reading does not say."""
        letters = [x.char for read in reading.lines for x in read.line]
        if sum(line.raised_count() for line in ink) > letters.count("+"):
            return Fault.RAISED
        if _crossed(self.ruled.text, ink, letters) or any(
            is_struck(self.ruled.text, line) for line in ink
        ):
            return Fault.STRUCK
        has_gap = any(line.has_gap() for line in ink)
        lacks_slash = slashes != letters.count("/")
        return Fault.UNSURE if has_gap or lacks_slash or _lacks_point(reading, ink) else None


def _shape(ink: Sequence[InkLine]) -> Shape:
    return Shape(sum(line.mark_count() for line in ink), any(line.is_dash for line in ink))


def _crossed(text: "Mask", ink: Sequence[InkLine], letters: Sequence[str]) -> int:
    """Count the digits of a cell that are struck out."""
    digits = "".join(char for char in letters if char.isdecimal())
    if len(ink) == 1:
        return count_crossed(text, ink[0], digits)
    return max(sum(count_crossed(text, line, "") for line in ink) - digits.count("4"), 0)


def _asks(text: str) -> bool:
    """Tell whether a cell is worth a second reading."""
    return is_number_like(text) or any(char.isdecimal() for char in text)


def _as_slash(reading: CellReading) -> CellReading:
    """Give the reading of a lone slanted stroke; what was read of it may be a 1, but is none."""
    text = spell(reading.lines)
    if len(text) != 1 or text not in _SLASHES:
        return replace(reading, fault=Fault.UNSURE)
    first = reading.lines[0]
    slash = replace(first, line=(replace(first.line[0], char="/"),))
    return CellReading((slash,), reading.confidence)


def _lacks_point(reading: CellReading, ink: Sequence[InkLine]) -> bool:
    """Tell whether a point was seen between the digits that was not read."""
    marks = sum(not x.char.isalnum() for read in reading.lines for x in read.line)
    return sum(line.point_count() for line in ink) > marks


def _has_digit(read: ReadLine) -> bool:
    return is_number_like(text_of(read.line)) and any(x.char.isdecimal() for x in read.line)
