"""In: the numbering part of a Word document. Out: the label that each numbered paragraph shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from auditor.read.docx.names import child, number, toggle, value, w, whole
from auditor.read.docx.numerals import numeral
from auditor.read.docx.styles import Styles

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_GAPS = {"space": " ", "nothing": ""}
_LINK_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, what is written around the count."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    gap: str = " "
    is_legal: bool = False  # higher levels are written in plain digits
    restarts_after: int | None = None  # 0: never
    for_style: str = ""  # paragraphs of this style are of this level


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list as paragraphs refer to it; lists of one `family` go on counting together."""

    family: str
    levels: tuple[Level, ...]
    restarts: Mapping[int, int]  # level -> where this list begins anew


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Index the lists; a document may have none."""
        self._styles = styles
        found = list(root) if root is not None else []
        self._families = {e.get(w("abstractNumId"), ""): e for e in found if _is(e, "abstractNum")}
        self._lists = {e.get(w("numId"), ""): e for e in found if _is(e, "num")}
        self._known: dict[str, Numbered | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: etree._Element | None) -> str:
        """Give what Word writes before a paragraph, with the gap behind it; counts it too."""
        list_id = self._list_of(properties)
        numbered = self._numbered(list_id) if list_id else None
        if list_id is None or numbered is None:
            return ""
        level_ix = self._level_of(properties, numbered)
        counts = self._count(list_id, numbered, level_ix)
        level = numbered.levels[level_ix]
        if level.style == "bullet":
            return ""

        def written(match: re.Match[str]) -> str:
            ix = int(match[1]) - 1
            other = numbered.levels[ix] if ix < len(numbered.levels) else level
            style = "decimal" if level.is_legal else other.style
            return numeral(counts[ix] or other.start, style)

        text = _PLACEHOLDER.sub(written, level.text)
        return f"{text}{level.gap}" if text else ""

    def _references(self, properties: etree._Element | None) -> list[etree._Element]:
        """Give what names a list and a level: the paragraph itself, then its styles."""
        own = child(properties, "numPr")
        styles = [child(s, "pPr", "numPr") for s in self._styles.paragraph_chain(properties)]
        return [reference for reference in (own, *styles) if reference is not None]

    def _list_of(self, properties: etree._Element | None) -> str | None:
        named = (value(reference, "numId") for reference in self._references(properties))
        list_id = next(filter(None, named), None)
        return None if list_id == "0" else list_id

    def _level_of(self, properties: etree._Element | None, numbered: Numbered) -> int:
        """Give the level: as named, else the one that is for the paragraph's style."""
        named = (number(reference, "ilvl") for reference in self._references(properties))
        level_ix = next((ix for ix in named if ix is not None), None)
        if level_ix is not None:
            return min(max(level_ix, 0), _LEVELS - 1)
        chain = {s.get(w("styleId")) for s in self._styles.paragraph_chain(properties)}
        fits = (ix for ix, level in enumerate(numbered.levels) if level.for_style in chain)
        return next(fits, 0)

    def _numbered(self, list_id: str) -> Numbered | None:
        if list_id not in self._known:
            self._known[list_id] = self._read_list(list_id)
        return self._known[list_id]

    def _read_list(self, list_id: str) -> Numbered | None:
        element = self._lists.get(list_id)
        family = value(element, "abstractNumId")
        source = self._family(family, _LINK_DEPTH)
        if element is None or family is None or source is None:
            return None
        levels = {whole(e.get(w("ilvl"))): _level(e) for e in source.iterfind(w("lvl"))}
        restarts: dict[int, int] = {}
        for override in element.iterfind(w("lvlOverride")):
            ix = whole(override.get(w("ilvl"))) or 0
            own = child(override, "lvl")
            if own is not None:
                levels[ix] = _level(own)
            start = number(override, "startOverride")
            if start is not None:
                restarts[ix] = start
                levels[ix] = replace(levels.get(ix, Level()), start=start)
        return Numbered(family, tuple(levels.get(ix, Level()) for ix in range(_LEVELS)), restarts)

    def _family(self, family: str | None, depth: int) -> etree._Element | None:
        """Give the definition of a list; one may refer to a style, and that to another list."""
        element = self._families.get(family or "")
        link = value(element, "numStyleLink")
        if link is None or depth == 0:
            return element
        style = next(iter(self._styles.chain(link)), None)
        list_id = value(style, "pPr", "numPr", "numId")
        return self._family(value(self._lists.get(list_id or ""), "abstractNumId"), depth - 1)

    def _count(self, list_id: str, numbered: Numbered, level_ix: int) -> list[int | None]:
        """Count one paragraph at a level; deeper levels begin anew after it."""
        counts = self._counts.setdefault(numbered.family, [None] * _LEVELS)
        begins = level_ix in numbered.restarts and (list_id, level_ix) not in self._begun
        self._begun.add((list_id, level_ix))
        current = counts[level_ix]
        start = numbered.levels[level_ix].start
        counts[level_ix] = start if begins or current is None else current + 1
        for above in range(level_ix):
            if counts[above] is None:
                counts[above] = numbered.levels[above].start
        for below in range(level_ix + 1, _LEVELS):
            after = numbered.levels[below].restarts_after
            if after is None or level_ix < after:
                counts[below] = None
        return counts


def _is(element: etree._Element, name: str) -> bool:
    return element.tag == w(name)


def _level(element: etree._Element) -> Level:
    return Level(
        start=_or(number(element, "start"), 0),
        style=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        gap=_GAPS.get(value(element, "suff") or "tab", " "),
        is_legal=bool(toggle(element, "isLgl")),
        restarts_after=number(element, "lvlRestart"),
        for_style=value(element, "pStyle") or "",
    )


def _or(number_: int | None, default: int) -> int:
    return default if number_ is None else number_
