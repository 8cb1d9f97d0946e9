"""In: a page's ink without rules, and its lattices. Out: the lines of marks in every cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.pdf.lattice import Lattice
from auditor.read.scan.engine import Box

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Mask

_SPECK_PT = 0.7  # smaller ones are dust
_HIGH_PT, _WIDE_PT = 2.2, 1.7  # as high, or as wide: a mark that says something
_REST_PT = 0.8  # thinner, and as near to a border: what is left of the border
_NEAR_PT = 2.0
_DASH_PT, _DASH_LONGEST_PT, _DASH_RATIO = 1.5, 26.0, 2.2
_OFF_PT = 2.5  # from its cell's borders: a dash, and no bit of a border
_SAME_LINE = 0.5  # of the lower one's height
_STROKE, _ABOVE = 0.4, 0.25  # of a line's height: the upper stroke of 元 or 5, and its distance
_COMMA = 0.45  # of a line's height
_BESIDE = 0.6  # of the line's height, for points and commas
_RAISED_SIZE = (0.35, 0.92)  # of the line's height
_FOOT = 0.3  # of the line's height: so low stands a point
_RAISED_FOOT = 0.15
_SLANT, _STRAIGHT = -0.18, 0.85  # of a slash: to the left by its height; how well on a line
_STRIKE = 1.3  # of the line's height: no stroke of a digit is so wide
_STRUCK = 0.85  # of the line's width: two digits may touch each other
_THIN_PT = 2.0  # no higher than this, a mark below a line underlines it
_UNDER_PT = 4.0  # and as near
_STROKES = (0.1, 0.64)  # of the line's height: there it strikes out; lower, 4s join their strokes
_AMID = (0.3, 0.64)  # of a digit's height: none but a 4 has a stroke across there
_CLOSED = 0.96  # of its width
_BELLIED = frozenset("5689")  # a heavy face closes them there from side to side
_STROKE_END = 0.24  # of a digit's height
_FLOOR = 0.8  # of a line's height: an underline is lower
_BROAD = 0.45  # of its height: a 1 is narrower
_GAP = 0.8  # of the line's height: as wide as this, a gap parts two numbers
_GAP_AT_POINT = 2.3  # the same where a point stands in it, which may be as wide as a character
CellKey = tuple[int, int]
"""A lattice and a cell in it, by index."""


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of marks in a cell, the small ones beside them, and the strokes that underline it.

    `is_dash`: it is but a stroke across, amid its cell, whatever it is read as.
    """

    box: Box
    marks: tuple[Box, ...]
    points: tuple[Box, ...]
    under: tuple[Box, ...] = ()
    is_dash: bool = False

    def point_count(self) -> int:
        """Count the small marks at the foot between others: decimal points, commas."""
        foot = max(mark.y1 for mark in self.marks)
        height = max(mark.height for mark in self.marks)
        first, last = min(m.x1 for m in self.marks), max(m.x0 for m in self.marks)
        return sum(
            first <= point.x0 and point.x1 <= last and foot - point.y0 <= _FOOT * height
            for point in self.points
            if point.y1 <= foot + _FOOT * height
            and not self.is_piece(point)
            and all(point.x1 <= mark.x0 or mark.x1 <= point.x0 for mark in self.marks)
        )

    def mark_count(self) -> int:
        """Count the marks, small ones too, but for the pieces of others."""
        return sum(not self.is_piece(mark) for mark in (*self.marks, *self.points))

    def raised_count(self) -> int:
        """Count the small marks above the foot of the others: of a note, or a plus sign."""
        height = max(mark.height for mark in self.marks)
        foot = max(mark.y1 for mark in self.marks)
        low, high = _RAISED_SIZE
        return sum(
            low * height <= mark.height <= high * height
            and mark.width <= mark.height
            and foot - mark.y1 >= _RAISED_FOOT * height
            and not self.is_piece(mark)
            for mark in self.marks
        )

    def is_piece(self, mark: Box) -> bool:
        """Tell whether a mark stands above or below another one: a digit that came apart."""
        return any(
            min(mark.x1, other.x1) - max(mark.x0, other.x0) > mark.width / 2
            for other in (*self.marks, *self.points)
            if other is not mark
        )

    def has_gap(self) -> bool:
        """Tell whether marks stand so far apart that they are no one number."""
        height = max(mark.height for mark in self.marks)
        foot = max(mark.y1 for mark in self.marks)
        low = [m for m in self.marks if m.height < _COMMA * height and m.y1 > foot - _FOOT * height]
        points = [*low, *self.points]
        ordered = sorted((mark for mark in self.marks if mark not in low), key=lambda m: m.x0)
        reach = ordered[0].x1
        for mark in ordered[1:]:
            has_point = any(reach <= point.x0 and point.x1 <= mark.x0 for point in points)
            if mark.x0 - reach > (_GAP_AT_POINT if has_point else _GAP) * height:
                return True
            reach = max(reach, mark.x1)
        return False


