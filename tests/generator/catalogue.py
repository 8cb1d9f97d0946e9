"""In: a name or a seed. Out: a layout: one trait changed, or many drawn by chance."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from .layout import Break, BreakText, Engine, Layout

KINDS = get_type_hints(Layout)
RANGES = {"font_pt": (7, 12), "lead_in": (0, 16), "review_break": (1, 3)}
STEPS = {"font_pt": (7, 11, 12), "lead_in": (2, 5, 7, 10), "review_break": (1, 2, 3)}
TEXT_ONLY = ("covered",)
PAPER: tuple[Engine, ...] = ("chromium", "libreoffice")

CHROMIUM_ONLY: Mapping[str, tuple[str, ...]] = {
    "border": ("white_on_black", "rectangles"),
    "orientation": ("sideways_table",),
    "style": ("bold_by_stroke", "shadow"),
    "extras": ("diagonal",),  # LibreOffice Writer draws no line across a cell
    "layer": ("overlay",),
    "seal": ("ring", "star", "picture"),
    "stray": ("foot", "head"),
}
LIBREOFFICE_ONLY: Mapping[str, tuple[str, ...]] = {"layer": ("no_unicode",)}
BEYOND: Mapping[str, tuple[str, ...]] = {
    "border": ("open_sides", "three_line", "none"),
    "decoys": ("previous_year", "second_report"),
    "trap": ("struck", "hidden", "note_mark"),
    "layer": ("no_unicode", "image"),
    "seal": ("ring", "star", "picture"),
    "stray": ("foot", "head"),
}
"""Traits whose cells may stay unread, if that is said; drawn by chance only where asked for."""

COMBINED: Mapping[str, dict[str, Any]] = {
    "break-group": {"breaks": (Break(6),)},
    "break-label-cut": {"breaks": (Break(13),)},
    "break-label-first": {"breaks": (Break(14, text="first"),)},
    "break-label-repeat": {"breaks": (Break(14, text="repeat"),)},
    "break-inside-row": {"breaks": (Break(18, inside=True),)},
    "break-three-pages": {"breaks": (Break(5), Break(16))},
    "break-three-pages-headed": {"breaks": (Break(5), Break(16)), "repeat_header": True},
    "break-last-row": {"breaks": (Break(-1),)},
    "break-header-only": {"breaks": (Break(0),)},
    "break-repeated-header": {"breaks": (Break(12),), "repeat_header": True},
    "flow-repeated-header": {"lead_in": 5, "repeat_header": True},
    "flow-whole-rows": {"lead_in": 7, "split_rows": False},
    # LibreOffice prints a turned label only where its cell stands on one page
    "vertical-turned": {"vertical": "turned", "new_page": True, "font_pt": 8},
}
TEXTS = ("disclosure", "zeros", "numbers", "labels", "decoys", "extras", "units", "covered")


def named_layouts() -> Mapping[str, Layout]:
    """Give every layout that changes one trait of the plain one, by name: `chromium/narrow`."""
    named: dict[str, Layout] = {}
    for engine in get_args(Engine):
        base = Layout(engine=engine)
        named[f"{engine}/base"] = base
        for field in fields(Layout)[1:]:
            if (field.name in TEXTS) if engine not in PAPER else (field.name not in TEXT_ONLY):
                for suffix, value in _values(field.name, engine):
                    name = f"{engine}/{field.name}{suffix}"
                    change: dict[str, Any] = {field.name: value}
                    named[name] = _fitting(replace(base, **change))
        for name, traits in COMBINED.items():
            if engine in PAPER or name == "break-label-cut":
                named[f"{engine}/{name}"] = replace(base, **traits)
    return named


def _values(trait: str, engine: Engine) -> Iterator[tuple[str, Any]]:
    """Give the values of a trait other than the plain one, each with the name that it gets."""
    kind, plain = KINDS[trait], getattr(Layout(), trait)
    if kind is bool:
        yield "", not plain
    elif trait in STEPS:
        yield from ((f"-{value}", value) for value in STEPS[trait])
    elif trait != "breaks":
        for value in _choices(trait, engine):
            if value != plain:
                yield f"-{value}", (value,) if isinstance(plain, tuple) else value


def _choices(trait: str, engine: Engine, *, beyond: bool = True) -> list[Any]:
    kind = KINDS[trait]
    values = get_args(kind if get_origin(kind) is Literal else get_args(kind)[0])
    others = CHROMIUM_ONLY if engine == "libreoffice" else LIBREOFFICE_ONLY
    refused = others.get(trait, ()) + (() if beyond else BEYOND.get(trait, ()))
    return [value for value in values if value not in refused]


def _fitting(layout: Layout) -> Layout:
    """Give landscape pages to a layout that is to turn them; keep a lying table on its page."""
    if "wide" in layout.turn:
        return replace(layout, orientation="landscape_table")
    if layout.orientation == "sideways_table":
        return replace(layout, font_pt=min(layout.font_pt, 7), vertical="stacked", narrow=False)
    return layout


def random_layout(seed: int, engine: Engine | None = None, *, beyond: bool = False) -> Layout:
    """Draw a layout: each trait is plain two times of three, else any of its values."""
    rng = random.Random(f"layout/{seed}")
    drawn: Engine = rng.choice(("chromium", "libreoffice") * 3 + ("text", "markdown"))
    engine = engine or drawn
    traits: dict[str, Any] = {"engine": engine}
    for field in fields(Layout)[1:]:
        if rng.random() < 0.34:
            traits[field.name] = _drawn(rng, field.name, engine, beyond=beyond)
    return _fitting(replace(Layout(), **traits))


def _drawn(rng: random.Random, trait: str, engine: Engine, *, beyond: bool) -> object:
    plain = getattr(Layout(), trait)
    if trait == "breaks":
        return _drawn_breaks(rng)
    if trait in RANGES:
        return rng.randint(*RANGES[trait])
    if KINDS[trait] is bool:
        return not plain
    choices = _choices(trait, engine, beyond=beyond)
    if isinstance(plain, tuple):
        return tuple(rng.sample(choices, rng.randint(1, 2)))
    return rng.choice(choices)


def _drawn_breaks(rng: random.Random) -> tuple[Break, ...]:
    rows = sorted(rng.sample(range(1, 22), rng.choice((1, 1, 2))))
    text: BreakText = rng.choice(get_args(BreakText))
    return tuple(Break(row, rng.random() < 0.3, text) for row in rows)
