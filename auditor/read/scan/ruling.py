"""In: a level picture of a page. Out: its ink, the rules drawn on it, and the ink without them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.pdf.painted import Piece
from auditor.read.scan.mending import mended
from auditor.read.scan.pixels import as_pixels
from auditor.read.scan.watermark import find_watermark

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Depths, Mask, Picture

_RULE_MIN_PT = 15.0  # across; strokes of letters are shorter
_SIDE_MIN_PT = 11.0  # down
_FRAME_MIN_PT = 40.0  # rules hang together with others; what hangs together less is a letter
_SMALL_FRAME_PT, _SMALL_RATIO = 27.0, 1.3  # of one cell: letters of a title are as high as wide
_THICK_MAX_PT = 3.6
_GROUND_PT = 12.0  # around a pixel, to tell ink from the shade of the paper
_DASHED_MIN_PT = 30.0  # shorter rows of dashes are punctuation
_DASH_GAP_PT = 4.5  # digits of two rows are farther apart
_WIDE_GAP_PT = 8.0  # where a row of dashes goes on
_BETWEEN_PT, _MEETS_PT = 8.0, 3.0  # a row as low as this still has dotted sides, which meet rules
_DASH_PT = (14.0, 1.1)  # at most so long and thick, be it a crossing of two
_BAR_PT = 1.8  # a straight one is no thicker
_STRAIGHT_PT, _MADE_OF = 6.0, 0.8  # or it is made of strokes as long, longer than those of digits
_MOSTLY = 0.5
_PLAIN = 0.4  # of the darkness of most ink; what is paler is a watermark, or hardly to be seen
_CONTRAST = 0.12  # darker than its ground by this share of it, and at least by this much: ink
_DARKER_MIN = 18
_BLACK = (0, 0, 0, 255)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A page's rules in points, its other ink, the pale ink too, and the page without rules.

    `plain`: the page with its rules, but without what is pale.
    """

    pieces: tuple[Piece, ...]
    text: "Mask"
    pale: "Mask"
    plain: "Picture"
    clean: "Picture"


def find_rules(picture: "Picture", px_pt: float) -> Ruled:
    """Give the rules of a page; `px_pt`: pixels in a point."""
    ground = _ground(picture, px_pt)
    darker = _darkness(picture, ground, px_pt)
    pale, ink = _inks(darker, ground)
    across, down = _rules(ink, px_pt)
    near = np.ones((3, 3), np.uint8)
    rules = cv2.dilate(cv2.bitwise_or(across, down), near)
    faint = as_pixels(cv2.subtract(pale, cv2.dilate(ink, near)))
    watermark = cv2.subtract(find_watermark(faint, darker, px_pt), ink)
    plain = np.where((faint > 0) | (watermark > 0), ground, picture)
    pale = as_pixels(cv2.subtract(cv2.subtract(pale, watermark), rules))
    return Ruled(
        pieces=(
            *_pieces(across, px_pt, horizontal=True),
            *_pieces(down, px_pt, horizontal=False),
        ),
        text=mended(as_pixels(cv2.subtract(ink, rules)), pale, px_pt),
        pale=pale,
        plain=as_pixels(plain),
        clean=as_pixels(np.where(rules > 0, ground, plain)),
    )


def _ground(picture: "Picture", px_pt: float) -> "Picture":
    """Give the shade of the paper everywhere, as the lightest around."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    size = 2 * round(_GROUND_PT * px_pt / 8) + 1
    lit = cv2.dilate(small, np.ones((size, size), np.uint8))
    height, width = picture.shape
    return as_pixels(cv2.resize(cv2.GaussianBlur(lit, (0, 0), size / 3), (width, height)))


def _darkness(picture: "Picture", ground: "Picture", px_pt: float) -> "Depths":
    """Tell by how much every pixel is darker than its ground."""
    smooth = cv2.GaussianBlur(picture, (0, 0), max(0.3, 0.12 * px_pt))
    return np.subtract(ground, smooth, dtype=np.int16)


def _inks(darker: "Depths", ground: "Picture") -> tuple["Mask", "Mask"]:
    """Give all ink, and that which is about as dark as most of it."""
    every = darker > np.maximum(_CONTRAST * ground, _DARKER_MIN)
    most = np.percentile(darker[every], 95) if every.any() else 0
    return as_pixels(every * 255), as_pixels((every & (darker > _PLAIN * most)) * 255)


def _rules(ink: "Mask", px_pt: float) -> tuple["Mask", "Mask"]:
    """Give the ink of rules across and down: drawn ones that hang together, and dashed ones."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / px_pt
    long = np.bincount(
        labels[_straight(ink, _RULE_MIN_PT, _SIDE_MIN_PT, px_pt) > 0], minlength=count
    )
    is_straight = long >= _MADE_OF * stats[:, cv2.CC_STAT_AREA]
    wide, high = sizes[:, 0], sizes[:, 1]
    is_cell = (high >= _SIDE_MIN_PT) & (wide >= np.minimum(_SMALL_RATIO * high, _SMALL_FRAME_PT))
    is_frame = (sizes.max(axis=1) >= _FRAME_MIN_PT) | (is_cell & is_straight)
    is_frame[0] = False  # the paper
    framed = as_pixels(is_frame[labels] * 255)
    across = _strokes(framed, _RULE_MIN_PT, 0, px_pt, horizontal=True)
    down = _strokes(framed, _SIDE_MIN_PT, 0, px_pt, horizontal=False)
    drawn = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    rest = as_pixels(cv2.subtract(ink, drawn))
    across = as_pixels(
        cv2.bitwise_or(across, _dashed(rest, _DASHED_MIN_PT, px_pt, horizontal=True))
    )
    rest = as_pixels(cv2.subtract(rest, cv2.dilate(across, np.ones((3, 3), np.uint8))))
    between = _between(_dashed(rest, _BETWEEN_PT, px_pt, horizontal=False), across, px_pt)
    dashed = cv2.bitwise_or(_dashed(rest, _DASHED_MIN_PT, px_pt, horizontal=False), between)
    return across, as_pixels(cv2.bitwise_or(down, dashed))


