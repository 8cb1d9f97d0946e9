"""In: a grammar of sentences. Out: sentences and sections drawn from it, their numbers unfilled."""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_SYMBOL = re.compile(r"<(\w+)>")


@cache
def grammar(file: str = "composed.toml") -> dict[str, Any]:
    """Give a grammar as it is written; a relative file lies beside this module."""
    return tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))


def compose(text: str, rng: random.Random, file: str = "composed.toml") -> str:
    """Put an alternative in the place of every symbol of a text."""
    rules: Mapping[str, Sequence[str]] = grammar(file)["grammar"]
    return _SYMBOL.sub(lambda found: compose(rng.choice(rules[found[1]]), rng, file), text)


def sentences(rng: random.Random, file: str = "composed.toml") -> Iterator[tuple[str, str]]:
    """Draw a sentence of each root, and a section of each kind; the kind comes first."""
    drawn = grammar(file)
    for kind in (*drawn["roots"], *drawn["sections"]):
        yield kind, compose(kind, rng, file)
