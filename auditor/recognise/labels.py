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
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: its item number, e.g. ("paren", "六"), and its bare letters."""

    number: tuple[str, str] | None
    letters: str


@lru_cache(maxsize=16384)
def parse_label(text: str) -> Label:
    """Take a label apart; spaces, line breaks, quotes and punctuation do not count."""
    compact = "".join(normalise(text).split())
    match = _NUMBER.match(compact)
    if not match:
        return Label(None, _NOT_LETTERS.sub("", compact))
    style = match.lastgroup or ""
    return Label((style, match[style]), _NOT_LETTERS.sub("", compact[match.end() :]))


@lru_cache(maxsize=65536)
def similarity(one: str, other: str) -> float:
    """Give how alike two strings of letters are, 0 to 1 (normalised indel distance)."""
    if not one or not other:
        return 0.0
    return ratio(one, other, score_cutoff=50) / 100


def best_similarity(text: str, labels: tuple[str, ...]) -> float:
    """Give how alike a text is to the likest of the labels, item numbers left out."""
    letters = parse_label(text).letters
    return max((similarity(letters, parse_label(label).letters) for label in labels), default=0.0)


def same_letters(text: str, label: str) -> bool:
    """Claim that two labels differ at most in spacing, punctuation and item number."""
    return parse_label(text).letters == parse_label(label).letters
