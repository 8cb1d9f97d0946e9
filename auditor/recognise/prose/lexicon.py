"""In: rules/forms/prose.toml. Out: its patterns, compiled once."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.errors import UsageError
from auditor.form import rules_dir

FILE = "rules/forms/prose.toml"
_WORD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """Words that say whose number it is, and for which agencies that is the report's own."""

    words: re.Pattern[str]
    own: re.Pattern[str]
    named: bool = False

    def is_of(self, agency: str, words: str) -> bool:
        """Tell whether such words mean the agency; its name may be shortened: 县市场监管局."""
        if not self.named:
            return bool(self.own.search(agency))
        rest = iter(agency)
        return all(char in rest for char in words)


@cache
def lexicon() -> dict[str, Any]:
    """Give the settings as they are written."""
    return tomllib.loads((rules_dir() / "forms" / "prose.toml").read_text("utf-8"))


def expand(pattern: str, words: Mapping[str, str]) -> str:
    """Put words in the place of their {names}, which may use each other. Raises KeyError."""
    while _WORD.search(pattern):
        pattern = _WORD.sub(lambda found: words[found[1]], pattern)
    return pattern


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """Give one pattern of a section; a list is any of its patterns."""
    written = lexicon()[section][key]
    alternatives = [written] if isinstance(written, str) else written
    flags = re.VERBOSE if section == "quantities" else 0
    return re.compile(any_of(alternatives), flags)


@cache
def topic_pattern() -> re.Pattern[str]:
    """Give the words of all topics; the name of the group that matched is the topic."""
    topics = lexicon()["topic"]
    return re.compile("|".join(f"(?P<{t['name']}>{any_of(t['words'])})" for t in topics))


@cache
def topic_names() -> tuple[str, ...]:
    """Give the names of the topics."""
    return tuple(topic["name"] for topic in lexicon()["topic"])


@cache
def wider_topic(name: str) -> str | None:
    """Give the topic of which one is a kind."""
    found: str | None = next(
        topic.get("of") for topic in lexicon()["topic"] if topic["name"] == name
    )
    return found


@cache
def topics_that_carry() -> frozenset[str]:
    """Give the topics that a sentence passes on to the next."""
    return frozenset(t["name"] for t in lexicon()["topic"] if t.get("carries", True))


@cache
def scopes() -> tuple[ScopeWords, ...]:
    """Give the words of scope, in the order of the file."""
    return tuple(
        ScopeWords(
            re.compile(any_of(scope["words"])), re.compile(scope["own"]), scope.get("named", False)
        )
        for scope in lexicon()["scope"]
    )


def check_lexicon() -> None:
    """Compile every pattern of the file, which all who read prose need.

    Raises: UsageError with file, key and fault of the first that is none.
    """
    try:
        _compile_all()
    except (re.error, KeyError):
        for key, text in _written(lexicon()):
            check_pattern(FILE, key, text)
        raise


def _compile_all() -> None:
    for section in ("paragraphs", "quantities", "items", "period"):
        for key, value in lexicon()[section].items():
            if not isinstance(value, int):
                pattern(section, key)
    topic_pattern()
    scopes()


def check_pattern(file: str, key: str, text: str) -> None:
    """Refuse what is no regular expression, or names no word. Raises UsageError."""
    flags = re.VERBOSE if key.startswith("quantities.") else 0
    try:
        re.compile(expand(text, lexicon()["words"]), flags)
    except KeyError as fault:
        raise UsageError(
            f"{file} {key}：没有词 {{{fault.args[0]}}}",
            f"{file} {key}: no word {{{fault.args[0]}}}",
        ) from None
    except re.error as fault:
        raise UsageError(
            f"{file} {key}：正则表达式有误：{fault}",
            f"{file} {key}: bad regular expression: {fault}",
        ) from None


def _written(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Give each text of the file with its key: items.rest, topic[3].words[0]."""
    match value:
        case str():
            yield key, value
        case dict():
            for name, entry in value.items():
                yield from _written(entry, f"{key}.{name}".removeprefix("."))
        case list():
            for ix, entry in enumerate(value):
                yield from _written(entry, f"{key}[{ix}]")


def any_of(patterns: Iterable[str]) -> str:
    """Join patterns, their {words} filled in."""
    words = lexicon()["words"]
    return "|".join(f"(?:{expand(pattern, words)})" for pattern in patterns)
