"""In: a specimen's true numbers. Out: titles and sentences that agree with them."""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .truth import FormName, Scale, Truth, edition_of


@dataclass(frozen=True, slots=True)
class Agency:
    """A public body of our invention; `own` is how it calls itself in its prose."""

    name: str
    scale: Scale
    own: str
    office: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Everything of a report that is no table; `sections` maps 一…六 to its paragraphs."""

    title: str
    opening: str
    headings: Mapping[str, str]
    sections: Mapping[str, tuple[str, ...]]
    filler: tuple[str, ...]


@cache
def _stock() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("prose.toml").read_text("utf-8"))


def agencies(scale: Scale) -> tuple[Agency, ...]:
    """Give the bodies of a scale."""
    return tuple(Agency(**a) for a in _stock()["agency"] if a["scale"] == scale)


def write_prose(agency: Agency, year: int, form: FormName, truth: Truth, seed: int) -> Prose:
    """Write a report's prose from its true numbers."""
    rng = random.Random(f"prose/{seed}")
    stock, edition = _stock(), edition_of(form)
    facts = _facts(rng, agency, year, truth)

    def line(choices: list[str]) -> str:
        return rng.choice(choices).format(**facts)

    def paragraphs(key: str) -> Iterator[str]:
        for entry in stock[key]:
            if _applies(entry, facts, edition):
                yield entry.get("head", "") + line(entry["lines"])

    return Prose(
        title=line(stock["titles"]["line"]),
        opening=line(stock["basis"][edition]) + line(stock["period"]["line"]),
        headings={number: line(choices) for number, choices in stock["headings"].items()},
        sections={
            "一": tuple(paragraphs("overview")),
            "五": tuple(paragraphs("problems")),
            "六": tuple(paragraphs("other")),
        },
        filler=tuple(rng.sample(stock["filler"]["lines"], len(stock["filler"]["lines"]))),
    )


def _facts(rng: random.Random, agency: Agency, year: int, truth: Truth) -> dict[str, object]:
    counts = {
        "new": truth["applications/new/total"],
        "carried_in": truth["applications/carried_in/total"],
        "handled": truth["applications/handled_total/total"],
        "carried_out": truth["applications/carried_out/total"],
        "unpaid": truth.get("applications/other_handling.unpaid/total", 0),
    }
    web, media = rng.randint(40, 4000), rng.randint(30, 9000)
    return counts | {
        "agency": agency.name,
        "own": agency.own,
        "office": agency.office,
        "year": year,
        "web": web,
        "media": media,
        "web_and_media": web + media,
        "training": rng.randint(2, 6),
    }


def _applies(entry: Mapping[str, Any], facts: Mapping[str, object], edition: str) -> bool:
    if entry.get("form", edition) != edition:
        return False
    if "when" in entry and not facts[entry["when"]]:
        return False
    return not ("unless" in entry and facts[entry["unless"]])
