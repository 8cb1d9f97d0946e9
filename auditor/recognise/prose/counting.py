"""In: a sentence's numbers with their words. Out: the concept that each one counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.recognise.prose.belonging import find_topics
from auditor.recognise.prose.concepts import VETOED, are_alike, concept_of, is_within, limits_of
from auditor.recognise.prose.lexicon import pattern, topic_pattern
from auditor.recognise.prose.parts import Part
from auditor.recognise.prose.values import MARK, Concept, Quantity
from auditor.recognise.prose.words import Words

_SPREADING = {"weak", "plain", "strong"}
_PAUSES = ",:;"
_PAUSE = re.compile("[,:;。()]")
_LAST_WORD = re.compile("[一-龥]{2}$")
_CLAUSE = re.compile("[^,:()]*[,:()]")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number: itself, its own words, its topic, and of what it is a part."""

    quantity: Quantity
    words: Words
    topic: str | None
    part: Part | None


def concepts_in(text: str, counted: Sequence[Counted]) -> tuple[Concept, ...]:
    """Give the concept of each number; that of a part fits its whole's."""
    found: list[Concept] = []
    for ix, entry in enumerate(counted):
        concept = _widely(text, counted, ix)
        if ix and concept == VETOED:
            concept = _as_reason(entry, found[ix - 1])
        is_bare = concept.is_certain and (concept.level == "faint" or _is_name(entry, concept))
        concept = concept.doubted(_limits_before(text, entry, concept))
        between = text[counted[ix - 1].quantity.end : entry.quantity.start] if ix else ""
        if is_bare and ix and _is_shared(between, counted[ix - 1 : ix + 1], found[ix - 1]):
            concept = found[ix - 1]
        elif ix and _goes_on(counted[ix - 1], entry) and not _stops(between):
            concept = _as_doubtful_as(concept, found[ix - 1])
        if entry.part:
            whole = entry.part.whole
            concept = _as_part(concept, found[whole], same=counted[whole].topic == entry.topic)
        found.append(concept)
    return _with_what_ends_the_row(text, counted, found)


def _with_what_ends_the_row(
    text: str, counted: Sequence[Counted], found: Sequence[Concept]
) -> tuple[Concept, ...]:
    """Let bare names say what the last of their row does: 3件复议、2件诉讼尚未审结.

    Where the names stand before their numbers, it may hold of the last alone: that is a doubt.
    """
    spread = list(found)
    for ix in reversed(range(len(found) - 1)):
        after, said = counted[ix + 1].words, spread[ix + 1]
        between = text[counted[ix].quantity.end : counted[ix + 1].quantity.start]
        if spread[ix].level != "faint" or said.level != "strong" or _PAUSE.search(between):
            continue
        if find_topics(after.tail):
            spread[ix] = said
        elif concept_of(after.head + MARK, counted[ix + 1].topic).level != "strong":
            spread[ix] = spread[ix].doubted(said.name)
    return tuple(spread)


def _limits_before(text: str, entry: Counted, concept: Concept) -> str:
    """Give what in the clauses since the last stop limits all that follows: 因疫情,收到3件."""
    stops = [m.end() for m in pattern("items", "stop").finditer(text, 0, entry.words.head_start)]
    before = text[stops[-1] if stops else 0 : entry.words.head_start]
    clauses = _CLAUSE.findall(before)
    return "".join(
        limits_of(clause, entry.topic, concept, is_next=ix == len(clauses))
        for ix, clause in enumerate(clauses, start=1)
    )


def _goes_on(before: Counted, entry: Counted) -> bool:
    """Tell whether a number speaks of what the one before it does."""
    is_anew = find_topics(entry.words.text) and not _ends_alike(before.words, entry.words)
    return before.topic == entry.topic and not is_anew


def _ends_alike(left: Words, right: Words) -> bool:
    """Tell whether two numbers are of one thing, differently named: 口头申请3件,书面申请5件."""
    last = _LAST_WORD.search(left.head)
    return last is not None and len(left.head) > len(last[0]) and right.head.endswith(last[0])


def _is_shared(between: str, pair: Sequence[Counted], concept: Concept) -> bool:
    """Tell whether a bare name counts what the one before it does.

    So it is in 尚未审结的行政复议3件、行政诉讼2件; with a comma too after a header (在审的有:), and
    where the name alone counts nothing: 现行有效的规章3件,规范性文件2件.
    """
    before, entry = pair
    if concept.level not in _SPREADING or not are_alike(before.topic, entry.topic):
        return False
    if pattern("items", "joint").match(between.removeprefix(before.words.tail)):
        return True
    own = concept_of(before.words.text, before.topic)
    is_headed = own.level == "faint" and concept.level == "strong"
    counts_nothing = concept_of(entry.words.text, entry.topic).level == "neutral"
    return between.startswith(",") and (is_headed or counts_nothing)


def _is_name(entry: Counted, concept: Concept) -> bool:
    """Tell whether its own words are but the name of its topic: 规范性文件3件."""
    words = pattern("items", "joint").sub("", entry.words.text.replace(MARK, ""), count=1)
    return concept.level == "neutral" and bool(topic_pattern().fullmatch(words))


def _stops(between: str) -> bool:
    return bool(pattern("items", "stop").search(between))


def _as_doubtful_as(own: Concept, other: Concept) -> Concept:
    """Let a number share the doubt of the one before it, where it does not begin anew."""
    words = VETOED.level if other == VETOED else other.doubt
    return own if own.doubt.startswith(words) else own.doubted(words)


