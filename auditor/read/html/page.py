"""In: the text of a web page. Out: its tree of elements, and the strings that quote more of it."""

import html
import json
import re
from collections.abc import Iterator

from lxml import etree

from auditor.errors import UnreadableError
from auditor.read.flow import too_large

_LARGEST_PAGE = 8 * 1024 * 1024  # characters; pictures in the page are taken out before
_DATA_URI = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]{200,}+")
_DEPTH_ERROR = "depth"
# A string that does not end still matches, up to the line's end: so one pass is enough.
_QUOTED = re.compile(
    r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
    r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'?"
    r"|`[^`\\]*+(?:\\.[^`\\]*+)*+`?",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": ""}
_TABLE = re.compile(r"<t(?:able|r)[\s>]", re.IGNORECASE)
_SHORTEST_QUOTE = 40


def parse_page(text: str, file: str) -> etree._Element | None:
    """Parse a page as browsers do, mending what is broken; None where nothing is in it.

    Raises: UnreadableError where the page is too large or nested too deeply to be read whole.
    """
    if len(text) > _LARGEST_PAGE:
        text = _DATA_URI.sub("", text)
    if len(text) > _LARGEST_PAGE:
        raise too_large(file)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, no_network=True)
    content = text.replace("\0", "").encode("utf-8", errors="replace")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:  # nothing but comments or spaces
        return None
    if any(_DEPTH_ERROR in error.message.lower() for error in parser.error_log):
        raise UnreadableError(
            f"{file}: 网页嵌套过深，没有读取；请在浏览器中打开后打印为 PDF 再试",
            f"{file}: nested too deeply to be read; print it to PDF from a browser and try again",
        )
    return root


def quoted_pages(code: str) -> Iterator[str]:
    """Give the pieces of a page that JSON or JavaScript quotes in strings; no code is run."""
    for match in _QUOTED.finditer(code):
        if len(match[0]) >= _SHORTEST_QUOTE and match[0][-1] == match[0][0]:
            page = unquoted(match[0][1:-1])
            if _TABLE.search(page):
                yield page


def unquoted(literal: str) -> str:
    """Give what a string's literal stands for; markup written as entities becomes markup."""
    text = _ESCAPE.sub(_unescape, literal)
    return html.unescape(text) if "<" not in text and "&lt;" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1 and code[0] in "ux":
        return chr(int(code[1:], 16))
    return "" if code[0] in "\r\n" else _ESCAPED.get(code, code)


def json_strings(text: str) -> tuple[str, ...] | None:
    """Give the strings of a JSON text in order, None where it is no JSON."""
    try:
        return tuple(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return None


def _strings(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield html.unescape(content) if "<" not in content and "&lt;" in content else content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _strings(value)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value)
