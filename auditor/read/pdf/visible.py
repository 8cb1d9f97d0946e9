"""In: PageInk. Out: its glyphs, each drawn once, with the fault of those that are not plainly seen.

Slanted text is left out: it is a watermark or a stamp, never a table's content.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from auditor.model import Bbox
from auditor.read.pdf.painted import Colour, Fault, Fill, Glyph, PageInk, Piece, Quarter

_BAND_PT = 24.0
_TWICE_EM = 0.26  # how far a shadow or a fake bold may be shifted
_CONTRAST_MIN = 24  # of 255, between text and ground
_SIZE_MIN_PT = 1.0
_OPACITY_MIN = 13  # of 255
_DARK, _LIGHT = 96, 200  # luminance: text that shows on white, a ground on which it does
_BUCKET_PT = 16.0
_Item = TypeVar("_Item")
_WHITE: Colour = (255, 255, 255, 255)


def visible_glyphs(ink: PageInk) -> tuple[Glyph, ...]:
    """Give the glyphs that are no watermark, drawn once each, judged for visibility."""
    upright = [g for g in ink.glyphs if g.quarter is not None and g.char not in "\r\n"]
    ground = _Ground(ink)
    judged = [_judge(glyph, ground) for glyph in upright]
    return tuple(_once(judged))


class _Ground:
    """What lies under and over the text, found by height."""

    def __init__(self, ink: PageInk) -> None:
        first_text = min((g.order for g in ink.glyphs), default=0)
        fills = [f for f in ink.fills if f.colour is not None]
        self.fills = _by_band((f.box[1], f.box[3], f) for f in fills)
        self.dark = _by_band(
            (f.box[1], f.box[3], f) for f in fills if f.colour and _luminance(f.colour) < _LIGHT
        )
        self.late = _by_band(
            (f.box[1], f.box[3], f) for f in fills if f.opaque and f.order > first_text
        )
        self.strikes = _by_band((p.at, p.at, p) for p in ink.pieces if _may_strike(p))
        self._pictures = [f for f in ink.fills if f.colour is None]

    def on_picture(self, x: float, y: float) -> bool:
        """Tell whether a picture is there, so that the colour of the ground is not known."""
        return any(_inside(x, y, f.box) for f in self._pictures)


def _by_band(items: Iterable[tuple[float, float, _Item]]) -> dict[int, list[_Item]]:
    bands: dict[int, list[_Item]] = defaultdict(list)
    for top, bottom, item in items:
        for band in range(int(top // _BAND_PT), int(bottom // _BAND_PT) + 1):
            bands[band].append(item)
    return bands


def _may_strike(piece: Piece) -> bool:
    return (
        piece.horizontal
        and not piece.weak
        and piece.end - piece.start > 2
        and piece.colour[3] > 0
        and _luminance(piece.colour) < 255 - _CONTRAST_MIN
    )


def _judge(glyph: Glyph, ground: _Ground) -> Glyph:
    if glyph.char.isspace():
        return glyph
    fault = _fault(glyph, ground)
    return glyph._replace(fault=fault) if fault else glyph


def _fault(glyph: Glyph, ground: _Ground) -> Fault | None:
    if glyph.unmapped or _is_meaningless(glyph.char):
        return Fault.UNMAPPED
    x0, top, x1, bottom = glyph.ink
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if not glyph.painted or glyph.colour[3] < _OPACITY_MIN or glyph.size < _SIZE_MIN_PT:
        return Fault.INVISIBLE
    if glyph.clip is None or not _inside(x, y, glyph.clip):  # it is within the page's box
        return Fault.INVISIBLE
    band = int(y // _BAND_PT)
    if band in ground.late and _covers(glyph, ground.late[band], x, y):
        return Fault.COVERED
    is_light = _luminance(glyph.colour) > _DARK
    if (is_light or band in ground.dark) and not _stands_out(glyph, ground, x, y):
        return Fault.INVISIBLE
    strikes = ground.strikes.get(band)
    return Fault.STRUCK if strikes and _is_struck(glyph, strikes) else None


def _is_meaningless(char: str) -> bool:
    """Tell whether a character is for private use (a picture of some font) or a replacement."""
    code = ord(char)
    return 0xE000 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000


def _inside(x: float, y: float, box: Bbox) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _covers(glyph: Glyph, fills: Sequence[Fill], x: float, y: float) -> bool:
    return any(f.order > glyph.order and _inside(x, y, f.box) for f in fills)


def _stands_out(glyph: Glyph, ground: _Ground, x: float, y: float) -> bool:
    """Tell whether the text differs from the colour of what was painted there before it.

    What a picture or a shape leaves there is not known: it may be the ground of a heading, but no
    digit is trusted to it.
    """
    below = [
        f
        for f in ground.fills.get(int(y // _BAND_PT), ())
        if f.order < glyph.order and f.colour and f.colour[3] > 127 and _inside(x, y, f.box)
    ]
    plain = [f.colour for f in below if not f.shaped]
    if _contrasts(glyph.colour, plain[-1] if plain else _WHITE):
        return True
    if glyph.char.isnumeric():
        return False
    return any(f.shaped for f in below) or (not below and ground.on_picture(x, y))


def _contrasts(one: Colour, other: Colour | None) -> bool:
    pairs = zip(one[:3], (other or _WHITE)[:3], strict=True)
    return max(abs(a - b) for a, b in pairs) >= _CONTRAST_MIN


@lru_cache(maxsize=256)
def _luminance(colour: Colour) -> float:
    red, green, blue, _ = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _is_struck(glyph: Glyph, lines: list[Piece]) -> bool:
    """Tell whether a line runs through the glyph: above an underline, below the height of an x."""
    if glyph.quarter is not Quarter.RIGHT:
        return False
    upper, lower = glyph.baseline - 0.55 * glyph.size, glyph.baseline - 0.14 * glyph.size
    x0, x1 = glyph.ink[0], glyph.ink[2]
    return any(
        upper < line.at < lower
        and glyph.ink[1] < line.at < glyph.ink[3]
        and min(line.end, x1) - max(line.start, x0) >= 0.6 * (x1 - x0)
        for line in lines
    )  # fmt: skip


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out a glyph drawn again at nearly the same place; the one plainly seen stays."""
    kept: list[Glyph] = []
    buckets: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for glyph in glyphs:
        twin = None if glyph.char.isspace() else _twin(glyph, kept, buckets)
        if twin is None:
            bucket = int(glyph.x0 // _BUCKET_PT), int(glyph.baseline // _BUCKET_PT)
            buckets[glyph.char, *bucket].append(len(kept))
            kept.append(glyph)
        elif glyph.fault is None:
            kept[twin] = glyph
    return kept


def _twin(
    glyph: Glyph, kept: list[Glyph], buckets: dict[tuple[str, int, int], list[int]]
) -> int | None:
    reach = _TWICE_EM * glyph.size
    first_row = int((glyph.baseline - reach) // _BUCKET_PT)
    last_row = int((glyph.baseline + reach) // _BUCKET_PT)
    last_column = int((glyph.x0 + reach) // _BUCKET_PT)
    for x in range(int((glyph.x0 - reach) // _BUCKET_PT), last_column + 1):
        for y in range(first_row, last_row + 1):
            for ix in buckets.get((glyph.char, x, y), ()):
                if _is_same_place(glyph, kept[ix]):
                    return ix
    return None


def _is_same_place(one: Glyph, other: Glyph) -> bool:
    """Tell whether two equal characters are one that is drawn twice.

    Neighbours of one text object at exactly one place are a glyph that means two characters.
    """
    if one.quarter is not other.quarter or abs(one.size - other.size) > 0.15 * one.size:
        return False
    shift = max(abs(one.x0 - other.x0), abs(one.baseline - other.baseline))
    if one.order == other.order and shift == 0:
        return False
    return shift <= min(_TWICE_EM * one.size, 0.6 * (one.x1 - one.x0))
