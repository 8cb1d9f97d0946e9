"""In: rules/forms/meanings.toml. Out: what a concept stands for, this year and in last year's."""

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
from auditor.check.statements import Meaning, each_row
from auditor.form import rules_dir
from auditor.model import Amount


@dataclass(frozen=True, slots=True)
class Meant:
    """A concept of a topic, and what the tables of this report and of last year's have of it."""

    topics: tuple[str, ...]
    concepts: tuple[str, ...]
    editions: tuple[str, ...]
    this: tuple[Meaning, ...]
    last: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a concept comes to; `is_whole`: every cell of last year's that is needed was read."""

    this: tuple[Amount, ...]
    last: tuple[Amount, ...]
    is_whole: bool


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
        )
        for written in data["meaning"]
        for entry in each_row(written)
    )


def expressions(edition: str) -> Iterator[Expression]:
    """Give all that the entries for an edition speak of."""
    for entry in _for(edition):
        yield from (meaning.expression for meaning in (*entry.this, *entry.last))


def amounts_of(concept: str, topic: str | None, tables: Tables) -> Amounts | None:
    """Give what the tables have of a concept; None where they have no such thing."""
    entries = _for(tables.readings.edition)
    entry = next((e for e in entries if topic in e.topics and concept in e.concepts), None)
    if entry is None:
        return None
    last = tables.amounts(entry.last)
    return Amounts(tables.amounts(entry.this), last, len(last) == len(entry.last))


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
