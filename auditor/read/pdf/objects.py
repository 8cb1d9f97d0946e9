"""In: a page of pdfium. Out: its painted lines and areas, and how its text objects are clipped.

Form XObjects are entered with their matrices; what a clip or the crop box hides is cut off.
"""

from collections.abc import Callable, Iterator
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from auditor.model import Bbox
from auditor.read.pdf import pdfium
from auditor.read.pdf.painted import Colour, Fill, Frame, Piece

Affine = tuple[float, float, float, float, float, float]
"""As a PDF writes it: x' = a x + c y + e, y' = b x + d y + f."""
Point = tuple[float, float]

RULE_MAX_PT = 3.2  # a filled area thinner than this is a rule; the thickest borders seen are 3 pt
_STROKE_MAX_PT = 6.0  # a stroke thicker than this paints an area
_STRAIGHT_PT = 0.7  # what a drawn line may lean and still be horizontal or vertical
_DOT_SEGMENTS = 6  # of a path that is but one rectangle: dotted borders have thousands
_DEPTH_MAX = 12
_OBJECTS_MAX = 60_000  # a page of dotted tables has 20,000
_SEGMENTS_MAX = 400_000
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_*; 4 is a shading
_BEZIER, _MOVE = 1, 2  # FPDF_SEGMENT_*


class TooComplexError(Exception):
    """The page paints more than any table does; reading on would only burn time."""


class TextMark(NamedTuple):
    """Where a text object stands in the order of painting, and what it is clipped to.

    `form`: the matrix of the forms that it is in; None: it is the page's own.
    """

    order: int
    clip: Bbox | None
    form: Affine | None = None


@dataclass(slots=True)
class Painted:
    """What the walk over a page's objects has found so far."""

    frame: Frame
    pieces: list[Piece] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    texts: dict[int, TextMark] = field(default_factory=dict)
    objects: int = 0
    segments: int = 0


@dataclass(frozen=True, slots=True)
class _Subpath:
    points: tuple[Point, ...]
    curved: bool
    closed: bool

    def box(self) -> Bbox:
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return (min(xs), min(ys), max(xs), max(ys))

    def sides(self, *, close: bool) -> Iterator[tuple[Point, Point]]:
        yield from zip(self.points, self.points[1:], strict=False)
        if close and len(self.points) > 2:
            yield self.points[-1], self.points[0]


_floats = pdfium.Numbers(c_float, 6)
_ints = pdfium.Numbers(c_int, 2)
_colours = pdfium.Numbers(c_uint, 4)


class _Scope(NamedTuple):
    """Where objects are painted: their matrix to upright coordinates, the clip, how deep."""

    to: Affine
    clip: Bbox
    depth: int
    form: Affine | None = None  # to the page's own coordinates


class _Pen(NamedTuple):
    """How a line is painted; `weak`: it is but the side of a filled area."""

    width: float
    colour: Colour
    clip: Bbox
    weak: bool


def walk_page(page: int, frame: Frame) -> Painted:
    """Give everything but the characters that the page paints; raises TooComplexError."""
    painted = Painted(frame)
    upright: Affine = (frame.a, frame.c, frame.b, frame.d, frame.e, frame.f)
    scope = _Scope(upright, (0.0, 0.0, frame.width, frame.height), 0)
    _walk(painted, pdfium.page_object_count(page), partial(pdfium.page_object, page), scope)
    return painted


def _walk(painted: Painted, count: int, get: Callable[[int], int], scope: _Scope) -> None:
    if painted.objects + count > _OBJECTS_MAX or scope.depth > _DEPTH_MAX:
        raise TooComplexError
    to, visible, _, form = scope
    for ix in range(count):
        painted.objects += 1
        handle = get(ix)
        path = pdfium.clip_path(handle)
        count_clips = pdfium.clip_path_count(path)
        clip = visible if count_clips <= 0 else _clipped(path, count_clips, to, visible)
        kind = pdfium.object_type(handle)
        if kind == _TEXT:
            painted.texts[handle] = TextMark(painted.objects, clip, form)
        elif kind == _PATH and clip:
            _add_path(painted, handle, to, clip)
        elif kind == _IMAGE and clip:
            _add_picture(painted, handle, to, clip)
        elif kind == _FORM and clip:
            own = _matrix(handle)
            to_page = _compose(own, form) if form else own
            inner = _Scope(_compose(own, to), clip, scope.depth + 1, to_page)
            count_inside = pdfium.form_object_count(handle)
            _walk(painted, count_inside, partial(pdfium.form_object, handle), inner)


