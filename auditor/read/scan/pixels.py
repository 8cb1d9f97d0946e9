"""In: nothing. Out: what a picture is here: rows of grey pixels."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """Shape: height × width; 0 is black, 255 white."""
    Mask = NDArray[np.uint8]
    """Shape: height × width; 255 where there is something, else 0."""
    Depths = NDArray[np.int16]
    """Shape: height × width; by how much a pixel is darker than its ground."""


def as_pixels(values: Any) -> "Picture":
    """Give what an operation on pictures gave as a picture again."""
    return np.asarray(values, np.uint8)
