"""In: paragraphs by section, agency and year. Out: sentences with their quantities and clauses."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from auditor.model import Paragraph
from auditor.recognise.prose.belonging import Belonging, belonging_of
from auditor.recognise.prose.lexicon import lexicon, pattern
from auditor.recognise.prose.paragraphs import Stretch, runs_of_prose
from auditor.recognise.prose.parts import find_parts
from auditor.recognise.prose.quantities import find_quantities
from auditor.recognise.prose.values import Clause, Item, Quantity, Sentence
from auditor.recognise.prose.words import words_of


def find_sentences(
    sections: Mapping[str, Sequence[Paragraph]], agency: str | None, year: int | None
) -> tuple[Sentence, ...]:
    """Give the sentences of a report's prose in reading order."""
    return tuple(
        sentence
        for number, paragraphs in sections.items()
        for run in runs_of_prose(paragraphs)
        for sentence in _of_run(run, number, agency, year)
    )


def _of_run(
    run: tuple[Stretch, ...], section: str, agency: str | None, year: int | None
) -> Iterator[Sentence]:
    before, topic = "", None
    for stretch in run:
        text = _without_titles(_with_relative_years(stretch.text, year))
        belonging = belonging_of(text, topic, agency)
        quantities = find_quantities(text)
        yield Sentence(
            text=text,
            quote=stretch.raw,
            place=stretch.place,
            section=section,
            context=before + text,
            items=_items(text, quantities, belonging),
            clauses=_clauses(text, quantities, belonging),
        )
        before += text
        topic = belonging.topics[-1][1] if belonging.topics else topic


def _with_relative_years(text: str, year: int | None) -> str:
    """Write 上年度 for 2023年 in the report of 2024; not knowing that, every year is another."""
    names = lexicon()["years"]
    known = {} if year is None else {year: names["own"], year - 1: names["last"]}
    known |= {} if year is None else {year + 1: names["next"]}
    return pattern("words", "year").sub(
        lambda found: str(known.get(int(found["year"]), names["other"])), text
    )


def _without_titles(text: str) -> str:
    """Blot out titles of documents: their numbers and years are no statements."""
    return pattern("paragraphs", "blotted").sub(lambda m: "《" + "□" * (len(m[0]) - 2) + "》", text)


def _items(text: str, quantities: Sequence[Quantity], belonging: Belonging) -> tuple[Item, ...]:
    words = words_of(text, quantities)
    parts = find_parts(text, quantities, words)
    return tuple(
        Item(
            quantity=quantity,
            text=own.text,
            topic=belonging.topic_at(quantity, own),
            whole=part.whole if part else None,
            first=part.first if part else None,
            part=part.kind if part else None,
            foreign=belonging.why_foreign(quantity.start, own.tail),
        )
        for quantity, own, part in zip(quantities, words, parts, strict=True)
    )


def _clauses(text: str, quantities: Sequence[Quantity], belonging: Belonging) -> tuple[Clause, ...]:
    """Give the clauses that state no number: 没有发生行政复议."""
    bounds = [0, *(m.end() for m in pattern("items", "clause").finditer(text)), len(text)]
    return tuple(
        Clause(text[start:end].rstrip(",;:()。!?"), belonging.why_foreign(end))
        for start, end in pairwise(bounds)
        if end > start and not any(start <= q.start < end for q in quantities)
    )
