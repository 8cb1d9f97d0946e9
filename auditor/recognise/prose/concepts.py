"""In: a number's own words and its topic. Out: the concept that it counts, by the marks in them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.form import rules_dir
from auditor.recognise.prose.lexicon import any_of, check_pattern, lexicon, pattern
from auditor.recognise.prose.values import MARK, Concept, Level

_FILE = "rules/forms/concepts.toml"
_ORDER = ("faint", "slight", "weak", "plain", "strong")
_YIELDS = {
    "faint": {"slight", "weak", "plain", "strong", "open"},
    "slight": {"weak", "plain", "strong", "open"},
    "weak": {"strong"},
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say what is counted."""

    name: str
    level: Level
    within: str | None


_DIGIT = re.compile(r"\d")
_HAN = re.compile("[一-龥]")
_NOTHING = Concept()
VETOED = Concept(level="veto")


def concept_of(text: str, topic: str | None) -> Concept:
    """Give the concept of a number from its words, MARK in its place."""
    if topic is None or topic not in _marked_topics():
        return _NOTHING
    for key in ("share", "holding", "viewpoint"):
        text = pattern("items", key).sub("", text)
    found = tuple(_marks_in(text, topic))
    marks = [mark for mark, _ in found]
    if any(mark.level == "veto" for mark in marks):
        return VETOED
    kept = _without_reasons(_without_yielding(marks), text)
    names = sorted({mark.name for mark in kept if mark.name})
    if not names:
        return _NOTHING
    level = max((mark.level for mark in kept if mark.name), key=_ORDER.index)
    unknown = _left_over(_up_to_all(text, text.find(MARK)), [span for _, span in found], 0)
    return Concept("+".join(names), level, unknown)


@cache
def are_alike(topic: str | None, other: str | None) -> bool:
    """Tell whether the same is said of two topics: of reviews and suits, of permits and fines."""
    if topic == other:
        return True
    return any({topic, other} <= set(entry.get("of", ())) for entry in _data()["mark"])


@cache
def is_within(name: str, result: str) -> bool:
    """Tell whether a concept is a reason of that result."""
    return any(entry.get("within") == result and entry["name"] == name for entry in _data()["mark"])


def _marks_in(text: str, topic: str) -> Iterator[tuple[Mark, tuple[int, int]]]:
    marks, spelled = _marks_of(topic)
    for match in spelled.finditer(text):
        if match[0]:
            yield marks[int((match.lastgroup or "_0")[1:])], match.span()


def _without_yielding(marks: Sequence[Mark]) -> list[Mark]:
    levels = {mark.level for mark in marks}
    return [
        mark
        for mark in marks
        if mark.level != "neutral" and not (_YIELDS.get(mark.level, set()) & levels)
    ]


def _without_reasons(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Leave the result alone where its reasons are but examples: 因国家秘密等不予公开."""
    names = {mark.name for mark in marks}
    reasons = {mark.name for mark in marks if mark.within in names}
    if len(reasons) < 2 and not (reasons and lexicon()["items"]["and_others"] in text):
        return list(marks)
    return [mark for mark in marks if mark.name not in reasons]


def limits_of(clause: str, topic: str | None, concept: Concept, *, is_next: bool) -> str:
    """Give the words of a clause that limit what is counted after it: 因…, 为…, 对…的, 在…中.

    Right before a result (`is_next`) any other may too: 第三方同意,予以公开3件.
    """
    said = pattern("items", "narrowing").match(clause)
    may_limit = pattern("items", "nominal").search(clause) or (
        is_next
        and concept.level == "strong"
        and clause.endswith(",")
        and not pattern("items", "remark").search(clause)
    )
    if topic is None or not (said or (may_limit and not _DIGIT.search(clause))):
        return ""
    has_number = _DIGIT.search(clause)
    clause = pattern("items", "viewpoint").sub("", clause).rstrip(",:()")
    clause = _up_to_all(clause, has_number.end()) if has_number else clause
    found = tuple(_marks_in(clause, topic))
    if any(_limits(mark, clause, concept) for mark, _ in found):
        return clause
    return _left_over(clause, [span for _, span in found], said.end() if said else 0)


def _up_to_all(text: str, start: int) -> str:
    """Leave out what is said of all that were counted: 3件均已入库, 3件逐案复盘."""
    said = pattern("items", "all_of").search(text, start)
    return text[: said.start()] if said else text


def _limits(mark: Mark, clause: str, concept: Concept) -> bool:
    """Tell whether a mark before a number is of something narrower than what the number counts."""
    if mark.level not in {"strong", "plain"} or _DIGIT.search(clause):
        return mark.level == "veto"
    if mark.level == "plain" and pattern("items", "including").search(clause):
        return False
    return not any(name.startswith(mark.name) for name in concept.name.split("+"))


def _left_over(text: str, spans: Sequence[tuple[int, int]], start: int) -> str:
    """Give the unknown words that are left there, beside the marks."""
    left = list(text)
    for begin, end in spans:
        left[begin:end] = " " * (end - begin)
    return "".join(_HAN.findall(unknown_words("".join(left[start:]).replace(MARK, " "))))


def unknown_words(text: str) -> str:
    """Give what is left of words when those that say nothing are taken out."""
    return _neutral().sub("", text)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((rules_dir() / "forms" / "concepts.toml").read_text("utf-8"))


def check_concepts() -> None:
    """Compile every pattern of the file. Raises UsageError with the key of the first at fault."""
    try:
        _neutral()
        for topic in _marked_topics():
            _marks_of(topic)
    except (re.error, KeyError):
        _name_the_fault()
        raise


def _name_the_fault() -> None:
    for ix, entry in enumerate((*_data()["mark"], _data()["neutral"])):
        for text in entry["words"]:
            check_pattern(_FILE, f"mark[{ix}] {entry.get('name', '')}".rstrip(), text)


@cache
def _marked_topics() -> frozenset[str]:
    return frozenset(topic for entry in _data()["mark"] for topic in entry.get("of", ()))


@cache
def _marks_of(topic: str) -> tuple[tuple[Mark, ...], re.Pattern[str]]:
    entries: list[Mapping[str, Any]] = [
        entry for entry in _data()["mark"] if topic in entry.get("of", (topic,))
    ]
    marks = tuple(Mark(e.get("name", ""), e["level"], e.get("within")) for e in entries)
    alternatives = (f"(?P<_{ix}>{any_of(e['words'])})" for ix, e in enumerate(entries))
    return marks, re.compile("|".join(alternatives))


@cache
def _neutral() -> re.Pattern[str]:
    return re.compile(any_of(_data()["neutral"]["words"]))
