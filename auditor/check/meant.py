"""In: rules/forms/meanings.toml. Out: what a concept stands for, this year and in last year's."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from auditor.check.grammar import (
    Call,
    Expression,
    Negation,
    Number,
    Operation,
    Reference,
    parse_expression,
)
from auditor.check.meanings import Tables
from auditor.check.relatives import PREVIOUS
from auditor.check.statements import Meaning, Patterns, each_row
from auditor.form import rules_dir
from auditor.model import Amount
from auditor.recognise.prose import MARK, Item, Sentence, concept_of
from auditor.recognise.prose.belonging import find_topics
from auditor.recognise.prose.lexicon import any_of
from auditor.recognise.prose.values import Concept


@dataclass(frozen=True, slots=True)
class Meant:
    """A concept of a topic, and what the tables of this report and of last year's have of it.

    `context`: what its paragraph must say; `agreed`: only beside its number in the prose.
    """

    topics: tuple[str, ...]
    concepts: tuple[str, ...]
    editions: tuple[str, ...]
    this: tuple[Meaning, ...]
    last: tuple[Meaning, ...]
    context: Patterns
    agreed: bool
    lasts: bool


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a concept comes to; `is_whole`: every cell of last year's that is needed was read.

    `lasts`: it may well be the same two years running.
    """

    this: tuple[Amount, ...]
    last: tuple[Amount, ...]
    is_whole: bool
    lasts: bool = False


@cache
def meant() -> tuple[Meant, ...]:
    """Give the entries of the file."""
    data = tomllib.loads((rules_dir() / "forms" / "meanings.toml").read_text("utf-8"))
    return tuple(
        Meant(
            tuple(entry["topic"]),
            tuple(entry["concept"]),
            tuple(entry.get("editions", ())),
            tuple(Meaning(parse_expression(text), text) for text in entry["means"]),
            tuple(_of_last_year(text) for text in entry["means"]),
            tuple(re.compile(any_of([text])) for text in entry.get("context", ())),
            entry.get("agreed", False),
            entry.get("lasts", False),
        )
        for written in data["meaning"]
        for entry in each_row(written)
    )


def expressions(edition: str) -> Iterator[Expression]:
    """Give all that the entries for an edition speak of."""
    for entry in _for(edition):
        yield from (meaning.expression for meaning in (*entry.this, *entry.last))


def amounts_of_item(item: Item, sentence: Sentence, tables: Tables) -> Amounts | None:
    """Give what the tables have of a number of this year, where it is just that."""
    quantity = item.quantity
    known = known_of_item(item, sentence, tables)
    is_agreed = known and any(
        -quantity.step < quantity.value - a < quantity.step for a in known.this
    )
    return known if is_agreed else None


def known_of_item(item: Item, sentence: Sentence, tables: Tables) -> Amounts | None:
    """Give what the tables have of what a number of this year counts, whatever the number is."""
    if item.foreign or not item.quantity.is_exact:
        return None
    return _amounts(item.concept, item.topic, sentence, tables, agreed=True)


def amounts_of_words(
    words: str, position: int, sentence: Sentence, tables: Tables
) -> Amounts | None:
    """Give what the tables have of a thing that is but named, before a place of the sentence."""
    named = find_topics(words)
    topic = named[-1][1] if named else sentence.topic_at(position)
    return _amounts(concept_of(words + MARK, topic), topic, sentence, tables, agreed=False)


def _amounts(
    concept: Concept, topic: str | None, sentence: Sentence, tables: Tables, *, agreed: bool
) -> Amounts | None:
    """Give what the tables have of a concept; None where they have no such thing."""
    said = f"{sentence.section}:{sentence.context}"
    for entry in _for(tables.readings.edition) if concept.is_certain else ():
        if topic not in entry.topics or concept.name not in entry.concepts:
            continue
        if (entry.agreed and not agreed) or not all(p.search(said) for p in entry.context):
            continue
        last = tables.amounts(entry.last)
        is_whole = len(last) == len(entry.last)
        return Amounts(tables.amounts(entry.this), last, is_whole, entry.lasts)
    return None


def _for(edition: str) -> Iterable[Meant]:
    return (entry for entry in meant() if not entry.editions or edition in entry.editions)


def _of_last_year(text: str) -> Meaning:
    expression = _owned(parse_expression(text))
    return Meaning(expression, f"{PREVIOUS}: {text}")


def _owned(expression: Expression) -> Expression:
    match expression:
        case Number():
            return expression
        case Reference():
            return _owned_reference(expression)
        case Call():
            return replace(
                expression, arguments=tuple(_owned_reference(a) for a in expression.arguments)
            )
        case Negation():
            return Negation(_owned(expression.operand))
        case Operation():
            return replace(expression, left=_owned(expression.left), right=_owned(expression.right))


def _owned_reference(reference: Reference) -> Reference:
    first, *rest = reference.parts
    return replace(reference, parts=(f"{PREVIOUS}.{first}", *rest))