def _clipped(path: int, count: int, to: Affine, clip: Bbox) -> Bbox | None:
    """Give what a clip path leaves of the clip; None: nothing."""
    left: Bbox | None = clip
    for ix in range(count):
        points = [
            _point(pdfium.clip_segment(path, ix, at), to)
            for at in range(pdfium.clip_segment_count(path, ix))
        ]
        if points and left:
            left = _intersect(left, _Subpath(tuple(points), curved=False, closed=True).box())
    return left


def _intersect(one: Bbox, other: Bbox) -> Bbox | None:
    x0, top = max(one[0], other[0]), max(one[1], other[1])
    x1, bottom = min(one[2], other[2]), min(one[3], other[3])
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None


def _add_picture(painted: Painted, handle: int, to: Affine, clip: Bbox) -> None:
    a, b, c, d, e, f = _compose(_matrix(handle), to)
    corners = ((e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d))
    box = _intersect(clip, _Subpath(corners, curved=False, closed=True).box())
    if box is None:
        return
    if min(box[2] - box[0], box[3] - box[1]) <= RULE_MAX_PT:
        _add_thin(painted, box, (0, 0, 0, 255))  # some producers paint rules as pictures
    else:
        painted.fills.append(Fill(box, None, painted.objects, opaque=False))


def _add_path(painted: Painted, handle: int, to: Affine, clip: Bbox) -> None:
    pdfium.draw_mode(handle, *_ints.at)
    fill_mode, stroked = _ints.read()
    if not fill_mode and not stroked:
        return
    if fill_mode and not stroked and pdfium.segment_count(handle) <= _DOT_SEGMENTS:
        dot = _intersect(clip, bounds(handle, to))
        if dot and min(dot[2] - dot[0], dot[3] - dot[1]) <= RULE_MAX_PT:
            _add_thin(painted, dot, _colour(pdfium.fill_colour, handle))
            return
    matrix = _compose(_matrix(handle), to)
    subpaths = _subpaths(painted, handle, matrix)
    if fill_mode:
        colour = _colour(pdfium.fill_colour, handle)
        opaque = not pdfium.object_is_transparent(handle)
        for subpath in subpaths:
            _add_area(painted, subpath, colour, clip, opaque=opaque and colour[3] > 250)
    if stroked:
        _add_strokes(painted, subpaths, handle, matrix, clip)


def bounds(handle: int, to: Affine) -> Bbox:
    """Give the box of what an object paints."""
    pdfium.object_bounds(handle, *_floats.at[:4])
    x0, y0, x1, y1, _, _ = _floats.read()
    return turn_box((x0, y0, x1, y1), to)


