"""In: a sentence's quantities. Out: which of them are parts of which: 共5件,其中3件…,2件…."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.recognise.prose.lexicon import pattern
from auditor.recognise.prose.values import PartKind, Quantity
from auditor.recognise.prose.words import Words

_ITEM = re.compile(r"\([一二三四五六七八九十\d]{1,2}\)")  # (1), (二)
_TOKEN = re.compile(rf"{_ITEM.pattern}|[();。]")


@dataclass(frozen=True, slots=True)
class Part:
    """The whole's index, how the list was announced, and the first of its members."""

    whole: int
    kind: PartKind
    first: int


@dataclass(slots=True)
class _Level:
    """A list that is still open; `by_semicolons`: its members are parted by semicolons."""

    whole: int
    kind: PartKind
    in_brackets: bool
    parts: list[int] = field(default_factory=list)
    by_semicolons: bool = False
    first: int | None = None


def find_parts(
    text: str, quantities: Sequence[Quantity], words: Sequence[Words]
) -> tuple[Part | None, ...]:
    """Give for each quantity the whole of which the sentence makes it a part."""
    open_lists: list[_Level] = []
    found: list[Part | None] = []
    tokens = _tokens(text)
    item_start = len(text)
    for ix, quantity in enumerate(quantities):
        gap_start = quantities[ix - 1].end if ix else 0
        for token in tokens:
            if not gap_start <= token.start() < quantity.start:
                continue
            if _ITEM.fullmatch(token[0]):
                _end_item(open_lists, quantities, item_start)
                item_start = token.start()
            else:
                _follow(open_lists, token, text, found, words)
        if pattern("items", "anew").match(words[ix].head) and _has_parts(open_lists):
            _close_loose(open_lists)
        found.append(_as_part(open_lists, quantities, ix))
    return tuple(found)


def _has_parts(open_lists: Sequence[_Level]) -> bool:
    """Tell whether the list has begun: what follows 其中 at once is a part, whatever it says."""
    return bool(open_lists and open_lists[-1].parts)


def _as_part(open_lists: Sequence[_Level], quantities: Sequence[Quantity], ix: int) -> Part | None:
    if not open_lists:
        return None
    level = open_lists[-1]
    if quantities[level.whole].unit == quantities[ix].unit:
        level.parts.append(ix)
    level.first = ix if level.first is None else level.first
    return Part(level.whole, level.kind, level.first)


def _tokens(text: str) -> Sequence[re.Match[str]]:
    """Give brackets, semicolons and lead words in order."""
    marks = [*_TOKEN.finditer(text), *pattern("items", "lead").finditer(text)]
    return sorted(marks, key=lambda match: match.start())


def _follow(
    open_lists: list[_Level],
    token: re.Match[str],
    text: str,
    found: Sequence[Part | None],
    words: Sequence[Words],
) -> None:
    match token[0]:
        case "(":
            if found:
                whole = len(found) - 1
                open_lists.append(_Level(whole, _bracket_kind(text, token), in_brackets=True))
        case ")":
            _close_brackets(open_lists)
        case ";":
            _separate(open_lists)
        case "。":
            _close_loose(open_lists)
        case _:
            _announce(open_lists, _whole_before(found, text, token, words))


def _bracket_kind(text: str, token: re.Match[str]) -> PartKind:
    is_aside = pattern("items", "aside").match(text, token.start())
    return "aside" if is_aside else "bracket"


def _whole_before(
    found: Sequence[Part | None], text: str, token: re.Match[str], words: Sequence[Words]
) -> int | None:
    """Give the number before; after a full stop, the last that is no part itself.

    Where the whole is named again without its number (办结的申请中,…), the one of that name.
    """
    named = _named_whole(text, token)
    after_stop = text[: token.start()].endswith("。")
    notes = [m.span() for m in pattern("items", "note").finditer(text, 0, token.start())]
    fitting = (
        ix
        for ix, part in enumerate(found)
        if not (part and (after_stop or _is_noted(words[ix], notes)))
        and not pattern("items", "no_whole").search(words[ix].head)
        and _is_named(words[ix], named)
    )
    return max(fitting, default=None)


def _is_noted(words: Words, notes: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a number stands in brackets that are shut: 受理30件(含上年结转4件),其中…."""
    return any(start < words.head_start < end for start, end in notes)


def _is_named(words: Words, name: str) -> bool:
    text = pattern("items", "not_done").sub("", words.text)
    return name in text


def _named_whole(text: str, token: re.Match[str]) -> str:
    """Give the word by which the lead names its whole; "" where it but goes on."""
    start = max(text.rfind(mark, 0, token.start()) for mark in ",;:。()") + 1
    named = pattern("items", "named_whole").fullmatch(text, start, token.end())
    return named["name"] if named else ""


def _announce(open_lists: list[_Level], whole: int | None) -> None:
    """Open a list of parts of that number; in brackets it was open already."""
    if whole is None:
        return
    if open_lists and open_lists[-1].whole == whole:
        open_lists[-1].kind = "lead"
    else:
        open_lists.append(_Level(whole, "lead", in_brackets=False))


def _separate(open_lists: list[_Level]) -> None:
    """End the list at a semicolon, unless that parts its members where it has one so far."""
    while open_lists and not open_lists[-1].in_brackets:
        level = open_lists[-1]
        if level.by_semicolons or len(level.parts) == 1:
            level.by_semicolons = True
            break
        open_lists.pop()


def _end_item(open_lists: list[_Level], quantities: Sequence[Quantity], start: int) -> None:
    """End the lists of the item that began there: (1)不予公开3件,含…;(2)…."""
    while open_lists and quantities[open_lists[-1].whole].start > start:
        open_lists.pop()


def _close_brackets(open_lists: list[_Level]) -> None:
    while open_lists and not open_lists.pop().in_brackets:
        pass


def _close_loose(open_lists: list[_Level]) -> None:
    while open_lists and not open_lists[-1].in_brackets:
        open_lists.pop()
