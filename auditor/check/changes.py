"""In: a sentence, and words of changes. Out: its changes on last year, those of one thing together.

98件,比上年减少5件,同比下降4.85%: two changes of one thing, a number and a rate.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.check.shares import is_rounded, percentage
from auditor.check.statements import Growth, Patterns
from auditor.model import Amount
from auditor.recognise.prose import MARK, Item, Quantity, Sentence
from auditor.recognise.prose.quantities import find_quantities

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the sentence writes it: by a percentage, or by a number with a unit."""

    start: int
    end: int
    is_up: bool
    percent: str | None
    by: Quantity | None

    def fits(self, this: Amount, last: Amount) -> bool:
        """Tell whether it is the change from the one to the other."""
        risen = this - last if self.is_up else last - this
        if self.by is not None:
            return -self.by.step < risen - self.by.value < self.by.step
        is_rough = isinstance(this, Decimal) or isinstance(last, Decimal)  # rounded themselves
        return last > 0 and is_rounded(risen, last, self.percent or "", is_forced=is_rough)

    def right(self, this: Amount, last: Amount) -> Amount:
        """Give what it should be."""
        risen = this - last if self.is_up else last - this
        return risen if self.percent is None else percentage(risen, last, self.percent)

    def last_of(self, this: Amount) -> Amount | None:
        """Give last year's number by this year's, where the change is a number."""
        if self.by is None:
            return None
        return this - self.by.value if self.is_up else this + self.by.value

    @property
    def stated(self) -> Amount:
        """The change as a number."""
        return self.by.value if self.by is not None else Decimal(self.percent or "")


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one thing, and the numbers that stand around them.

    `before`: those since the changes before; `after`: the one that the change led to, or that
    stands right behind; `words`: what names the thing right before the change, "" where nothing.
    """

    sentence: Sentence
    changes: tuple[Change, ...]
    before: tuple[Item, ...]
    after: tuple[Item, ...]
    words: str

    @property
    def start(self) -> int:
        """Where the first of its changes begins."""
        return self.changes[0].start

    @property
    def near(self) -> tuple[Item, ...]:
        """All numbers around it."""
        return (*self.before, *self.after)


def find_groups(test: Growth, sentence: Sentence) -> Iterator[Group]:
    """Give the changes of a sentence, those of one thing together."""
    changes = sorted(_changes(test, sentence.text), key=lambda change: change.start)
    floor = 0
    for run in _runs(test, sentence.text, changes):
        yield _group(test, sentence, run, floor, changes)
        floor = run[-1].end


def _changes(test: Growth, text: str) -> Iterator[Change]:
    for pattern in test.changes:
        for match in pattern.finditer(text):
            by = _quantity(match["by"]) if match["by"] else None
            if match["percent"] or by is not None:
                is_up, start = bool(match["up"]), match.start()
                yield Change(
                    start, match.end(), is_up, match["percent"] if by is None else None, by
                )
            if by is not None and match["percent"]:  # 增加6件(15%)
                yield Change(match.start("percent"), match.end(), is_up, match["percent"], None)


def _quantity(words: str) -> Quantity | None:
    found = find_quantities(words)
    return found[0] if len(found) == 1 and found[0].is_exact else None


def _runs(test: Growth, text: str, changes: Sequence[Change]) -> Iterator[tuple[Change, ...]]:
    run: list[Change] = []
    for change in changes:
        between = text[run[-1].end : change.start] if run else ""
        if run and not any(p.fullmatch(between) for p in test.joins):
            yield tuple(run)
            run = []
        run.append(change)
    if run:
        yield tuple(run)


def _group(
    test: Growth,
    sentence: Sentence,
    run: tuple[Change, ...],
    floor: int,
    changes: Sequence[Change],
) -> Group:
    start, end, text = run[0].start, run[-1].end, sentence.text
    begin = max(floor, text.rfind(";", 0, start))
    items = [i for i in sentence.items if not _is_change(i, changes)]
    before = _outside_brackets(text, [i for i in items if begin <= i.quantity.start < start], start)
    after = next((i for i in items if i.quantity.start >= end), None)
    stop = re.compile("[;。]").search(text, end)
    if after and stop and stop.start() < after.quantity.start:
        after = None
    words = text[max(begin, *(i.quantity.end for i in before), 0) : start]
    words = _BRACKETS.sub("", words)
    return Group(sentence, run, before, (after,) if after else (), name_of(test.compared, words))


def _outside_brackets(text: str, items: Sequence[Item], end: int) -> tuple[Item, ...]:
    """Leave out asides, 受理102件(含上年结转4件), unless all numbers stand in brackets."""
    asides = [match.span() for match in _BRACKETS.finditer(text, 0, end)]
    bare = [i for i in items if not any(a < i.quantity.start < b for a, b in asides)]
    return tuple(bare or items)


def _is_change(item: Item, changes: Sequence[Change]) -> bool:
    return any(c.start <= item.quantity.start < c.end for c in changes)


def is_last(patterns: Patterns, sentence: Sentence, item: Item) -> bool:
    """Tell whether the words before a number, up to a comma, make it last year's."""
    quantity = item.quantity
    start = max(sentence.text.rfind(mark, 0, quantity.start) for mark in ",;。:")
    ends = (i.quantity.end for i in sentence.items if i.quantity.end <= quantity.start)
    before = sentence.text[max(start + 1, *ends, 0) : quantity.start]
    words = f"{before}{MARK}{sentence.text[quantity.end : quantity.end + 10]}"
    return any(pattern.search(words) for pattern in patterns)


def name_of(compared: Patterns, words: str) -> str:
    """Give the words that name what changed: the last clause that says more than a comparison."""
    for clause in reversed(re.split("[,;:。()]", words)):
        for pattern in compared:
            clause = pattern.sub("", clause)  # noqa: PLW2901 - one word after the other is taken out
        if clause:
            return clause
    return ""
