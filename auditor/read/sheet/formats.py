"""In: a stored number and its number format. Out: the number exactly, with the words around it."""

import re
from decimal import Context, Decimal, InvalidOperation

from auditor.model import Wording
from auditor.read.sheet.cells import Entry

_DIGITS_KEPT = 15  # what spreadsheets calculate and show with; further stored digits are noise
_LARGEST_EXPONENT = 30
_EXACT = Context(prec=_DIGITS_KEPT)
_NO_NUMBER = Wording(
    "单元格的数字格式是日期、百分比、分数或缩位显示，与存储的数值不同",
    "the cell shows its number as a date, percentage, fraction or scaled",
)
_INVISIBLE = Wording("单元格的数字格式使内容不显示", "the cell's number format hides its content")
_IN_BRACKETS = re.compile(r"\[(?:\$([^\]-]*))?[^\]]*\]")  # [$¥-804] holds a word, [Red] none
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_NUMBER_PART = re.compile(r"[#0?][#0?,.]*")
_NOT_PLAIN = re.compile(r"[%eE/]|[#0?],+(?![#0?])")
_GENERAL = re.compile(r"General|G/通用格式|@", re.IGNORECASE)
_SPLIT_NUMBER = re.compile(r"[#0?]\0+[#0?]")  # 0\.0000 shows 12345 as 1.2345
_DATE_LETTERS = re.compile(r"[ymdhsYMDHSbgnr]|AM/PM")

_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "0", 6: "0", 7: "0.00",
    8: "0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_DATE = "yyyy-mm-dd"


def built_in_format(number: int) -> str:
    """Give the format of a built-in number; those of the dates differ from country to country."""
    return _BUILT_IN.get(number, _DATE if number < 82 else "General")


def show_number(literal: str, number_format: str) -> Entry:
    """Give a number as digits, exactly as stored up to what a spreadsheet can know.

    Words of the format (0"元") go with it; a format that shows another number raises a doubt.
    """
    try:
        number = _EXACT.create_decimal(literal.strip())
    except InvalidOperation:
        return Entry(literal, literal)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return Entry(literal, literal, _NO_NUMBER)
    section = _section(number_format, number)
    return _dressed(plain(number), literal, section, is_zero=number == 0)


def _dressed(digits: str, literal: str, section: str, *, is_zero: bool) -> Entry:
    bare = _QUOTED.sub("", section)
    if not _NUMBER_PART.search(bare):  # a zero shown as a dash or not at all is a zero still
        hides = not "".join(match[1] or match[2] or "" for match in _QUOTED.finditer(section))
        doubt = _INVISIBLE if hides and not bare.strip() else _NO_NUMBER
        return Entry(digits, literal, None if is_zero else doubt)
    is_other = _NOT_PLAIN.search(bare) or _DATE_LETTERS.search(bare)
    if is_other or _SPLIT_NUMBER.search(_QUOTED.sub("\0", section)):
        return Entry(digits, literal, _NO_NUMBER)
    before, _, after = _worded(section).partition("\0")
    return Entry(f"{before}{digits}{after}", literal)


def plain(number: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section(number_format: str, number: Decimal) -> str:
    """Give the part of a format that is for this number: positive; negative; zero; text."""
    number_format = _GENERAL.sub("0", number_format) or "0"
    text = _IN_BRACKETS.sub(lambda m: f'"{m[1]}"' if m[1] else "", number_format)
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', text)
    if number < 0 and len(parts) > 1:
        return parts[1]
    if number == 0 and len(parts) > 2:
        return parts[2]
    return parts[0]


def _worded(section: str) -> str:
    """Give the words of a section, with NUL where its number stands."""
    words = _QUOTED.sub(lambda match: _shielded(match[1] or match[2] or ""), section)
    with_number = _NUMBER_PART.sub("\0", words, count=1)
    kept = (char for char in with_number if char not in "#0?,.-+() " or char == "\0")
    return "".join(kept).translate(_UNSHIELD)


_SHIELD = {ord(char): 0xE000 + ord(char) for char in "#0?,.-+() "}
_UNSHIELD = {shielded: char for char, shielded in _SHIELD.items()}


def _shielded(word: str) -> str:
    return word.translate(_SHIELD)
