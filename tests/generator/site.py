"""In: a specimen. Out: the page of a government's site that a reader saved, in bytes.

Its traits are drawn by the specimen's seed: whose editor pasted the tables, what stands around
the article, how the page is encoded and what it says of that, how it was delivered.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from typing import Literal, get_args

from .sheet import Sheet, Square
from .specimen import Specimen
from .story import Line, PageEnd, TableBlock, tell

Paste = Literal["word", "wps", "excel", "editor", "plain", "divided"]
Frame = Literal["none", "divs", "tables", "portal"]
Delivery = Literal["page", "script", "json", "archive"]
Encoding = tuple[str, str | None]  # the page's own, and the one that it declares
ENCODINGS: tuple[Encoding, ...] = (
    ("utf-8", "utf-8"),
    ("utf-8", "gb2312"),
    ("utf-8", None),
    ("utf-8-sig", None),
    ("gb18030", "gb2312"),
    ("gb18030", "GBK"),
    ("gb18030", "utf-8"),
    ("gb18030", None),
)


@dataclass(frozen=True, slots=True)
class Site:
    """How a site publishes a report."""

    paste: Paste
    frame: Frame
    encoding: Encoding
    delivery: Delivery
    blank: str  # what stands in an empty cell
    is_split: bool  # each table in a wrapper of its own that scrolls

    @classmethod
    def draw(cls, seed: int) -> "Site":
        """Draw the traits by a seed."""
        rng = random.Random(f"site/{seed}")
        return cls(
            rng.choice(get_args(Paste)),
            rng.choice(get_args(Frame)),
            rng.choice(ENCODINGS),
            rng.choice(("page", "page", *get_args(Delivery))),
            rng.choice(("", "&nbsp;", " &nbsp; ", "<br>", "<p>&nbsp;</p>", "<span> </span>")),
            rng.random() < 0.3,
        )


def to_site(specimen: Specimen) -> bytes:
    """Give the saved page."""
    site = Site.draw(specimen.seed)
    rng = random.Random(f"markup/{specimen.seed}")
    article = "\n".join(_article(specimen, site, rng))
    deliver: dict[str, Callable[[], bytes]] = {
        "page": lambda: _encoded(_page(specimen, site, _framed(specimen, site, article)), site),
        "script": lambda: _encoded(_page(specimen, site, _quoted(article)), site),
        "json": lambda: _answer(specimen, article),
        "archive": lambda: _archive(_page(specimen, site, _framed(specimen, site, article))),
    }
    return deliver[site.delivery]()


def _encoded(page: str, site: Site) -> bytes:
    return page.encode(site.encoding[0], "xmlcharrefreplace")


def _answer(specimen: Specimen, article: str) -> bytes:
    data = {"code": 200, "data": {"title": specimen.prose.title, "content": article, "hits": 431}}
    return json.dumps(data, ensure_ascii=specimen.seed % 2 == 0).encode()


def _archive(page: str) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "annual report"
    message.set_content(page, "html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG\r\n", "image", "png")
    return message.as_bytes()


def _quoted(article: str) -> str:
    data = json.dumps({"detail": {"content": article}}, ensure_ascii=False)
    state = data.replace("</", "<\\/")
    return f'<div id="app"></div><script>window.__INITIAL_STATE__={state};</script>'


def _page(specimen: Specimen, site: Site, body: str) -> str:
    declared = site.encoding[1] if site.delivery != "archive" else "utf-8"
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    title = escape(specimen.prose.title.replace("\n", ""))
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1'
        f'/DTD/xhtml1-transitional.dtd">\n<html><head>{charset if declared else ""}'
        f'<meta name="ArticleTitle" content="{title}"/><meta name="PubDate" content="2025-01-20">'
        f"<title>{title}_{escape(specimen.agency.name)}</title>"
        "<style>td{padding:0 5px}.hide{display:none}</style>"
        "<script>var _hits = 1024; function doZoom(size){}</script></head>"
        f"<body onload='init()'>{body}</body></html>"
    )


# ---------------------------------------------------------------- around the article


FRAMES: dict[Frame, str] = {
    "none": "{article}",
    "divs": """<div class='nav'>{menu}</div><div class='crumb'>当前位置：首页 &gt; 政务公开</div>
{index}
<div class='article'><div class='sub'>发布日期：2025-01-20 浏览次数：<span>1024</span></div>
<div class='TRS_Editor' id='zoom'>{article}</div></div>{share}{foot}""",
    "tables": """<table width='1000' align='center'><tr><td colspan='2'>{menu}</td></tr>
<tr><td width='200' valign='top'>{menu}</td><td>{index}<table width='100%'><tbody>
<tr><td>{title}</td></tr><tr><td id='zoom'>{article}</td></tr></tbody></table></td></tr>
<tr><td colspan='2'>{foot}</td></tr></table>""",
    "portal": """<form id='aspnetForm'><input type='hidden' value='5'><div class='w'>{menu}
