"""In: elements of WordprocessingML. Out: their names and values without namespaces."""

from collections.abc import Iterator

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALSE = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """Give the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{name}"


def local(element: etree._Element) -> str:
    """Give an element's name: bare for WordprocessingML, `x:name` for any other namespace."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment
        return ""
    namespace, _, name = tag.rpartition("}")
    return name if namespace == f"{{{_W}" else f"x:{name}"


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Give the descendant at the end of a path of children, if it is there."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """Give the `w:val` of the element at the end of a path."""
    found = child(element, *path)
    return None if found is None else found.get(w("val"))


def number(element: etree._Element | None, *path: str) -> int | None:
    """Give the `w:val` as a whole number, None where there is none."""
    return whole(value(element, *path))


def whole(text: str | None) -> int | None:
    """Give a text as a whole number of reasonable size, None where it is none."""
    digits = (text or "").strip()
    is_number = digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) < 10
    return int(digits) if is_number else None


def toggle(element: etree._Element | None, name: str) -> bool | None:
    """Give whether a property is switched on; None where it is not mentioned."""
    found = child(element, name)
    if found is None:
        return None
    return (found.get(w("val")) or "true").lower() not in _FALSE


def chosen(element: etree._Element) -> Iterator[etree._Element]:
    """Give the children, of alternatives (new drawing, old drawing) the first that is filled."""
    for kid in element:
        if local(kid) == "x:AlternateContent":
            branch = next((b for b in kid if len(b)), None)
            if branch is not None:
                yield from chosen(branch)
        else:
            yield kid
