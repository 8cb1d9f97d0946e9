"""In: the bytes of a PDF. Out: a Document: paragraphs and grids in reading order, and problems.

The chain for a page: ink -> visible glyphs -> runs; pieces -> lines -> lattices; runs into cells;
the runs left over into paragraphs, which may go on over a page's end.
"""

from collections.abc import Sequence

import pypdfium2

from auditor.errors import UnreadableError
from auditor.model import Document, Problem
from auditor.read.pdf.doubts import page_problem, scanned_problem, truncated_problem
from auditor.read.pdf.joining import join_pages
from auditor.read.pdf.objects import TooComplexError
from auditor.read.pdf.opening import open_page
from auditor.read.pdf.page import Page, read_page
from auditor.read.pdf.scanned import is_picture, read_scanned
from auditor.read.pdf.source import read_ink

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def read_pdf(content: bytes, file: str) -> Document:
    """Read a PDF; pages without a text layer to be trusted by OCR, where it is installed.

    Raises: UnreadableError where nothing can be read (no PDF, damaged, encrypted, no pages).
    """
    try:
        pdf = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error.err_code, file) from error
    try:
        if not len(pdf):
            raise UnreadableError(f"{file}: PDF 中没有页面", f"{file}: the PDF has no pages")
        pages: list[Page] = []
        for ix in range(len(pdf)):
            pages.append(_read_page(pdf, ix, pages[-1] if pages else None))
    finally:
        pdf.close()  # type: ignore[no-untyped-call]
    problems = problems_of(pages)
    if _is_truncated(content):
        problems += (truncated_problem(),)
    return Document(file, join_pages(pages), problems)


def problems_of(pages: Sequence[Page]) -> tuple[Problem, ...]:
    """Give the problems of the pages, and which of them were read from pictures."""
    scanned = [page.page_no for page in pages if page.is_scan]
    said = (scanned_problem(scanned),) if scanned else ()
    return (*said, *(problem for page in pages for problem in page.problems))


def _unreadable(code: int | None, file: str) -> UnreadableError:
    if code == _PASSWORD_ERROR:
        return UnreadableError(
            f"{file}: PDF 已加密，需要密码；请提供未加密的文件",
            f"{file}: the PDF is encrypted and needs a password; try an unencrypted copy",
        )
    return UnreadableError(
        f"{file}: 不是有效的 PDF，或文件已损坏、不完整",
        f"{file}: not a PDF, or damaged or cut off",
    )


def _read_page(pdf: pypdfium2.PdfDocument, ix: int, before: Page | None) -> Page:
    try:
        page = open_page(pdf, ix)
    except pypdfium2.PdfiumError:
        return Page(ix + 1, problems=(page_problem("page_unreadable", ix + 1),))
    try:
        known, heading = (before.columns, before.heading) if before else ((), ())
        read = read_page(read_ink(page, ix + 1), known, heading)
        return read_scanned(page, read, known) if is_picture(read) else read
    except TooComplexError:
        return Page(ix + 1, problems=(page_problem("page_too_complex", ix + 1),))
    finally:
        page.close()  # type: ignore[no-untyped-call]


def _is_truncated(content: bytes) -> bool:
    """Tell whether objects stand behind the last end mark: pdfium reads such a file silently."""
    return b" obj" in content[content.rfind(b"%%EOF") + 1 :]
