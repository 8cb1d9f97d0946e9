"""In: the bytes of a file. Out: a Document; the format is told by content, never by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from auditor.errors import UnreadableError
from auditor.model import Document
from auditor.read import kinds

Reader = Callable[[bytes, str], Document]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: how its content is told, and which function reads it."""

    name: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool]
    module: str
    function: str

    def reader(self) -> Reader:
        """Load the reader; the libraries it needs are imported only now."""
        reader: Reader = getattr(import_module(self.module), self.function)
        return reader


def _needs_office(content: bytes) -> bool:
    return (
        kinds.is_old_word(content)
        or kinds.is_rich_text(content)
        or kinds.is_open_document(content)
        or kinds.is_xlsb(content)
        or kinds.is_office_xml(content)
    )


# The order matters: the first that matches reads the file, and text matches nearly everything.
FORMATS = (
    Format("PDF", (".pdf",), kinds.is_pdf, "auditor.read.pdf", "read_pdf"),
    Format(
        "PNG/JPEG/TIFF",
        (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        kinds.is_picture,
        "auditor.read.scan.reader",
        "read_picture",
    ),
    Format("DOCX", (".docx", ".docm"), kinds.is_docx, "auditor.read.docx", "read_docx"),
    Format("XLSX", (".xlsx", ".xlsm"), kinds.is_xlsx, "auditor.read.sheet", "read_xlsx"),
    Format("XLS", (".xls", ".et"), kinds.is_old_excel, "auditor.read.sheet", "read_xls"),
    Format(
        "DOC/WPS/RTF/ODT",
        (".doc", ".wps", ".rtf", ".odt", ".ods", ".xlsb"),
        _needs_office,
        "auditor.read.office",
        "read_by_office",
    ),
    Format("MHTML", (".mht", ".mhtml"), kinds.is_mhtml, "auditor.read.html", "read_mhtml"),
    Format(
        "HTML",
        (".html", ".htm", ".shtml", ".xhtml"),
        kinds.is_html,
        "auditor.read.html",
        "read_html",
    ),
    Format("CSV", (".csv",), kinds.is_csv, "auditor.read.sheet", "read_csv"),
    Format(
        "text",
        (".txt", ".text", ".md", ".markdown", ".tsv"),
        kinds.is_text,
        "auditor.read.text",
        "read_text",
    ),
)

_FOREIGN = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"PK\3\4", "ZIP/OFD/PPTX"),
    (b"PK\5\6", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
    (b"<", "XML"),
)


def suffixes() -> tuple[str, ...]:
    """Give the file name endings that a folder is searched for."""
    return tuple(suffix for format_ in FORMATS for suffix in format_.suffixes)


def read_document(content: bytes, file: str) -> Document:
    """Read a file's content; `file` is the name used in messages.

    Raises: UnreadableError where the content is empty, broken, encrypted or of no known format.
    """
    if not content.strip():
        raise UnreadableError(f"{file}: 文件是空的", f"{file}: the file is empty")
    if kinds.is_encrypted_office(content):
        raise UnreadableError(
            f"{file}: 文件已加密，需要密码；请提供未加密的文件",
            f"{file}: encrypted with a password; try an unencrypted copy",
        )
    foreign = _foreign_format(content)
    for format_ in FORMATS:
        if not (foreign and format_.matches is kinds.is_text) and format_.matches(content):
            return format_.reader()(content, file)
    raise _unknown(foreign, content, file)


def _unknown(foreign: str | None, content: bytes, file: str) -> UnreadableError:
    if kinds.is_zip(content) and not kinds.holds_files(content):
        return UnreadableError(
            f"{file}: 文件已损坏或不完整；请重新下载或另存一份再试",
            f"{file}: damaged or cut off; download it anew, or save a new copy, and try again",
        )
    if kinds.is_ole(content):
        return UnreadableError(
            f"{file}: 旧版 Office 文件，已损坏、不完整或不是文档；请另存为 DOCX 或 XLSX 再试",
            f"{file}: an old Office file, damaged or no document; save it as DOCX or XLSX",
        )
    if foreign:
        return UnreadableError(
            f"{file}: 内容是 {foreign}，不能读取；请提供 PDF、Word、Excel、网页或文本文件",
            f"{file}: holds {foreign}, which cannot be read; try PDF, Word, Excel, HTML or text",
        )
    return UnreadableError(
        f"{file}: 无法识别的文件格式；请另存为 PDF 再试",
        f"{file}: unknown file format; save it as PDF and try again",
    )


def _foreign_format(content: bytes) -> str | None:
    head = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16]
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), None)