def innermost_cell(lattices: Sequence[Lattice], x: float, y: float) -> CellKey | None:
    """Give the cell around a point (pt) in the smallest table that has one."""
    found = [
        (_area(lattice), ix, cell)
        for ix, lattice in enumerate(lattices)
        if (cell := lattice.cell_at(x, y)) is not None
    ]
    return min(found)[1:] if found else None


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def find_ink_lines(
    text: "Mask", lattices: Sequence[Lattice], px_pt: float
) -> dict[CellKey, tuple[InkLine, ...]]:
    """Give the lines of marks by cell; a cell without any is blank."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(text)
    marks: dict[CellKey, list[Box]] = defaultdict(list)
    for x, y, width, height, _area_px in stats[1:].tolist():
        mark = Box(x, y, x + width, y + height)
        if max(width, height) < _SPECK_PT * px_pt:
            continue
        middle = (x + width / 2) / px_pt, (y + height / 2) / px_pt
        key = innermost_cell(lattices, *middle)
        if key and not _is_rest(mark, lattices[key[0]], key[1], px_pt):
            marks[key].append(mark)
    lines = {key: drawn for key, found in marks.items() if (drawn := _lines(found, px_pt))}
    return {
        key: (replace(drawn[0], is_dash=True),)
        if _is_dash(drawn, lattices[key[0]], key[1], px_pt)
        else drawn
        for key, drawn in lines.items()
    }


def _is_dash(drawn: Sequence[InkLine], lattice: Lattice, cell: int, px_pt: float) -> bool:
    """Tell whether all the ink of a cell is a stroke across, away from its borders."""
    mark, *others = (mark for line in drawn for mark in (*line.marks, *line.points))
    if others or mark.height > _DASH_PT * px_pt or mark.width < _DASH_RATIO * mark.height:
        return False
    x0, top, x1, bottom = (side * px_pt for side in lattice.cell_box(lattice.cells[cell]))
    near = _OFF_PT * px_pt
    return (
        min(mark.y0 - top, bottom - mark.y1, mark.x0 - x0, x1 - mark.x1) >= near
        and mark.width <= _DASH_LONGEST_PT * px_pt
    )


def _is_rest(mark: Box, lattice: Lattice, cell: int, px_pt: float) -> bool:
    """Tell whether a mark is but the fringe of a rule."""
    if min(mark.width, mark.height) > _REST_PT * px_pt:
        return False
    x0, top, x1, bottom = (side * px_pt for side in lattice.cell_box(lattice.cells[cell]))
    near = _NEAR_PT * px_pt
    if mark.width < mark.height:
        return mark.x0 - x0 < near or x1 - mark.x1 < near
    return mark.y0 - top < near or bottom - mark.y1 < near


def _lines(marks: list[Box], px_pt: float) -> tuple[InkLine, ...]:
    large = [m for m in marks if m.height >= _HIGH_PT * px_pt or m.width >= _WIDE_PT * px_pt]
    groups: list[list[Box]] = []
    for mark in sorted(large, key=lambda m: -m.height):  # a character may be of several marks
        home = next((group for group in groups if _share_line(group, mark)), None)
        if home is None:
            groups.append([mark])
        else:
            home.append(mark)
    groups.sort(key=lambda group: _around(group).y0)
    highest = max((mark.height for mark in large), default=0)
    commas = [group for group in groups if _are_commas(group, highest)]
    groups = [group for group in groups if group not in commas]
    small = [m for m in marks if m not in large] + [m for group in commas for m in group]
    under = [group for group in groups if _underlines(group, groups, px_pt)]
    strokes = tuple(stroke for group in under for stroke in group)
    return tuple(
        replace(_line(group, small), under=strokes) for group in groups if group not in under
    )


def _are_commas(line: list[Box], highest: int) -> bool:
    """Tell whether marks that overlap no line are but commas, which reach below theirs."""
    return all(max(mark.height, mark.width) < _COMMA * highest for mark in line)


def _underlines(line: list[Box], lines: Sequence[list[Box]], px_pt: float) -> bool:
    """Tell whether a line of marks is but a stroke below another one."""
    own = _around(line)
    if own.height > _THIN_PT * px_pt:
        return False
    others = (_around(other) for other in lines if other is not line)
    return any(
        0 <= own.y0 - box.y1 + 1 <= _UNDER_PT * px_pt
        and min(own.x1, box.x1) - max(own.x0, box.x0) > box.width / 2
        for box in others
    )


def _share_line(line: list[Box], mark: Box) -> bool:
    top, bottom = min(m.y0 for m in line), max(m.y1 for m in line)
    shared = min(bottom, mark.y1) - max(top, mark.y0)
    if shared >= _SAME_LINE * min(bottom - top, mark.height):
        return True
    is_stroke = mark.height < _STROKE * (bottom - top) and mark.width <= bottom - top
    return is_stroke and mark.y0 <= top and top - mark.y1 <= _ABOVE * (bottom - top)


def _line(large: list[Box], small: Iterable[Box]) -> InkLine:
    box = _around(large)
    reach = round(_BESIDE * box.height)
    points = [
        mark
        for mark in small
        if mark.y0 >= box.y0 - reach / 2
        and mark.y1 <= box.y1 + reach / 2
        and mark.x0 >= box.x0 - reach
        and mark.x1 <= box.x1 + reach
    ]
    return InkLine(_around([*large, *points]), tuple(large), tuple(points))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


def count_slashes(text: "Mask", line: InkLine) -> int:
    """Count the marks that are slanted strokes: a slash is easily read as a 1."""
    return sum(_is_slash(text, mark) and not line.is_piece(mark) for mark in line.marks)


def _is_slash(text: "Mask", mark: Box) -> bool:
    if mark.height < mark.width:
        return False
    down, across = np.nonzero(text[mark.y0 : mark.y1, mark.x0 : mark.x1])
    if len(np.unique(across)) < 2:
        return False
    (spread, both), (_, width) = np.cov(down, across)
    slant, straight = both / spread, both / np.sqrt(spread * width)
    return bool(slant < _SLANT and straight < -_STRAIGHT)


def is_struck(text: "Mask", line: InkLine) -> bool:
    """Tell whether a stroke runs through a line that is longer than any of a digit."""
    box = _above_underline(text, line.box)
    needed = max(_STRIKE * box.height, _STRUCK * box.width)
    return box.width >= needed and _run_in(text, box, _STROKES) >= needed


def _above_underline(text: "Mask", box: Box) -> Box:
    """Give the box without a stroke at its foot that touches what it underlines."""
    rows = text[box.y0 : box.y1, box.x0 : box.x1] > 0
    foot = box.height
    while foot > _FLOOR * box.height and _longest_run(rows[foot - 1]) >= _STRUCK * box.width:
        foot -= 1
    return replace(box, y1=box.y0 + foot)


def count_crossed(text: "Mask", line: InkLine, read: str) -> int:
    """Count the digits that a stroke crosses from side to side, but for those that have one.

    `read`: the digits, as far as they were read.
    """
    digits = [m for m in line.marks if m.height >= _STRUCK * line.box.height]
    crossed = [
        digit
        for digit in digits
        if digit.width >= _BROAD * digit.height
        and _run_in(text, digit, _AMID) >= _CLOSED * digit.width
    ]
    if len(digits) != len(read):
        joined = [m for m in digits if m not in crossed and _has_bar(text, m)]
        return max(len(crossed) + len(joined) - read.count("4"), 0)
    said = dict(zip(sorted(digits, key=lambda m: m.x0), read, strict=True))
    return sum(
        said[digit] != "4" and (said[digit] not in _BELLIED or _sticks_out(text, digit))
        for digit in crossed
    )


def _has_bar(text: "Mask", mark: Box) -> bool:
    """Tell whether a stroke runs through digits that touch, longer than any of one digit."""
    return mark.width > mark.height and _run_in(text, mark, _AMID) >= _STRUCK * mark.height


def _sticks_out(text: "Mask", digit: Box) -> bool:
    """Tell whether a side of a digit is but the end of a stroke: its own sides are round."""
    inked = text[digit.y0 : digit.y1, digit.x0 : digit.x1] > 0
    return bool(min(inked[:, 0].sum(), inked[:, -1].sum()) <= _STROKE_END * digit.height)


def _run_in(text: "Mask", box: Box, part: tuple[float, float]) -> int:
    """Give the longest run of ink across a part of a box's height."""
    top, bottom = (round(box.y0 + box.height * at) for at in part)
    rows = text[top:bottom, box.x0 : box.x1] > 0
    return max((_longest_run(row) for row in rows), default=0)


def _longest_run(row: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
    ends = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return int((ends[1::2] - ends[::2]).max(initial=0))
