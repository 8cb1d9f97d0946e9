"""In: the bytes of a text whose encoding is declared, wrongly declared or not. Out: the text."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 8192
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312", "chinese", "cp936"}
_FEW_FAULTS = 0.002  # of the bytes: a page cut amid a character, a stray byte in an advertisement


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how many of its characters could not be made out (they are U+FFFD)."""

    text: str
    faults: int = 0


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Decode by mark, else as UTF-8 where that fits, else as GB 18030, else as declared.

    Chinese that happens to be valid UTF-8 is UTF-8, whatever the page says; a page that says
    gb2312 holds characters of GBK and GB 18030.
    """
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _lenient(content.removeprefix(mark) if marked == "utf-8" else content, marked)
    named = _codec(declared) or _codec(_declaration(content))
    for encoding in ("utf-8", "gb18030", named):
        text = _strict(content, encoding)
        if text is not None:
            return Decoded(text)
    return _likeliest(content, named)


def _declaration(content: bytes) -> str | None:
    match = _DECLARED.search(content[:_HEAD])
    return match[1].decode("ascii") if match else None


def _codec(name: str | None) -> str | None:
    """Give Python's name of an encoding; the Chinese ones are all read as the largest of them."""
    if name is None:
        return None
    if name.lower() in _CHINESE:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _strict(content: bytes, encoding: str | None) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that gives no text
        return None


def _lenient(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, errors="replace")
    return Decoded(text, text.count("\ufffd"))


def _likeliest(content: bytes, declared: str | None) -> Decoded:
    utf_8 = _lenient(content, "utf-8")
    if utf_8.faults <= _FEW_FAULTS * len(content):
        return utf_8
    others = [_lenient(content, "gb18030")]
    if declared not in {None, "utf-8", "gb18030"}:
        others.append(_lenient(content, declared or "gb18030"))
    return min([*others, utf_8], key=lambda decoded: decoded.faults)
