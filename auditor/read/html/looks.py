"""In: an element of a web page and how its parent looks. Out: whether and how its text shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from auditor.model import Wording
from auditor.read.colours import is_faint
from auditor.read.doubts import HIDDEN, RAISED, STRUCK

_STRUCK_TAGS = {"del", "s", "strike"}
_RAISED_TAGS = {"sup", "sub"}
_NAMED = {"white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0"}
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)")
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b")
_UNKNOWN_GROUND = "?"
_NOTHING_LENGTHS = re.compile(r"0(?:\.0*)?(?:px|pt|em|rem|%)?")


@dataclass(frozen=True, slots=True)
class Look:
    """How text shows at a point of the page; all of it is handed down to what is inside."""

    mark: Wording | None = None  # struck, raised, concealed: no content
    ink: str = "000000"
    ground: str = "ffffff"
    is_tiny: bool = False
    keeps_lines: bool = False

    @property
    def doubt(self) -> Wording | None:
        """Why the text is no content; None where it is."""
        if self.mark:
            return self.mark
        is_faded = self.ink == "none" or is_faint(self.ink, self.ground)
        return HIDDEN if self.is_tiny or is_faded else None


def is_absent(element: etree._Element, tag: str, style: Mapping[str, str]) -> bool:
    """Claim that an element takes no place on the page."""
    if element.get("hidden") is not None or style.get("display") == "none":
        return True
    if style.get("mso-hide") == "all" or style.get("visibility") == "collapse":
        return True
    return tag not in {"td", "th"} and is_concealed(style)


def is_concealed(style: Mapping[str, str]) -> bool:
    """Claim that an element keeps its place but does not show."""
    return style.get("visibility") == "hidden" or _is_nothing(style.get("opacity"))


def look_of(element: etree._Element, tag: str, style: Mapping[str, str], around: Look) -> Look:
    """Give how text directly in an element shows."""
    size = style.get("font-size")
    look = Look(
        mark=_mark(tag, style) or around.mark,
        ink=_colour(style.get("color") or element.get("color")) or around.ink,
        ground=_ground(element, style) or around.ground,
        is_tiny=_is_nothing(size) if size else around.is_tiny,
        keeps_lines=around.keeps_lines or _keeps_lines(tag, style),
    )
    return around if look == around else look


def _mark(tag: str, style: Mapping[str, str]) -> Wording | None:
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if tag in _STRUCK_TAGS or "line-through" in decoration:
        return STRUCK
    if tag in _RAISED_TAGS:
        return RAISED
    return HIDDEN if is_concealed(style) else None


def _keeps_lines(tag: str, style: Mapping[str, str]) -> bool:
    return tag in {"pre", "textarea"} or style.get("white-space", "").startswith("pre")


def _ground(element: etree._Element, style: Mapping[str, str]) -> str | None:
    """Give the colour behind an element; a picture or gradient behind it makes it unknown."""
    image = style.get("background-image", "") + style.get("background", "")
    if "url(" in image or "gradient" in image or element.get("background"):
        return _UNKNOWN_GROUND
    written = style.get("background-color") or style.get("background") or element.get("bgcolor")
    colour = _colour(written)
    if colour == "none":
        return None
    return colour or (_UNKNOWN_GROUND if written and _is_colour_word(written) else None)


def _is_colour_word(written: str) -> bool:
    return written.split(maxsplit=1)[0] not in {"none", "inherit", "initial", "transparent"}


def _colour(written: str | None) -> str | None:
    """Give a colour as RRGGBB, "none" for a transparent one, None where it cannot be told."""
    text = (written or "").strip().lower()
    match = _RGB.search(text)
    if match:
        alpha = match[4]
        if alpha is not None and float(alpha) == 0:
            return "none"
        return "".join(f"{min(int(channel), 255):02x}" for channel in match.groups()[:3])
    digits = _HEX.search(text)
    if digits:
        return digits[1] if len(digits[1]) == 6 else "".join(d * 2 for d in digits[1])
    if text == "transparent":
        return "none"
    return next((code for name, code in _NAMED.items() if name in text.split()), None)


def _is_nothing(length: str | None) -> bool:
    return length is not None and _NOTHING_LENGTHS.fullmatch(length) is not None
