"""In: the paragraphs of a section. Out: runs of prose: what a page break parted is joined again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.model import Paragraph, Place
from auditor.recognise.prose.lexicon import lexicon, pattern


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as it was read, and where it begins; `raw` as printed."""

    text: str
    raw: str
    place: Place


def runs_of_prose(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Stretch, ...]]:
    """Give the sentences of each paragraph; a heading goes with the paragraph below it."""
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if _is_furniture(paragraph) or not paragraph.text.strip():
            continue
        if run and not _goes_on(run[-1], paragraph):
            yield _sentences(run)
            run = []
        run.append(paragraph)
    if run:
        yield _sentences(run)


def _is_furniture(paragraph: Paragraph) -> bool:
    return bool(pattern("paragraphs", "furniture").search(paragraph.text.strip()))


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    if _is_heading(above):
        return not _is_heading(below)
    if pattern("paragraphs", "ends").search(above.text.strip()):
        return False
    return not pattern("paragraphs", "opens").search(below.text.strip())


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    is_short = len(text) <= lexicon()["paragraphs"]["longest_heading"]
    return is_short and bool(pattern("paragraphs", "heading").search(text))


def _sentences(run: Sequence[Paragraph]) -> tuple[Stretch, ...]:
    """Cut at full stops; a sentence may begin in one paragraph and end in another."""
    stretches: list[Stretch] = []
    text, raw, place = "", "", run[0].place
    for paragraph in run:
        for piece, raw_piece in _pieces(paragraph):
            place = place if text else paragraph.place
            text, raw = text + piece, raw + raw_piece
            if pattern("paragraphs", "stop").search(piece):
                stretches.append(Stretch(text, raw, place))
                text, raw = "", ""
        if _is_heading(paragraph) and text:
            stretches.append(Stretch(text, raw, place))
            text, raw = "", ""
    return (*stretches, Stretch(text, raw, place)) if text else tuple(stretches)


def _pieces(paragraph: Paragraph) -> tuple[tuple[str, str], ...]:
    """Cut text and raw text alike; where they do not match, quote the text."""
    text, raw = _cut(paragraph.text), _cut(paragraph.raw)
    return tuple(zip(text, raw if len(raw) == len(text) else text, strict=True))


def _cut(text: str) -> list[str]:
    close = "".join(text.split())
    ends = [m.end() for m in pattern("paragraphs", "sentence").finditer(close)]
    bounds = [0, *ends, *([] if ends and ends[-1] == len(close) else [len(close)])]
    return [close[start:end] for start, end in pairwise(bounds)]
