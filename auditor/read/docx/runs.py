"""In: a paragraph of a Word document. Out: its text as shown, what else it holds, and any doubt."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from auditor.model import Wording
from auditor.read.docx.names import child, chosen, local, w
from auditor.read.docx.styles import Marks, Styles
from auditor.read.doubts import EQUATION, PICTURE

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_WRAPPERS = {
    "hyperlink",
    "smartTag",
    "ins",
    "moveTo",
    "fldSimple",
    "sdt",
    "sdtContent",
    "customXml",
    "dir",
    "bdo",
    "ruby",
    "rubyBase",
}
_REMOVED = {"del", "moveFrom"}
CHANGES = {"ins", "del", "moveTo", "moveFrom"}
_DRAWINGS = {"drawing", "pict", "object"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a paragraph: its characters, whether they show, and why they may not be trusted."""

    text: str = ""
    is_shown: bool = True
    doubt: Wording | None = None
    boxes: tuple[etree._Element, ...] = ()  # contents of text boxes that hang on it
    is_picture: bool = False


class Fields:
    """The fields that are open at a point of the document; what shows of one is its result."""

    def __init__(self) -> None:
        """Begin outside of any field."""
        self._in_result: list[bool] = []

    def mark(self, element: etree._Element) -> None:
        """Take notice of a field's beginning, middle or end."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._in_result.append(False)
        elif kind == "separate" and self._in_result:
            self._in_result[-1] = True
        elif kind == "end" and self._in_result:
            self._in_result.pop()

    @property
    def is_code(self) -> bool:
        """Whether what comes now is a field's code, which does not show."""
        return not all(self._in_result)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run's look depends on beside the run: styles, its paragraph, the cell's fill."""

    styles: Styles
    paragraph: etree._Element | None
    ground: str | None


def pieces(element: etree._Element, around: Surroundings, fields: Fields) -> Iterator[Piece]:
    """Give the pieces below a paragraph or a wrapper inside one, in order."""
    for kid in chosen(element):
        name = local(kid)
        if name == "r":
            yield from _run_pieces(kid, around, fields)
        elif name in _WRAPPERS:
            yield from pieces(kid, around, fields)
        elif name in {"x:oMath", "x:oMathPara"}:
            text = "".join(str(t) for t in kid.itertext()).strip()
            yield Piece(text, doubt=EQUATION)


def _run_pieces(run: etree._Element, around: Surroundings, fields: Fields) -> Iterator[Piece]:
    properties = child(run, "rPr")
    marks = around.styles.marks(properties, around.paragraph, around.ground)
    for kid in chosen(run):
        name = local(kid)
        if name == "fldChar":
            fields.mark(kid)
        elif fields.is_code:
            continue
        elif name == "ruby":
            yield from pieces(kid, around, fields)
        elif name in _DRAWINGS:
            yield _drawing(kid)
        elif name == "sym":
            yield _marked(_symbol(kid), marks)
        elif name in _BREAKS:
            yield Piece(_BREAKS[name])
        elif name == "t":
            yield _marked(kid.text or "", marks)


def _marked(text: str, marks: Marks) -> Piece:
    has_ink = bool(text.strip())
    return Piece(text, marks.is_shown or not has_ink, marks.doubt if has_ink else None)


def _symbol(element: etree._Element) -> str:
    """Give a character of a symbol font; those of a font's own area stand for no known text."""
    code = element.get(w("char"), "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _drawing(element: etree._Element) -> Piece:
    """Give the text boxes of a drawing, or say that it is a picture in the line of text."""
    boxes: list[etree._Element] = []
    _collect_boxes(element, boxes)
    floats = any(local(kid) == "x:anchor" for kid in element)
    has_picture = any(local(e) in {"x:blip", "x:imagedata"} for e in element.iter())
    is_picture = has_picture and not boxes
    return Piece(
        boxes=tuple(boxes),
        is_picture=is_picture,
        doubt=PICTURE if is_picture and not floats else None,
    )


def _collect_boxes(element: etree._Element, boxes: list[etree._Element]) -> None:
    for kid in chosen(element):
        if local(kid) == "txbxContent":
            boxes.append(kid)
        else:
            _collect_boxes(kid, boxes)


def is_joined_to_next(paragraph: etree._Element) -> bool:
    """Claim that the paragraph's end is deleted by a tracked change."""
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and any(local(kid) in _REMOVED for kid in mark)
