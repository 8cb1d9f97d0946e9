"""In: what a rule file says of numbers in the prose. Out: typed values; {words} are filled in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from auditor.check.grammar import parse_expression
from auditor.check.statements import (
    Dated,
    Growth,
    Known,
    Meaning,
    Parts,
    Patterns,
    ProseTest,
    Recalled,
    RowWords,
    Run,
    Shares,
    Statement,
    States,
    Twice,
    each_row,
)
from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.recognise.prose.lexicon import expand, lexicon, topic_names
from auditor.recognise.prose.values import MARK

PROSE_KINDS = ("states", "twice", "parts", "shares", "growth", "recalled", "dated")


def build_prose_test(data: Mapping[str, Any]) -> ProseTest:
    """Build the test of a rule that has one of the prose kinds. Raises UsageError."""
    if "states" in data:
        return States(_statements(data["states"]))
    if "twice" in data:
        return Twice(_statements(data["twice"]))
    if "parts" in data:
        return _parts(data["parts"])
    if "shares" in data:
        return _shares(data["shares"])
    key = next(kind for kind in _OF_PATTERNS if kind in data)
    return _of_patterns(_OF_PATTERNS[key], data[key])


_OF_PATTERNS: Mapping[str, type[Growth | Recalled | Dated]] = {
    "growth": Growth,
    "recalled": Recalled,
    "dated": Dated,
}

_GROUPS: Mapping[str, Sequence[str]] = {"changes": ("percent", "by", "up")}
"""The groups that the patterns of a key must name."""


def _of_patterns(
    kind: type[Growth | Recalled | Dated], data: Mapping[str, Any]
) -> Growth | Recalled | Dated:
    """Build a test that has nothing but patterns; those not given are none."""
    names = [field.name for field in fields(kind)]
    return kind(**{name: _with_groups(data, name, _GROUPS.get(name, ())) for name in names})


def _shares(shares: Mapping[str, Any]) -> Shares:
    return Shares(
        share=compile_patterns(shares["share"]),
        header=compile_patterns(shares.get("header", ())),
        unnamed=compile_patterns(shares.get("unnamed", ())),
        between=compile_patterns(shares.get("between", ())),
        each=compile_patterns(shares.get("each", ())),
        qualified=compile_patterns(shares.get("qualified", ())),
        together=compile_patterns(shares.get("together", ())),
        total=compile_patterns(shares.get("total", ())),
        following=compile_patterns(shares.get("following", ())),
        whole=compile_patterns(shares.get("whole", ())),
        bases=_meanings(shares.get("bases", ())),
        topics=_topics(shares.get("topic", ())),
        parts=_known(shares.get("parts", ())),
    )


def compile_patterns(texts: Iterable[str]) -> Patterns:
    """Compile patterns; {n} is the number, other {names} are words of the form's prose."""
    return tuple(_pattern(text) for text in texts)


def _pattern(text: str) -> re.Pattern[str]:
    words = {**lexicon()["words"], "n": MARK}
    try:
        return re.compile(expand(text, words))
    except KeyError as fault:
        name, near = fault.args[0], did_you_mean(str(fault.args[0]), words)
        listed = ", ".join(words)
        raise UsageError(
            f"“{text}”中没有词 {{{name}}}{near.zh}；可用 {listed}",
            f"no word {{{name}}} in '{text}'{near.en}; known: {listed}",
        ) from None
    except re.error as fault:
        raise UsageError(
            f"正则表达式“{text}”有误：{fault}", f"bad regular expression '{text}': {fault}"
        ) from None


def _with_groups(data: Mapping[str, Any], key: str, names: Sequence[str]) -> Patterns:
    """Compile the patterns of a key whose rule reads named groups. Raises UsageError."""
    patterns = compile_patterns(data.get(key.rpartition(".")[2], ()))
    for ix, pattern in enumerate(patterns):
        missing = [f"(?P<{name}>…)" for name in names if name not in pattern.groupindex]
        if missing:
            listed = " ".join(missing)
            raise UsageError(
                f"{key}[{ix}] 缺少命名组 {listed}", f"{key}[{ix}] needs named groups: {listed}"
            )
    return patterns


def _statements(entries: Iterable[Mapping[str, Any]]) -> tuple[Statement, ...]:
    return tuple(_statement(e) for entry in entries for e in each_row(entry))


def _statement(entry: Mapping[str, Any]) -> Statement:
    return Statement(
        says=compile_patterns(entry.get("says", ())),
        concepts=tuple(entry.get("concept", ())),
        means=_meanings(entry.get("means", ())),
        unless=compile_patterns(entry.get("unless", ())),
        topics=_topics(entry.get("topic", ())),
        context=compile_patterns(entry.get("context", ())),
        sentence=compile_patterns(entry.get("sentence", ())),
        unless_sentence=compile_patterns(entry.get("unless_sentence", ())),
        whole=compile_patterns(entry.get("whole", ())),
        unless_whole=compile_patterns(entry.get("unless_whole", ())),
        part=entry.get("part"),
        units=tuple(entry.get("units", lexicon()["quantities"]["counted_in"])),
        value=entry.get("value"),
        at_most=entry.get("at_most", False),
        editions=tuple(entry.get("editions", ())),
    )


def _known(entries: Iterable[Mapping[str, Any]]) -> tuple[Known, ...]:
    return tuple(
        Known(_topics(e.get("topic", ())), tuple(e["concept"]), _meanings(e["means"]))
        for entry in entries
        for e in each_row(entry)
    )


def _parts(data: Mapping[str, Any]) -> Parts:
    return Parts(
        lists=data["lists"],
        closed=tuple(compile_patterns(labels) for labels in data.get("closed", ())),
        runs=tuple(
            Run(compile_patterns(run["whole"]), compile_patterns(run["labels"]))
            for run in data.get("runs", ())
        ),
        total=_with_groups(data, "total", ("count", "verb")),
        likely=_with_groups(data, "likely", ("count",)),
        complete=compile_patterns(data.get("complete", ())),
        partial=compile_patterns(data.get("partial", ())),
        overlapping=compile_patterns(data.get("overlapping", ())),
        others=compile_patterns(data.get("others", ())),
        row=_row(data.get("row", {})),
    )


def _row(data: Mapping[str, Any]) -> RowWords:
    return RowWords(
        before=compile_patterns(data.get("before", ())),
        gaps=compile_patterns(data.get("gaps", ())),
        bare=compile_patterns(data.get("bare", ())),
        after=compile_patterns(data.get("after", ())),
        counts=_with_groups(data, "row.counts", ("count",)),
        counts_after=_with_groups(data, "row.counts_after", ("count",)),
        rest=compile_patterns(data.get("rest", ())),
    )


def _meanings(texts: Iterable[str]) -> tuple[Meaning, ...]:
    return tuple(Meaning(parse_expression(text), text) for text in texts)


def _topics(names: Iterable[str]) -> tuple[str, ...]:
    topics = tuple(names)
    for name in topics:
        if name not in topic_names():
            near, listed = did_you_mean(name, topic_names()), ", ".join(topic_names())
            raise UsageError(
                f"没有主题“{name}”{near.zh}；可用 {listed}",
                f"no topic '{name}'{near.en}; known: {listed}",
            )
    return topics
