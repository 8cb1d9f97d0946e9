"""In: a page of pdfium. Out: a picture of it, and how fine the scan is that it shows."""

from ctypes import c_float, c_int, c_uint
from math import sqrt
from typing import TYPE_CHECKING

import pypdfium2

from auditor.read.pdf import pdfium
from auditor.read.scan.pixels import as_pixels

if TYPE_CHECKING:
    from auditor.read.scan.pixels import Picture

_POINTS = 72.0
_DPI = 200.0
_PIXELS_MAX = 30_000_000  # of a page that says it is as large as a wall
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_SHARE = 0.2  # of the page; smaller pictures are seals and signatures

_sizes = pdfium.Numbers(c_uint, 2)
_bounds = pdfium.Numbers(c_float, 4)
_none = pdfium.Numbers(c_int, 1)


def draw_page(page: pypdfium2.PdfPage) -> tuple["Picture", float]:
    """Give the page as a grey picture, and its resolution (dpi)."""
    width, height = _size(page)
    dpi = min(_DPI, _POINTS * sqrt(_PIXELS_MAX / (width * height)))
    bitmap = page.render(scale=dpi / _POINTS, grayscale=True)  # type: ignore[no-untyped-call]
    return as_pixels(bitmap.to_pil()), dpi


def scan_dpi(page: pypdfium2.PdfPage) -> float | None:
    """Give the resolution of the largest picture on a page; None where there is no large one."""
    handle = pdfium.address(page.raw)
    width, height = _size(page)
    best, dpi = _SHARE * width * height, None
    for ix in range(pdfium.page_object_count(handle)):
        shape = pdfium.page_object(handle, ix)
        if pdfium.object_type(shape) != _IMAGE:
            continue
        pdfium.image_size(shape, *_sizes.at)
        pdfium.object_bounds(shape, *_bounds.at)
        across, down = _sizes.read()
        left, bottom, right, top = _bounds.read()
        area = (right - left) * (top - bottom)
        if area > best:
            best, dpi = area, _POINTS * sqrt(across * down / area)
    return dpi


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    return page.get_width(), page.get_height()  # type: ignore[no-untyped-call]
