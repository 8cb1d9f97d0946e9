"""In: the style sheets inside a web page. Out: the declarations that hold for an element.

Only rules for a tag, class or id alone are known, outside of @media and the like: enough to tell
what is hidden, struck through or painted in the colour of its ground.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIMPLE = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<parts>(?:[.#][\w\u0080-\uffff-]+)*)", re.IGNORECASE
)
_PART = re.compile(r"([.#])([^.#]+)")
_MATTERS = {
    "display",
    "visibility",
    "opacity",
    "color",
    "background",
    "background-color",
    "background-image",
    "text-decoration",
    "text-decoration-line",
    "font-size",
    "mso-hide",
    "white-space",
    "width",
}
_LONGEST_SHEET = 2_000_000


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    id: str | None
    classes: frozenset[str]
    declarations: Mapping[str, str]

    @property
    def weight(self) -> tuple[int, int, int]:
        return (int(self.id is not None), len(self.classes), int(bool(self.tag)))


class StyleSheet:
    """The rules of a page, looked up by tag, class and id."""

    def __init__(self, texts: Iterator[str]) -> None:
        """Read the page's style elements, one after the other."""
        sheet = "\n".join(texts)[:_LONGEST_SHEET]
        self._by_key: dict[str, list[tuple[int, _Rule]]] = {}
        for order, rule in enumerate(_rules(sheet)):
            key = (
                f"#{rule.id}" if rule.id else f".{min(rule.classes)}" if rule.classes else rule.tag
            )
            self._by_key.setdefault(key, []).append((order, rule))

    def declarations(self, element: etree._Element, tag: str) -> dict[str, str]:
        """Give what is declared for an element, its own style attribute last."""
        style = element.get("style")
        own = _declarations(style) if style else {}
        if not self._by_key:
            return own
        found = sorted(self._matching(element, tag), key=lambda pair: (pair[1].weight, pair[0]))
        merged: dict[str, str] = {}
        for _, rule in found:
            merged.update(rule.declarations)
        return merged | own

    def _matching(self, element: etree._Element, tag: str) -> Iterator[tuple[int, _Rule]]:
        classes = frozenset((element.get("class") or "").split())
        own_id = element.get("id")
        keys = [tag, "", *(f".{name}" for name in classes), *([f"#{own_id}"] if own_id else [])]
        for key in keys:
            for order, rule in self._by_key.get(key, ()):
                fits = rule.tag in {"", tag} and rule.classes <= classes
                if fits and rule.id in {None, own_id}:
                    yield order, rule


def _rules(sheet: str) -> Iterator[_Rule]:
    for selectors, body in _blocks(_COMMENT.sub("", sheet)):
        declarations = _declarations(body)
        if not declarations:
            continue
        for selector in selectors.split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            if match and selector.strip():
                parts = _PART.findall(match["parts"])
                ids = [name for mark, name in parts if mark == "#"]
                classes = frozenset(name for mark, name in parts if mark == ".")
                tag = (match["tag"] or "").lower().replace("*", "")
                yield _Rule(tag, ids[0] if ids else None, classes, declarations)


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Give selectors and body of the rules that always hold: those in no block of conditions."""
    start = depth = 0
    head = ""
    for match in re.finditer(r"[{}]", sheet):
        if match[0] == "{":
            if depth == 0:
                head, start = sheet[start : match.start()], match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                body, selectors = sheet[start : match.start()], head.rpartition(";")[2]
                start = match.end()
                if "{" not in body and not selectors.strip().startswith("@"):
                    yield selectors, body


def _declarations(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _MATTERS:
            found[name] = value.replace("!important", "").strip().lower()
    return found
