"""In: the bytes of a PNG, JPEG or TIFF. Out: a Document, as of any other reader.

The chain for a page: picture -> upright and level -> rules -> lattices; lines of text, read as a
whole and cell by cell -> glyphs and pieces of rules; from there on it is a page of a PDF.
"""

from auditor.errors import UnreadableError
from auditor.model import Document
from auditor.read.pdf.joining import join_pages
from auditor.read.pdf.page import Page
from auditor.read.pdf.reader import problems_of
from auditor.read.scan.extra import why_missing


def read_picture(content: bytes, file: str) -> Document:
    """Read a scanned document, page by page.

    Raises: UnreadableError where OCR is not installed, or the file is broken or too large.
    """
    if missing := why_missing():
        raise UnreadableError(f"{file}: {missing.zh}", f"{file}: {missing.en}")
    from auditor.read.scan.page import Sheet, read_sheet  # noqa: PLC0415 - loads the extra
    from auditor.read.scan.picture import open_pages  # noqa: PLC0415

    pages: list[Page] = []
    for page_no, scanned in enumerate(open_pages(content, file), 1):
        sheet = Sheet(scanned.picture, scanned.dpi, page_no)
        pages.append(read_sheet(sheet, pages[-1].columns if pages else ()))
    return Document(file, join_pages(pages), problems_of(pages))
