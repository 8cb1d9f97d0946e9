"""In: a sentence. Out: numbers followed by a row of others, likely their parts, unannounced."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from auditor.check.statements import Parts, Patterns
from auditor.recognise.prose import Item, Sentence

_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_LEAST = 3
_STOP = re.compile("[;。]")
_HAN = re.compile("[一-龥]{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """A number and those after it; `is_told`: words beside them tell that they are its parts."""

    whole: Item
    parts: tuple[Item, ...]
    is_told: bool
    is_bare: bool  # nothing but names between them, or the last is all that is left


def find_rows(sentence: Sentence, test: Parts) -> Iterator[Row]:
    """Find 公开信息80条,东片10条、西片30条、南片40条: a row of names, up to the stop."""
    for ix, whole in enumerate(sentence.items[:-2]):
        is_beside = partial(_is_beside, whole)
        if whole.concept.level == "strong":  # a kind beside others
            continue
        parts = tuple(takewhile(is_beside, sentence.items[ix + 1 :]))
        count = _length(sentence, whole, parts, test)
        if count >= 2:
            row = parts[:count]
            told = says_count(sentence, whole, row, test) or _are_named(whole, row)
            has_rest = _ends_with_rest(row, test)
            is_all = any(p.search(whole.text) for p in test.complete)
            is_bare = has_rest or (count >= _LEAST and _is_bare(sentence, whole, row, test))
            yield Row(whole, row, told or (has_rest and is_all), is_bare)


def _is_beside(whole: Item, item: Item) -> bool:
    return item.whole is None and whole.whole is None and item.quantity.unit == whole.quantity.unit


def _length(sentence: Sentence, whole: Item, parts: Sequence[Item], test: Parts) -> int:
    """Count the numbers of the row, if it runs to a stop; semicolons part all, or end it."""
    text, at, length, mark = sentence.text, whole.quantity.end, 0, ""
    for count, part in enumerate(parts, start=1):
        gap = text[at : part.quantity.start]
        mark = ";" if count == 2 and ";" in gap else mark
        gaps = test.row.gaps if count > 1 else test.row.before
        if (count > 1 and mark not in gap) or not _is_one_of(gaps, gap):
            return length
        if not mark and ";" in gap and count > 1:
            return length
        at = part.quantity.end
        length = count if any(p.match(text, at) for p in test.row.after) else 0
    return length


def _is_bare(sentence: Sentence, whole: Item, parts: Sequence[Item], test: Parts) -> bool:
    places = [whole, *parts]
    return all(
        _is_one_of(test.row.bare, sentence.text[left.quantity.end : right.quantity.start])
        for left, right in zip(places, parts, strict=False)
    )


def _is_one_of(patterns: Patterns, text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)


# ------------------------------------------------------------------ what tells that they are parts


def says_count(sentence: Sentence, whole: Item, parts: Sequence[Item], test: Parts) -> bool:
    """Tell whether the sentence says how many parts there are: 三类, 四者."""
    if not parts:
        return False
    text = sentence.text
    start = max(text.rfind(mark, 0, whole.quantity.start) for mark in ",;。") + 1
    before = text[start : parts[0].quantity.start]
    after = _STOP.split(text[parts[-1].quantity.end :])[0]
    said = (
        found
        for patterns, words in ((test.row.counts, before), (test.row.counts_after, after))
        for pattern in patterns
        for found in pattern.finditer(words)
    )
    return any(_COUNTS.get(found["count"]) == len(parts) for found in said)


def _ends_with_rest(parts: Sequence[Item], test: Parts) -> bool:
    """Tell whether the last part is all that is left: 其余30条."""
    return len(parts) > 1 and any(p.search(parts[-1].text) for p in test.row.rest)


def _are_named(whole: Item, parts: Sequence[Item]) -> bool:
    """Tell whether the whole names its parts: 微信、微博发布9条,微信发布4条,微博发布5条."""
    names = re.split("、|和|与|及|以及", whole.text.partition("#")[0])
    firsts = [found[0] for part in parts if (found := _HAN.search(part.text))]
    named = {ix for first in firsts for ix, name in enumerate(names) if first in name}
    return len(names) == len(parts) == len(firsts) == len(named)
