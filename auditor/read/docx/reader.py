"""In: the bytes of a DOCX file. Out: a Document: paragraphs and grids in reading order, problems.

Read from the XML itself: inserted text counts and deleted text does not, content controls, text
boxes and nested tables are looked into, and automatic numbers stand before their paragraphs.
"""

from collections.abc import Iterator

from lxml import etree

from auditor.model import Document, Place, Problem, Wording
from auditor.read.docx.names import child, chosen, local
from auditor.read.docx.numbering import Numbering
from auditor.read.docx.package import Package, open_package
from auditor.read.docx.runs import (
    CHANGES,
    Fields,
    Piece,
    Surroundings,
    is_joined_to_next,
    pieces,
)
from auditor.read.docx.styles import Styles, fill_of
from auditor.read.docx.tables import CellElement, cells_of
from auditor.read.doubts import CELL_CHANGES, HIDDEN, NUMBERED, PICTURE, TEXT_BOX
from auditor.read.flow import Node, Square, Table, Text, to_blocks, too_large
from auditor.read.pictures import picture_problem

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
_DEEPEST_TABLE = 30
_TRACKED = Wording(
    "文档含有未处理的修订：新增内容按已接受读取，删除内容未计；请接受或拒绝全部修订后定稿",
    "the draft has unresolved tracked changes: insertions were read, deletions left out; accept "
    "or reject them all before it is final",
)
_EMBEDDED = Wording(
    "文档中嵌入了另一个文件的内容，没有读取；请用 Word/WPS 打开后另存一份再试",
    "the document embeds another file, which was not read; open it and save it anew",
)


def read_docx(content: bytes, file: str) -> Document:
    """Read a Word document.

    Raises: UnreadableError where it is broken, encrypted or too large.
    """
    package = open_package(content, file)
    reading = _Reading(package, file)
    body = child(package.document, "body")
    nodes = tuple(reading.nodes(body)) if body is not None else ()
    blocks = to_blocks(nodes, file)
    picture = picture_problem(reading.pictures, blocks)
    return Document(file, blocks, (*reading.problems, *((picture,) if picture else ())))


class _Reading:
    """One pass over a document; keeps count of lists, tables and open fields on the way."""

    def __init__(self, package: Package, file: str) -> None:
        self._file = file
        self._root = package.document
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering, self._styles)
        self._fields = Fields()
        self.pictures = 0  # outside of tables
        self._table_no = 0
        self._depth = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What a reader of the verdict must know about the draft."""
        names = {local(element) for element in self._root.iter()}
        found = []
        if names & CHANGES:
            found.append(Problem("tracked_changes", "warning", _TRACKED))
        if "altChunk" in names:
            found.append(Problem("embedded_document", "error", _EMBEDDED))
        return tuple(found)

    def nodes(self, element: etree._Element, ground: str | None = None) -> Iterator[Node]:
        """Give the texts and tables below the body, a cell or a text box."""
        joins = False
        for kid in chosen(element):
            name = local(kid)
            if name == "p":
                yield from self._paragraph(kid, ground, joins=joins)
                joins = is_joined_to_next(kid)
            elif name == "tbl":
                yield self._table(kid)
            elif name in _WRAPPERS:
                yield from self.nodes(kid, ground)

    def _paragraph(
        self, element: etree._Element, ground: str | None, *, joins: bool
    ) -> Iterator[Node]:
        properties = child(element, "pPr")
        around = Surroundings(self._styles, properties, fill_of(properties) or ground)
        label = self._numbering.label(properties)
        found = tuple(pieces(element, around, self._fields))
        self.pictures += sum(p.is_picture for p in found) if not self._depth else 0
        shown = "".join(piece.text for piece in found if piece.is_shown)
        raw = "".join(piece.text for piece in found)
        doubt = _doubt(found, raw) or (NUMBERED if label else None)
        yield Text(label + shown, label + raw, Place(), doubt, joins)
        for box in (box for piece in found for box in piece.boxes):
            yield from map(_in_box, self.nodes(box))

    def _table(self, element: etree._Element) -> Table:
        self._table_no += 1
        self._depth += 1
        if self._depth > _DEEPEST_TABLE:
            raise too_large(self._file)
        table_no = self._table_no
        squares = tuple(self._square(cell, table_no) for cell in cells_of(element))
        self._depth -= 1
        return Table(
            squares,
            row_count=max((s.row + s.row_span for s in squares), default=0),
            column_count=max((s.column + s.column_span for s in squares), default=0),
            place=Place(table=table_no),
        )

    def _square(self, cell: CellElement, table_no: int) -> Square:
        ground = fill_of(child(cell.element, "tcPr"))
        doubt = HIDDEN if cell.is_hidden else CELL_CHANGES if cell.is_changed else None
        return Square(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            content=tuple(self.nodes(cell.element, ground)),
            place=Place(table=table_no, row=cell.row_no, column=cell.no),
            doubt=doubt,
        )


def _doubt(found: tuple[Piece, ...], raw: str) -> Wording | None:
    """Give why a paragraph's text may not be trusted; a picture alone may be its number."""
    doubts = (piece.doubt for piece in found if piece.doubt)
    is_picture = any(piece.is_picture for piece in found) and not raw.strip()
    return next(doubts, PICTURE if is_picture else None)


def _in_box(node: Node) -> Node:
    """Mark text of a text box: in a table it need not be shown in the cell that holds it."""
    return Text(node.shown, node.raw, node.place, TEXT_BOX) if isinstance(node, Text) else node
