"""In: a picture of a page. Out: the same, what is white on a dark ground as black on white."""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from auditor.read.scan.pixels import Mask, Picture

_DARK = 120  # of 255
_SOLID_PT = 2.5  # broader than the strokes of letters
_CORE_PT = 6.0  # somewhere at least as broad: strokes of a title are not
_AROUND_PT = 10.0  # letters on a dark ground are no higher
_AREA_PT = (20.0, 8.0)  # smaller ones are no ground for text
_FILLED = 0.8  # of its box: a row of cells is a rectangle, a seal is none
_SOLID_SHARE = 0.35  # of an area: the rest is its letters
_LIT = 0.5  # of the way from the ground to white: a letter
_LIT_SHARE = (0.003, 0.5)  # of the area; without letters it is a blot, or something blacked out
_LETTER_PT = (
    3.0,
    14.0,
)  # smaller is a fault of the print, longer is a strip of paper between dark areas
_OUTLINE_PX = 2


def lighten(picture: "Picture", px_pt: float) -> "Picture":
    """Give the picture with its dark areas turned round; rules that are darker yet stay rules."""
    brush = np.ones((round(_SOLID_PT * px_pt),) * 2, np.uint8)
    dark = as_pixels((picture < _DARK) * 255)
    solid = as_pixels(cv2.morphologyEx(dark, cv2.MORPH_OPEN, brush))
    if not solid.any():
        return picture
    core = as_pixels(cv2.erode(solid, np.ones((round(_CORE_PT * px_pt),) * 2, np.uint8)))
    around = np.ones((round(_AROUND_PT * px_pt),) * 2, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(solid, cv2.MORPH_CLOSE, around)
    )
    turned = picture.copy()
    least = [side * px_pt for side in _AREA_PT]
    for ix in range(1, count):
        x, y, width, height, _area = (int(value) for value in stats[ix])
        part = np.s_[y : y + height, x : x + width]
        if width < least[0] or height < least[1] or not core[part].any():
            continue
        _turn(turned[part], solid[part], labels[part] == ix, px_pt)
    return turned


def _turn(part: "Picture", solid: "Mask", inside: "NDArray[np.bool_]", px_pt: float) -> None:
    """Turn an area round, if there are letters in it, and draw its outline."""
    if solid[inside].mean() < _SOLID_SHARE * 255 or inside.mean() < _FILLED:
        return
    ground = float(np.median(part[inside & (solid > 0)]))
    lit = inside & (part > ground + _LIT * (255 - ground))
    if not _LIT_SHARE[0] <= _letters(as_pixels(lit * 255), px_pt) / inside.sum() <= _LIT_SHARE[1]:
        return
    values = part[inside].astype(np.float32)
    darker = values / max(ground, 1.0)
    lighter = (255 - values) / max(255 - ground, 1.0)
    part[inside] = as_pixels(255 * np.where(values < ground, darker, lighter))
    area = as_pixels(inside * 255)
    framed = cv2.copyMakeBorder(area, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(framed, np.ones((2 * _OUTLINE_PX + 1,) * 2, np.uint8))[1:-1, 1:-1]
    part[inside & (inner == 0)] = 0


def _letters(lit: "Mask", px_pt: float) -> int:
    """Give the area of the light marks that are as large as letters, or parts of them."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(lit)
    sizes = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) / px_pt
    is_letter = (sizes >= _LETTER_PT[0]) & (sizes <= _LETTER_PT[1])
    return int(stats[1:, cv2.CC_STAT_AREA][is_letter].sum())
