"""In: a specimen. Out: its three statutory tables as they are drawn."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from auditor.form import Band, FormTable, load_form

from .layout import Break, Layout
from .sheet import (
    Role,
    Sheet,
    Square,
    cut_row,
    label_runs,
    split,
    stack,
    with_empty_column,
    with_row,
)
from .specimen import Specimen
from .truth import edition_of, has_row

Spell = Callable[[str], str]

APPLICATION_WIDTHS = (4, 9, 21, 9, 9, 9, 9, 9, 9, 12)
NARROW_WIDTHS = (3, 6, 13, 4, 4, 4, 4, 4, 4, 4)
CUT_LABEL_LENGTH = 10  # a row is cut inside only where its label is long enough to wrap


@cache
def _variants() -> list[dict[str, Any]]:
    text = Path(__file__).with_name("variants.toml").read_text("utf-8")
    variants: list[dict[str, Any]] = tomllib.loads(text)["variant"]
    return variants


def spelling(specimen: Specimen) -> Spell:
    """Give how this report spells the form's labels; the same label is always spelt alike."""
    layout = specimen.layout
    if layout.labels == "official":
        return lambda label: label
    if layout.labels == "spaced":
        return _spaced
    chosen: dict[str, str] = {}
    rng = random.Random(f"labels/{specimen.seed}")
    for variant in _variants():
        official, others = variant["from"], variant["to"]
        if layout.labels == "short" and "short" in variant:
            chosen[official] = variant["short"]
        elif layout.labels == "variants" and others and rng.random() < 0.6:
            chosen[official] = rng.choice(others)
    return lambda label: chosen.get(label, label)


def _spaced(label: str) -> str:
    """Put a stray space into a label, as a line break in the author's file leaves it."""
    return f"{label[: len(label) // 2]} {label[len(label) // 2 :]}" if len(label) > 4 else label


def disclosure_sheets(specimen: Specimen) -> tuple[Sheet, ...]:
    """Give 表二: as one grid, a grid for each band, or one broken over two pages."""
    spell = spelling(specimen)
    table = _table(specimen, "proactive_disclosure")
    bands = [_band_sheet(specimen, table, band, spell) for band in table.bands]
    if specimen.layout.disclosure == "grids":
        return tuple(bands)
    whole = stack(bands)
    if specimen.layout.disclosure == "one_grid":
        return (whole,)
    return split(whole, random.Random(f"二/{specimen.seed}").randrange(2, whole.row_count - 1))


def _table(specimen: Specimen, key: str) -> FormTable:
    return load_form(edition_of(specimen.form)).table(key)


def _band_sheet(specimen: Specimen, table: FormTable, band: Band, spell: Spell) -> Sheet:
    width = max(len(b.columns) for b in table.bands) + 1
    labels = [spell(c.path[-1]) for c in band.columns]
    if specimen.layout.units == "header":
        labels = ["采购总金额（万元）" if label == "采购总金额" else label for label in labels]
    squares = [Square(0, 0, spell(band.title or ""), "title", column_span=width)]
    squares += _line(1, [spell(band.corner or ""), *labels], width, "head")
    for ix, row in enumerate(band.rows, 2):
        texts = [specimen.written(f"{table.key}/{row.key}/{c.key}") for c in band.columns]
        squares += _line(ix, [spell(row.path[-1]), *texts], width, "number")
    return Sheet(tuple(squares), len(band.rows) + 2, (1,) * width, 2)


def _line(row: int, texts: list[str], width: int, role: Role) -> list[Square]:
    """Lay texts side by side; the last one fills the line."""
    label_role: Role = "head" if role == "head" else "label"
    squares = [Square(row, 0, texts[0], label_role)]
    for column, text in enumerate(texts[1:], 1):
        span = width - column if column == len(texts) - 1 else 1
        squares.append(Square(row, column, text, role, column_span=span))
    return squares


def application_sheets(specimen: Specimen) -> tuple[Sheet, ...]:
    """Give 表三, cut where the layout says that pages end."""
    sheet = _application_sheet(specimen)
    parts: list[Sheet] = []
    taken = 0  # rows of the whole table that stand in earlier parts
    for break_ in specimen.layout.breaks:
        row = _break_row(sheet, break_, taken)
        if break_.inside:
            sheet = cut_row(sheet, row)
        at = row + 1 if break_.inside else row
        before = sheet.row_count
        first, sheet = split(sheet, at, break_.text, repeat_header=specimen.layout.repeat_header)
        parts.append(first)
        taken += before - sheet.row_count
    return (*parts, sheet)


