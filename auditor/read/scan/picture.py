"""In: the bytes of a PNG, JPEG or TIFF. Out: its pages as grey pictures, within limits."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from auditor.errors import UnreadableError
from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Picture

_PIXELS_MAX = 80_000_000  # A3 at 600 dpi has 70
_PAGES_MAX = 300
_DPI = (70.0, 1300.0)  # what a file may say that is to be believed
_A4_INCHES = 11.69
_INVERTED = 90  # of 255: a page that is mostly darker is white on black
_FAULTS = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,  # Pillow, on broken PNG files
    ValueError,
    EOFError,
    OverflowError,
    MemoryError,
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page's picture and its resolution (dpi), as the file says or as it would be on A4."""

    picture: "Picture"
    dpi: float


def open_pages(content: bytes, file: str) -> Iterator[ScannedPage]:
    """Give the pages one after the other.

    Raises: UnreadableError where the file is broken, cut off, or too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, on size and metadata: judged below
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as image:
                for page_no, frame in enumerate(ImageSequence.Iterator(image), 1):
                    _require_size(frame, page_no, file)
                    yield _scanned(frame)
    except Image.DecompressionBombError as fault:
        raise _too_large(file, "") from fault
    except _FAULTS as fault:
        raise UnreadableError(
            f"{file}: 图片已损坏或不完整；请重新扫描或重新下载",
            f"{file}: the picture is damaged or cut off; scan or download it anew",
        ) from fault


def _require_size(frame: Image.Image, page_no: int, file: str) -> None:
    width, height = frame.size
    if width * height > _PIXELS_MAX or page_no > _PAGES_MAX:
        raise _too_large(file, f" ({width}×{height}, {page_no})")


def _too_large(file: str, size: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 图片过大{size}，没有读取；请按 200 至 300 dpi 重新扫描",
        f"{file}: too large a picture{size}; scan it anew at 200 to 300 dpi",
    )


def _scanned(frame: Image.Image) -> ScannedPage:
    stated = frame.info.get("dpi", (0.0, 0.0))
    image = ImageOps.exif_transpose(frame)
    picture = _grey(image)
    inches = float(stated[0]) if stated else 0.0
    low, high = _DPI
    dpi = inches if low <= inches <= high else max(picture.shape) / _A4_INCHES
    return ScannedPage(picture, dpi)


def _grey(image: Image.Image) -> "Picture":
    if image.mode.startswith(("I", "F")):  # 16 and 32 bits: stretched to what is there
        values = np.asarray(image, np.float64)
        low, high = values.min(), values.max()
        return as_pixels((values - low) * (255 / max(high - low, 1.0)))
    if "transparency" in image.info or image.mode in {"RGBA", "LA", "PA"}:
        shown = image.convert("RGBA")
        paper = Image.new("RGBA", shown.size, "white")
        image = Image.alpha_composite(paper, shown)
    picture = as_pixels(image.convert("L"))
    return 255 - picture if np.median(picture) < _INVERTED else picture
