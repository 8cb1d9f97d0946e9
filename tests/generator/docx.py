"""In: a specimen. Out: a DOCX file that LibreOffice prints as a government report."""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from .docx_table import add_table, element, shade
from .layout import Layout
from .specimen import Specimen
from .story import Line, PageEnd, tell

FONTS = {"serif": "Noto Serif CJK SC", "sans": "Noto Sans CJK SC", "hei": "WenQuanYi Zen Hei"}
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
    if layout.body == "framed":
        _frame_pages(document.sections[0])
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
            add_table(document, block, layout)
    document.save(str(file))


def _set_styles(document: Document, layout: Layout) -> None:
    normal = document.styles["Normal"]
    font = normal.font
    font.name, font.size = FONTS[layout.font], Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:hAnsi", "w:ascii", "w:cs"):
        fonts.set(qn(script), FONTS[layout.font])
    normal.paragraph_format.space_after = Pt(0)


def _set_page(section: Section, *, wide: bool) -> None:
    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(2.5)


def _frame_pages(section: Section) -> None:
    """Draw a line around the text of each page."""
    frame = element("w:pgBorders", offsetFrom="text")
    for side in ("top", "left", "bottom", "right"):
        frame.append(element(f"w:{side}", val="single", sz=8, space=6, color="000000"))
    properties = section._sectPr
    properties.insert(list(properties).index(properties.find(qn("w:pgMar"))) + 1, frame)


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
        properties.append(shade("FFFFFF"))


def _end_page(document: Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(1)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
