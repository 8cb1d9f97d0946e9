"""In: the bytes of a file. Out: which kind it is, told by its content, never by its name."""

import csv
import io
import re
from collections.abc import Sequence

_ZIP = b"PK\3\4"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_XML_MARKS = (
    b"<?mso-application",
    b"http://schemas.microsoft.com/office/2006/xml",
    b"urn:oasis:names:tc:opendocument:xmlns:office",
)
_FEWEST_COMMAS = 2
_MOST_ROWS = 0.6  # titles and prose between tables may be rows of one field
_SAMPLE = 65536
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|t[rdh]|div|meta|title|p|span|font|center|style|script)"
    rb"[\s>/]",
    re.IGNORECASE,
)
_TABLE_IN_TEXT = re.compile(rb"(?:<|&lt;|\\u003c|\\x3c)(?:table|tr)[\s>&\\]", re.IGNORECASE)
_CODE = re.compile(rb"\s*(?:[{\[]|(?:var|let|const|window)\b|[\w.$]{1,40}\s*[=(]\s*[{\[\"'])")


def is_pdf(content: bytes) -> bool:
    """Tell a PDF; some servers put a few bytes before it."""
    return b"%PDF-" in content[:1024]


def is_docx(content: bytes) -> bool:
    """Tell a Word document of today (also one that WPS or LibreOffice wrote)."""
    return _holds_folder(content, "word/")


def is_xlsx(content: bytes) -> bool:
    """Tell an Excel workbook of today, its sheets in XML."""
    return _holds_folder(content, "xl/") and not is_xlsb(content)


def is_xlsb(content: bytes) -> bool:
    """Tell an Excel workbook whose sheets are in a binary form."""
    return content.startswith(_ZIP) and "xl/workbook.bin" in _names(content)


def is_open_document(content: bytes) -> bool:
    """Tell an OpenDocument text or spreadsheet."""
    return content.startswith(_ZIP) and b"application/vnd.oasis.opendocument." in content[:200]


def open_document_suffix(content: bytes) -> str:
    """Give the suffix of an OpenDocument file."""
    return ".ods" if b"opendocument.spreadsheet" in content[:200] else ".odt"


def is_zip(content: bytes) -> bool:
    """Tell a zip file of whatever kind."""
    return content.startswith((_ZIP, b"PK\5\6"))


def is_plain_listing(names: Sequence[str]) -> bool:
    """Tell by its members a zip file that holds other files and is no document itself."""
    marks = {"[Content_Types].xml", "OFD.xml", "mimetype"}
    return bool(names) and not marks.intersection(names)


def holds_files(content: bytes) -> bool:
    """Tell a zip file whose list of members is whole."""
    return bool(_names(content))


def _holds_folder(content: bytes, folder: str) -> bool:
    return content.startswith(_ZIP) and any(name.startswith(folder) for name in _names(content))


def _names(content: bytes) -> tuple[str, ...]:
    from auditor.read.archive import names_in  # noqa: PLC0415 - only for what is a zip

    return names_in(content)


def is_picture(content: bytes) -> bool:
    """Tell a PNG, JPEG or TIFF."""
    return content.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*"))


def is_ole(content: bytes) -> bool:
    """Tell the container of old Office files: DOC, XLS, WPS, ET, and encrypted new ones."""
    return content.startswith(_OLE)


def is_encrypted_office(content: bytes) -> bool:
    """Tell a new Office file that a password protects."""
    return is_ole(content) and _has_stream(content, "EncryptedPackage")


def is_old_word(content: bytes) -> bool:
    """Tell a DOC (or WPS) file."""
    return is_ole(content) and _has_stream(content, "WordDocument")


def is_old_excel(content: bytes) -> bool:
    """Tell an XLS (or ET) file."""
    is_workbook = _has_stream(content, "Workbook") or _has_stream(content, "Book")
    return is_ole(content) and is_workbook and not is_old_word(content)


def _has_stream(content: bytes, name: str) -> bool:
    return f"{name}\0".encode("utf-16-le") in content


def is_rich_text(content: bytes) -> bool:
    """Tell an RTF file."""
    return content.lstrip()[:5] == b"{\\rtf"


def is_office_xml(content: bytes) -> bool:
    """Tell a document in one XML file: Word's and Excel's of 2003, Word's package, OpenDocument."""
    head = content[:_HEAD]
    return (
        any(mark in head for mark in _XML_MARKS)
        and head.lstrip(b"\xef\xbb\xbf \r\n")[:5] == b"<?xml"
    )


def is_mhtml(content: bytes) -> bool:
    """Tell a web page saved as one file."""
    head = content[:_HEAD].lower()
    return b"mime-version:" in head and (b"multipart/related" in head or b"text/html" in head)


def is_html(content: bytes) -> bool:
    """Tell a web page, a piece of one, or data in which a page's tables are quoted."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.replace(b"\0", b"")
    head = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:_HEAD]
    if head.startswith(b"<"):
        return _MARKUP.search(content) is not None
    if _CODE.match(head):
        return _TABLE_IN_TEXT.search(content) is not None
    return re.search(rb"<table[\s>]", content, re.IGNORECASE) is not None


def is_text(content: bytes) -> bool:
    """Tell plain text of some encoding."""
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content[:_SAMPLE]


def is_csv(content: bytes) -> bool:
    """Tell a table whose fields are parted by commas: most rows have several."""
    if not is_text(content) or b"," not in content or b"\t" in content[:_SAMPLE]:
        return False
    from auditor.read.encoding import decode  # noqa: PLC0415 - only for what has commas

    rows = csv.reader(io.StringIO(decode(content[:_SAMPLE]).text, newline=""))
    try:
        counts = [len(fields) for fields in rows if fields]
    except csv.Error:
        return False
    return sum(count > _FEWEST_COMMAS for count in counts) >= _MOST_ROWS * len(counts)
