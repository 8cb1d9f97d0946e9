"""In: the styles of a Word document and a run. Out: how the run is shown, as far as it matters."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditor.model import Wording
from auditor.read.colours import is_faint
from auditor.read.docx.names import child, number, toggle, value, w
from auditor.read.doubts import HIDDEN, RAISED, STRUCK, SYMBOL_FONT

_PICTURE_FONTS = ("wingdings", "webdings")
_TINIEST = 4  # half points: 2 pt cannot be read
_DEEPEST_STYLE = 20
_HIGHLIGHTS_LIGHT = {"none", "white"}


@dataclass(frozen=True, slots=True)
class Marks:
    """How a run is shown: whether its text is content at all, and why it may not be trusted."""

    is_shown: bool = True
    doubt: Wording | None = None


class Styles:
    """The styles of a document, looked up by id."""

    def __init__(self, root: etree._Element | None) -> None:
        """Index the styles; a document may have none."""
        found = root.iterfind(w("style")) if root is not None else ()
        self._by_id = {style.get(w("styleId"), ""): style for style in found}
        self._default = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default_paragraph = next(
            (key for key, style in self._by_id.items() if _is_default_paragraph(style)), None
        )

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """Give a style and those that it builds on, its own first."""
        for _ in range(_DEEPEST_STYLE):
            style = self._by_id.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = value(style, "basedOn")

    def paragraph_chain(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """Give the styles of a paragraph, the default one where it names none."""
        return self.chain(value(properties, "pStyle") or self._default_paragraph)

    def marks(
        self,
        run: etree._Element | None,
        paragraph: etree._Element | None,
        ground: str | None,
    ) -> Marks:
        """Tell how a run is shown from its own properties, its styles and its paragraph's."""
        chain = [
            *([run] if run is not None else []),
            *(p for s in self.chain(value(run, "rStyle")) if (p := child(s, "rPr")) is not None),
            *(p for s in self.paragraph_chain(paragraph) if (p := child(s, "rPr")) is not None),
            *([self._default] if self._default is not None else []),
        ]
        if _first_toggle(chain, "vanish"):
            return Marks(is_shown=False, doubt=HIDDEN)
        if _first_toggle(chain, "strike") or _first_toggle(chain, "dstrike"):
            return Marks(is_shown=False, doubt=STRUCK)
        if _first_value(chain, "vertAlign") in {"superscript", "subscript"}:
            return Marks(is_shown=False, doubt=RAISED)
        if _is_invisible(chain, ground):
            return Marks(is_shown=False, doubt=HIDDEN)
        return Marks(doubt=SYMBOL_FONT if _has_picture_font(chain) else None)


def _is_default_paragraph(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}


def _first_toggle(chain: list[etree._Element], name: str) -> bool:
    return next((on for p in chain if (on := toggle(p, name)) is not None), False)


def _first_value(chain: list[etree._Element], name: str) -> str | None:
    return next((v for p in chain if (v := value(p, name)) is not None), None)


def _is_invisible(chain: list[etree._Element], ground: str | None) -> bool:
    """Tell text in the colour of its ground, or too small to be seen."""
    size = next((n for p in chain if (n := number(p, "sz")) is not None), None)
    if size is not None and size <= _TINIEST:
        return True
    colour = _first_value(chain, "color")
    highlight = _first_value(chain, "highlight")
    if colour in {None, "auto"} or highlight not in {None, *_HIGHLIGHTS_LIGHT}:
        return False
    own_ground = next((fill for p in chain if (fill := fill_of(p)) is not None), None)
    return is_faint(colour or "", own_ground or ground or "FFFFFF")


def fill_of(properties: etree._Element | None) -> str | None:
    """Give the fill behind a run, paragraph or cell by its properties; None where there is none."""
    shading = child(properties, "shd")
    fill = None if shading is None else shading.get(w("fill"))
    return None if fill in {None, "auto", ""} else fill


def _has_picture_font(chain: list[etree._Element]) -> bool:
    fonts = next((f for p in chain if (f := child(p, "rFonts")) is not None), None)
    name = "" if fonts is None else fonts.get(w("ascii"), "")
    return name.lower().startswith(_PICTURE_FONTS)
