"""In: a page of pdfium. Out: PageInk, everything it paints in upright coordinates."""

from collections import Counter
from ctypes import c_double, c_float, c_uint
from dataclasses import dataclass
from math import hypot
from typing import Any

from auditor.model import Bbox
from auditor.read.pdf import pdfium
from auditor.read.pdf.objects import Painted, TextMark, TooComplexError, walk_page
from auditor.read.pdf.painted import Colour, Frame, Glyph, PageInk, Quarter

_GLYPHS_MAX = 60_000
_SLANT_MAX = 0.1  # of a character's direction, before its line counts as slanted
_INVISIBLE_MODES = {3, 7}
_STROKED_MODES = {1, 5}

_doubles = pdfium.Numbers(c_double, 4)
_origins = pdfium.Numbers(c_double, 2)
_floats = pdfium.Numbers(c_float, 6)
_colours = pdfium.Numbers(c_uint, 4)


@dataclass(frozen=True, slots=True)
class _Font:
    """How a text object sets its characters, in the page's own coordinates."""

    along: tuple[float, float]  # the direction of its lines, of the length of 1 em
    height: float
    colour: Colour
    painted: bool


@dataclass(frozen=True, slots=True)
class _Char:
    """A character in the page's own coordinates (y upwards)."""

    char: str
    origin: tuple[float, float]
    ink: Bbox
    loose: Bbox
    text_object: int
    font: _Font
    unmapped: bool


def read_ink(page: Any, page_no: int) -> PageInk:
    """Give what the page paints; raises TooComplexError."""
    handle = pdfium.address(page.raw)
    chars = _read_chars(handle)
    shown = _shown_frame(handle)
    frame = shown.turned(_reading_direction(chars, shown))
    painted = walk_page(handle, frame)
    return PageInk(
        page_no=page_no,
        width=frame.width,
        height=frame.height,
        to_shown=_from_to(frame, shown),
        glyphs=tuple(_glyph(char, frame, painted) for char in chars),
        pieces=tuple(painted.pieces),
        fills=tuple(painted.fills),
    )


def _from_to(frame: Frame, shown: Frame) -> Frame:
    back = frame.inverse()
    return Frame(
        a=shown.a * back.a + shown.b * back.c,
        b=shown.a * back.b + shown.b * back.d,
        c=shown.c * back.a + shown.d * back.c,
        d=shown.c * back.b + shown.d * back.d,
        e=shown.a * back.e + shown.b * back.f + shown.e,
        f=shown.c * back.e + shown.d * back.f + shown.f,
        width=shown.width,
        height=shown.height,
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


def _read_chars(page: int) -> list[_Char]:
    text = pdfium.load_text(page)
    try:
        count = pdfium.char_count(text)
        if count > _GLYPHS_MAX:
            raise TooComplexError
        fonts: dict[int, _Font] = {}
        return [char for ix in range(count) if (char := _read_char(text, ix, fonts))]
    finally:
        pdfium.close_text(text)


def _read_char(text: int, ix: int, fonts: dict[int, _Font]) -> _Char | None:
    """Give a character; None for one that pdfium made up (spaces and line ends by position)."""
    text_object = pdfium.char_object(text, ix)
    if not text_object:
        return None
    font = fonts.get(text_object)
    if font is None:
        font = fonts[text_object] = _read_font(text, ix, text_object)
    pdfium.char_origin(text, ix, *_origins.at)
    x, y = _origins.read()
    pdfium.char_ink(text, ix, *_doubles.at)
    left, right, bottom, top = _doubles.read()
    pdfium.char_loose(text, ix, _floats.at[0])
    loose = _floats.read()
    code = pdfium.char_code(text, ix)
    return _Char(
        char="\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code),
        origin=(x, y),
        ink=(left, bottom, right, top),
        loose=(loose[0], loose[3], loose[2], loose[1]),
        text_object=text_object,
        font=font,
        unmapped=code == 0 or pdfium.char_is_unmapped(text, ix) == 1,
    )


def _read_font(text: int, ix: int, text_object: int) -> _Font:
    pdfium.char_matrix(text, ix, _floats.at[0])
    a, b, c, d = _floats.read()[:4]
    size = pdfium.font_size(text, ix)
    mode = pdfium.render_mode(text_object)
    read = pdfium.stroke_colour if mode in _STROKED_MODES else pdfium.fill_colour
    known = read(text_object, *_colours.at)
    red, green, blue, opacity = _colours.read() if known else (0, 0, 0, 255)
    return _Font(
        along=(a * size, b * size),
        height=hypot(c, d) * size,
        colour=(red, green, blue, opacity),
        painted=mode not in _INVISIBLE_MODES,
    )


def _quarter(along: tuple[float, float], frame: Frame) -> Quarter | None:
    """Give the way in which text of that direction runs in this frame; None: slanted."""
    x, y = frame.direction(*along)
    if abs(y) <= _SLANT_MAX * abs(x):
        return Quarter.RIGHT if x > 0 else Quarter.LEFT
    if abs(x) <= _SLANT_MAX * abs(y):
        return Quarter.DOWN if y > 0 else Quarter.UP
    return None


def _reading_direction(chars: list[_Char], shown: Frame) -> Quarter:
    ways = Counter(_quarter(c.font.along, shown) for c in chars if not c.char.isspace())
    ways.pop(None, None)
    way, count = ways.most_common(1)[0] if ways else (Quarter.RIGHT, 0)
    return way if way and count > 0.6 * ways.total() else Quarter.RIGHT


def _glyph(char: _Char, frame: Frame, painted: Painted) -> Glyph:
    quarter = _quarter(char.font.along, frame)
    own = frame.turned(quarter or Quarter.RIGHT)
    x, baseline, _, _ = own.box(*char.origin, *char.origin)
    em = hypot(*char.font.along)
    mark = painted.texts.get(char.text_object, TextMark(0, None))
    x0, x1 = _advance(own.box(*char.loose), own.box(*char.ink), x, em, char.char)
    return Glyph(
        char=char.char,
        x0=x0,
        x1=x1,
        baseline=baseline,
        size=char.font.height,
        ink=frame.box(*char.ink),
        order=mark.order,
        colour=char.font.colour,
        quarter=quarter,
        painted=char.font.painted,
        unmapped=char.unmapped,
        clip=mark.clip,
    )


def _advance(loose: Bbox, ink: Bbox, x: float, em: float, char: str) -> tuple[float, float]:
    """Give where the character begins and ends on its line.

    pdfium's loose box is of no use for vertical writing and some fonts: it is then as large as
    the page, or no more than the ink, which says nothing of a narrow character's room.
    """
    width = loose[2] - loose[0]
    if width > 1.7 * em or width < 0.05 * em or (loose[0], loose[2]) == (ink[0], ink[2]):
        width = em if ord(char) >= 0x2E80 else 0.5 * em
        return min(x, ink[0]), max(x + width, ink[2])
    return loose[0], loose[2]
