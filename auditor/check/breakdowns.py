"""In: a sentence. Out: its numbers that are broken down into parts, by 其中, brackets or labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.check.rows import find_rows, says_count
from auditor.check.slips import gap
from auditor.check.statements import Parts, Patterns
from auditor.model import Amount
from auditor.recognise.prose import MARK, Item, Sentence

_JOINTS = {"", "和", "与", "及", "、"}
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
Shape = Literal["lead", "bracket", "closed", "total", "likely", "told", "beside"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A number and the parts that the sentence gives it.

    `is_whole`: something says that no part is left out, `is_counted`: how many there are;
    `to_the_end`: that all numbers to the end of the list are parts.
    """

    sentence: Sentence
    whole: Item
    parts: tuple[Item, ...]
    shape: Shape
    is_whole: bool = False
    is_counted: bool = False
    to_the_end: bool = False

    @property
    def values(self) -> tuple[Amount, ...]:
        """The parts' numbers."""
        return tuple(part.quantity.value for part in self.parts)

    @property
    def numbers(self) -> tuple[Amount, ...]:
        """The whole's number and those of its parts."""
        return (self.whole.quantity.value, *self.values)

    @property
    def is_supposed(self) -> bool:
        """Tell whether no words announce the parts."""
        return self.shape in {"likely", "told", "beside"}


def find_breakdowns(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Give each broken down number of a sentence once."""
    yield from _announced(sentence, test)
    yield from _labelled(sentence, test)
    yield from _summed_up(sentence, test)
    yield from _beside(sentence, test)


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
        is_counted = says_count(sentence, whole, alike, test)
        parts = alike if is_counted else _up_to_another_topic(sentence, whole, alike)
        if _are_respective(sentence, whole, parts):
            continue
        if parts and not (len(parts) == 1 and _is_parted(sentence, whole, parts[0], ())):
            to_the_end = _is_complete(sentence, whole, parts, test)
            other = _paired(sentence, whole, parts, ix)
            is_whole = to_the_end or _covers(test.closed, parts) or _adds_up(other)
            shape: Shape = "lead" if any(i.part == "lead" for i in parts) else "bracket"
            found = Breakdown(sentence, whole, parts, shape, is_whole, is_counted, to_the_end)
            yield found
            if other and _adds_up(found):
                yield other


def _paired(
    sentence: Sentence, whole: Item, parts: tuple[Item, ...], first: int
) -> Breakdown | None:
    """Find what is given beside each number of a list: 共9件、80元,其中甲5件、50元,乙4件、30元."""
    at = sentence.items.index(whole)
    if not at or len(parts) < 2 or _is_same_unit(sentence.items[at - 1], whole):
        return None
    before = sentence.items[at - 1]
    others = tuple(i for i in sentence.items if i.first == first and _is_same_unit(i, before))
    is_paired = before.whole is None and len(others) == len(parts)
    return Breakdown(sentence, before, others, "lead", is_whole=True) if is_paired else None


def _adds_up(found: Breakdown | None) -> bool:
    """Tell whether a list is whole and right: then so is what is given beside it."""
    return found is not None and sum(found.values) == found.whole.quantity.value


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


def _are_respective(sentence: Sentence, whole: Item, parts: Sequence[Item]) -> bool:
    """Tell whether each part has a whole of its own: 复议9件,诉讼8件,其中未审结的分别为3件和2件."""
    before = sentence.items[: sentence.items.index(whole) + 1]
    has_one_label = len(parts) > 1 and all(_is_unnamed(part) for part in parts[1:])
    has_wholes = sum(_is_alike(item, whole) for item in before) >= len(parts)
    return (has_one_label and has_wholes) or any(
        _has_whole_of_its_own(sentence, whole, part) for part in parts
    )


def _is_unnamed(item: Item) -> bool:
    return item.text.partition(MARK)[0] in _JOINTS


def _has_whole_of_its_own(sentence: Sentence, whole: Item, part: Item) -> bool:
    """Tell whether a part is of another number: 复议9件、诉讼8件,其中复议维持3件."""
    before = sentence.items[: sentence.items.index(whole)]
    is_another = part.topic not in {None, whole.topic}
    return is_another and any(item.topic == part.topic for item in before)


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
        is_beside = (item.whole, item.first) == (whole.whole, whole.first)
        is_beside = is_beside and _is_same_unit(item, whole)
        if label is None or not is_beside or _is_parted(sentence, whole, item, parts):
            break
        left.remove(label)
        parts.append(item)
    return tuple(parts)


def _is_parted(sentence: Sentence, whole: Item, item: Item, parts: Sequence[Item]) -> bool:
    """Tell whether a semicolon stands before the first part."""
    return not parts and ";" in sentence.text[whole.quantity.end : item.quantity.start]


def _beside(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Take a row after a number, if anything says, or three names suggest, that it is its parts."""
    for row in find_rows(sentence, test):
        if row.is_told or row.is_bare:
            shape: Shape = "told" if row.is_told else "beside"
            yield Breakdown(sentence, row.whole, row.parts, shape, to_the_end=True)


# ------------------------------------------------------------------ the sum after its parts


def _summed_up(sentence: Sentence, test: Parts) -> Iterator[Breakdown]:
    """Find 网站20条,微博30条,两项合计50条."""
    for ix, total in enumerate(sentence.items):
        found = next((m for p in test.total if (m := p.search(total.text))), None)
        if found is None and total.whole is None:
            yield from _perhaps_summed_up(sentence, ix, test)
        if found is None or total.whole is not None:
            continue
        alike = [item for item in sentence.items[:ix] if _is_alike(item, total)]
        before = [item for item in alike if found["verb"] in item.text]
        count = _COUNTS.get(found["count"] or "")
        parts = tuple(before[-count:] if count else before)
        if len(parts) >= 2 and len(parts) == (count or len(parts)):
            is_whole = count is not None or _covers(test.closed, parts)
            yield Breakdown(sentence, total, parts, "total", is_whole)


def _perhaps_summed_up(sentence: Sentence, ix: int, test: Parts) -> Iterator[Breakdown]:
    """Find 新收30件,结转2件,待办总量32件: of the numbers before, those that come nearest."""
    total = sentence.items[ix]
    found = next((m for p in test.likely if (m := p.search(total.text))), None)
    before = [item for item in sentence.items[:ix] if _is_alike(item, total)]
    if found is None or len(before) < 2:
        return
    count = _COUNTS.get(found["count"] or "")
    runs = [tuple(before[-n:]) for n in range(2, len(before) + 1) if count in {None, n}]
    if runs:
        nearest = min(runs, key=lambda run: gap(_sum_of(run), total.quantity.value))
        yield Breakdown(sentence, total, nearest, "likely", is_whole=count is not None)


def _sum_of(items: Sequence[Item]) -> Amount:
    return sum((item.quantity.value for item in items), 0)


def _is_alike(item: Item, total: Item) -> bool:
    return item.whole is None and _is_same_unit(item, total)