def none_of(clause: str, topic: str | None) -> Concept:
    """Give the concept of which a clause says that there was none: 没有收到申请, 诉讼为零."""
    said = pattern("items", "none").sub("", clause)
    return Concept() if said == clause else concept_of(said + MARK, topic)


def _widely(text: str, counted: Sequence[Counted], ix: int) -> Concept:
    """Take the clauses beside a number's own, where those do not say what it counts."""
    entry = counted[ix]
    own = _with_what_brackets_part(text, counted, ix)
    concept = concept_of(own, entry.topic)
    if concept == VETOED and _is_rest(entry):  # all that is left: its reason limits nothing
        rest = concept_of(MARK + _after(text, counted, ix), entry.topic)
        return rest if rest.level in {"plain", "strong"} else concept
    if not _is_open(text, concept, entry):
        return _with_reason(text, counted, ix, concept)
    for wider in (own + _after(text, counted, ix), *_before(text, counted, ix, own)):
        found = concept_of(wider, entry.topic)
        if found.level in {"plain", "strong"} or (
            concept.level == "neutral" and found.level not in {"neutral", "veto"}
        ):
            return found
    return concept


def _with_reason(text: str, counted: Sequence[Counted], ix: int, concept: Concept) -> Concept:
    """Take the reason of a result from the clause before: 因属于国家秘密,不予公开3件."""
    own = counted[ix].words.text
    clause = next(iter(_before(text, counted, ix, own)), own)
    if concept.level != "strong" or not pattern("items", "reason").match(clause):
        return concept
    found = concept_of(clause, counted[ix].topic)
    is_same = set(concept.name.split("+")) <= set(found.name.split("+"))
    return found if is_same else concept.doubted(clause)


def _as_reason(entry: Counted, before: Concept) -> Concept:
    """Take what a result involves for its reasons: 不予处理16件,主要涉及重复申请9件."""
    words = pattern("items", "involving").sub("", entry.words.text, count=1)
    reason = concept_of(words, entry.topic)
    is_its = is_within(reason.name, before.name.partition(".")[0])
    return reason if is_its and reason.is_certain else VETOED


def _is_open(text: str, concept: Concept, entry: Counted) -> bool:
    """Tell whether the clauses beside it may say more of what it counts."""
    is_rest = _is_rest(entry)
    if concept.level in {"slight", "weak"}:
        return is_rest and not concept.is_certain
    has_header = pattern("items", "header").search(text, max(entry.words.head_start - 3, 0))
    is_headed = has_header and has_header.end() == entry.words.head_start
    return concept.level == "neutral" or (
        concept.level == "faint" and bool(is_rest or is_headed or entry.part is not None)
    )


def _is_rest(entry: Counted) -> bool:
    return bool(pattern("items", "rest").match(entry.words.head))


def _with_what_brackets_part(text: str, counted: Sequence[Counted], ix: int) -> str:
    """Take what follows a bracket as the number's own too: 31件申请(占3%)得到公开."""
    words = counted[ix].words
    end = counted[ix].quantity.end + len(words.tail)
    close = text.find(")", end)
    if text[end : end + 1] != "(" or close < 0:
        return words.text
    following = pattern("items", "clause").search(text, close + 1)
    stop = following.start() if following else len(text)
    next_one = next((c.quantity.start for c in counted if c.quantity.start > close), len(text))
    return words.text + text[close + 1 : stop] if stop <= next_one else words.text


def _start_of(counted: Sequence[Counted], ix: int, otherwise: int) -> int:
    return counted[ix].words.head_start if ix < len(counted) else otherwise


def _after(text: str, counted: Sequence[Counted], ix: int) -> str:
    """Give the clauses after a number's own that have no number, up to a stop."""
    start = counted[ix].quantity.end + len(counted[ix].words.tail)
    end = _start_of(counted, ix + 1, len(text))
    if text[start : start + 1] not in {",", "("}:
        return ""
    return _up_to_stop(text[start + 1 : end])


def _up_to_stop(text: str) -> str:
    stop = pattern("items", "stop").search(text)
    return text[: stop.start()] if stop else text


def _before(text: str, counted: Sequence[Counted], ix: int, own: str) -> Iterator[str]:
    """Give a number's own words with ever more clauses before them that have no number."""
    start = counted[ix - 1].quantity.end if ix else 0
    clauses = text[start : counted[ix].words.head_start]
    if ix:  # the first of them is the tail of the number before
        clauses = clauses[_first_pause(clauses) :]
    stops = [match.end() for match in pattern("items", "stop").finditer(clauses)]
    clauses = clauses[stops[-1] :] if stops else clauses
    pauses = [at for at, char in enumerate(clauses) if char in _PAUSES]
    for at in reversed([-1, *pauses[:-1]]):
        yield clauses[at + 1 :] + own


def _first_pause(text: str) -> int:
    return min((at for at, char in enumerate(text) if char in _PAUSES), default=len(text))


def _as_part(own: Concept, whole: Concept, *, same: bool) -> Concept:
    """Leave a part alone whose whole is no number of a table, or has no such parts."""
    if not same:
        return own
    if (
        own.level == "faint"
        or whole.level in {"veto", "plain"}
        or (whole.level == "strong" and not is_within(own.name, whole.name))
    ):
        return VETOED
    return own.doubted(whole.doubt)
