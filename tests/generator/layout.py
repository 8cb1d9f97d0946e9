"""In: nothing, or a seed. Out: how a report is laid out, every trait a parameter."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal, get_args, get_type_hints

Engine = Literal["chromium", "libreoffice", "text", "markdown"]
Font = Literal["serif", "sans", "hei"]
Border = Literal[
    "solid",
    "thin",
    "thick",
    "dashed",
    "dotted",
    "double",
    "shaded",
    "white_on_black",
    "rectangles",
    "open_sides",
    "three_line",
    "none",
]
Orientation = Literal["portrait", "landscape", "landscape_table"]
Turn = Literal[
    "none",
    "flag_90",
    "flag_180",
    "flag_270",
    "upright_by_flag",
    "sideways",
    "wide_sideways",
    "wide_by_flag",
]
"""flag_90: the viewer turns a page; upright_by_flag: drawn turned, the flag sets it right;
sideways: drawn turned, no flag; wide_…: the same for landscape pages alone."""
Disclosure = Literal["one_grid", "grids", "broken"]
BreakText = Literal["cut", "first", "repeat"]
Vertical = Literal["none", "stacked", "narrow", "turned"]
Body = Literal["plain", "boxed", "white_boxes", "underlined", "glued"]
Decoy = Literal["metadata", "chart", "signature"]
Footer = Literal["none", "dashes", "long_dashes", "of_pages"]
Numbers = Literal["plain", "separators", "fullwidth", "spaced"]
Zeros = Literal["zero", "blank", "dash", "slash", "long_dash", "blank_columns"]
Labels = Literal["official", "variants", "spaced", "short"]
Extra = Literal["caption", "empty_last", "note"]
Units = Literal["form", "cell", "yuan", "header"]
Stretch = Literal["leaf", "parent"]
Doubt = Literal["none", "bold_by_stroke", "shadow"]

BEYOND: Mapping[str, tuple[str, ...]] = {
    "border": ("open_sides", "three_line", "none"),
}
"""Traits that no issue promises to read; drawn by `random_layout` only where asked for."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page break in 表三 before data row `row` (0-based), or inside it, `lines` into its text.

    `text`: what becomes of a merged label that spans the break: cut in two, left on the first
    page, or printed on both.
    """

    row: int
    inside: bool = False
    text: BreakText = "cut"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report is laid out; the default is the plain official look."""

    engine: Engine = "chromium"
    font: Font = "serif"
    font_pt: int = 9
    border: Border = "solid"
    orientation: Orientation = "portrait"
    turn: Turn = "none"
    disclosure: Disclosure = "one_grid"
    breaks: tuple[Break, ...] = ()
    repeat_header: bool = False
    lead_in: int = 0  # sentences more before 表三: where the page ends by itself
    new_page: bool = False  # 表三 starts on a page of its own
    split_rows: bool = True  # a row may be cut where the page ends by itself
    vertical: Vertical = "stacked"
    body: Body = "plain"
    decoys: tuple[Decoy, ...] = ()
    footer: Footer = "dashes"
    running_head: bool = False
    watermark: bool = False
    numbers: Numbers = "plain"
    zeros: Zeros = "zero"
    labels: Labels = "official"
    extras: tuple[Extra, ...] = ()
    units: Units = "form"
    narrow: bool = False  # columns so narrow that labels and long numbers wrap
    total_inside: bool = True  # 总计 stands under 申请人情况
    review_head: Stretch = "leaf"  # in 表四 the results or the blocks fill the spare head row
    review_break: int = 0  # 表四 is cut by a page's end before this row; 3: before its numbers
    doubt: Doubt = "none"
    covered_tabs: bool = False  # text: a field for every square that a merge covers

    def features(self) -> tuple[str, ...]:
        """Name what differs from the plain look, `border=dashed`; what measurements group by."""
        plain = asdict(Layout())
        return tuple(f"{k}={_told(v)}" for k, v in asdict(self).items() if v != plain[k])

    def echo(self) -> dict[str, object]:
        """Give the layout as JSON values."""
        return asdict(self)


