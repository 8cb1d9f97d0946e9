"""In: a page whose text layer is missing or not to be trusted. Out: what its picture says."""

from dataclasses import replace

import pypdfium2

from auditor.model import Problem, Wording
from auditor.read.pdf.doubts import first_doubt
from auditor.read.pdf.grids import DrawnTable
from auditor.read.pdf.page import Page
from auditor.read.pdf.painted import Fault
from auditor.read.pdf.unruled_head import Extent

_UNTRUSTED = {"page_without_text", "page_is_picture", "invisible_text", "garbled_text"}
_GARBLED = first_doubt((Fault.UNMAPPED,))


def is_picture(page: Page) -> bool:
    """Tell whether a page's text layer does not say what one sees on it."""
    return any(p.code in _UNTRUSTED for p in page.problems) or any(
        cell.doubt == _GARBLED
        for block, _ in page.blocks
        if isinstance(block, DrawnTable)
        for cell in block.grid.cells
    )


def read_scanned(page: pypdfium2.PdfPage, by_layer: Page, known: tuple[Extent, ...]) -> Page:
    """Read the page as it is seen; as far as its layer goes where OCR is not installed."""
    from auditor.read.scan.extra import why_missing  # noqa: PLC0415 - only for scans

    if missing := why_missing():
        problems = tuple(
            _advised(p, missing) if p.code in _UNTRUSTED else p for p in by_layer.problems
        )
        return replace(by_layer, problems=problems)
    from auditor.read.pdf.picture import draw_page, scan_dpi  # noqa: PLC0415 - loads the extra
    from auditor.read.scan.page import Sheet, read_sheet  # noqa: PLC0415

    picture, dpi = draw_page(page)
    return read_sheet(Sheet(picture, dpi, by_layer.page_no, scan_dpi(page)), known)


def _advised(problem: Problem, missing: Wording) -> Problem:
    message = Wording(f"{problem.message.zh}；{missing.zh}", f"{problem.message.en}; {missing.en}")
    return replace(problem, message=message)
