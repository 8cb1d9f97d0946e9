"""In: a sentence. Out: its numbers that are broken down into parts, by 其中, brackets or labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from auditor.check.statements import Parts, Patterns
from auditor.model import Amount
from auditor.recognise.prose import Item, Sentence

_NAMED = re.compile("[,:、][一-龥]{1,8}")
_LEAST_BESIDE = 3
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
Shape = Literal["lead", "bracket", "closed", "total", "beside"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A number and the parts that the sentence gives it.

    `is_whole`: something says that no part is left out; `to_the_end`: and that all are parts.
    """

    sentence: Sentence
    whole: Item
    parts: tuple[Item, ...]
    shape: Shape
    is_whole: bool = False
    to_the_end: bool = False

    @property
    def values(self) -> tuple[Amount, ...]:
        """The parts' numbers."""
        return tuple(part.quantity.value for part in self.parts)


def find_breakdowns(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Give each broken down number of a sentence once."""
    yield from _announced(sentence, test)
    yield from _labelled(sentence, test)
    yield from _summed_up(sentence, test)
    yield from _beside(sentence)


def matches(patterns: Patterns, text: str) -> bool:
    """Tell whether any pattern is found in the text."""
    return any(pattern.search(text) for pattern in patterns)


def _announced(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    for ix in sorted({item.first for item in sentence.items if item.first is not None}):
        first = sentence.items[ix]
        if first.whole is None or first.part == "aside":
            continue
        whole = sentence.items[first.whole]
        alike = tuple(i for i in sentence.items if i.first == ix and _is_same_unit(i, whole))
        parts = _up_to_another_topic(sentence, whole, alike)
        if parts and not (len(parts) == 1 and _is_parted(sentence, whole, parts[0], ())):
            to_the_end = _is_complete(sentence, whole, parts, test)
            is_whole = to_the_end or _covers(test.closed, parts)
            shape: Shape = "lead" if any(i.part == "lead" for i in parts) else "bracket"
            yield Breakdown(sentence, whole, parts, shape, is_whole, to_the_end)


def _up_to_another_topic(
    sentence: Sentence, whole: Item, parts: tuple[Item, ...]
) -> tuple[Item, ...]:
    """Leave out what stands behind a semicolon and speaks of something else."""
    ends = (
        ix
        for ix, part in enumerate(parts)
        if {part.topic, whole.topic} - {None, whole.topic}
        and ";" in sentence.text[whole.quantity.end : part.quantity.start]
    )
    return parts[: next(ends, len(parts))]


def _is_same_unit(item: Item, other: Item) -> bool:
    return item.quantity.unit == other.quantity.unit


def _is_complete(sentence: Sentence, whole: Item, parts: tuple[Item, ...], test: Parts) -> bool:
    """Look between the whole and its first part for words that promise all of them."""
    start, end = whole.quantity.end, parts[0].quantity.start
    return matches(test.complete, sentence.text[start:end])


def _covers(closed: Sequence[Patterns], parts: Sequence[Item]) -> bool:
    """Tell whether the labels are a set that leaves nothing out."""
    return any(
        all(any(label.search(part.text) for part in parts) for label in labels) for labels in closed
    )


# ------------------------------------------------------------------ without a word before the list


def _labelled(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Find 清理52件,保留25件,修改5件,废止22件: labels that belong together after a number."""
    for ix, whole in enumerate(sentence.items[:-1]):
        for run in test.runs:
            if not matches(run.whole, whole.text) or matches(run.labels, whole.text):
                continue
            parts = _run_of_labels(sentence, ix, run.labels)
            if len(parts) >= 2:
                yield Breakdown(sentence, whole, parts, "closed", len(parts) == len(run.labels))
                break


def _run_of_labels(sentence: Sentence, ix: int, labels: Patterns) -> tuple[Item, ...]:
    """Give the items right after the number whose labels are of the set, each another one."""
    whole, left = sentence.items[ix], list(labels)
    parts: list[Item] = []
    for item in sentence.items[ix + 1 :]:
        label = next((label for label in left if label.search(item.text)), None)
        is_beside = item.whole == whole.whole and _is_same_unit(item, whole)
        if label is None or not is_beside or _is_parted(sentence, whole, item, parts):
            break
        left.remove(label)
        parts.append(item)
    return tuple(parts)


def _is_parted(sentence: Sentence, whole: Item, item: Item, parts: Sequence[Item]) -> bool:
    """Tell whether a semicolon stands before the first part."""
    return not parts and ";" in sentence.text[whole.quantity.end : item.quantity.start]


def _beside(sentence: Sentence) -> Iterator[Breakdown]:
    """Find 公开信息80条,东片10条、西片30条、南片40条: a row of names alone, up to the stop."""
    items = sentence.items
    for ix, whole in enumerate(items[:-_LEAST_BESIDE]):
        if sentence.text[whole.quantity.end : whole.quantity.end + 1] not in {",", ":"}:
            continue
        count = _row_after(sentence, ix)
        parts = items[ix + 1 : ix + 1 + count]
        loose = all(item.whole is None and _is_same_unit(item, whole) for item in parts)
        if count >= _LEAST_BESIDE and loose:
            yield Breakdown(sentence, whole, parts, "beside", to_the_end=True)


def _row_after(sentence: Sentence, ix: int) -> int:
    """Count the numbers after one, if they run to a stop and are parted by names alone."""
    items, text = sentence.items[ix:], sentence.text
    for count, (left, item) in enumerate(pairwise(items), start=1):
        if not _NAMED.fullmatch(text, left.quantity.end, item.quantity.start):
            return 0
        if text[item.quantity.end : item.quantity.end + 1] in {"。", ";", ""}:
            return count
    return 0


# ------------------------------------------------------------------ the sum after its parts


def _summed_up(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Find 网站20条,微博30条,两项合计50条."""
    for ix, total in enumerate(sentence.items):
        found = next((m for p in test.total if (m := p.search(total.text))), None)
        if found is None or total.whole is not None:
            continue
        alike = [item for item in sentence.items[:ix] if _is_alike(item, total)]
        before = [item for item in alike if found["verb"] in item.text]
        count = _COUNTS.get(found["count"] or "")
        parts = tuple(before[-count:] if count else before)
        if len(parts) >= 2 and len(parts) == (count or len(parts)):
            is_whole = count is not None or _covers(test.closed, parts)
            yield Breakdown(sentence, total, parts, "total", is_whole)


def _is_alike(item: Item, total: Item) -> bool:
    return item.whole is None and _is_same_unit(item, total)
