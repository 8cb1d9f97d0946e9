"""In: a page of pdfium. Out: PageInk, everything it paints in upright coordinates."""

from collections import Counter
from ctypes import c_double, c_float, c_uint
from math import hypot
from typing import Any, NamedTuple

from auditor.model import Bbox
from auditor.read.pdf import pdfium
from auditor.read.pdf.objects import (
    Affine,
    Painted,
    TextMark,
    TooComplexError,
    apply,
    bounds,
    turn_box,
    walk_page,
)
from auditor.read.pdf.painted import Colour, Frame, Glyph, PageInk, Quarter

_GLYPHS_MAX = 60_000
_SAMPLES = 100
_UNKNOWN_MARK = TextMark(0, None)
_PAD_EM = 0.6  # how far a character's origin may be from what its object paints
_SLANT_MAX = 0.1  # of a character's direction, before its line counts as slanted
_INVISIBLE_MODES = {3, 7}
_STROKED_MODES = {1, 5}

_doubles = pdfium.Numbers(c_double, 4)
_origins = pdfium.Numbers(c_double, 2)
_floats = pdfium.Numbers(c_float, 6)
_colours = pdfium.Numbers(c_uint, 4)
_BLACK: Colour = (0, 0, 0, 255)
_COLOUR = _colours.at
_INK = _doubles.at
_ORIGIN = _origins.at
_MATRIX = _floats.at[0]  # as for a matrix, so for a rectangle: the first of its numbers


class _Setting(NamedTuple):
    """The size and direction of characters; a page has few."""

    quarter: Quarter | None  # None: slanted
    own: Frame  # in which its lines run to the right
    em: float
    height: float


class _Font(NamedTuple):
    """How a text object sets its characters."""

    setting: _Setting
    colour: Colour
    painted: bool
    order: int
    clip: Bbox | None
    lost: Affine | None  # the matrix that pdfium leaves out of the places of characters


def read_ink(page: Any, page_no: int) -> PageInk:
    """Give what the page paints; raises TooComplexError."""
    handle = pdfium.address(page.raw)
    shown = _shown_frame(handle)
    text = pdfium.load_text(handle)
    try:
        count = pdfium.char_count(text)
        if count > _GLYPHS_MAX:
            raise TooComplexError
        frame = shown.turned(_reading_direction(text, count, shown))
        painted = walk_page(handle, frame)
        glyphs = _read_glyphs(text, count, frame, painted)
    finally:
        pdfium.close_text(text)
    return PageInk(
        page_no=page_no,
        width=frame.width,
        height=frame.height,
        to_shown=shown.after(frame.inverse()),
        glyphs=tuple(glyphs),
        pieces=tuple(painted.pieces),
        fills=tuple(painted.fills),
    )


def _shown_frame(page: int) -> Frame:
    """Give the frame of the page as a viewer shows it: cropped and turned."""
    pdfium.page_box(page, _floats.at[0])
    left, top, right, bottom = _floats.read()[:4]
    width, height = right - left, top - bottom
    match pdfium.page_rotation(page) % 4:
        case 1:
            return Frame(0, 1, 1, 0, -bottom, -left, height, width)
        case 2:
            return Frame(-1, 0, 0, 1, right, -bottom, width, height)
        case 3:
            return Frame(0, -1, -1, 0, top, right, height, width)
        case _:
            return Frame(1, 0, 0, -1, -left, top, width, height)


