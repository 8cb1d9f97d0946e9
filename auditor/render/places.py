"""In: where something stands. Out: the words by which a person finds it: 第3页, 第12-40行."""

import re
from collections.abc import Iterable

from auditor.model import Language, Place, Wording
from auditor.render import words

_TABLE_OF_PAGE = re.compile(r"table\[(\d+)\]")


def place_text(place: Place | None, lang: Language) -> str:
    """Name the page, the line in a plain text, the table or sheet; "" where there is none."""
    return span_text([place] if place else [], lang)


def span_text(places: Iterable[Place], lang: Language) -> str:
    """Name the pages, lines, tables or sheets from the first to the last of these places."""
    known = list(places)
    counted = (
        ([place.page for place in known if place.page], words.PAGE, words.PAGES),
        ([place.line for place in known if place.line], words.LINE, words.LINES),
        ([no for place in known if (no := _table_no(place))], words.TABLE_NO, words.TABLE_NOS),
    )
    for numbers, one, several in counted:
        if numbers:
            return _span(numbers, one, several, lang)
    sheets = dict.fromkeys(place.sheet for place in known if place.sheet)
    return " ".join(words.SHEET.in_language(lang).format(name=name) for name in sheets)


def _table_no(place: Place) -> int | None:
    """Give the how manieth table of a word processor's file or of a web page it is in."""
    match = _TABLE_OF_PAGE.match(place.path or "")
    return int(match[1]) if match else place.table


def _span(numbers: list[int], one: Wording, several: Wording, lang: Language) -> str:
    first, last = min(numbers), max(numbers)
    wording = one if first == last else several
    return wording.in_language(lang).format(first=first, last=last)
