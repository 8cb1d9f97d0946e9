"""In: labels as found and as the form has them. Out: how alike they are, numbers kept apart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from auditor.read.normalise import normalise

_CHINESE_DIGITS = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"^(?:\((?P<paren>[{_CHINESE_DIGITS}])\)|(?P<chinese>[{_CHINESE_DIGITS}])[、.,:]"
    r"|(?P<digit>\d{1,2})[.、,)](?!\d))"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: its item number, e.g. ("paren", "六"), and its bare letters.

    `core`: the letters without a note in brackets ("规章（县级无此项）").
    """

    number: tuple[str, str] | None
    letters: str
    core: str


@lru_cache(maxsize=16384)
def parse_label(text: str) -> Label:
    """Take a label apart; spaces, line breaks, quotes and punctuation do not count."""
    compact = "".join(normalise(text).split())
    match = _NUMBER.match(compact)
    style = (match.lastgroup or "") if match else ""
    number = (style, match[style]) if match else None
    title = compact[match.end() :] if match else compact
    return Label(number, _letters(title), _letters(_IN_BRACKETS.sub("", title)))


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


@lru_cache(maxsize=65536)
def similarity(one: str, other: str) -> float:
    """Give how alike two strings of letters are, 0 to 1 (normalised indel distance)."""
    if not one or not other:
        return 0.0
    return ratio(one, other, score_cutoff=50) / 100


@lru_cache(maxsize=65536)
def best_similarity(text: str, labels: tuple[str, ...]) -> float:
    """Give how alike a text is to the likest of the labels, item numbers left out."""
    found = parse_label(text)
    return max((_likeness(found, parse_label(label)) for label in labels), default=0.0)


def _likeness(found: Label, official: Label) -> float:
    """Compare with the note in brackets and, counting a little less, without it."""
    whole = similarity(found.letters, official.letters)
    return max(whole, 0.98 * similarity(found.core, official.core))


def same_core(text: str, label: str) -> bool:
    """Claim that two labels differ at most in a note in brackets (and what `same_letters` says)."""
    return parse_label(text).core == parse_label(label).core


def same_letters(text: str, label: str) -> bool:
    """Claim that two labels differ at most in spacing, punctuation and item number."""
    return parse_label(text).letters == parse_label(label).letters
