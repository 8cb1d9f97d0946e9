"""In: a sentence. Out: of what, whose and of which year a number is that stands in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Wording
from auditor.recognise.prose.lexicon import pattern, scopes, topic_pattern, wider_topic
from auditor.recognise.prose.values import Quantity
from auditor.recognise.prose.words import Words

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that say something of the numbers after them; `why` is None where it is no obstacle."""

    start: int
    end: int
    why: Wording | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a sentence says, up to any point of it, of the numbers that follow.

    An aside in brackets counts only as long as it is open.
    """

    agency: str | None
    topic_before: str | None
    asides: tuple[tuple[int, int], ...]
    topics: tuple[tuple[int, str], ...]
    scopes: tuple[Hint, ...]
    periods: tuple[Hint, ...]

    def why_foreign(self, position: int, tail: str = "") -> Wording | None:
        """Say why a number there is not of this agency and year; None: it is."""
        period = [*self._spoken(self.periods, position), *_periods(tail)]
        scope = [*self._spoken(self.scopes, position), *_scopes(tail, self.agency)]
        return (period[-1].why if period else None) or (scope[-1].why if scope else None)

    def topic_at(self, quantity: Quantity, words: Words) -> str | None:
        """Give the topic: named in the number's own head, else its tail, else last before it."""
        nearest = _BRACKETS.sub("", words.head[words.head.rfind(",") + 1 :])
        own = find_topics(nearest) or find_topics(words.tail) or find_topics(words.head)
        if own:
            return _narrowest(own)
        start = quantity.start
        spoken = [t for at, t in self.topics if at <= start and self._counts(at, start)]
        return spoken[-1] if spoken else self.topic_before

    def topic_after(self, end: int, start: int, before: str | None) -> str | None:
        """Give the kind of cases that the number before is of, if no topic is named since."""
        if before is None or wider_topic(before) is None or not self._counts(end, start):
            return None
        return None if any(end < at <= start for at, _ in self.topics) else before

    def vagueness(self, text: str, position: int) -> str:
        """Give the words that leave the year of a number open: 累计, with no year before it."""
        if self._spoken(self.periods, position):
            return ""
        said = pattern("period", "vague").finditer(text, 0, position)
        return next((m[0] for m in said if self._counts(m.end(), position)), "")

    def topic_of_clause(self, clause: str, start: int) -> str | None:
        """Give the topic of a clause that begins there; of two kinds of cases, both."""
        own = {name for _, name in find_topics(clause)}
        if {"review", "suit"} <= own:
            return "review_and_suit"
        named = find_topics(clause) or [topic for topic in self.topics if topic[0] <= start]
        return named[-1][1] if named else self.topic_before

    def _spoken(self, hints: Sequence[Hint], position: int) -> list[Hint]:
        return [h for h in hints if h.end <= position and self._counts(h.end, position)]

    def _counts(self, at: int, position: int) -> bool:
        return not any(start < at <= end <= position for start, end in self.asides)


def belonging_of(text: str, topic_before: str | None, agency: str | None) -> Belonging:
    """Look once for all that a sentence says of its numbers."""
    return Belonging(
        agency=agency,
        topic_before=topic_before,
        asides=tuple(match.span() for match in _BRACKETS.finditer(text)),
        topics=tuple(find_topics(text)),
        scopes=tuple(_scopes(text, agency)),
        periods=tuple(_periods(text)),
    )


def find_topics(text: str) -> list[tuple[int, str]]:
    """Give where each topic word ends, and its topic."""
    return [(match.end(), match.lastgroup or "") for match in topic_pattern().finditer(text)]


def _narrowest(named: Sequence[tuple[int, str]]) -> str:
    """Give the last topic, or the one that it holds: 复议后起诉的行政诉讼."""
    last = named[-1][1]
    return next((topic for _, topic in named if wider_topic(topic) == last), last)


def _scopes(text: str, agency: str | None) -> list[Hint]:
    found = [
        Hint(
            match.start(),
            match.end(),
            None if scope.is_of(agency or "", match[0]) else _of(match[0]),
        )
        for scope in scopes()
        for match in scope.words.finditer(text)
    ]
    return sorted(found, key=lambda hint: hint.end)


def _of(word: str) -> Wording:
    zh, en = (
        f"口径为“{word}”，与表格不一定相同",
        f"counted for '{word}', perhaps not as the table is",
    )
    return Wording(zh, en)


def _periods(text: str) -> list[Hint]:
    own = [Hint(*match.span(), None) for match in pattern("period", "own").finditer(text)]
    return sorted((*own, *_other_periods(text, own)), key=lambda hint: hint.end)


def _other_periods(text: str, own: Sequence[Hint]) -> Iterator[Hint]:
    for match in pattern("period", "other").finditer(text):
        start, end = match.span()
        if not any(hint.start <= start and end <= hint.end for hint in own):
            zh = f"时期为“{match[0]}”，不是本年度数"
            yield Hint(start, end, Wording(zh, f"of '{match[0]}', not of the report's year"))
