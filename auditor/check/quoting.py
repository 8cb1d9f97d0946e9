"""In: a sentence and words of it. Out: what a finding on the prose quotes."""

import re
import unicodedata
from itertools import accumulate

from auditor.check.rule import Rule
from auditor.model import Amount, Outcome, OutcomeState, Paragraph, Wording
from auditor.recognise.prose import Sentence
from auditor.recognise.prose.lexicon import lexicon

_LONGEST = 90
_SENTENCE = re.compile("[^。!?！？]+[。!?！？]?|[。!?！？]")
_NOT_SAID = Wording("正文未提及", "the prose says nothing of it")


def not_said(rule: Rule) -> Outcome:
    """Give the outcome of a rule of which the prose says nothing."""
    return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, _NOT_SAID)


def printed(sentence: Sentence, words: str) -> str:
    """Give words of the sentence as they were printed, without a year that was read into them."""
    for name in lexicon()["years"].values():
        words = words.removeprefix(name)
    at, quote = _position(sentence, words), sentence.quote
    return words if at is None else quote[at : at + len(words)]


def quote_near(sentence: Sentence, words: str) -> str:
    """Quote the sentence as printed; of a long one, what stands around the words."""
    quote = sentence.quote
    if len(quote) <= _LONGEST:
        return quote
    at = _position(sentence, words) or 0
    start = max(0, min(at - _LONGEST // 3, len(quote) - _LONGEST))
    end = start + _LONGEST
    return ("…" if start else "") + quote[start:end] + ("…" if end < len(quote) else "")


def sentence_at(paragraph: Paragraph, position: int) -> str:
    """Quote the sentence of a paragraph that stands at a place of its text, as it was printed."""
    pieces: list[str] = _SENTENCE.findall(paragraph.text)
    raw: list[str] = _SENTENCE.findall(paragraph.raw)
    ends = accumulate(len(piece) for piece in pieces)
    ix = next((ix for ix, end in enumerate(ends) if position < end), None)
    if ix is None:
        return ""
    quote = (raw if len(raw) == len(pieces) else pieces)[ix].strip()
    return quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…"


def _position(sentence: Sentence, words: str) -> int | None:
    """Find words in the sentence as printed; None where spelling or length differ."""
    folded = unicodedata.normalize("NFKC", sentence.quote)
    at = folded.find(words) if len(folded) == len(sentence.quote) else -1
    return None if at < 0 else at


def plain(value: Amount) -> str:
    """Write an amount without exponent, thousands separated."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"
