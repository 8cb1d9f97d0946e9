"""In: where something stands. Out: the words by which a person finds it: 第3页, 第12-40行."""

from collections.abc import Iterable

from auditor.model import Language, Place, Wording
from auditor.render import words


def place_text(place: Place | None, lang: Language) -> str:
    """Name the page, or the line in a plain text; "" where the source has neither."""
    return span_text([place] if place else [], lang)


def span_text(places: Iterable[Place], lang: Language) -> str:
    """Name the pages or lines from the first to the last of these places."""
    known = list(places)
    pages = [place.page for place in known if place.page]
    if pages:
        return _span(pages, words.PAGE, words.PAGES, lang)
    lines = [place.line for place in known if place.line]
    return _span(lines, words.LINE, words.LINES, lang) if lines else ""


def _span(numbers: list[int], one: Wording, several: Wording, lang: Language) -> str:
    first, last = min(numbers), max(numbers)
    wording = one if first == last else several
    return wording.in_language(lang).format(first=first, last=last)
