"""In: a specimen. Out: a page of HTML that Chromium prints as a government report."""

from html import escape
from string import Template

from .layout import Border, Layout
from .seal import seal_picture
from .sheet import Sheet, Square
from .specimen import Specimen
from .story import Block, Line, PageEnd, TableBlock, tell

FONTS = {
    "serif": '"Noto Serif CJK SC"',
    "sans": '"Noto Sans CJK SC"',
    "hei": '"WenQuanYi Zen Hei"',
}
_RULE = "table{border-collapse:collapse} td{border:%s #000}"
BORDERS: dict[Border, str] = {
    "solid": _RULE % "0.75pt solid",
    "thin": _RULE % "0.25pt solid",
    "thick": _RULE % "2.25pt solid",
    "dashed": _RULE % "0.75pt dashed",
    "dotted": _RULE % "1pt dotted",
    "double": _RULE % "2.25pt double",
    "shaded": _RULE % "0.75pt solid"
    + " td.title,td.head,td.corner{background:#c6d9f1} td.label{background:#f2f2f2}",
    "dark_head": _RULE % "0.75pt solid"
    + " td.title,td.head,td.corner{background:#1f3f6e;color:#fff}",
    "white_on_black": "table{border-collapse:separate;border-spacing:0.75pt;background:#000}"
    " td{background:#fff;border:none}",
    "rectangles": "table{border-collapse:separate;border-spacing:0} td{border:none;"
    "background:linear-gradient(#000,#000) left/0.75pt 100% no-repeat,"
    "linear-gradient(#000,#000) right/0.75pt 100% no-repeat,"
    "linear-gradient(#000,#000) top/100% 0.75pt no-repeat,"
    "linear-gradient(#000,#000) bottom/100% 0.75pt no-repeat}",
    "open_sides": _RULE % "0.75pt solid" + " td.first{border-left:none} td.last{border-right:none}",
    "three_line": "table{border-collapse:collapse;border-top:1.5pt solid;border-bottom:1.5pt solid}"
    " td{border:none} tr.headend td{border-bottom:0.75pt solid}",
    "none": "table{border-collapse:collapse} td{border:none}",
}
BODIES = {
    "plain": "",
    "boxed": "p.para{border:0.5pt solid #000;padding:2pt}",
    "white_boxes": "p{background:#fff} body{background:#fffffe}",
    "underlined": "p.para{text-decoration:underline} p.para{border-bottom:0.5pt solid #000}",
    "framed": "div.frame{border:1pt solid #000;padding:6pt;box-decoration-break:clone;"
    "-webkit-box-decoration-break:clone}",
    "glued": "p.glued{border:0.75pt solid #000;border-bottom:none;padding:3pt 5pt;margin:0;"
    "background:#fff}",
}
STYLES = {
    "plain": "",
    "bold_totals": "td.number.last{font-weight:700}",
    "underlined": "td.number{text-decoration:underline}",
    "bold_by_stroke": "td{-webkit-text-stroke:0.3pt #000}",
    "shadow": "td{text-shadow:0.4pt 0 0 #000}",
}
TRAPS = {  # a number that was replaced, one that nobody sees, the mark of a note
    "none": "%s",
    "struck": "<s>5</s> %s",
    "hidden": '<span class="hidden">5</span>%s',
    "note_mark": "%s<sup>1</sup>",
}
SEALS = {
    "ring": '<div class="seal ring"></div>',
    "star": '<svg class="seal" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" fill="none"'
    ' stroke="#d11" stroke-width="4"/><polygon fill="#d11" points="50,28 55,43 71,43 58,53 63,68'
    ' 50,59 37,68 42,53 29,43 45,43"/></svg>',
    "picture": f'<img class="seal" src="data:image/png;base64,{seal_picture()}">',
}
_CSS = Template("""
@page{size:A4 $page;margin:26mm 24mm 24mm 24mm}
@page wide{size:A4 landscape;margin:20mm}
.wide{page:wide}
body{font-family:$font;font-size:14pt;line-height:1.75;margin:0;color:#000}
p{margin:0;text-align:justify}
p.title{font-family:$title_font;font-size:20pt;font-weight:700;text-align:center}
p.heading{font-family:$title_font;font-size:15pt;margin-top:6pt;text-indent:2em;break-after:avoid}
p.para{text-indent:2em;min-height:1em}
p.glued{text-indent:2em;font-size:12pt}
p.signature{text-align:right}
p.note{font-size:9pt}
table{width:100%;table-layout:fixed;font-size:${pt}pt;line-height:1.3}
td{padding:2.5pt 2pt;text-align:center;vertical-align:middle;overflow-wrap:anywhere}
td.label{text-align:left} td.corner{text-align:left}
td.upright,td.upright *{text-align:center}
.pageend{break-after:page}
.turned{writing-mode:vertical-rl;margin:auto}
.slim{display:inline-block;width:1em;word-break:break-all}
.lying{height:205mm;position:relative;break-inside:avoid;break-after:page}
.lying table{position:absolute;top:0;left:0;width:205mm;transform-origin:top left;
 transform:translateY(205mm) rotate(-90deg)}
.diagonal{background:linear-gradient(to top right,#fff0 49.7%,#000 49.7%,#000 50.3%,#fff0 50.3%)}
.hidden{color:#fff}
.mark{position:fixed;top:38%;left:8%;font-size:64pt;color:rgba(120,120,120,.28);
 transform:rotate(-35deg);white-space:nowrap}
.sealed{position:relative}
.seal{position:absolute;right:30pt;bottom:8pt;width:100pt;height:100pt}
.seal.ring{border:3pt solid rgba(220,20,20,.8);border-radius:50%;box-sizing:border-box}
.stray{position:fixed;font-size:9pt}
.stray.foot{bottom:0;left:46%} .stray.head{top:0;left:20%}
$split $border $body $style $narrow
""")


