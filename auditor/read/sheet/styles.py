"""In: the styles and rich strings of a workbook. Out: number formats, and what raises a doubt."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from auditor.model import Wording
from auditor.read.colours import is_faint
from auditor.read.doubts import HIDDEN, RAISED, STRUCK
from auditor.read.sheet.cells import Entry
from auditor.read.sheet.formats import built_in_format

_THEME = {"0": "FFFFFF", "1": "000000"}  # the first two of a theme are paper and ink
_OFF = {"0", "false"}


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell's style says of its content."""

    number_format: str
    doubt: Wording | None


def read_styles(root: etree._Element) -> tuple[CellStyle, ...]:
    """Give the styles of cells in the order by which cells refer to them."""
    formats = {e.get("numFmtId", ""): e.get("formatCode", "") for e in root.iter("{*}numFmt")}
    fonts = _children(root, "fonts")
    fills = _children(root, "fills")
    return tuple(_cell_style(xf, formats, fonts, fills) for xf in _children(root, "cellXfs"))


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    found = root.find(f"{{*}}{name}")
    return list(found) if found is not None else []


def _cell_style(
    xf: etree._Element,
    formats: Mapping[str, str],
    fonts: list[etree._Element],
    fills: list[etree._Element],
) -> CellStyle:
    number = xf.get("numFmtId", "0")
    code = formats.get(number)
    if code is None:
        code = built_in_format(int(number) if number.isdecimal() else 0)
    font = _at(fonts, xf.get("fontId"))
    return CellStyle(code, _font_doubt(font, _ground(_at(fills, xf.get("fillId")))))


def _at(items: list[etree._Element], index: str | None) -> etree._Element | None:
    ix = int(index) if index and index.isdecimal() else -1
    return items[ix] if 0 <= ix < len(items) else None


def _font_doubt(font: etree._Element | None, ground: str) -> Wording | None:
    """Give why text in a font is no content: struck, raised, in the colour of its ground."""
    if font is None:
        return None
    strike = font.find("{*}strike")
    if strike is not None and strike.get("val", "1") not in _OFF:
        return STRUCK
    raised = font.find("{*}vertAlign")
    if raised is not None and raised.get("val") in {"superscript", "subscript"}:
        return RAISED
    ink = _colour(font.find("{*}color"))
    return HIDDEN if ink and is_faint(ink, ground) else None


def _ground(fill: etree._Element | None) -> str:
    pattern = fill.find("{*}patternFill") if fill is not None else None
    if fill is None or (pattern is not None and pattern.get("patternType", "none") == "none"):
        return "FFFFFF"
    colour = _colour(pattern.find("{*}fgColor")) if pattern is not None else None
    return colour or "?"  # a pattern, a gradient or a colour of the theme: nothing is faint on it


def _colour(element: etree._Element | None) -> str | None:
    if element is None or element.get("tint"):
        return None
    return _THEME.get(element.get("theme", "")) or (element.get("rgb") or "")[-6:] or None


def rich_text(item: etree._Element) -> Entry:
    """Give a string of a workbook; parts that are struck through or raised raise a doubt."""
    shown, raw = "", ""
    doubt: Wording | None = None
    for part in item:
        name = etree.QName(part).localname
        if name == "t":
            shown, raw = shown + (part.text or ""), raw + (part.text or "")
        elif name == "r":
            text = "".join(t.text or "" for t in part.iterfind("{*}t"))
            fault = _font_doubt(part.find("{*}rPr"), "FFFFFF") if text.strip() else None
            shown, raw = shown + ("" if fault in {STRUCK, RAISED} else text), raw + text
            doubt = doubt or (fault if fault is not HIDDEN else None)
    return Entry(shown, raw, doubt)
