"""In: the prose of a document and the form's sections. Out: paragraphs by section, odd headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.form import Section
from auditor.model import Observation, Paragraph
from auditor.recognise.common import common
from auditor.recognise.labels import best_similarity, same_letters

_ALIKE = 0.6
_CERTAIN = 0.85


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph taken for the heading of a section; `title` is without its number."""

    section: Section
    paragraph: Paragraph
    ix: int
    title: str


def find_headings(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section]
) -> tuple[Heading, ...]:
    """Find the likest heading for each section, in document order."""
    best: dict[str, tuple[float, Heading]] = {}
    for ix, paragraph in enumerate(paragraphs):
        for score, heading in _readings(ix, paragraph, sections):
            known = best.get(heading.section.number)
            if known is None or score > known[0]:
                best[heading.section.number] = (score, heading)
    return tuple(sorted((heading for _, heading in best.values()), key=lambda h: h.ix))


def _readings(
    ix: int, paragraph: Paragraph, sections: Sequence[Section]
) -> Iterator[tuple[float, Heading]]:
    """Give what section a short paragraph may head: by number and title, or by its title alone."""
    settings = common()["section"]
    text = " ".join(paragraph.text.split())
    if len(text) > settings["longest_title"] or text.endswith("。"):
        return
    match = re.match(settings["heading"], text)
    title = match["title"] if match else text
    for section in sections:
        score = best_similarity(title, (section.title, *section.aliases))
        numbered = match is not None and match["number"] == section.number
        if score >= (_ALIKE if numbered else _CERTAIN):
            yield score + (0.5 if numbered else 0.0), Heading(section, paragraph, ix, title)


def is_first_heading(paragraph: Paragraph, sections: Sequence[Section]) -> bool:
    """Tell whether a paragraph heads the first section."""
    readings = _readings(0, paragraph, sections[:1])
    return any(True for _ in readings)


def by_section(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading]
) -> dict[str, tuple[Paragraph, ...]]:
    """Give the paragraphs below each heading, by section number; "" is what stands before."""
    starts = [(-1, ""), *((h.ix, h.section.number) for h in headings)]
    ends = [start for start, _ in starts[1:]] + [len(paragraphs)]
    return {
        number: tuple(paragraphs[start + 1 : end])
        for (start, number), end in zip(starts, ends, strict=True)
    }


def section_observations(
    headings: Sequence[Heading], sections: Sequence[Section]
) -> Iterator[Observation]:
    """Note sections that are missing, out of order, or titled in words of their own."""
    found = {h.section.number: h for h in headings}
    for section in sections:
        heading = found.get(section.number)
        details = {"section": section.number, "title": section.title}
        if heading is None:
            yield Observation("section_missing", details)
        elif not any(same_letters(heading.title, t) for t in (section.title, *section.aliases)):
            named = details | {"found": heading.title, "official": section.title}
            yield Observation("section_title", named, place=heading.paragraph.place)
    order = [s.number for s in sections if s.number in found]
    actual = [h.section.number for h in headings]
    if order != actual:
        yield Observation("section_order", {"found": "、".join(actual)})
