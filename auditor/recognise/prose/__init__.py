"""In: paragraphs of a report. Out: its sentences, each with the quantities that it states."""

from functools import cache

from auditor.recognise.prose.concepts import check_concepts, concept_of
from auditor.recognise.prose.lexicon import check_lexicon
from auditor.recognise.prose.sentences import find_sentences
from auditor.recognise.prose.values import MARK, Clause, Item, Quantity, Sentence

__all__ = [
    "MARK",
    "Clause",
    "Item",
    "Quantity",
    "Sentence",
    "check_words",
    "concept_of",
    "find_sentences",
]


@cache
def check_words() -> None:
    """Hold all patterns by which prose is read against their grammar. Raises UsageError."""
    check_lexicon()
    check_concepts()
