"""In: a specimen. Out: a DOCX file that LibreOffice prints as a government report."""

from collections.abc import Iterable
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from .layout import Border, Layout
from .sheet import Sheet, Square
from .specimen import Specimen
from .story import Line, PageEnd, TableBlock, tell

FONTS = {"serif": "Noto Serif CJK SC", "sans": "Noto Sans CJK SC", "hei": "WenQuanYi Zen Hei"}
RULES: dict[Border, tuple[str, int]] = {  # kind of rule, eighths of a point
    "solid": ("single", 4),
    "thin": ("single", 2),
    "thick": ("single", 18),
    "dashed": ("dashed", 4),
    "dotted": ("dotted", 6),
    "double": ("double", 4),
    "shaded": ("single", 4),
    "open_sides": ("single", 4),
    "three_line": ("nil", 0),
    "none": ("nil", 0),
}
LINE_TWIPS = 8800  # width of the text on a portrait page
WIDE_TWIPS = 13600
ALIGNED = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "signature": WD_ALIGN_PARAGRAPH.RIGHT,
    "para": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write_docx(specimen: Specimen, file: Path) -> None:
    """Write the report as a DOCX file."""
    document = docx.Document()
    layout = specimen.layout
    _set_styles(document, layout)
    _set_page(document.sections[0], wide=layout.orientation == "landscape")
    _set_furniture(document.sections[0], specimen)
    is_wide = False
    for block in tell(specimen):
        wide = not isinstance(block, PageEnd) and block.wide
        if wide != is_wide and not isinstance(block, PageEnd):
            _set_page(document.add_section(WD_SECTION.NEW_PAGE), wide=wide)
            is_wide = wide
        if isinstance(block, Line):
            _add_line(document, block, layout)
        elif isinstance(block, PageEnd):
            _end_page(document)
        else:
            _add_table(document, block, layout)
    document.save(str(file))


def _set_styles(document: Document, layout: Layout) -> None:
    normal = document.styles["Normal"]
    font = normal.font  # type: ignore[attr-defined]
    font.name, font.size = FONTS[layout.font], Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:ascii", "w:cs"):
        fonts.set(qn(script), FONTS[layout.font])
    normal.paragraph_format.space_after = Pt(0)  # type: ignore[attr-defined]


def _set_page(section: Section, *, wide: bool) -> None:
    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _set_furniture(section: Section, specimen: Specimen) -> None:
    layout = specimen.layout
    if layout.running_head:
        section.header.paragraphs[0].add_run(specimen.prose.title.replace("\n", "")).font.size = Pt(
            9
        )
    if layout.watermark:
        section.header.paragraphs[0]._p.append(_watermark())
    marks = {
        "none": (),
        "dashes": ("- ", "PAGE", " -"),
        "long_dashes": ("— ", "PAGE", " —"),
        "of_pages": ("第 ", "PAGE", " 页 共 ", "NUMPAGES", " 页"),
    }[layout.footer]
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for mark in marks:
        if mark.isupper() and mark.isascii():
            footer._p.append(_field(mark))
        else:
            footer.add_run(mark)


def _field(code: str) -> _Element:
    return parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    )


def _watermark() -> _Element:
    """A word across the page, drawn as Word draws its watermarks: text on a path in the header."""
    return parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:path textpathok="t" o:connecttype="custom"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136"'
        ' style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:90pt;'
        "rotation:315;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin;z-index:-251658752"'
        ' fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        '<v:textpath style="font-family:&quot;Noto Sans CJK SC&quot;;font-size:1pt"'
        ' string="内部核对稿"/></v:shape></w:pict></w:r>'
    )


def _add_line(document: Document, line: Line, layout: Layout) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text)
    if line.kind in ALIGNED:
        paragraph.alignment = ALIGNED[line.kind]
    if line.kind == "title":
        run.font.size, run.bold = Pt(20), True
    elif line.kind in {"para", "heading", "glued"}:
        paragraph.paragraph_format.first_line_indent = Pt(28)
        paragraph.paragraph_format.line_spacing = Pt(26)
    if line.kind == "heading":
        run.bold, paragraph.paragraph_format.keep_with_next = True, True
    _dress(paragraph, line, layout)


