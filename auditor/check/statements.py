"""In: nothing. Out: the frozen values of a rule on numbers in the prose, as its file states it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from auditor.check.grammar import Expression

Patterns = tuple[re.Pattern[str], ...]
PartOf = Literal["only", "never"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number may stand for, as the file writes it."""

    expression: Expression
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A way to say something: a number is meant if its words match, and is right if a meaning fits.

    `concepts`: what it counts, as rules/forms/concepts.toml names it.
    `says` and `unless` are held against a number's own words, `whole` and `unless_whole` against
    those of the number of which it is a part, `sentence` against its sentence and `context` against
    its paragraph so far. With
    `value` it is said without a number (没有发生…), and `says` is held against a clause.
    """

    says: Patterns
    means: tuple[Meaning, ...]
    concepts: tuple[str, ...] = ()
    unless: Patterns = ()
    topics: tuple[str, ...] = ()
    context: Patterns = ()
    sentence: Patterns = ()
    unless_sentence: Patterns = ()
    whole: Patterns = ()
    unless_whole: Patterns = ()
    part: PartOf | None = None
    units: tuple[str, ...] = ()
    value: int | None = None
    at_most: bool = False  # the number is no more than the meaning
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class States:
    """Numbers of the prose that stand in a table too; the first statement that fits counts."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Twice:
    """What is said more than once is said alike; numbers that a meaning each fits may differ."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Labels that make a list by standing after a number of those words: 清理52件,保留25件,…."""

    whole: Patterns
    labels: Patterns


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row of parts may look like that nothing announces.

    `before`: what may stand between the whole and the first part; `gaps`: between the parts;
    `bare`: where there are but names; `after`: behind the last. `counts`: words before the parts
    that say how many there are, in a group count, `counts_after`: behind them; `rest`: a part that
    is all that is left.
    """

    before: Patterns
    gaps: Patterns
    bare: Patterns
    after: Patterns
    counts: Patterns
    counts_after: Patterns
    rest: Patterns


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a number add up to it.

    `lists`: those that are surely whole, or those that may leave something out. `closed`: labels
    that leave nothing out together; `runs`: those that need no 其中. `total`: what
    announces a sum after its parts; `count` in it is how many; `likely`: what
    may announce one. `partial`: words of a list that is
    not whole; `complete`: of one that is.
    """

    lists: Literal["certain", "open"]
    closed: tuple[Patterns, ...]
    runs: tuple[Run, ...]
    total: Patterns
    likely: Patterns
    complete: Patterns
    partial: Patterns
    overlapping: Patterns
    others: Patterns
    row: RowWords


@dataclass(frozen=True, slots=True)
class Known:
    """Numbers of the tables that a concept may stand for."""

    topics: tuple[str, ...]
    concepts: tuple[str, ...]
    means: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """A percentage beside a number is its share of the whole.

    `share`: the words before a percentage that make it one, `header`: those before a list of them;
    `unnamed`: what may stand before them where it is that of the number before; `between`: what
    stands before the number after it; `each`: words of a row of shares, `together`: of all its
    numbers; `total`: of a sum behind them; `qualified`: words after a percentage that keep the
    number after it from being its own; `following`: those that say of what it is.
    `bases`: wholes in the tables for numbers of these topics;
    `whole`: words of a share that speak of no other; `parts`: numbers of the tables by concept.
    """

    share: Patterns
    header: Patterns
    unnamed: Patterns
    between: Patterns
    each: Patterns
    together: Patterns
    total: Patterns
    qualified: Patterns
    following: Patterns
    whole: Patterns
    bases: tuple[Meaning, ...]
    topics: tuple[str, ...]
    parts: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """A change is that from last year's number to this year's.

    `changes` with groups percent or by, up or down; `last`: words of last year's number, up to it;
    `joins`: what stands between two changes of one thing; `compared`: words beside a change that
    do not say of what it is. With `on_last_year`, words that make it a change on last year, it is
    held against last year's report, but where words are `unlike`.
    """

    changes: Patterns
    last: Patterns
    joins: Patterns
    compared: Patterns
    on_last_year: Patterns
    unlike: Patterns


@dataclass(frozen=True, slots=True)
class Recalled:
    """Last year's number beside this year's is that of last year's report.

    `last`: words of last year's number, up to it; `compared`: words beside it that do not say of
    what it is; `unlike`: words of a sentence that may count otherwise.
    """

    last: Patterns
    compared: Patterns
    unlike: Patterns


@dataclass(frozen=True, slots=True)
class Dated:
    """No sentence gives this year's account under another year.

    All but `beside` are held against the sentence as it would read in that other year. `named`:
    the year at the head of a clause; `says`: this report itself by another year; `accounts`: words
    of an account wherever it stands, `openings`: of one that opens a paragraph; `unlike`: of a
    sentence that may rightly be of another year, `events`: where no number tells; `beside`: of a
    paragraph that speaks of two years.
    """

    named: Patterns
    says: Patterns
    accounts: Patterns
    openings: Patterns
    unlike: Patterns
    events: Patterns
    beside: Patterns


def each_row(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Write an entry once for each of its rows, in the place of {row}."""
    if "rows" not in entry:
        yield entry
        return
    for row in entry["rows"]:
        group = row.partition(".")[0]
        named = {
            key: [text.replace("{row}", row).replace("{group}", group) for text in entry[key]]
            for key in ("concept", "means", "topic")
        }
        yield {**entry, **named}


ProseTest = States | Twice | Parts | Shares | Growth | Recalled | Dated


def described(test: ProseTest) -> str:
    """Say in one line what must hold."""
    match test:
        case States(statements):
            means = (meaning.text for entry in statements for meaning in entry.means)
            return " | ".join(dict.fromkeys(means))
        case Twice():
            return "each time the same number"
        case Parts(lists):
            return f"sum(parts) == whole ({lists} lists)"
        case _:
            return _DESCRIBED[type(test)]


_DESCRIBED: Mapping[type, str] = MappingProxyType(
    {
        Shares: "percentage == part / whole",
        Growth: "change == this year - last year",
        Recalled: "last year's number == that of last year's report",
        Dated: "year of the account == year of the report",
    }
)
