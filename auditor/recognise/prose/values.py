"""In: nothing. Out: the frozen values of prose: a sentence, its quantities, what they count."""

from dataclasses import dataclass, replace
from typing import Literal

from auditor.model import Amount, Place, Wording

MARK = "#"
"""Stands for the number in an item's text."""

PartKind = Literal["lead", "bracket", "aside"]
"""Announced by 其中 and the like; listed in brackets; or named beside (含…, 另有…)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; money is in 万元. `step` is what its last written digit is worth."""

    value: Amount
    step: Amount
    unit: str
    is_exact: bool  # False: 约, 余, 以上 ...
    start: int  # in the sentence's text
    end: int


Level = Literal["neutral", "open", "faint", "slight", "weak", "plain", "strong", "veto"]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a number counts: names of marks joined by "+"; "" where no words tell.

    `level` as in rules/forms/concepts.toml; a veto says that no table has the number.
    `doubt`: unknown words beside the marks, which may narrow it down; "" where it is certain.
    """

    name: str = ""
    level: Level = "neutral"
    doubt: str = ""

    @property
    def is_certain(self) -> bool:
        """Tell whether all words that say what is counted are known."""
        return not self.doubt

    def doubted(self, words: str) -> "Concept":
        """Give the same, narrowed down perhaps by words too."""
        return replace(self, doubt=words + self.doubt) if words else self


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity with its own words, `text`, in which MARK stands for the number.

    `whole`: the index of the item of which it is a part, `first` that of the first part of its
    list; `foreign` says why it is not a number of
    this report and year.
    """

    quantity: Quantity
    text: str
    topic: str | None
    whole: int | None = None
    first: int | None = None
    part: PartKind | None = None
    foreign: Wording | None = None
    concept: Concept = Concept()


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks of punctuation and states no quantity, or none of a thing.

    `topic` and `concept`: of what it says that there was none; else nothing.
    """

    text: str
    foreign: Wording | None = None
    topic: str | None = None
    concept: Concept = Concept()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without spaces, years read from the report's; `quote` is as it was printed."""

    text: str
    quote: str
    place: Place
    section: str
    context: str  # its paragraph up to its end
    items: tuple[Item, ...] = ()
    clauses: tuple[Clause, ...] = ()
    topics: tuple[tuple[int, str], ...] = ()  # where each is named; 0: before the sentence

    def topic_at(self, position: int) -> str | None:
        """Give the topic last named before a place of the text."""
        return next((topic for at, topic in reversed(self.topics) if at <= position), None)
