"""In: the body of a Word document. Out: its cells by the places that its reader gives them."""

from collections.abc import Iterator, Mapping

from lxml import etree

from auditor.read.docx.names import chosen, local
from auditor.read.docx.tables import cells_of
from auditor.read.normalise import normalise

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
Key = tuple[int, int, int]
"""Table, row and cell, as in Place: 1-based, as stored."""


def cells_by_place(body: etree._Element) -> Mapping[Key, etree._Element]:
    """Give every cell that the reader saw, nested tables and text boxes looked into."""
    return {
        (table_no, cell.row_no, cell.no): cell.element
        for table_no, table in enumerate(_tables(body), 1)
        for cell in cells_of(table)
    }


def text_of(element: etree._Element) -> str:
    """Give the text of an element, without what is deleted, as `squeezed` gives it."""
    return squeezed("".join(_texts(element)))


def squeezed(text: str) -> str:
    """Give a text normalised and without any space, so that two readings of it are alike."""
    return "".join(normalise(text).split())


def _texts(element: etree._Element) -> Iterator[str]:
    for kid in chosen(element):
        if local(kid) == "t":
            yield kid.text or ""
        elif local(kid) not in {"del", "moveFrom"}:
            yield from _texts(kid)


def _tables(element: etree._Element) -> Iterator[etree._Element]:
    for kid in chosen(element):
        name = local(kid)
        if name == "tbl":
            yield kid
            for cell in cells_of(kid):
                yield from _tables(cell.element)
        elif name == "p":
            for box in _boxes(kid):
                yield from _tables(box)
        elif name in _WRAPPERS:
            yield from _tables(kid)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    for kid in chosen(element):
        if local(kid) == "txbxContent":
            yield kid
        else:
            yield from _boxes(kid)