def _reading_direction(text: int, count: int, shown: Frame) -> Quarter:
    """Give the way in which most of the text runs, judged by some of its characters."""
    ways: Counter[Quarter | None] = Counter()
    for ix in range(0, count, count // _SAMPLES + 1):
        if pdfium.char_object(text, ix):
            pdfium.char_matrix(text, ix, _MATRIX)
            ways[_quarter(*shown.direction(*_floats.read()[:2]))] += 1
    ways.pop(None, None)
    way, most = ways.most_common(1)[0] if ways else (Quarter.RIGHT, 0)
    return way if way and most > 0.6 * ways.total() else Quarter.RIGHT


def _read_glyphs(text: int, count: int, frame: Frame, painted: Painted) -> list[Glyph]:
    fonts: dict[int, _Font] = {}
    settings: dict[tuple[float, ...], _Setting] = {}
    glyphs = []
    for ix in range(count):
        text_object = pdfium.char_object(text, ix)
        if not text_object:
            continue  # a space or line end that pdfium made up
        font = fonts.get(text_object)
        if font is None:
            key = *_read_matrix(text, ix), pdfium.font_size(text, ix)
            setting = settings.get(key)
            if setting is None:
                setting = settings[key] = _setting(key, frame)
            mark = painted.texts.get(text_object, _UNKNOWN_MARK)
            lost = mark.form if mark.form and _is_lost(text, ix, text_object, mark.form) else None
            font = fonts[text_object] = _read_font(text_object, setting, mark, lost)
        glyphs.append(_read_glyph(text, ix, font, frame))
    return glyphs


def _read_matrix(text: int, ix: int) -> tuple[float, ...]:
    """Give a character's matrix without its place."""
    pdfium.char_matrix(text, ix, _MATRIX)
    return tuple(_floats.read()[:4])


def _setting(key: tuple[float, ...], frame: Frame) -> _Setting:
    a, b, c, d, size = key
    quarter = _quarter(*frame.direction(a, b))
    own = frame if quarter is Quarter.RIGHT else frame.turned(quarter or Quarter.RIGHT)
    return _Setting(quarter, own, hypot(a, b) * size, hypot(c, d) * size)


def _is_lost(text: int, ix: int, text_object: int, form: Affine) -> bool:
    """Tell whether pdfium places a character without its form's matrix: it does for Type 3."""
    pdfium.char_origin(text, ix, *_ORIGIN)
    x, y = _origins.read()
    pad = pdfium.font_size(text, ix) * _PAD_EM
    x0, y0, x1, y1 = bounds(text_object, form)

    def is_there(at: tuple[float, float]) -> bool:
        return _inside(at, (x0 - pad, y0 - pad, x1 + pad, y1 + pad))

    return not is_there((x, y)) and is_there(apply(form, x, y))


def _inside(at: tuple[float, float], box: Bbox) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _read_font(text_object: int, setting: _Setting, mark: TextMark, lost: Affine | None) -> _Font:
    mode = pdfium.render_mode(text_object)
    read = pdfium.stroke_colour if mode in _STROKED_MODES else pdfium.fill_colour
    known = read(text_object, *_COLOUR)
    colour = tuple(_colours.read()) if known else _BLACK
    return _Font(setting, colour, mode not in _INVISIBLE_MODES, mark[0], mark[1], lost)


def _quarter(x: float, y: float) -> Quarter | None:
    """Give the way in which text of that direction runs; None: slanted."""
    if abs(y) <= _SLANT_MAX * abs(x):
        return Quarter.RIGHT if x > 0 else Quarter.LEFT
    if abs(x) <= _SLANT_MAX * abs(y):
        return Quarter.DOWN if y > 0 else Quarter.UP
    return None


def _read_glyph(text: int, ix: int, font: _Font, frame: Frame) -> Glyph:
    code = pdfium.char_code(text, ix)
    char = "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)
    pdfium.char_origin(text, ix, *_ORIGIN)
    x, y = _origins.read()
    pdfium.char_ink(text, ix, *_INK)
    left, right, bottom, top = _doubles.read()
    pdfium.char_loose(text, ix, _MATRIX)
    loose_left, loose_top, loose_right, loose_bottom, _, _ = _floats.read()
    if font.lost:
        x, y = apply(font.lost, x, y)
        left, bottom, right, top = turn_box((left, bottom, right, top), font.lost)
        loose = (loose_left, loose_bottom, loose_right, loose_top)
        loose_left, loose_bottom, loose_right, loose_top = turn_box(loose, font.lost)
    quarter, own, em, height = font.setting
    ink = frame.box(left, bottom, right, top)
    own_ink = ink if own is frame else own.box(left, bottom, right, top)
    start = own.a * loose_left + own.b * loose_bottom + own.e
    end = own.a * loose_right + own.b * loose_top + own.e
    x0, x1 = start, end
    if not 0.05 * em <= end - start <= 1.7 * em or (start == own_ink[0] and end == own_ink[2]):
        x0, x1 = _advance(own_ink, own.a * x + own.b * y + own.e, em, char)
    return Glyph(
        char,
        x0,
        x1,
        own.c * x + own.d * y + own.f,
        height,
        ink,
        font.order,
        font.colour,
        quarter,
        font.painted,
        code == 0 or pdfium.char_is_unmapped(text, ix) == 1,
        font.clip,
    )


def _advance(ink: Bbox, x: float, em: float, char: str) -> tuple[float, float]:
    """Give where a character begins and ends on its line if its loose box does not say.

    For vertical writing and some fonts that box is as large as the page, or no more than the
    ink, which says nothing of a narrow character's room.
    """
    width = em if ord(char) >= 0x2E80 else 0.5 * em
    return min(x, ink[0]), max(x + width, ink[2])