<h1>{title}</h1>{index}<div class='conTxt'><ucapcontent>{article}</ucapcontent></div>{share}
<div class='list'><h3>相关文档</h3><ul><li><a href='1'>2023年政府信息公开工作年度报告</a></li>
<li><a href='2'>2022年政府信息公开工作年度报告</a></li></ul></div>
<!-- 12 <table><tr><td>5</td></tr></table> -->{foot}</div></form>""",
}
INDEX = """<table class='syh' border='1'><tbody>
<tr><td>索 引 号</td><td>014001/2025-00012</td><td>发布机构</td><td>{name}</td></tr>
<tr><td>发文日期</td><td>{year}-01-20</td><td>文号</td><td>无</td></tr>
<tr><td>名称</td><td colspan='3'>年度报告</td></tr></tbody></table>"""
MENU = ("首页", "政府信息公开指南", "政府信息公开制度", "政府信息公开年报", "依申请公开")
SHARE = "<div class='share'>分享到：<a href='#'>微信</a> | 打印 | 【字体：大 中 小】</div>"
FOOT = "<div class='footer'>主办：{name} 网站标识码：3208000001</div>"


def _framed(specimen: Specimen, site: Site, article: str) -> str:
    name = escape(specimen.agency.name)
    return FRAMES[site.frame].format(
        article=article,
        title=escape(specimen.prose.title.replace("\n", "")),
        index=INDEX.format(name=name, year=specimen.year + 1),
        menu="<ul>" + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in MENU) + "</ul>",
        share=SHARE,
        foot=FOOT.format(name=name),
    )


# ---------------------------------------------------------------- the article


def _article(specimen: Specimen, site: Site, rng: random.Random) -> Iterator[str]:
    if site.paste == "word":
        yield "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></xml><![endif]-->"
    for block in tell(specimen):
        if isinstance(block, TableBlock):
            table = _table(block.sheet, site, rng)
            yield f"<div style='overflow-x:auto'>{table}</div>" if site.is_split else table
        elif not isinstance(block, PageEnd):
            yield _line(block, site, rng)


def _line(line: Line, site: Site, rng: random.Random) -> str:
    if not line.text:
        return "<p>&nbsp;</p>"
    text = _runs(line.text, site, rng)
    if site.paste in {"plain", "divided"}:
        return f"　　{text}<br><br>" if line.kind == "para" else f"<div>　　{text}</div>"
    align = "center" if line.kind == "title" else "justify"
    strong = ("<strong>", "</strong>") if line.kind in {"title", "heading"} else ("", "")
    return f'<p style="text-align:{align};text-indent:2em">{strong[0]}{text}{strong[1]}</p>'


def _table(sheet: Sheet, site: Site, rng: random.Random) -> str:
    attributes = {
        "word": 'class="MsoNormalTable" border="0" cellspacing="0" cellpadding="0" '
        'style="border-collapse:collapse;mso-padding-alt:0cm 0cm 0cm 0cm"',
        "wps": 'border="1" cellspacing="0" style="border-collapse:collapse;width:426pt;'
        'mso-table-layout-alt:fixed"',
        "excel": 'border="0" cellpadding="0" cellspacing="0" width="866"',
        "editor": 'cellspacing="0" cellpadding="0" width="633" align="center"',
        "plain": "border=1",
        "divided": 'border="1" cellspacing="0"',
    }[site.paste]
    rows = [
        f"<tr{' class=firstRow' if site.paste == 'editor' and not ix else ''}>"
        + "".join(_cell(square, site, rng) for square in squares)
        + "</tr>"
        for ix, squares in enumerate(sheet.rows())
    ]
    columns = "".join(f'<col width="{w}">' for w in sheet.widths) if site.paste == "excel" else ""
    if site.paste == "word":
        rows.append(_width_row(sheet))
    if site.paste == "divided" and sheet.head_rows:
        rows.insert(0, "<thead>")
        rows.insert(sheet.head_rows + 1, "</thead>")
    return f"<table {attributes}>{columns}<tbody>{''.join(rows)}</tbody></table>"


def _width_row(sheet: Sheet) -> str:
    """Write the row of no height by which Word keeps its columns apart."""
    cells = "".join('<td width="38" style="border:none"></td>' for _ in sheet.widths)
    return f'<![if !supportMisalignedColumns]><tr height="0">{cells}</tr><![endif]>'


def _cell(square: Square, site: Site, rng: random.Random) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", square.row_span), ("colspan", square.column_span))
        if span > 1 or (site.paste == "word" and name == "colspan")
    )
    tag = "th" if site.paste == "divided" and square.role == "head" else "td"
    content = _content(square, site, rng)
    return f'<{tag} width="64"{spans} valign="center">{content}</{tag}>'


def _content(square: Square, site: Site, rng: random.Random) -> str:
    if not square.text:
        return site.blank
    if square.is_vertical and rng.random() < 0.5:
        return "<br/>".join(escape(char) for char in square.text)
    text = _runs(square.text, site, rng)
    if site.paste == "word":
        return (
            f'<p class="MsoNormal" align="center">{text}<span lang="EN-US"><o:p></o:p></span></p>'
        )
    if site.paste == "wps":
        return f'<p class="MsoNormal" style="mso-pagination:widow-orphan;">{text}</p>'
    if site.paste == "editor":
        return f'<p style="text-align:center;line-height:24px">\n  {text}<br/>\n</p>'
    return f"&nbsp;{text}\n" if site.paste == "plain" and rng.random() < 0.3 else text


def _runs(text: str, site: Site, rng: random.Random) -> str:
    """Mark text up in the pieces that the program made of it."""
    mark = {
        "word": '<span style="font-size:10.5pt;font-family:宋体">%s</span>',
        "wps": "<span style='mso-spacerun:yes;font-size:12pt'><font face='宋'>%s</font></span>",
        "editor": '<span style="font-family:仿宋_GB2312;font-size:16px">%s</span>',
    }.get(site.paste, "%s")
    pieces = list(_pieces(text, rng)) if "span" in mark else [text]
    return "".join(mark % escape(piece, quote=False) for piece in pieces)


def _pieces(text: str, rng: random.Random) -> Iterator[str]:
    while text:
        length = rng.choice((1, 2, 5, 40))
        yield text[:length]
        text = text[length:]