def _dress(paragraph: Paragraph, line: Line, layout: Layout) -> None:
    """Give body text the frames and fills that make it look like a table."""
    if layout.body == "underlined" and line.kind == "para":
        for run in paragraph.runs:
            run.underline = True
    properties = paragraph._p.get_or_add_pPr()
    is_boxed = layout.body == "boxed" and line.kind == "para"
    if is_boxed or (layout.body == "glued" and line.kind == "glued"):
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right")
        )
        properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))
    if layout.body in {"white_boxes", "glued"}:
        properties.append(_shade("FFFFFF"))


def _shade(colour: str) -> _Element:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')


def _end_page(document: Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def _add_table(document: Document, block: TableBlock, layout: Layout) -> None:
    line = WIDE_TWIPS if block.wide or layout.orientation == "landscape" else LINE_TWIPS
    share = 0.62 if layout.narrow else 1
    widths = [int(line * share * w / sum(block.sheet.widths)) for w in block.sheet.widths]
    table = OxmlElement("w:tbl")
    table.append(_table_properties(layout, sum(widths)))
    grid = OxmlElement("w:tblGrid")
    grid.extend(_element("w:gridCol", w=width) for width in widths)
    table.append(grid)
    for row, entries in enumerate(_grid_rows(block.sheet)):
        table.append(_row(row, entries, block.sheet, widths, layout))
    body = document.element.body
    body.insert(len(body) - 1, table)  # before the section's properties
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _element(tag: str, **attributes: object) -> _Element:
    element: _Element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _table_properties(layout: Layout, width: int) -> _Element:
    properties = OxmlElement("w:tblPr")
    properties.append(_element("w:tblW", w=width, type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind, size = _rule(layout.border, side)
        borders.append(_element(f"w:{side}", val=kind, sz=size, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=20 if layout.narrow else 60, type="dxa"))
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
    element = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    if not layout.split_rows:
        properties.append(OxmlElement("w:cantSplit"))
    if layout.repeat_header and row < sheet.head_rows:
        properties.append(OxmlElement("w:tblHeader"))
    element.append(properties)
    for square, starts in entries:
        is_headend = row == sheet.head_rows - 1
        element.append(_cell(square, widths, layout, starts=starts, is_headend=is_headend))
    return element


def _cell(
    square: Square, widths: list[int], layout: Layout, *, starts: bool, is_headend: bool
) -> _Element:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    width = sum(widths[square.column : square.column + square.column_span])
    properties.append(_element("w:tcW", w=width, type="dxa"))
    if square.column_span > 1:
        properties.append(_element("w:gridSpan", val=square.column_span))
    if square.row_span > 1:
        merge = {"val": "restart"} if starts else {}
        properties.append(_element("w:vMerge", **merge))
    if layout.border == "three_line" and is_headend:
        edges = OxmlElement("w:tcBorders")
        edges.append(_element("w:bottom", val="single", sz=6, space=0, color="000000"))
        properties.append(edges)
    if layout.border == "shaded" and square.role in {"title", "head", "corner"}:
        properties.append(_shade("C6D9F1"))
    if square.is_vertical and layout.vertical == "turned":
        properties.append(_element("w:textDirection", val="tbRl"))
    properties.append(_element("w:vAlign", val="center"))
    cell.append(properties)
    for text in _lines(square, layout) if starts else [""]:
        cell.append(_cell_paragraph(text, square, layout))
    return cell


def _lines(square: Square, layout: Layout) -> list[str]:
    """Give the paragraphs of a cell: a stacked label is one character a line."""
    if square.is_vertical and layout.vertical == "stacked":
        return list(square.text)
    return [square.text]


def _cell_paragraph(text: str, square: Square, layout: Layout) -> _Element:
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    side = "left" if square.role in {"label", "corner"} and not square.is_vertical else "center"
    properties.append(_element("w:jc", val=side))
    paragraph.append(properties)
    run = OxmlElement("w:r")
    run_properties = OxmlElement("w:rPr")
    run_properties.append(_element("w:sz", val=layout.font_pt * 2))
    run.append(run_properties)
    content = OxmlElement("w:t")
    content.text = text
    content.set(qn("xml:space"), "preserve")
    run.append(content)
    paragraph.append(run)
    return paragraph
