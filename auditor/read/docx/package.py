"""In: the bytes of a DOCX file. Out: its main part, styles and numbering as XML."""

import posixpath
from dataclasses import dataclass

from lxml import etree

from auditor.errors import UnreadableError
from auditor.read.archive import Archive
from auditor.read.xml import parse_xml


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word document that say what is shown."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None


def open_package(content: bytes, file: str) -> Package:
    """Open a DOCX file; raises UnreadableError where it is broken, encrypted or too large."""
    archive = Archive(content, file)
    main = _related(archive, "", "officeDocument", file) or "word/document.xml"
    if main not in archive:
        raise UnreadableError(
            f"{file}: 不是完整的 Word 文档（缺少正文）；请用 Word/WPS 打开后另存一份再试",
            f"{file}: no whole Word document (its text is missing); open and save it anew",
        )
    return Package(
        document=parse_xml(archive.read(main), file),
        styles=_optional(archive, main, "styles", file),
        numbering=_optional(archive, main, "numbering", file),
    )


def _optional(archive: Archive, main: str, kind: str, file: str) -> etree._Element | None:
    part = _related(archive, main, kind, file)
    return parse_xml(archive.read(part), file) if part and part in archive else None


def _related(archive: Archive, source: str, kind: str, file: str) -> str | None:
    """Give the part that `source` ("" is the package) names as its styles, numbering ..."""
    folder, name = posixpath.split(source)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return None
    for relation in parse_xml(archive.read(listing), file):
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("Target"):
            target = posixpath.join("/", folder, relation.get("Target", ""))
            return posixpath.normpath(target).lstrip("/")
    return None
