"""In: paragraphs by section, agency and year. Out: sentences with their quantities and clauses."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from auditor.model import Paragraph
from auditor.recognise.prose.belonging import Belonging, belonging_of, find_topics
from auditor.recognise.prose.counting import Counted, concepts_in, none_of
from auditor.recognise.prose.lexicon import lexicon, pattern, topics_that_carry
from auditor.recognise.prose.paragraphs import Stretch, runs_of_prose
from auditor.recognise.prose.parts import find_parts
from auditor.recognise.prose.quantities import find_quantities
from auditor.recognise.prose.values import Clause, Concept, Item, Quantity, Sentence
from auditor.recognise.prose.words import words_of

_MARKS = ",;:()。!?"


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
        items = _items(text, find_quantities(text), belonging)
        yield Sentence(
            text=text,
            quote=stretch.raw,
            place=stretch.place,
            section=section,
            context=before + text,
            items=items,
            topics=(*([(0, topic)] if topic else []), *belonging.topics),
            clauses=tuple(_clauses(text, items, belonging)),
        )
        before += text
        topic = _passed_on(belonging) or topic


def _passed_on(belonging: Belonging) -> str | None:
    """Give the topic that the next sentence goes on with."""
    named = [topic for _, topic in belonging.topics]
    return next((topic for topic in reversed(named) if topic in topics_that_carry()), None)


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
    text = pattern("paragraphs", "bodies").sub("", text)
    return pattern("paragraphs", "blotted").sub(lambda m: "《" + "□" * (len(m[0]) - 2) + "》", text)


def _items(text: str, quantities: Sequence[Quantity], belonging: Belonging) -> tuple[Item, ...]:
    words = words_of(text, quantities)
    parts = find_parts(text, quantities, words)
    counted: list[Counted] = []
    for quantity, own, part in zip(quantities, words, parts, strict=True):
        topic = belonging.topic_at(quantity, own)
        if counted and not find_topics(own.text):
            before = counted[-1]
            end = before.quantity.end + len(before.words.tail)
            topic = belonging.topic_after(end, quantity.start, before.topic) or topic
        counted.append(Counted(quantity, own, topic, part))
    return tuple(
        Item(
            quantity=entry.quantity,
            text=entry.words.text,
            topic=entry.topic,
            whole=entry.part.whole if entry.part else None,
            first=entry.part.first if entry.part else None,
            part=entry.part.kind if entry.part else None,
            foreign=belonging.why_foreign(entry.quantity.start, entry.words.tail),
            concept=concept.doubted(belonging.vagueness(text, entry.quantity.start)),
        )
        for entry, concept in zip(counted, concepts_in(text, counted), strict=True)
    )


def _clauses(text: str, items: Sequence[Item], belonging: Belonging) -> Iterator[Clause]:
    """Give the clauses that state no quantity, or none: 没有发生行政复议, 行政复议0件."""
    bounds = [0, *(m.end() for m in pattern("items", "clause").finditer(text)), len(text)]
    before = 0
    for start, end in pairwise(bounds):
        clause = text[start:end].rstrip(_MARKS)
        says_only_that = pattern("items", "nothing").fullmatch(clause)
        begin = before if says_only_that else start
        clause = text[begin:end].rstrip(_MARKS)
        before = begin
        stated = [item for item in items if begin <= item.quantity.start < end]
        if clause and not any(item.quantity.value for item in stated):
            yield _clause(clause, begin, end, stated, belonging)


def _clause(
    clause: str, begin: int, end: int, stated: Sequence[Item], belonging: Belonging
) -> Clause:
    """Say of what there was none: where a nought is written, of what that one counts."""
    why = belonging.why_foreign(end)
    if stated and not pattern("items", "nothing").fullmatch(clause):
        item = stated[-1]
        is_lone = len(stated) == 1 and item.whole is None
        return Clause(clause, why, item.topic, item.concept if is_lone else Concept())
    topic = belonging.topic_of_clause(clause, begin)
    return Clause(clause, why, topic, none_of(clause, topic))
