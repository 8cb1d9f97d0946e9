"""In: the elements of a web page in order. Out: its texts and tables, as they are seen.

One pass without recursion: pages of old editors nest hundreds of elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from auditor.model import Place, Wording
from auditor.read.doubts import PICTURE
from auditor.read.flow import Node, Text, too_large
from auditor.read.html.looks import Look, is_absent, look_of
from auditor.read.html.styles import StyleSheet
from auditor.read.html.tables import CellSource, RowGroup, build_table, span_of

_SKIPPED = {
    "script", "style", "head", "title", "meta", "link", "template", "noscript", "nav", "iframe",
    "object", "embed", "svg", "canvas", "audio", "video", "map", "datalist", "colgroup", "col",
    "button", "applet", "frameset", "noframes", "rp", "rt",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "main", "header", "footer", "aside", "blockquote", "pre", "center", "form",
    "fieldset", "legend", "address", "figure", "figcaption", "hr", "details", "summary", "body",
    "html", "caption", "ucapcontent",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3"}
_GROUPS = {"thead", "tbody", "tfoot"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TYPED = {"", "text", "number", "tel"}
_MOST_CELLS = 20_000
_MOST_ELEMENTS = 300_000
_ICON_PIXELS = 200
_DIGITS = re.compile(r"\s*(\d+)")


@dataclass(slots=True)
class _Flow:
    """Where texts and tables are being gathered: the page, or one cell."""

    nodes: list[Node] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    doubt: Wording | None = None
    linked: int = 0  # characters of the paragraph that are links
    is_heading: bool = False
    path: str | None = None


@dataclass(slots=True)
class _OpenTable:
    """A table whose rows are being gathered."""

    path: str
    groups: list[tuple[str, list[list[CellSource]]]] = field(default_factory=list)
    row_no: int = 0
    row: list[CellSource] | None = None


class Walk:
    """One pass over a page."""

    def __init__(self, styles: StyleSheet, file: str) -> None:
        """Begin at the top; `styles` are the page's own."""
        self.pictures = 0
        self._styles = styles
        self._file = file
        self._flows = [_Flow()]
        self._tables: list[_OpenTable] = []
        self._opened: list[tuple[str, Look]] = [("", Look())]
        self._links = 0
        self._cell_count = self._element_count = 0
        self._counts: dict[str, int] = {}

    def nodes(self, root: etree._Element) -> tuple[Node, ...]:
        """Give what is seen below an element."""
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walker:
            if event == "comment":
                self._text(element.tail)
            elif event == "end":
                self._end(element)
            elif not self._start(element):
                walker.skip_subtree()
        self._end_paragraph()
        return tuple(self._flows[0].nodes)

    def _start(self, element: etree._Element) -> bool:
        """Take an element up; False: what is inside is not looked at."""
        self._element_count += 1
        if self._element_count > _MOST_ELEMENTS:
            raise too_large(self._file)
        tag = _tag(element)
        around = self._opened[-1][1]
        style = self._styles.declarations(element, tag)
        if tag in _SKIPPED or is_absent(element, tag, style):
            self._opened.append(("", around))
            return False
        kind = self._kind(tag)
        self._opened.append((kind, look_of(element, tag, style, around)))
        self._open(element, kind, style)
        if kind == "atom":
            return False
        self._text(element.text)
        return True

    def _kind(self, tag: str) -> str:
        """Give what an element is to this reader; parts of a table only count in one."""
        if tag in {"tr", "td", "th", *_GROUPS}:
            if not self._tables:
                return "block"
            return "td" if tag == "th" else tag
        if tag in _BLOCKS:
            return "block"
        if tag in {"img", "input", "select"}:
            return "atom"
        return tag if tag in {"table", "a", "br"} else ""

    def _open(self, element: etree._Element, kind: str, style: dict[str, str]) -> None:
        tag = _tag(element)
        if kind == "table":
            self._open_table()
        elif kind in _GROUPS:
            self._tables[-1].groups.append((kind, []))
        elif kind == "tr":
            self._open_row()
        elif kind == "td":
            self._open_cell()
        elif kind == "block":
            self._end_paragraph()
            self._flows[-1].is_heading = tag in _HEADINGS
            self._flows[-1].path = self._path(tag)
        elif kind == "br":
            self._break_line()
        elif kind == "a":
            self._links += 1
        elif tag == "img":
            self._picture(element, style)
        elif kind == "atom":
            self._text(_entered(element, tag))

    def _end(self, element: etree._Element) -> None:
        kind, _ = self._opened.pop()
        if kind == "table":
            self._close_table()
        elif kind in _GROUPS:
            self._tables[-1].row = None
        elif kind == "td":
            self._close_cell(element)
        elif kind == "tr":
            self._close_row(element)
        elif kind == "block":
            self._end_paragraph()
        elif kind == "a":
            self._links -= 1
        self._text(element.tail)

    def _path(self, tag: str) -> str:
        """Give a short path to an element: the how manieth of its kind on the page."""
        self._counts[tag] = self._counts.get(tag, 0) + 1
        return f"{tag}[{self._counts[tag]}]"

    # ------------------------------------------------------------ tables

    def _open_table(self) -> None:
        self._end_paragraph()
        self._tables.append(_OpenTable(self._path("table")))

    def _close_table(self) -> None:
        table = self._tables.pop()
        groups = [RowGroup(kind, tuple(map(tuple, rows))) for kind, rows in table.groups]
        built = build_table(groups, Place(path=table.path))
        if built.squares:
            self._flows[-1].nodes.append(built)

    def _open_row(self) -> None:
        table = self._tables[-1]
        in_group = self._opened[-2][0] in _GROUPS
        if not in_group and (not table.groups or table.groups[-1][0] != "tbody"):
            table.groups.append(("tbody", []))
        table.row_no += 1
        table.row = []
        table.groups[-1][1].append(table.row)

    def _close_row(self, element: etree._Element) -> None:
        """End a row; Word ends its tables with one without height, which only sets the widths."""
        table = self._tables[-1]
        rows = table.groups[-1][1]
        is_flat = element.get("height") == "0" and rows and not any(c.content for c in rows[-1])
        if is_flat:
            rows.pop()
        table.row = None

    def _open_cell(self) -> None:
        self._cell_count += 1
        if self._cell_count > _MOST_CELLS:
            raise too_large(self._file)
        if self._tables[-1].row is None:
            self._open_row()
        self._flows.append(_Flow())

    def _close_cell(self, element: etree._Element) -> None:
        self._end_paragraph()
        flow = self._flows.pop()
        table = self._tables[-1]
        row = table.row if table.row is not None else []
        row.append(
            CellSource(
                row_span=span_of(element.get("rowspan")),
                column_span=max(span_of(element.get("colspan")), 1),
                content=tuple(flow.nodes),
                place=Place(path=f"{table.path}/tr[{table.row_no}]/td[{len(row) + 1}]"),
            )
        )

    # ------------------------------------------------------------ text

    def _text(self, text: str | None) -> None:
        if not text:
            return
        flow, look = self._flows[-1], self._opened[-1][1]
        plain = text if look.keeps_lines else _SPACE.sub(" ", text)
        flow.raw.append(plain)
        if not plain.strip():
            flow.shown.append(plain)
            return
        doubt = look.doubt
        if doubt is None:
            flow.shown.append(plain)
            flow.linked += len(plain.strip()) if self._links else 0
        flow.doubt = flow.doubt or doubt

    def _break_line(self) -> None:
        if len(self._flows) > 1:
            self._flows[-1].shown.append("\n")
            self._flows[-1].raw.append("\n")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        shown, raw = "".join(flow.shown), "".join(flow.raw)
        is_in_cell = len(self._flows) > 1
        is_menu = not is_in_cell and not flow.is_heading and _is_linked(shown, flow.linked)
        if (raw.strip() or flow.doubt) and not is_menu:
            flow.nodes.append(Text(shown, raw, Place(path=flow.path), flow.doubt))
        flow.shown, flow.raw, flow.doubt, flow.linked = [], [], None, 0
        flow.is_heading = False

    def _picture(self, element: etree._Element, style: dict[str, str]) -> None:
        """Count a picture that may be a table; in a cell it may be the number."""
        widths = (_DIGITS.match(w) for w in (style.get("width"), element.get("width")) if w)
        width = next((int(match[1]) for match in widths if match), None)
        if width is not None and width < 3:  # a spacer
            return
        if len(self._flows) > 1:
            self._flows[-1].doubt = self._flows[-1].doubt or PICTURE
        self.pictures += width is None or width >= _ICON_PIXELS


def _tag(element: etree._Element | None) -> str:
    """Give an element's tag; "" for a comment and the like."""
    tag = element.tag if element is not None else None
    return tag.lower() if isinstance(tag, str) else ""


def _is_linked(shown: str, linked: int) -> bool:
    """Claim that a paragraph is nothing but links: a menu."""
    ink = len("".join(shown.split()))
    return ink > 0 and linked >= ink


def _entered(element: etree._Element, tag: str) -> str:
    """Give what a form's field shows."""
    if tag == "input":
        return element.get("value", "") if element.get("type", "").lower() in _TYPED else ""
    options = list(element.iter("option"))
    selected = [o for o in options if o.get("selected") is not None] or options[:1]
    return "".join(str(text) for option in selected for text in option.itertext())


def style_texts(root: etree._Element) -> Iterator[str]:
    """Give the page's style sheets, those for print left out."""
    for element in root.iter("style"):
        media = (element.get("media") or "all").lower()
        if "all" in media or "screen" in media:
            yield element.text or ""