def _told(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    if all(isinstance(part, str) for part in value):
        return "+".join(value)
    return "inside" if any(part["inside"] for part in value) else f"{len(value)}"


_CHROMIUM_ONLY = {
    "border": ("white_on_black", "rectangles"),
    "doubt": ("bold_by_stroke", "shadow"),
}


def _turned(layout: Layout) -> Layout:
    """Give landscape pages to a layout that is to turn them."""
    return replace(layout, orientation="landscape_table") if "wide" in layout.turn else layout


def _paper(engine: Engine) -> Mapping[str, Layout]:
    base = Layout(engine=engine)
    borders = {f"border-{b}": replace(base, border=b) for b in get_args(Border)[1:]}
    turns = {f"turn-{t}": _turned(replace(base, turn=t)) for t in get_args(Turn)[1:]}
    verticals = {f"vertical-{v}": replace(base, vertical=v) for v in get_args(Vertical)}
    bodies = {f"body-{b}": replace(base, body=b) for b in get_args(Body)[1:]}
    decoys = {f"decoy-{d}": replace(base, decoys=(d,)) for d in get_args(Decoy)}
    footers = {f"footer-{f}": replace(base, footer=f) for f in get_args(Footer)}
    numbers = {f"numbers-{n}": replace(base, numbers=n) for n in get_args(Numbers)[1:]}
    zeros = {f"zeros-{z}": replace(base, zeros=z) for z in get_args(Zeros)[1:]}
    labels = {f"labels-{x}": replace(base, labels=x) for x in get_args(Labels)[1:]}
    extras = {f"extra-{e}": replace(base, extras=(e,)) for e in get_args(Extra)}
    units = {f"units-{u}": replace(base, units=u) for u in get_args(Units)[1:]}
    fonts = {f"font-{f}": replace(base, font=f) for f in get_args(Font)[1:]}
    sizes = {f"size-{pt}": replace(base, font_pt=pt) for pt in (7, 11, 12)}
    named = {
        "base": base,
        "landscape": replace(base, orientation="landscape"),
        "landscape-table": replace(base, orientation="landscape_table"),
        "disclosure-grids": replace(base, disclosure="grids"),
        "disclosure-broken": replace(base, disclosure="broken"),
        "break-group": replace(base, breaks=(Break(6),)),
        "break-label-cut": replace(base, breaks=(Break(13),)),
        "break-label-first": replace(base, breaks=(Break(14, text="first"),)),
        "break-label-repeat": replace(base, breaks=(Break(14, text="repeat"),)),
        "break-inside-row": replace(base, breaks=(Break(18, inside=True),)),
        "break-three-pages": replace(base, breaks=(Break(5), Break(16))),
        "break-last-row": replace(base, breaks=(Break(-1),)),
        "break-header-only": replace(base, breaks=(Break(0),)),
        "break-repeated-header": replace(base, breaks=(Break(12),), repeat_header=True),
        "flow-repeated-header": replace(base, lead_in=5, repeat_header=True),
        "flow-whole-rows": replace(base, lead_in=7, split_rows=False),
        "new-page": replace(base, new_page=True),
        "running-head": replace(base, running_head=True),
        "watermark": replace(base, watermark=True),
        "narrow": replace(base, narrow=True),
        "total-outside": replace(base, total_inside=False),
        "review-break-head": replace(base, review_break=2),
        "review-break-numbers": replace(base, review_break=3),
        "review-head-parent": replace(base, review_head="parent"),
        **{f"flow-{n}": replace(base, lead_in=n) for n in (2, 5, 7, 10)},
    }
    for group in (borders, turns, verticals, bodies, decoys, footers, numbers, zeros, labels):
        named |= group
    named |= extras | units | fonts | sizes
    # LibreOffice prints a turned label only where its cell stands on one page
    named["vertical-turned"] = replace(base, vertical="turned", new_page=True, font_pt=8)
    if engine == "chromium":
        return named | {f"doubt-{d}": replace(base, doubt=d) for d in get_args(Doubt)[1:]}
    return {k: v for k, v in named.items() if v.border not in _CHROMIUM_ONLY["border"]}


def named_layouts() -> Mapping[str, Layout]:
    """Give every layout that changes one trait of the plain one, by name: `chromium/narrow`."""
    named = {f"{e}/{k}": v for e in ("chromium", "libreoffice") for k, v in _paper(e).items()}
    for engine in ("text", "markdown"):
        base = Layout(engine=engine)
        named[f"{engine}/base"] = base
        named[f"{engine}/grids"] = replace(base, disclosure="grids")
        named[f"{engine}/broken"] = replace(base, breaks=(Break(13),))
        named[f"{engine}/zeros-blank"] = replace(base, zeros="blank")
        named[f"{engine}/separators"] = replace(base, numbers="separators")
        named[f"{engine}/variants"] = replace(base, labels="variants")
    named["text/covered-tabs"] = Layout(engine="text", covered_tabs=True)
    return named


def random_layout(seed: int, engine: Engine | None = None, *, beyond: bool = False) -> Layout:
    """Draw a layout: each trait is plain half of the time, else any of its values."""
    rng = random.Random(f"layout/{seed}")
    engine = engine or rng.choice(("chromium", "chromium", "libreoffice", "libreoffice", "text"))
    traits: dict[str, object] = {"engine": engine}
    for field in fields(Layout)[1:]:
        if rng.random() < 0.35:
            traits[field.name] = _drawn(rng, field.name, engine, beyond=beyond)
    return _turned(replace(Layout(), **traits))  # type: ignore[arg-type] - drawn from the kinds


_RANGES = {"font_pt": (7, 12), "lead_in": (0, 16), "review_break": (1, 3)}


def _drawn(rng: random.Random, name: str, engine: Engine, *, beyond: bool) -> object:
    if name == "breaks":
        return _drawn_breaks(rng)
    if name in _RANGES:
        return rng.randint(*_RANGES[name])
    kind = get_type_hints(Layout)[name]
    if kind is bool:
        return name != "split_rows" and name != "total_inside"
    if name in {"decoys", "extras"}:
        values = get_args(get_args(kind)[0])
        return tuple(rng.sample(values, rng.randint(1, 2)))
    refused = () if beyond else BEYOND.get(name, ())
    if engine != "chromium":
        refused += _CHROMIUM_ONLY.get(name, ())
    return rng.choice([value for value in get_args(kind) if value not in refused])


def _drawn_breaks(rng: random.Random) -> tuple[Break, ...]:
    rows = sorted(rng.sample(range(1, 22), rng.choice((1, 1, 2))))
    text: BreakText = rng.choice(get_args(BreakText))
    return tuple(Break(row, rng.random() < 0.3, text) for row in rows)
