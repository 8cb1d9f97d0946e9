"""In: a PDF and a page's index. Out: the page, with what form fields and notes write on it.

Values of form fields, typed notes and struck-out marks are annotations, not content: a reader who
left them out would take a filled cell for a blank one. They are made content in memory; marks
that only point at text (highlights, frames, links) are not.
"""

import pypdfium2

from auditor.read.pdf import pdfium

_FREE_TEXT, _STRIKE_OUT, _WIDGET, _REDACTION = 3, 12, 20, 28  # FPDF_ANNOT_*
_WRITING = frozenset({_FREE_TEXT, _STRIKE_OUT, _WIDGET, _REDACTION})
_FOR_DISPLAY = 0  # FLAT_NORMALDISPLAY


def open_page(pdf: pypdfium2.PdfDocument, ix: int) -> pypdfium2.PdfPage:
    """Give the page of that index; raises pypdfium2.PdfiumError where it is damaged."""
    page: pypdfium2.PdfPage = pdf[ix]
    handle = pdfium.address(page.raw)
    kinds = [_kind(handle, at) for at in range(pdfium.annotation_count(handle))]
    if _WRITING.isdisjoint(kinds):
        return page
    for at in reversed(range(len(kinds))):
        if kinds[at] not in _WRITING:
            pdfium.remove_annotation(handle, at)
    pdfium.flatten(handle, _FOR_DISPLAY)
    page.close()  # type: ignore[no-untyped-call]
    flattened: pypdfium2.PdfPage = pdf[ix]  # parsed anew, with what is now its content
    return flattened


def _kind(page: int, at: int) -> int:
    annotation = pdfium.annotation(page, at)
    kind: int = pdfium.annotation_kind(annotation)
    pdfium.close_annotation(annotation)
    return kind