def to_html(specimen: Specimen) -> str:
    """Write the report as one HTML page."""
    layout = specimen.layout
    blocks = "\n".join(_block(block, layout) for block in tell(specimen))
    mark = '<div class="mark">内部核对稿</div>' if layout.watermark else ""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(specimen.prose.title)}</title><style>{_css(layout)}</style></head>"
        f'<body>{mark}{_stray(specimen)}<div class="frame">{blocks}</div></body></html>'
    )


def _stray(specimen: Specimen) -> str:
    """Give what stands on every page at the same place, whatever the page holds there."""
    where = specimen.layout.stray
    if where == "none":
        return ""
    text = "- 7 -" if where == "foot" else specimen.prose.title
    return f'<div class="stray {where}">{escape(text)}</div>'


def _css(layout: Layout) -> str:
    return _CSS.substitute(
        page="landscape" if layout.orientation == "landscape" else "portrait",
        font=FONTS[layout.font],
        title_font=FONTS["sans" if layout.font == "serif" else layout.font],
        pt=layout.font_pt,
        split="" if layout.split_rows else "tr{break-inside:avoid}",
        border=BORDERS[layout.border],
        body=BODIES[layout.body],
        style=STYLES[layout.style],
        narrow="td{padding:1pt 0;word-break:break-all} table{width:62%}" if layout.narrow else "",
    )


def _block(block: Block, layout: Layout) -> str:
    if isinstance(block, Line):
        return _placed(f'<p class="{block.kind}">{escape(block.text)}</p>', wide=block.wide)
    if isinstance(block, PageEnd):
        return '<div class="pageend"></div>'
    return _table(block, layout)


def _table(block: TableBlock, layout: Layout) -> str:
    sheet = block.sheet
    widths = "".join(f'<col style="width:{w / sum(sheet.widths):.2%}">' for w in sheet.widths)
    rows = [_row(squares, sheet, ix, layout) for ix, squares in enumerate(sheet.rows())]
    head = sheet.head_rows if layout.repeat_header else 0
    thead = f"<thead>{''.join(rows[:head])}</thead>" if head else ""
    body = f"<tbody>{''.join(rows[head:])}</tbody>"
    table = f"<table><colgroup>{widths}</colgroup>{thead}{body}</table>"
    if block.lying:
        return f'<div class="lying">{table}</div>'
    return _placed(_sealed(table, layout), wide=block.wide)


def _sealed(table: str, layout: Layout) -> str:
    return (
        f'<div class="sealed">{table}{SEALS[layout.seal]}</div>' if layout.seal != "none" else table
    )


def _placed(element: str, *, wide: bool) -> str:
    """Put an element on a landscape page where it is to stand on one."""
    return f'<div class="wide">{element}</div>' if wide else element


def _row(squares: tuple[Square, ...], sheet: Sheet, row: int, layout: Layout) -> str:
    ends_head = ' class="headend"' if row == sheet.head_rows - 1 else ""
    return f"<tr{ends_head}>{''.join(_square(s, sheet, layout) for s in squares)}</tr>"


def _square(square: Square, sheet: Sheet, layout: Layout) -> str:
    classes: list[str] = [square.role]
    if square.role == "corner" and "diagonal" in layout.extras:
        classes.append("diagonal")
    if square.is_vertical:
        classes.append("upright")
    if square.column == 0:
        classes.append("first")
    if square.column + square.column_span == len(sheet.widths):
        classes.append("last")
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", square.row_span), ("colspan", square.column_span))
        if span > 1
    )
    return f'<td class="{" ".join(classes)}"{spans}>{_text(square, layout)}</td>'


def _text(square: Square, layout: Layout) -> str:
    text = escape(square.text, quote=False)
    if not square.is_vertical:
        return TRAPS[square.trap] % text
    if layout.vertical == "stacked":
        return "<br>".join(escape(char) for char in square.text)
    return f'<div class="{"turned" if layout.vertical == "turned" else "slim"}">{text}</div>'


def page_furniture(specimen: Specimen) -> tuple[str, str]:
    """Give Chromium's header and footer templates: running head, page number."""
    style = 'style="width:100%;text-align:center;font-size:10pt;font-family:serif"'
    number = '<span class="pageNumber"></span>'
    footers = {
        "none": "",
        "dashes": f"- {number} -",
        "long_dashes": f"— {number} —",
        "of_pages": f'第 {number} 页 共 <span class="totalPages"></span> 页',
    }
    head = escape(specimen.prose.title) if specimen.layout.running_head else ""
    foot = footers[specimen.layout.footer]
    return f"<div {style}>{head}</div>", f"<div {style}>{foot}</div>"
