"""In: a page's pale ink. Out: what of it is a watermark, which stands behind a table."""

from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Depths, Mask

_LETTER_PT = 16.0  # as wide and high as this is no letter of a table
_BROAD_PT = 1.8  # broader than this are its strokes, and no fringe of a rule
_MOSTLY = 0.5
_BRIDGE_PT = 2.4  # over the ink that cuts it
_NEAR_PT = 9.0  # from the broad strokes of a letter to its thin ones
_AS_PALE = 1.3  # a digit printed over it is darker than it


def find_watermark(faint: "Mask", darker: "Depths", px_pt: float) -> "Mask":
    """Give the pale ink of letters larger than any in a table, and what is close to it."""
    large = _large_letters(faint, px_pt)
    if not large.any():
        return large
    shade = _AS_PALE * float(np.median(darker[(large > 0) & (faint > 0)]))
    reach = 2 * round(_NEAR_PT * px_pt) + 1
    room = cv2.morphologyEx(large, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    thin = as_pixels(((faint > 0) & (room > 0) & (darker <= shade)) * 255)
    return as_pixels(cv2.dilate(cv2.bitwise_or(large, thin), np.ones((5, 5), np.uint8)))


def _large_letters(faint: "Mask", px_pt: float) -> "Mask":
    bridge = 2 * round(_BRIDGE_PT * px_pt / 2) + 1
    whole = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(whole)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].min(axis=1) / px_pt
    brush = np.ones((max(2, round(_BROAD_PT * px_pt)),) * 2, np.uint8)
    broad = cv2.morphologyEx(whole, cv2.MORPH_OPEN, brush)
    every, thick = (np.bincount(labels[mask > 0], minlength=count) for mask in (whole, broad))
    is_letter = (sizes >= _LETTER_PT) & (thick > _MOSTLY * every)
    is_letter[0] = False  # the paper
    return as_pixels(is_letter[labels] * 255)
