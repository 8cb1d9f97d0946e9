"""In: the prose of a document. Out: agency, title year, statistics period, each with its words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from auditor.model import Fact, Paragraph, Place
from auditor.recognise.common import common

_TITLE_MAX = 80  # characters
_Patterns = tuple[re.Pattern[str], ...]


@cache
def _patterns(section: str) -> _Patterns:
    return tuple(re.compile(pattern) for pattern in common()[section]["patterns"])


def find_facts(paragraphs: Sequence[Paragraph]) -> dict[str, Fact]:
    """Find `agency`, `title_year`, `period_year`, `period_start` and `period_end`.

    What is not written, or not in a form that can be read, is absent; dates are ISO texts.
    """
    facts = [*_title_facts(paragraphs), *_period_facts(paragraphs)]
    if not any(fact.name == "agency" for fact in facts):
        facts += _agency_elsewhere(paragraphs)
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.name, fact)
    return found


def _title_facts(paragraphs: Sequence[Paragraph]) -> Iterator[Fact]:
    """Read the title: the first line, or run of up to three lines, that a title pattern fits."""
    settings = common()["title"]
    head = paragraphs[: settings["within"]]
    for lines in (1, 2, 3):
        for ix in range(len(head)):
            window = head[ix : ix + lines]
            text = _western_year("".join("".join(p.text.split()) for p in window))
            match = _title_match(re.sub(settings["lead_in"], "", text))
            if match:
                quote = "".join(p.raw for p in window)
                yield from _facts_of_title(match, quote, window[0].place)
                if match["agency"]:
                    return


@dataclass(frozen=True, slots=True)
class Title:
    """A paragraph that names a report: where it stands, and what it says."""

    at: tuple[int, int]
    agency: str | None
    year: str | None

    def differs_from(self, other: "Title") -> bool:
        """Claim that it names another report, by agency or year."""
        pairs = (self.agency, other.agency), (self.year, other.year)
        return any(own and others and own != others for own, others in pairs)


def titles(paragraphs: Sequence[tuple[tuple[int, int], Paragraph]]) -> tuple[Title, ...]:
    """Give the titles of reports anywhere in a document, of one or two lines, with their places."""
    lead_in = common()["title"]["lead_in"]
    texts = [
        (at, re.sub(lead_in, "", _western_year("".join(p.text.split())))) for at, p in paragraphs
    ]
    found: dict[tuple[str | None, str | None], Title] = {}  # repeated ones are running heads
    for (at, text), (_, below) in zip_longest(texts, texts[1:], fillvalue=((0, 0), "")):
        match = _short_title(text)
        if match is None and not any(char.isdigit() for char in text):  # no page number either
            whole = _short_title(below)
            match = None if whole and whole["agency"] else _short_title(text + below)
        if match:
            named = match.groupdict().get("agency") or None, match.groupdict().get("year")
            found.setdefault(named, Title(at, *named))
    return tuple(found.values())


def _short_title(text: str) -> re.Match[str] | None:
    return _title_match(text) if len(text) <= _TITLE_MAX else None


def _title_match(text: str) -> re.Match[str] | None:
    return next((m for pattern in _patterns("title") if (m := pattern.fullmatch(text))), None)


def _facts_of_title(match: re.Match[str], quote: str, place: Place) -> Iterator[Fact]:
    groups = match.groupdict()
    if groups.get("year"):
        yield Fact("title_year", int(groups["year"]), quote, place)
    if groups["agency"]:
        yield Fact("agency", groups["agency"], quote, place)


def _western_year(text: str) -> str:
    """Write 二〇二四年 as 2024年."""
    numerals = common()["title"]["numerals"]
    table = {ord(char): str(ix) for ix, char in enumerate(numerals)} | {
        ord("○"): "0",
        ord("零"): "0",
    }
    return re.sub(
        f"[{numerals}○零]{{4}}(?=年)", lambda match: match[0].translate(table), text, count=1
    )


def _period_facts(paragraphs: Sequence[Paragraph]) -> Iterator[Fact]:
    words = common()["period"]["words"]
    for paragraph in paragraphs:
        text = "".join(paragraph.text.split())
        if not any(word in text for word in words):
            continue
        for pattern in _patterns("period"):
            match = pattern.search(text)
            if match:
                yield from _facts_of_period(match, paragraph)
                return


def _facts_of_period(match: re.Match[str], paragraph: Paragraph) -> Iterator[Fact]:
    groups = match.groupdict()
    start = (
        int(groups["year"]),
        int(groups.get("start_month") or 1),
        int(groups.get("start_day") or 1),
    )
    end = int(groups["end_year"] or start[0]), int(groups["end_month"]), int(groups["end_day"])
    quote = _sentence_of(paragraph, match[0])
    yield Fact("period_year", start[0], quote, paragraph.place)
    yield Fact("period_start", _iso(*start), quote, paragraph.place)
    yield Fact("period_end", _iso(*end), quote, paragraph.place)


def _iso(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


def _sentence_of(paragraph: Paragraph, words: str) -> str:
    """Give the sentence as printed in which words stand, spaces left out; else the words."""
    pieces = re.findall("[^。!?！？]+[。!?！？]?", paragraph.raw)
    squeezed = ((p, "".join(unicodedata.normalize("NFKC", p).split())) for p in pieces)
    return next((piece.strip() for piece, text in squeezed if words in text), words)


def _agency_elsewhere(paragraphs: Sequence[Paragraph]) -> Iterator[Fact]:
    for paragraph in paragraphs:
        for pattern in _patterns("agency"):
            match = pattern.search(paragraph.text)
            if match:
                yield Fact("agency", match["agency"], paragraph.raw, paragraph.place)
                return
