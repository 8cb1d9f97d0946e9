"""In: handles of pdfium, as plain addresses. Out: pdfium's functions, typed for speed.

The same functions as in `pypdfium2.raw`, declared with untyped pointers: a page costs tens of
thousands of calls, each takes a third of the time this way, and a handle is an integer that can
be compared.
"""

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_uint, c_void_p
from functools import partial
from typing import Any

from pypdfium2 import raw

_PTR, _INT = c_void_p, c_int


def _declare(name: str, result: type | None, *arguments: type) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


load_text = _declare("FPDFText_LoadPage", _PTR, _PTR)
close_text = _declare("FPDFText_ClosePage", None, _PTR)
char_count = _declare("FPDFText_CountChars", _INT, _PTR)
char_code = _declare("FPDFText_GetUnicode", c_uint, _PTR, _INT)
char_is_unmapped = _declare("FPDFText_HasUnicodeMapError", _INT, _PTR, _INT)
char_object = _declare("FPDFText_GetTextObject", _PTR, _PTR, _INT)
char_ink = _declare("FPDFText_GetCharBox", _INT, _PTR, _INT, _PTR, _PTR, _PTR, _PTR)
char_loose = _declare("FPDFText_GetLooseCharBox", _INT, _PTR, _INT, _PTR)
char_origin = _declare("FPDFText_GetCharOrigin", _INT, _PTR, _INT, _PTR, _PTR)
char_matrix = _declare("FPDFText_GetMatrix", _INT, _PTR, _INT, _PTR)
font_size = _declare("FPDFText_GetFontSize", c_double, _PTR, _INT)
render_mode = _declare("FPDFTextObj_GetTextRenderMode", _INT, _PTR)

page_box = _declare("FPDF_GetPageBoundingBox", _INT, _PTR, _PTR)
page_rotation = _declare("FPDFPage_GetRotation", _INT, _PTR)
page_object_count = _declare("FPDFPage_CountObjects", _INT, _PTR)
page_object = _declare("FPDFPage_GetObject", _PTR, _PTR, _INT)
form_object_count = _declare("FPDFFormObj_CountObjects", _INT, _PTR)
form_object = _declare("FPDFFormObj_GetObject", _PTR, _PTR, c_uint)
object_type = _declare("FPDFPageObj_GetType", _INT, _PTR)
object_matrix = _declare("FPDFPageObj_GetMatrix", _INT, _PTR, _PTR)
object_bounds = _declare("FPDFPageObj_GetBounds", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
image_size = _declare("FPDFImageObj_GetImagePixelSize", _INT, _PTR, _PTR, _PTR)
object_is_transparent = _declare("FPDFPageObj_HasTransparency", _INT, _PTR)
fill_colour = _declare("FPDFPageObj_GetFillColor", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
stroke_colour = _declare("FPDFPageObj_GetStrokeColor", _INT, _PTR, _PTR, _PTR, _PTR, _PTR)
stroke_width = _declare("FPDFPageObj_GetStrokeWidth", _INT, _PTR, _PTR)
draw_mode = _declare("FPDFPath_GetDrawMode", _INT, _PTR, _PTR, _PTR)
segment_count = _declare("FPDFPath_CountSegments", _INT, _PTR)
segment = _declare("FPDFPath_GetPathSegment", _PTR, _PTR, _INT)
segment_point = _declare("FPDFPathSegment_GetPoint", _INT, _PTR, _PTR, _PTR)
segment_type = _declare("FPDFPathSegment_GetType", _INT, _PTR)
segment_closes = _declare("FPDFPathSegment_GetClose", _INT, _PTR)
clip_path = _declare("FPDFPageObj_GetClipPath", _PTR, _PTR)
clip_path_count = _declare("FPDFClipPath_CountPaths", _INT, _PTR)
clip_segment_count = _declare("FPDFClipPath_CountPathSegments", _INT, _PTR, _INT)
clip_segment = _declare("FPDFClipPath_GetPathSegment", _PTR, _PTR, _INT, _INT)

annotation_count = _declare("FPDFPage_GetAnnotCount", _INT, _PTR)
annotation = _declare("FPDFPage_GetAnnot", _PTR, _PTR, _INT)
annotation_kind = _declare("FPDFAnnot_GetSubtype", _INT, _PTR)
close_annotation = _declare("FPDFPage_CloseAnnot", None, _PTR)
remove_annotation = _declare("FPDFPage_RemoveAnnot", _INT, _PTR, _INT)
flatten = _declare("FPDFPage_Flatten", _INT, _PTR, _INT)


class Numbers:
    """A row of numbers that pdfium writes to: `at` are their addresses, `read()` their values."""

    def __init__(self, kind: type[c_double | c_float | c_uint | c_int], count: int) -> None:
        self._row = (kind * count)()
        first = ctypes.addressof(self._row)
        self.at = tuple(first + ix * ctypes.sizeof(kind) for ix in range(count))
        self.read: Callable[[], list[Any]] = partial(self._row.__getitem__, slice(None))


def address(handle: object) -> int:
    """Give the address of a handle of pypdfium2."""
    value = ctypes.cast(handle, c_void_p).value  # type: ignore[arg-type]
    assert value is not None
    return value
