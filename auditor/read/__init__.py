"""In: the bytes of a file. Out: a Document; the format is told by content, never by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from auditor.errors import UnreadableError
from auditor.model import Document

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


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _is_text(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content[:65536]


FORMATS = (
    Format("PDF", (".pdf",), _is_pdf, "auditor.read.pdf", "read_pdf"),
    Format(
        "text",
        (".txt", ".text", ".md", ".markdown", ".tsv"),
        _is_text,
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
    (b"PK\3\4", "DOCX/XLSX/ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC/XLS/WPS"),
    (b"{\\rtf", "RTF"),
    (b"<", "HTML/XML"),
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
    foreign = _foreign_format(content)
    if foreign:
        raise UnreadableError(
            f"{file}: 内容是 {foreign}，目前只能读取 PDF（有文字层）和纯文本；请另存为 PDF 再试",
            f"{file}: holds {foreign}; only PDF with a text layer and plain text can be read, "
            "save it as PDF and try again",
        )
    for format_ in FORMATS:
        if format_.matches(content):
            return format_.reader()(content, file)
    raise UnreadableError(
        f"{file}: 无法识别的文件格式；请另存为 PDF 再试",
        f"{file}: unknown file format; save it as PDF and try again",
    )


def _foreign_format(content: bytes) -> str | None:
    head = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:16]
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), None)
