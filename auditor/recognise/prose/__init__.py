"""In: paragraphs of a report. Out: its sentences, each with the quantities that it states."""

from auditor.recognise.prose.sentences import find_sentences
from auditor.recognise.prose.values import MARK, Clause, Item, Quantity, Sentence

__all__ = ["MARK", "Clause", "Item", "Quantity", "Sentence", "find_sentences"]
