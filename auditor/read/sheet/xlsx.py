"""In: the bytes of an XLSX file. Out: a Document: each visible sheet as a grid, with problems.

Read from the XML itself: stored digits stay exact, and a formula without a stored result is told
from a blank.
"""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditor.errors import UnreadableError
from auditor.model import Document, Wording
from auditor.read.archive import Archive
from auditor.read.sheet.cells import Entry, Merge, Sheet
from auditor.read.sheet.document import to_document
from auditor.read.sheet.formats import show_number
from auditor.read.sheet.names import area, position
from auditor.read.sheet.styles import CellStyle, read_styles, rich_text
from auditor.read.xml import parse_xml, refuse_entities

_MOST_CELLS = 300_000
_NOT_CALCULATED = Wording(
    "公式没有保存计算结果；请用 Excel/WPS 打开并保存后再试",
    "the formula has no stored result; open and save the workbook in Excel or WPS",
)
_TRUTH = {"1": "TRUE", "0": "FALSE"}
_PLAIN = CellStyle("General", None)


def read_xlsx(content: bytes, file: str) -> Document:
    """Read a workbook.

    Raises: UnreadableError where it is broken, encrypted or too large.
    """
    book = _Book(Archive(content, file), file)
    return to_document(file, tuple(book.sheets()), book.hidden)


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    path: str
    is_hidden: bool


class _Book:
    """A workbook's parts: its strings and styles, and its sheets in order."""

    def __init__(self, archive: Archive, file: str) -> None:
        self._archive = archive
        self._file = file
        main = "xl/workbook.xml"
        if main not in archive:
            main = next((n for n in archive.names if n.endswith("workbook.xml")), main)
        if main not in archive:
            raise UnreadableError(
                f"{file}: 不是完整的 Excel 工作簿；请用 Excel/WPS 打开后另存一份再试",
                f"{file}: no whole Excel workbook; open and save it anew",
            )
        self._targets = self._relations(main)
        self._parts = tuple(self._listed(parse_xml(archive.read(main), file)))
        self._strings = self._shared_strings()
        self._styles = self._cell_styles()

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of the sheets that are not shown."""
        return tuple(part.name for part in self._parts if part.is_hidden)

    def sheets(self) -> Iterator[Sheet]:
        """Read the sheets that are shown."""
        for part in self._parts:
            if not part.is_hidden and part.path in self._archive:
                yield self._sheet(part)

    def _relations(self, main: str) -> dict[str, tuple[str, str]]:
        """Give kind and path of the workbook's parts by their id."""
        folder, name = posixpath.split(main)
        listing = f"{folder}/_rels/{name}.rels"
        if listing not in self._archive:
            return {}
        targets = {}
        for relation in parse_xml(self._archive.read(listing), self._file):
            path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            kind = relation.get("Type", "").rpartition("/")[2]
            targets[relation.get("Id", "")] = (kind, path.lstrip("/"))
        return targets

    def _listed(self, workbook: etree._Element) -> Iterator[_Part]:
        for element in workbook.iter("{*}sheet"):
            link = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
            kind, path = self._targets.get(str(link), ("", ""))
            if kind == "worksheet":
                is_hidden = element.get("state", "visible") != "visible"
                yield _Part(element.get("name", ""), path, is_hidden)

    def _path_of(self, kind: str) -> str | None:
        paths = (path for found, path in self._targets.values() if found == kind)
        return next((path for path in paths if path in self._archive), None)

    def _shared_strings(self) -> tuple[Entry, ...]:
        path = self._path_of("sharedStrings")
        if path is None:
            return ()
        items = _elements(self._archive.read(path), "si", self._file)
        return tuple(rich_text(item) for item in items)

    def _cell_styles(self) -> tuple[CellStyle, ...]:
        path = self._path_of("styles")
        return read_styles(parse_xml(self._archive.read(path), self._file)) if path else ()

    def _sheet(self, part: _Part) -> Sheet:
        content = self._archive.read(part.path)
        entries: dict[tuple[int, int], Entry] = {}
        hidden_rows: set[int] = set()
        row = -1
        for element in _elements(content, "row", self._file):
            row = _index(element.get("r"), row + 1)
            if _is_on(element.get("hidden")) or element.get("ht") == "0":
                hidden_rows.add(row)
            entries.update(self._row(element, row))
            if len(entries) > _MOST_CELLS:
                break
        return Sheet(
            name=part.name,
            entries=entries,
            merges=tuple(_merges(content, self._file)),
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(_hidden_columns(content, self._file)),
        )

    def _row(self, element: etree._Element, row: int) -> Iterator[tuple[tuple[int, int], Entry]]:
        column = -1
        for cell in element:
            if etree.QName(cell).localname == "c":
                found = position(cell.get("r", ""))
                column = found[1] if found else column + 1
                yield (row, column), self._entry(cell)

    def _entry(self, cell: etree._Element) -> Entry:
        style = self._style(cell)
        entry = self._content(cell, style)
        doubt = entry.doubt or (style.doubt if entry.text else None)
        return Entry(entry.text, entry.raw, doubt)

    def _style(self, cell: etree._Element) -> CellStyle:
        index = _index(cell.get("s"), -1, base=0)
        return self._styles[index] if 0 <= index < len(self._styles) else _PLAIN

    def _content(self, cell: etree._Element, style: CellStyle) -> Entry:
        kind = cell.get("t", "n")
        value = cell.find("{*}v")
        text = (value.text or "") if value is not None else None
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return rich_text(inline) if inline is not None else Entry("", "")
        if cell.find("{*}f") is not None and (text is None or (text == "" and kind != "str")):
            return Entry("", "", _NOT_CALCULATED)
        if not text:
            return Entry("", "")
        if kind == "s":
            index = _index(text, -1, base=0)
            known = 0 <= index < len(self._strings)
            return self._strings[index] if known else Entry(text, text)
        if kind == "b":
            return Entry(_TRUTH.get(text, text), text)
        return show_number(text, style.number_format) if kind == "n" else Entry(text, text)


def _index(text: str | None, default: int, base: int = 1) -> int:
    """Give a number written in the file as an index from 0."""
    digits = (text or "").strip()
    return int(digits) - base if digits.isdecimal() and len(digits) < 9 else default


def _is_on(text: str | None) -> bool:
    return text in {"1", "true"}


def _elements(content: bytes, name: str, file: str) -> Iterator[etree._Element]:
    """Give the elements of that name one after the other; each is emptied when the next comes."""
    refuse_entities(content, file)
    events = etree.iterparse(
        io.BytesIO(content),
        tag=f"{{*}}{name}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as fault:
        raise UnreadableError(
            f"{file}: 工作表已损坏；请用 Excel/WPS 打开后另存一份再试",
            f"{file}: a sheet is damaged; open and save the workbook anew",
        ) from fault


def _merges(content: bytes, file: str) -> Iterator[Merge]:
    for element in _elements(content, "mergeCell", file):
        found = area(element.get("ref", ""))
        if found:
            yield found


def _hidden_columns(content: bytes, file: str) -> Iterator[int]:
    for element in _elements(content, "col", file):
        if _is_on(element.get("hidden")) or element.get("width") == "0":
            first = _index(element.get("min"), 0)
            last = min(_index(element.get("max"), first), 16_383)
            yield from range(first, last + 1)