def _break_row(sheet: Sheet, break_: Break, taken: int) -> int:
    """Give the row of the (rest of the) table to break at; -1 is its last row."""
    first = sheet.head_rows
    if break_.row < 0:
        return sheet.row_count + break_.row
    row = min(max(break_.row + 3 - taken, first + 1 if taken else first), sheet.row_count - 1)
    if not break_.inside:
        return row
    long = [
        s.row
        for s in sheet.squares
        if s.role == "label" and s.row_span == 1 and len(s.text) >= CUT_LABEL_LENGTH
    ]
    return min(long, key=lambda candidate: (candidate < row, abs(candidate - row)))


def _application_sheet(specimen: Specimen) -> Sheet:
    spell, layout, trapped = spelling(specimen), specimen.layout, specimen.trapped()
    band = _table(specimen, "applications").bands[0]
    rows = [r for r in band.rows if has_row(specimen.form, r.key, r.instead_of)]
    squares = [Square(0, 0, spell(band.corner or ""), "corner", 3, 3)]
    for run in label_runs([_head_path(c.path, layout) for c in band.columns], 3):
        at, text = (run.level, 3 + run.start), spell(run.text)
        squares.append(Square(*at, text, "head", run.depth, run.length))
    for run in label_runs([r.path for r in rows], 3):
        upright = run.level == 0 and run.length > 1 and layout.vertical != "none"
        at, text = (3 + run.start, run.level), spell(run.text)
        squares.append(Square(*at, text, "label", run.length, run.depth, upright))
    for row_ix, row in enumerate(rows, 3):
        for column_ix, column in enumerate(band.columns, 3):
            address = f"applications/{row.key}/{column.key}"
            square = Square(row_ix, column_ix, specimen.written(address), "number")
            trap = layout.trap if address in trapped else "none"
            squares.append(replace(square, trap=trap))
    widths = NARROW_WIDTHS if layout.narrow else APPLICATION_WIDTHS
    return _with_extras(Sheet(tuple(squares), len(rows) + 3, widths, 3), specimen)


def _head_path(path: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Put 总计 under 申请人情况, as the form's own print does."""
    return ("申请人情况", *path) if layout.total_inside and len(path) == 1 else path


def _with_extras(sheet: Sheet, specimen: Specimen) -> Sheet:
    extras = specimen.layout.extras
    if "empty_column" in extras:
        sheet = with_empty_column(sheet)
    if "caption" in extras:
        caption = f"填报单位：{specimen.agency.name}　{specimen.year}年度　单位：件"
        sheet = with_row(sheet, 0, [caption])
    if "heading_row" in extras:
        sheet = with_row(sheet, 0, [specimen.prose.headings["三"]], "title")
    if "empty_last" in extras:
        sheet = with_row(sheet, sheet.row_count, [""] * len(sheet.widths))
    if "note" in extras:
        sheet = with_row(sheet, sheet.row_count, ["注：本表数据由各承办单位报送，经汇总核对。"])
    return sheet


def review_sheets(specimen: Specimen) -> tuple[Sheet, ...]:
    """Give 表四, cut where the layout says that a page ends."""
    sheet, row = _review_sheet(specimen), specimen.layout.review_break
    return split(sheet, row, repeat_header=specimen.layout.repeat_header) if row else (sheet,)


def _review_sheet(specimen: Specimen) -> Sheet:
    """Three blocks of results over one row of numbers."""
    spell = spelling(specimen)
    columns = _table(specimen, "review_litigation").bands[0].columns
    stretch = specimen.layout.review_head
    squares = [
        Square(run.level, run.start, spell(run.text), "head", run.depth, run.length)
        for run in label_runs([c.path for c in columns], 3, stretch)
    ]
    for ix, column in enumerate(columns):
        text = specimen.written(f"review_litigation/{column.row}/{column.key}")
        squares.append(Square(3, ix, text, "number"))
    return Sheet(tuple(squares), 4, (1,) * len(columns), 3)
