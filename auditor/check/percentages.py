"""In: a sentence, and words of shares. Out: its percentages that are shares, and of what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.check.statements import Shares
from auditor.recognise.prose import Sentence, concept_of
from auditor.recognise.prose.lexicon import pattern

_PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)%")
_PAUSE = re.compile("[,;:。()、]")
_QUOTIENT = re.compile("[/÷]")
_NUMBER_OF_SHARE = re.compile(r"的\d")  # 占36.45%的9700件
_SIGN = "#"


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share as written: of which item (by index) it is, or of what concept.

    `base`: the item that is named as the whole; `of_all`: of all that there are; `words`: what
    stands before it, up to a pause; `together`: the items whose sum is the whole.
    """

    written: str
    at: int
    words: str
    item: int | None
    base: int | None = None
    concept: str = ""
    of_all: bool = False
    topic: str | None = None
    together: tuple[int, ...] = ()


def find_percentages(test: Shares, sentence: Sentence) -> tuple[Percentage, ...]:
    """Give the shares of a sentence in their order; rates and growth are none."""
    matches = list(_PERCENT.finditer(sentence.text))
    listed = _listed(test, sentence, matches)
    found = (listed.get(ix) or _single(test, sentence, matches, ix) for ix in range(len(matches)))
    return tuple(percentage for percentage in found if percentage)


# ------------------------------------------------------------------ one at a time


@dataclass(frozen=True, slots=True)
class _Written:
    """A percentage in its sentence; `floor`: where the one before ends, `start`: its clause."""

    sentence: Sentence
    match: re.Match[str]
    floor: int
    start: int

    @property
    def begin(self) -> int:
        return self.match.start()

    def share(self, item: int, words: str = "", base: int | None = None) -> Percentage:
        return Percentage(self.match[1], self.begin, words, item, base)


def _single(
    test: Shares, sentence: Sentence, matches: Sequence[re.Match[str]], ix: int
) -> Percentage | None:
    match, text = matches[ix], sentence.text
    floor = matches[ix - 1].end() if ix else 0
    found = _Written(sentence, match, floor, _clause_start(text, floor, match.start()))
    if text[match.start() - 1] == "(" and text[match.end() : match.end() + 1] == ")":
        item = _item_before(sentence, floor, match.start())
        is_share = item is not None and not _is_change(sentence, item)
        return found.share(item) if item is not None and is_share else None
    if quotient := _of_quotient(found):
        return quotient
    words = text[found.start : match.start()]
    share = next((m for p in test.share if (m := p.search(words))), None)
    if share is None and words and _is_headed(test, found):
        return _of_concept(found, words)
    return _of_named(test, found, share) if share else _of_following(test, found, words)


def _is_headed(test: Shares, found: _Written) -> bool:
    """Tell whether a header says that all after it are shares: 各类答复占比:予以公开30%,…."""
    text = found.sentence.text
    start = max(text.rfind(mark, 0, found.start) for mark in ";。") + 1
    return any(p.search(text[start : found.start]) for p in test.header)


def _of_quotient(found: _Written) -> Percentage | None:
    """Find the two numbers of …%(3件/30件)."""
    text, end = found.sentence.text, found.match.end()
    close = text.find(")", end)
    if text[end : end + 1] != "(" or close < 0 or not _QUOTIENT.search(text, end, close):
        return None
    inside = [ix for ix, i in enumerate(found.sentence.items) if end < i.quantity.start < close]
    return found.share(inside[0], "", inside[1]) if len(inside) == 2 else None


def _of_named(test: Shares, found: _Written, share: re.Match[str]) -> Percentage | None:
    """Find the number of 占…%: before it, after it, or but its concept."""
    sentence, label = found.sentence, share.string[: share.start()]
    begin = found.start + share.start()
    base = _item_within(sentence, begin, found.begin)
    item = _item_within(sentence, found.start, begin)
    end = found.match.end()
    if item is None and not label and _NUMBER_OF_SHARE.match(sentence.text, end):
        item = _item_after(test, sentence, end)
    if item is None and any(p.fullmatch(label) for p in test.unnamed):
        item = _item_before(sentence, found.floor, begin)
    is_qualified = label and any(p.match(sentence.text, end) for p in test.qualified)
    if item is None and not is_qualified:
        item = _item_after(test, sentence, end)
    if item is not None:
        return found.share(item, share[0], base)
    return _of_concept(found, label) if label else _of_following(test, found, label, share[0])


