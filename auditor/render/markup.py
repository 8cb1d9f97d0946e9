"""In: names, texts and attributes. Out: HTML in which every text is escaped, by its type."""

import html
import unicodedata
from collections.abc import Iterable

_VOID = frozenset({"br", "col", "meta"})
_INERT = "\ufffd"


class Markup(str):
    """Text that is HTML already; any other string is escaped when it becomes part of one."""

    __slots__ = ()


Child = str | None
Attribute = str | int | bool | None


def escaped(text: str) -> Markup:
    """Give the text as HTML; control and bidi characters, which could hide something, are shown."""
    if isinstance(text, Markup):
        return text
    shown = "".join(_INERT if _is_control(char) else char for char in text)
    return Markup(html.escape(shown, quote=True))


def tag(name: str, *children: Child, **attributes: Attribute) -> Markup:
    """Give an element; `class_` and `data_t` are written class and data-t, None is left out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Markup:
    """Give texts and elements one after the other."""
    return Markup("".join(escaped(child) for child in children if child is not None))


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-").removesuffix("-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def _is_control(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}