def turn_box(box: Bbox, to: Affine) -> Bbox:
    """Give a box under a matrix that keeps what lies across and upright so."""
    corners = [apply(to, x, y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    return _Subpath((corners[0], corners[1]), curved=False, closed=True).box()


def apply(to: Affine, x: float, y: float) -> Point:
    """Give a point under a matrix."""
    return to[0] * x + to[2] * y + to[4], to[1] * x + to[3] * y + to[5]


def _subpaths(painted: Painted, handle: int, matrix: Affine) -> list[_Subpath]:
    count = pdfium.segment_count(handle)
    painted.segments += count
    if painted.segments > _SEGMENTS_MAX:
        raise TooComplexError
    found: list[_Subpath] = []
    points: list[Point] = []
    curved = closed = False
    for ix in range(count):
        part = pdfium.segment(handle, ix)
        kind = pdfium.segment_type(part)
        if kind == _MOVE:
            if len(points) > 1:
                found.append(_Subpath(tuple(points), curved, closed))
            points, curved, closed = [], False, False
        curved = curved or kind == _BEZIER
        closed = closed or bool(pdfium.segment_closes(part))
        points.append(_point(part, matrix))
    if len(points) > 1:
        found.append(_Subpath(tuple(points), curved, closed))
    return found


def _add_area(
    painted: Painted, subpath: _Subpath, colour: Colour, clip: Bbox, *, opaque: bool
) -> None:
    box = _intersect(clip, subpath.box())
    if box is None or not colour[3]:
        return
    if min(box[2] - box[0], box[3] - box[1]) <= RULE_MAX_PT:
        _add_thin(painted, box, colour)
        return
    sides = [] if subpath.curved else list(subpath.sides(close=True))
    straight = bool(sides) and all(_is_straight(*side) for side in sides)
    whole = opaque and straight
    painted.fills.append(Fill(box, colour, painted.objects, whole, shaped=not straight))
    if straight:
        for one, other in sides:
            _add_line(painted, one, other, _Pen(0.0, colour, clip, weak=True))


def _add_thin(painted: Painted, box: Bbox, colour: Colour) -> None:
    """Take a thin area as a rule; a dot may be part of a rule of either direction."""
    if not colour[3]:
        return
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    if width >= height or width > RULE_MAX_PT:
        painted.pieces.append(Piece((top + bottom) / 2, x0, x1, height, colour, horizontal=True))
    if height >= width or height > RULE_MAX_PT or (width <= RULE_MAX_PT and height > width / 3):
        painted.pieces.append(Piece((x0 + x1) / 2, top, bottom, width, colour, horizontal=False))


def _add_strokes(
    painted: Painted, subpaths: list[_Subpath], handle: int, matrix: Affine, clip: Bbox
) -> None:
    colour = _colour(pdfium.stroke_colour, handle)
    if not colour[3]:
        return
    pdfium.stroke_width(handle, _floats.at[0])
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
    pen = _Pen(_floats.read()[0] * scale, colour, clip, weak=False)
    for subpath in subpaths:
        for one, other in subpath.sides(close=subpath.closed):
            _add_line(painted, one, other, pen)


def _is_straight(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= _STRAIGHT_PT or abs(one[1] - other[1]) <= _STRAIGHT_PT


def _add_line(painted: Painted, one: Point, other: Point, pen: _Pen) -> None:
    if not _is_straight(one, other):
        return
    horizontal = abs(one[1] - other[1]) <= abs(one[0] - other[0])
    pad_x, pad_y = (0.0, pen.width / 2) if horizontal else (pen.width / 2, 0.0)
    x0, x1 = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    box = _intersect(pen.clip, (x0 - pad_x, top - pad_y, x1 + pad_x, bottom + pad_y))
    if box is None:
        return
    if pen.width > _STROKE_MAX_PT:
        _add_wide_stroke(painted, box, pen.colour)
        return
    at = (box[1] + box[3]) / 2 if horizontal else (box[0] + box[2]) / 2
    start, end = (box[0], box[2]) if horizontal else (box[1], box[3])
    painted.pieces.append(Piece(at, start, end, pen.width, pen.colour, horizontal, pen.weak))


def _add_wide_stroke(painted: Painted, box: Bbox, colour: Colour) -> None:
    x0, top, x1, bottom = box
    corners = ((x0, top), (x1, top), (x1, bottom), (x0, bottom))
    area = _Subpath(corners, curved=False, closed=True)
    _add_area(painted, area, colour, box, opaque=colour[3] > 250)


def _colour(function: Callable[..., int], handle: int) -> Colour:
    if not function(handle, *_colours.at):
        return (128, 128, 128, 255)  # a pattern
    red, green, blue, opacity = _colours.read()
    return (red, green, blue, opacity)


def _matrix(handle: int) -> Affine:
    pdfium.object_matrix(handle, _floats.at[0])
    a, b, c, d, e, f = _floats.read()
    return (a, b, c, d, e, f)


def _point(part: int, to: Affine) -> Point:
    pdfium.segment_point(part, _floats.at[0], _floats.at[1])
    x, y = _floats.read()[:2]
    return apply(to, x, y)


def _compose(first: Affine, then: Affine) -> Affine:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