def _dashed(ink: "Mask", shortest_pt: float, px_pt: float, *, horizontal: bool) -> "Mask":
    """Give the rows of dashes of at least that length."""
    dashes, bars = _dashes(ink, px_pt)
    rows = _strokes(dashes, shortest_pt, _DASH_GAP_PT, px_pt, horizontal=horizontal)
    sure = _of_bars(rows, dashes, bars)
    wide = _strokes(bars, shortest_pt, _WIDE_GAP_PT, px_pt, horizontal=horizontal)
    count, labels = cv2.connectedComponents(wide)
    every, known = (
        np.bincount(labels[mask > 0], minlength=count)
        for mask in (bars, cv2.bitwise_and(bars, sure))
    )
    goes_on = known > _MOSTLY * every
    goes_on[0] = False
    return as_pixels(cv2.bitwise_or(sure, as_pixels(goes_on[labels] * 255)))


def _between(short: "Mask", across: "Mask", px_pt: float) -> "Mask":
    """Give the rows of dashes down that reach from one rule to another one."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(short)
    reach = round(_MEETS_PT * px_pt)
    meets = np.zeros(len(stats), np.bool_)
    for ix, (x, y, width, height, _area) in enumerate(stats.tolist()[1:], 1):
        ends = (slice(max(y - reach, 0), y + reach), slice(y + height - reach, y + height + reach))
        meets[ix] = all(across[end, x : x + width].any() for end in ends)
    whole = np.ones((2 * reach + 1, 1), np.uint8)
    return as_pixels(cv2.dilate(as_pixels(meets[labels] * 255), whole))


def _dashes(ink: "Mask", px_pt: float) -> tuple["Mask", "Mask"]:
    """Give the ink in short thin marks, be it crossings of two; and that in straight ones alone."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / px_pt
    areas = stats[:, cv2.CC_STAT_AREA]
    is_fine = areas / px_pt**2 / np.maximum(sizes.sum(axis=1), 1e-3) <= _DASH_PT[1]
    is_bar = sizes.min(axis=1) <= _BAR_PT
    straight = np.bincount(
        labels[_straight(ink, _STRAIGHT_PT, _STRAIGHT_PT, px_pt) > 0], minlength=count
    )
    is_bar |= straight >= _MADE_OF * areas  # dots that have run together, and cross
    is_dash = is_fine & (is_bar | (sizes.max(axis=1) <= _DASH_PT[0]))
    is_dash[0] = False
    return as_pixels(is_dash[labels] * 255), as_pixels((is_dash & is_bar)[labels] * 255)


def _straight(ink: "Mask", wide_pt: float, high_pt: float, px_pt: float) -> "Mask":
    """Give the ink in strokes across or down of at least these lengths."""
    wide, high = round(wide_pt * px_pt), round(high_pt * px_pt)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((high, 1), np.uint8))
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return as_pixels(cv2.bitwise_and(both, ink))


def _of_bars(rows: "Mask", dashes: "Mask", bars: "Mask") -> "Mask":
    """Leave out rows of thin digits: most marks of a dashed rule are straight."""
    count, labels = cv2.connectedComponents(rows)
    marks, straight = (np.bincount(labels[mask > 0], minlength=count) for mask in (dashes, bars))
    is_rule = straight > _MOSTLY * marks
    is_rule[0] = False
    return as_pixels(is_rule[labels] * 255)


def _strokes(
    ink: "Mask", shortest_pt: float, gap_pt: float, px_pt: float, *, horizontal: bool
) -> "Mask":
    """Give the ink in straight strokes of at least that length, thin ones only."""

    def brush(along: float, across: float) -> "Mask":
        size = max(1, round(along * px_pt)), max(1, round(across * px_pt))
        return np.ones(size[::-1] if horizontal else size, np.uint8)

    slack = 3 / px_pt  # a level line may still lean by a pixel
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, brush(gap_pt, slack))
    long = cv2.morphologyEx(whole, cv2.MORPH_OPEN, brush(shortest_pt, 0))
    areas = cv2.morphologyEx(long, cv2.MORPH_OPEN, brush(0, _THICK_MAX_PT))
    return as_pixels(cv2.subtract(long, areas))


def _pieces(mask: "Mask", px_pt: float, *, horizontal: bool) -> list[Piece]:
    shortest = (_RULE_MIN_PT if horizontal else _SIDE_MIN_PT) * px_pt
    whole = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(whole)
    pieces = []
    for x, y, width, height, area in stats[1:].tolist():
        length = width if horizontal else height
        if length < shortest:
            continue
        middle = y + height / 2 if horizontal else x + width / 2
        start = x if horizontal else y
        ends = start / px_pt, (start + length) / px_pt
        thickness = max(area / length - 2, 1) / px_pt
        pieces.append(Piece(middle / px_pt, *ends, thickness, _BLACK, horizontal))
    return pieces
