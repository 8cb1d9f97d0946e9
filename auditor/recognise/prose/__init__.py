"""In: paragraphs of a report. Out: its sentences, each with the quantities that it states."""

from auditor.recognise.prose.concepts import concept_of
from auditor.recognise.prose.sentences import find_sentences
from auditor.recognise.prose.values import MARK, Clause, Item, Quantity, Sentence

__all__ = ["MARK", "Clause", "Item", "Quantity", "Sentence", "concept_of", "find_sentences"]