def _of_following(test: Shares, found: _Written, words: str, share: str = "") -> Percentage | None:
    """Find the number of 其中…%由自然人提出: after it, or but its concept."""
    text, end = found.sentence.text, found.match.end()
    following = next((m for p in test.following if (m := p.match(text, end))), None)
    if following is None or not any(p.fullmatch(words) for p in test.unnamed):
        return None
    item = _item_after(test, found.sentence, following.end())
    return (
        _of_concept(found, following[0])
        if item is None
        else replace(found.share(item, share), of_all=True)
    )


def _of_concept(found: _Written, label: str) -> Percentage:
    topics = found.sentence.topics
    topic = found.sentence.topic_at(found.begin) or next((name for _, name in topics), None)
    concept = concept_of(label + _SIGN, topic)
    name = concept.name if concept.is_certain else ""
    return Percentage(found.match[1], found.begin, "", None, concept=name, topic=topic)


def _clause_start(text: str, floor: int, end: int) -> int:
    marks = [m.end() for m in _PAUSE.finditer(text, floor, end)]
    return marks[-1] if marks else floor


def _item_before(sentence: Sentence, floor: int, end: int) -> int | None:
    """Give the last number before, with no full stop or semicolon between."""
    before = [ix for ix, i in enumerate(sentence.items) if floor <= i.quantity.start < end]
    if not before:
        return None
    between = sentence.text[sentence.items[before[-1]].quantity.end : end]
    return None if ";" in between or "。" in between else before[-1]


def _is_total(test: Shares, sentence: Sentence, item: int) -> bool:
    return any(p.search(sentence.items[item].text) for p in test.total)


def _is_change(sentence: Sentence, item: int) -> bool:
    """Tell whether a number is a change: 比上年增加12件(13.64%)."""
    head = sentence.items[item].text.partition(_SIGN)[0]
    return bool(pattern("items", "no_whole").search(head))


def _item_within(sentence: Sentence, start: int, end: int) -> int | None:
    return next(
        (ix for ix, i in enumerate(sentence.items) if start <= i.quantity.start < end), None
    )


def _item_after(test: Shares, sentence: Sentence, end: int) -> int | None:
    """Give the number right after: 占29.8%,共31件."""
    following = (ix for ix, i in enumerate(sentence.items) if i.quantity.start >= end)
    ix = next(following, None)
    if ix is None:
        return None
    between = sentence.text[end : sentence.items[ix].quantity.start]
    return ix if any(p.fullmatch(between) for p in test.between) else None


# ------------------------------------------------------------------ 占比分别为…%、…%


def _listed(
    test: Shares, sentence: Sentence, matches: Sequence[re.Match[str]]
) -> dict[int, Percentage]:
    """Give the shares that stand in a row, each with the number of its place in the row before."""
    found: dict[int, Percentage] = {}
    for run in _runs(sentence.text, matches):
        first = matches[run[0]]
        start = _clause_start(sentence.text, 0, first.start())
        words = sentence.text[start : first.start()]
        before = [ix for ix, i in enumerate(sentence.items) if i.quantity.end <= start]
        if len(before) > len(run):  # a total behind its parts has no share of its own
            before = [ix for ix in before if not _is_total(test, sentence, ix)] or before
        share = next((m for p in test.share if (m := p.search(words))), None)
        if share and len(before) >= len(run) and any(p.search(words) for p in test.each):
            items = tuple(before[-len(run) :])
            together = items if any(p.search(words) for p in test.together) else ()
            for ix, item in zip(run, items, strict=True):
                at = matches[ix].start()
                found[ix] = Percentage(matches[ix][1], at, share[0], item, together=together)
    return found


def _runs(text: str, matches: Sequence[re.Match[str]]) -> Iterator[list[int]]:
    run: list[int] = []
    for ix, match in enumerate(matches):
        if run and text[matches[ix - 1].end() : match.start()] not in {"、", "和", "及", "与", ","}:
            if len(run) > 1:
                yield run
            run = []
        run.append(ix)
    if len(run) > 1:
        yield run
