"""In: a page's ink, and all of it that is pale too. Out: the ink, broken characters made whole."""

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Mask

_CHARACTER_PT = 14.0  # larger is no character of a table
_OVERLAP = 0.5  # of the narrower piece: one stands above the other
Piece = tuple[int, int]
"""From where to where it reaches across, in pixels."""


def mended(ink: "Mask", pale: "Mask", px_pt: float) -> "Mask":
    """Give the ink with the pale strokes that join pieces which stand above each other.

    Thin strokes, of a small face or a light print, are paler than the rest of their digit.
    """
    _, whole, sizes, _ = cv2.connectedComponentsWithStats(pale)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    largest = sizes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    inked = ink > 0
    home = np.zeros(len(stats), np.intp)
    home[labels[inked]] = whole[inked]
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for character, (x, _y, width, _height, _area) in zip(
        home[1:].tolist(), stats[1:].tolist(), strict=True
    ):
        pieces[character].append((x, x + width))
    is_broken = np.zeros(len(sizes), np.bool_)
    for character, found in pieces.items():
        is_broken[character] = (
            character > 0
            and largest[character] <= _CHARACTER_PT * px_pt
            and any(_overlap(*pair) for pair in pairwise(sorted(found)))
        )
    return as_pixels(cv2.bitwise_or(ink, as_pixels(is_broken[whole] * 255)))


def _overlap(one: Piece, other: Piece) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > _OVERLAP * min(one[1] - one[0], other[1] - other[0])
