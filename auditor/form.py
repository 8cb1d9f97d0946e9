"""In: rules/forms/*.toml. Out: the editions of the statutory form, as frozen values."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from auditor.model import Address, Wording

ValueKind = Literal["count", "change", "amount"]
"""count: non-negative integer; change: signed integer; amount: decimal, in the column's unit."""


def rules_dir() -> Path:
    """Give the folder of rule and form data: inside the wheel, or at the top of a checkout."""
    packaged = Path(__file__).with_name("rules")
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "rules"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections of the report."""

    number: str
    title: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a band; `path` are its header labels from the outermost to its own.

    `row` is set in a table of one unlabelled row: there the column names the row of the address.
    """

    key: str
    path: tuple[str, ...]
    aliases: tuple[str, ...]
    kind: ValueKind
    unit: str | None
    en: str
    row: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a band; `instead_of` names the group that this row of another edition replaces."""

    key: str
    path: tuple[str, ...]
    aliases: tuple[str, ...]
    short: str  # the label where room is short: without its explanation
    instead_of: str | None
    en: str


@dataclass(frozen=True, slots=True)
class Band:
    """A header with the rows below it; table 二 has several, the others one."""

    title: str | None
    corner: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cells(self) -> Iterator[tuple[Address, Row | None, Column]]:
        """Give row/column pairs in reading order, with `row/column` as their address."""
        for column in self.columns:
            if column.row:
                yield f"{column.row}/{column.key}", None, column
        for row in self.rows:
            for column in self.columns:
                yield f"{row.key}/{column.key}", row, column


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of the form: its address, what kind of value it holds, and its label."""

    address: Address
    table: str
    row: str
    column: str
    kind: ValueKind
    unit: str | None
    row_label: Wording
    column_label: Wording
    instead_of: str | None


@dataclass(frozen=True, slots=True)
class FormTable:
    """One statutory table of an edition; groups name sets of rows or columns (nested ones too)."""

    key: str
    section: str
    name: Wording
    title: Wording
    bands: tuple[Band, ...]
    row_groups: Mapping[str, tuple[str, ...]]
    column_groups: Mapping[str, tuple[str, ...]]
    cells: tuple[FormCell, ...]
    row_names: Mapping[str, str]  # what the form's own notes call a row: 第三项

    def row_keys(self) -> tuple[str, ...]:
        """Give the row keys in the order of the form."""
        return tuple(dict.fromkeys(cell.row for cell in self.cells))

    def column_keys(self) -> tuple[str, ...]:
        """Give the column keys in the order of the form."""
        return tuple(dict.fromkeys(cell.column for cell in self.cells))

    def row_group(self, name: str) -> tuple[str, ...]:
        """Give the row keys of a group; a key's prefix (`refused`) is a group too; () if none."""
        return _expand(name, self.row_groups, self.row_keys())

    def column_group(self, name: str) -> tuple[str, ...]:
        """Give the column keys of a group; () if there is none of that name."""
        return _expand(name, self.column_groups, self.column_keys())


@dataclass(frozen=True, slots=True)
class Form:
    """An edition of the form and the report years that it is for."""

    edition: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[FormTable, ...]

    def table(self, key: str) -> FormTable:
        """Give the table of that key; raises KeyError."""
        return next((t for t in self.tables if t.key == key), None) or _no_table(key)

    def cell(self, address: Address) -> FormCell:
        """Give the cell of that address; raises KeyError."""
        return _cells_by_address(self.edition)[address]


def _no_table(key: str) -> FormTable:
    raise KeyError(key)


@cache
def _cells_by_address(edition: str) -> Mapping[Address, FormCell]:
    return {cell.address: cell for table in load_form(edition).tables for cell in table.cells}


def _expand(
    name: str, groups: Mapping[str, tuple[str, ...]], keys: tuple[str, ...]
) -> tuple[str, ...]:
    """Resolve a group to keys in form order; members may be keys, prefixes or other groups."""
    members = groups.get(name)
    if members is None:
        return tuple(key for key in keys if key == name or key.startswith(f"{name}."))
    found = {key for member in members for key in _expand(member, groups, keys)}
    return tuple(key for key in keys if key in found)


@cache
def editions() -> tuple[str, ...]:
    """Give the editions for which there is a form file, oldest first."""
    return tuple(sorted(p.stem for p in (rules_dir() / "forms").glob("[0-9]*.toml")))


@cache
def load_form(edition: str) -> Form:
    """Read an edition of the form from rules/forms/."""
    data = tomllib.loads((rules_dir() / "forms" / f"{edition}.toml").read_text("utf-8"))
    return Form(
        edition=data["edition"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        sections=tuple(
            Section(s["number"], s["title"], tuple(s.get("aliases", ()))) for s in data["section"]
        ),
        tables=tuple(_table(t) for t in data["table"]),
    )


def _table(data: dict[str, Any]) -> FormTable:
    bands = tuple(_band(b) for b in data["band"])
    return FormTable(
        key=data["key"],
        section=data["section"],
        name=Wording(**data["name"]),
        title=Wording(**data["title"]),
        bands=bands,
        row_groups=_groups(data, "row_groups"),
        column_groups=_groups(data, "column_groups"),
        cells=tuple(
            _form_cell(data["key"], band, *cell) for band in bands for cell in band.cells()
        ),
        row_names=data.get("row_names", {}),
    )


def _groups(data: dict[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(members) for name, members in data.get(key, {}).items()}


def _band(data: dict[str, Any]) -> Band:
    return Band(
        title=data.get("title"),
        corner=data.get("corner"),
        columns=tuple(
            Column(
                key=c["key"],
                path=tuple(c["path"]),
                aliases=tuple(c.get("aliases", ())),
                kind=c["kind"],
                unit=c.get("unit"),
                en=c["en"],
                row=c.get("row"),
            )
            for c in data["columns"]
        ),
        rows=tuple(
            Row(
                r["key"],
                tuple(r["path"]),
                tuple(r.get("aliases", ())),
                r.get("short", r["path"][-1]),
                r.get("instead_of"),
                r["en"],
            )
            for r in data.get("rows", ())
        ),
    )


def _form_cell(table: str, band: Band, address: str, row: Row | None, column: Column) -> FormCell:
    row_key, column_key = address.split("/")
    if row is None:  # the block stands above its results: 行政诉讼·复议后起诉
        row_label = Wording("·".join(column.path[:-1]), column.en.partition(", ")[0])
        column_label = Wording(column.path[-1], column.en.partition(", ")[2])
    else:
        row_label = Wording(_short_row_label(band, row), row.en)
        column_label = Wording(column.path[-1], column.en)
    return FormCell(
        address=f"{table}/{address}",
        table=table,
        row=row_key,
        column=column_key,
        kind=column.kind,
        unit=column.unit,
        row_label=row_label,
        column_label=column_label,
        instead_of=row.instead_of if row else None,
    )


def _short_row_label(band: Band, row: Row) -> str:
    """Give the label with the group it needs to be unique: （六）3.其他, （三）1.属于国家秘密."""
    if len(row.path) < 3 or not band.rows:  # a sub-item stands third
        return row.short
    return row.path[-2].partition("）")[0] + "）" + row.short
