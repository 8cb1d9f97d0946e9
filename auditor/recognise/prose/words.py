"""In: a sentence and its quantities. Out: the words that belong to each: head, number, tail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.recognise.prose.lexicon import pattern
from auditor.recognise.prose.values import MARK, Quantity

_LIST_COMMA = "、"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands before and after a number as its own; `head_start` is where the head begins."""

    head: str
    tail: str
    head_start: int

    @property
    def text(self) -> str:
        """The words with MARK in the place of the number."""
        return f"{self.head}{MARK}{self.tail}"


def words_of(text: str, quantities: Sequence[Quantity]) -> tuple[Words, ...]:
    """Give each quantity its words: X5件, Y3件 as well as 5件X, 3件Y."""
    words = [_alone(text, quantities, ix) for ix in range(len(quantities))]
    for ix in range(len(quantities) - 1):
        middle = _middle(text, quantities[ix], quantities[ix + 1])
        if middle is not None:
            words[ix], words[ix + 1] = _share(words[ix], words[ix + 1], middle)
    for ix, own in enumerate(words):
        if pattern("items", "respectively").fullmatch(own.head):
            words[ix:] = _distribute(words[ix:], text, quantities[ix:])
    for ix in range(1, len(words) - 1):
        words[ix : ix + 2] = _former_and_latter(words[ix - 1 : ix + 2])
    return tuple(words)


def _former_and_latter(words: Sequence[Words]) -> Sequence[Words]:
    """Name what 前者 and 后者 stand for: 复议、诉讼共9件,前者5件,后者4件."""
    before, *pair = words
    named = pattern("items", "two").search(before.head)
    said = (
        pattern("items", key).match(w.head)
        for key, w in zip(("former", "latter"), pair, strict=True)
    )
    if not named or not all(said):
        return pair
    return [
        replace(own, head=named[key] + own.head[2:])
        for key, own in zip(("former", "latter"), pair, strict=True)
    ]


def _alone(text: str, quantities: Sequence[Quantity], ix: int) -> Words:
    """Take the words up to the marks of punctuation, as if there were no neighbours."""
    quantity = quantities[ix]
    floor = quantities[ix - 1].end if ix else 0
    start = _clause_start(text, floor, quantity.start)
    head = text[start : quantity.start]
    following = pattern("items", "clause").search(text, quantity.end)
    end = following.start() if following else len(text)
    ceiling = quantities[ix + 1].start if ix + 1 < len(quantities) else len(text)
    tail = text[quantity.end : min(end, ceiling)]
    tail = "" if tail.startswith(_LIST_COMMA) else tail
    if not tail and pattern("items", "empty_head").fullmatch(head) and start > floor:
        start, head = _longer_head(text, floor, quantity.start)
        head = _name_of_listed(text, quantities[:ix], start) + head
    lead = pattern("items", "lead").match(head)
    if lead:
        start, head = start + lead.end(), head[lead.end() :]
    return Words(head, tail, start)


def _clause_start(text: str, floor: int, end: int) -> int:
    marks = list(pattern("items", "clause").finditer(text, floor, end))
    return marks[-1].end() if marks else floor


def _longer_head(text: str, floor: int, end: int) -> tuple[int, str]:
    """Go one clause back where the words before the number say nothing; brackets are kept."""
    close = _clause_start(text, floor, end) - 1
    if text[close] == ")":
        close = text.rfind("(", floor, close)
    if text[close : close + 1] not in {",", ":", "("} or close <= floor:
        return _clause_start(text, floor, end), text[_clause_start(text, floor, end) : end]
    start = _clause_start(text, floor, close)
    if start == floor > 0:  # that clause has a number of its own; 新增3件、退库(废止)2件
        comma = text.rfind(_LIST_COMMA, floor, close)
        start = _clause_start(text, floor, end) if comma < 0 else comma + 1
    return start, text[start:end]


def _name_of_listed(text: str, before: Sequence[Quantity], start: int) -> str:
    """Give the name whose parts stood in brackets before its number: 诉讼(直接3件、另2件)共5件."""
    opened = text.rfind("(", 0, start) if text[start - 1 : start] == ")" else -1
    if opened < 0 or not any(opened < quantity.start for quantity in before):
        return ""
    floor = max((q.end for q in before if q.end <= opened), default=0)
    begin = _clause_start(text, floor, opened)
    return text[begin:opened] if begin > floor or not floor else ""


def _middle(text: str, left: Quantity, right: Quantity) -> str | None:
    between = text[left.end : right.start]
    return None if pattern("items", "clause").search(between) else between


def _share(left: Words, right: Words, middle: str) -> tuple[Words, Words]:
    """Divide what stands between two numbers of one clause."""
    joint = [m for m in pattern("items", "joint").finditer(middle) if m.end() == len(middle)]
    if joint and joint[0].start():  # 2件复议和3件诉讼: the numbers stand before their names
        start = right.head_start + len(right.head)
        tail = middle[: joint[0].start()]
        return replace(left, tail=tail), replace(right, head="", head_start=start)
    cut = middle.find(_LIST_COMMA)
    start = right.head_start + len(right.head) - len(middle)
    if cut > 0:
        tail, head, shift = middle[:cut], middle[cut + 1 :], cut + 1
    elif among := pattern("items", "among").search(middle):
        tail, head, shift = middle[: among.end()], middle[among.end() :], among.end()
    elif cut == 0 or left.head:
        tail, head, shift = "", middle[cut + 1 :], cut + 1
    else:
        tail, head, shift = middle, "", len(middle)
    return replace(left, tail=tail), replace(right, head=head, head_start=start + shift)


def _distribute(
    words: Sequence[Words], text: str, quantities: Sequence[Quantity]
) -> Sequence[Words]:
    """Give A、B和C分别为1件、2件、3件 each its own label, where there are as many."""
    match = pattern("items", "respectively").fullmatch(words[0].head)
    assert match is not None
    run = 1
    while run < len(words) and _middle(text, quantities[run - 1], quantities[run]) is not None:
        run += 1
    labels, verb = _split(match["labels"]), ""
    starts = [own.head_start for own in words[:run]]
    before = pattern("items", "labels_before").search(text, 0, starts[0])
    if len(labels) != run and before:
        labels, verb = _split(before["labels"]), match["labels"]
        starts = [before.start()] * run
    if len(labels) != run or run < 2:
        return words
    named = [Words(label + verb, "", at) for label, at in zip(labels, starts, strict=True)]
    return [*named, *words[run:]]


def _split(labels: str) -> list[str]:
    return [part for part in pattern("items", "label_separator").split(labels) if part]
