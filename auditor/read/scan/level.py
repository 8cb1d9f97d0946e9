"""In: a picture of a page. Out: the same set upright, its lines level, and how to find back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.model import Bbox
from auditor.read.scan.engine import Box, Engine, Line
from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Picture

_SKEW_MAX = 6.0  # degrees
_STEPS = (0.5, 0.1, 0.02)  # degrees, each step around the best of the one before
_SEEN_PX = (700, 1100, 1600)  # the picture's longer side at each step
_LEVEL = 0.03  # degrees that need no turning
_TALL = 2.5  # height by width of a line that runs down the page
_TALL_MIN = 3
_SURE = 0.75  # of what is read on a page that lies on its side
_CLEARLY = 0.1  # surer than upright must be what is read upside down
_SAMPLES = 6


@dataclass(frozen=True, slots=True)
class Turned:
    """How a page was turned: quarters against the clock, then degrees; size before (px)."""

    quarters: int
    degrees: float
    width: int
    height: int

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Give the place on the picture as it was before."""
        down = self.height if self.quarters % 2 == 0 else self.width
        across = self.width + self.height - down
        for _ in range(self.quarters):
            x, y, across, down = down - y, x, down, across
        angle = np.radians(self.degrees)
        dx, dy = x - across / 2, y - down / 2
        x = float(across / 2 + np.cos(angle) * dx - np.sin(angle) * dy)
        y = float(down / 2 + np.sin(angle) * dx + np.cos(angle) * dy)
        return x, y

    def box_back(self, box: Bbox) -> Bbox:
        """Give the upright box around what a box was before."""
        corners = [self.back(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Level:
    """A page upright and level, how it was turned, and where its lines of text stand."""

    picture: "Picture"
    turned: Turned
    lines: tuple[Box, ...]


def set_level(picture: "Picture", engine: Engine, scale: float) -> Level:
    """Give the page upright and level; `scale`: in which to look for text."""
    height, width = picture.shape
    degrees = find_skew(picture)
    straight = _rotated(picture, degrees)
    lines = engine.find_lines(straight, scale)
    quarters = _find_quarters(straight, lines, engine)
    if quarters:
        straight = np.ascontiguousarray(np.rot90(straight, quarters))
        lines = engine.find_lines(straight, scale)
    return Level(straight, Turned(quarters, degrees, width, height), tuple(lines))


def find_skew(picture: "Picture") -> float:
    """Give the degrees (with the clock) by which lines of text and rules slope."""
    best = 0.0
    reach = _SKEW_MAX
    for step, side in zip(_STEPS, _SEEN_PX, strict=True):
        ink = _ink(picture, side)
        count = round(reach / step)
        tried = [best + step * at for at in range(-count, count + 1)]
        best = max(tried, key=lambda degrees: _sharpness(_rotated(ink, degrees)))
        reach = step
    return best if abs(best) >= _LEVEL else 0.0


def _ink(picture: "Picture", side: int) -> "Picture":
    """Give a small picture with ink in white on black."""
    scale = min(1.0, side / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, 2 * (max(small.shape) // 60) + 1)
    return as_pixels(cv2.subtract(ground, small))


def _sharpness(ink: "Picture") -> float:
    """Tell how much rows, and columns, of pixels differ from their neighbours."""
    rows, columns = ink.sum(axis=1, dtype=np.float64), ink.sum(axis=0, dtype=np.float64)
    return float((np.diff(rows) ** 2).sum() + (np.diff(columns) ** 2).sum())


def _rotated(picture: "Picture", degrees: float) -> "Picture":
    """Turn against the clock by so many degrees; what comes in at the corners is ground."""
    if not degrees:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        picture,
        turn,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=int(np.median(picture)),
    )
    return as_pixels(turned)


# ------------------------------------------------------------------ quarters


def _find_quarters(picture: "Picture", boxes: list[Box], engine: Engine) -> int:
    """Give by how many quarters against the clock the page must be turned to be read.

    Only lines of some length tell: a lone digit, or a label set downwards, stands in any way.
    """
    wide = [box for box in boxes if box.width > _TALL * box.height]
    tall = [box for box in boxes if box.height > _TALL * box.width]
    lies = len(tall) >= _TALL_MIN and sum(b.height for b in tall) > sum(b.width for b in wide)
    sample = sorted(tall if lies else wide, key=lambda b: -max(b.width, b.height))[:_SAMPLES]
    if not sample:
        return 0
    ways = (1, 3) if lies else (0, 2)
    scores = {way: _sureness(picture, sample, way, engine) for way in ways}
    best = max(ways, key=scores.__getitem__)
    if lies:
        return best if scores[best] >= _SURE else 0
    return best if scores[best] > scores[0] + _CLEARLY else 0


def _sureness(picture: "Picture", boxes: list[Box], quarters: int, engine: Engine) -> float:
    lines = engine.read_lines(
        [np.ascontiguousarray(np.rot90(picture[b.y0 : b.y1, b.x0 : b.x1], quarters)) for b in boxes]
    )
    return sum(_mean_confidence(read.text) for read in lines) / len(lines)


def _mean_confidence(line: Line) -> float:
    return sum(letter.confidence for letter in line) / len(line) if line else 0.0
