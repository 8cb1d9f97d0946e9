"""In: a sheet. Out: a table of a DOCX file, written as its XML."""

from collections.abc import Iterable

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from lxml.etree import _Element

from .layout import Border, Layout
from .sheet import Sheet, Square
from .story import TableBlock

RULES: dict[Border, tuple[str, int]] = {  # kind of rule, eighths of a point
    "solid": ("single", 4),
    "thin": ("single", 2),
    "thick": ("single", 18),
    "dashed": ("dashed", 4),
    "dotted": ("dotted", 6),
    "double": ("double", 4),
    "shaded": ("single", 4),
    "dark_head": ("single", 4),
    "open_sides": ("single", 4),
    "three_line": ("nil", 0),
    "none": ("nil", 0),
}
HEAD_FILLS: dict[Border, str] = {"shaded": "C6D9F1", "dark_head": "1F3F6E"}
TRAPS = {  # ink beside a number: its text, whether it stands before, how its run is marked
    "struck": ("5 ", True, ("w:strike", "true")),
    "hidden": ("5", True, ("w:color", "FFFFFF")),
    "note_mark": ("1", False, ("w:vertAlign", "superscript")),
}
HEADS = ("title", "head", "corner")
LINE_TWIPS = 8800  # width of the text on a portrait page
WIDE_TWIPS = 13600


def element(tag: str, **attributes: object) -> _Element:
    """Give an element with its attributes."""
    made: _Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def shade(colour: str) -> _Element:
    """Give a fill."""
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')


def add_table(document: Document, block: TableBlock, layout: Layout) -> None:
    """Add a table at the end of a document."""
    line = WIDE_TWIPS if block.wide or layout.orientation == "landscape" else LINE_TWIPS
    share = 0.62 if layout.narrow else 1
    widths = [int(line * share * w / sum(block.sheet.widths)) for w in block.sheet.widths]
    table = OxmlElement("w:tbl")
    table.append(_table_properties(layout, sum(widths)))
    grid = OxmlElement("w:tblGrid")
    grid.extend(element("w:gridCol", w=width) for width in widths)
    table.append(grid)
    for row, entries in enumerate(_grid_rows(block.sheet)):
        table.append(_row(row, entries, block.sheet, widths, layout))
    body = document.element.body
    body.insert(len(body) - 1, table)  # before the section's properties
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _table_properties(layout: Layout, width: int) -> _Element:
    properties = OxmlElement("w:tblPr")
    properties.append(element("w:tblW", w=width, type="dxa"))
    properties.append(element("w:jc", val="center"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind, size = _rule(layout.border, side)
        borders.append(element(f"w:{side}", val=kind, sz=size, space=0, color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=20 if layout.narrow else 60, type="dxa"))
    properties.append(margins)
    return properties


def _rule(border: Border, side: str) -> tuple[str, int]:
    if border == "open_sides" and side in {"left", "right"}:
        return "nil", 0
    if border == "three_line" and side in {"top", "bottom"}:
        return "single", 12
    return RULES[border]


def _grid_rows(sheet: Sheet) -> Iterable[list[tuple[Square, bool]]]:
    """Give for each row the squares in it, and whether each starts there or comes from above."""
    for row in range(sheet.row_count):
        here = [s for s in sheet.squares if s.row <= row < s.row + s.row_span]
        yield [(s, s.row == row) for s in sorted(here, key=lambda s: s.column)]


def _row(
    row: int,
    entries: list[tuple[Square, bool]],
    sheet: Sheet,
    widths: list[int],
    layout: Layout,
) -> _Element:
    line = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    if not layout.split_rows:
        properties.append(OxmlElement("w:cantSplit"))
    if layout.repeat_header and row < sheet.head_rows:
        properties.append(OxmlElement("w:tblHeader"))
    line.append(properties)
    for square, starts in entries:
        is_headend = row == sheet.head_rows - 1
        line.append(_cell(square, widths, layout, starts=starts, is_headend=is_headend))
    return line


def _cell(
    square: Square, widths: list[int], layout: Layout, *, starts: bool, is_headend: bool
) -> _Element:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    width = sum(widths[square.column : square.column + square.column_span])
    properties.append(element("w:tcW", w=width, type="dxa"))
    if square.column_span > 1:
        properties.append(element("w:gridSpan", val=square.column_span))
    if square.row_span > 1:
        merge = {"val": "restart"} if starts else {}
        properties.append(element("w:vMerge", **merge))
    if layout.border == "three_line" and is_headend:
        edges = OxmlElement("w:tcBorders")
        edges.append(element("w:bottom", val="single", sz=6, space=0, color="000000"))
        properties.append(edges)
    if layout.border in HEAD_FILLS and square.role in HEADS:
        properties.append(shade(HEAD_FILLS[layout.border]))
    if square.is_vertical and layout.vertical == "turned":
        properties.append(element("w:textDirection", val="tbRl"))
    properties.append(element("w:vAlign", val="center"))
    cell.append(properties)
    is_last = square.column + square.column_span == len(widths)
    marks = _marks(square, layout, is_last=is_last)
    for text in _lines(square, layout) if starts else [""]:
        cell.append(_cell_paragraph(text, square, layout, marks))
    return cell


def _lines(square: Square, layout: Layout) -> list[str]:
    """Give the paragraphs of a cell: a stacked label is one character a line."""
    if square.is_vertical and layout.vertical == "stacked":
        return list(square.text)
    return [square.text]


def _marks(square: Square, layout: Layout, *, is_last: bool) -> list[tuple[str, str]]:
    """Give how the runs of a cell are marked: bold, underlined, white on dark."""
    marks = []
    if layout.style == "bold_totals" and square.role == "number" and is_last:
        marks.append(("w:b", "true"))
    if layout.border == "dark_head" and square.role in HEADS:
        marks.append(("w:color", "FFFFFF"))
    marks.append(("w:sz", str(layout.font_pt * 2)))
    if layout.style == "underlined" and square.role == "number":
        marks.append(("w:u", "single"))
    return marks


def _cell_paragraph(
    text: str, square: Square, layout: Layout, marks: list[tuple[str, str]]
) -> _Element:
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    side = "left" if square.role in {"label", "corner"} and not square.is_vertical else "center"
    properties.append(element("w:jc", val=side))
    paragraph.append(properties)
    runs = [_run(text, marks)]
    if square.trap != "none":
        ink, stands_before, mark = TRAPS[square.trap]
        runs.insert(0 if stands_before else 1, _run(ink, [mark, *marks]))
    paragraph.extend(runs)
    return paragraph


def _run(text: str, marks: list[tuple[str, str]]) -> _Element:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    properties.extend(element(tag, val=value) for tag, value in marks)
    run.append(properties)
    content = OxmlElement("w:t")
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    return run
