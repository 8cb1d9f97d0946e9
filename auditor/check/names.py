"""In: a table of the form. Out: every name by which an assertion may call its rows and columns."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from auditor.check.grammar import fold
from auditor.form import FormTable, load_form

Names = Mapping[str, tuple[str, ...]]
"""From a folded name to the keys it may mean; more than one: it says too little."""

_NUMBER = re.compile(r"([一二三四五六七八九十]+)、|(\([一二三四五六七八九十]+\))|(\d+)[.、]")
_NOISE = re.compile(r"[\s“”\"「」]")


def fold_label(text: str) -> str:
    """Give the label without spaces and quotation marks, in one spelling."""
    return _NOISE.sub("", fold(text))


@cache
def row_names(edition: str, table_key: str) -> Names:
    """Name every row by key, label, item number ("三(七)"), and number with label."""
    table = load_form(edition).table(table_key)
    found: list[tuple[str, str]] = [(key, name) for name, key in table.row_names.items()]
    for band in table.bands:
        for row in band.rows:
            found += [(row.key, name) for name in _path_names(row.path)]
            found += [(row.key, alias) for alias in row.aliases]
        found += [
            (column.row, name)
            for column in band.columns
            if column.row
            for name in _path_names(column.path[:-1])
        ]
    return _index(table.row_keys(), found)


@cache
def column_names(edition: str, table_key: str) -> Names:
    """Name every column by key and label."""
    table = load_form(edition).table(table_key)
    found = [
        (column.key, name)
        for band in table.bands
        for column in band.columns
        for name in (column.path[-1], "·".join(column.path), *column.aliases)
    ]
    return _index(table.column_keys(), found)


@cache
def table_names(edition: str) -> Names:
    """Name every table by key, short name and title."""
    tables = load_form(edition).tables
    found = [(t.key, name) for t in tables for name in (t.name.zh, t.title.zh)]
    return _index((t.key for t in tables), found)


def group_names(table: FormTable) -> tuple[str, ...]:
    """Give the names of the groups of a table, prefixes of row keys (`refused`) included."""
    prefixes = {key.partition(".")[0] for key in table.row_keys() if "." in key}
    return (*table.row_groups, *table.column_groups, *sorted(prefixes))


def _path_names(path: tuple[str, ...]) -> Iterable[str]:
    """Give the names of a row by its labels from the outermost to its own."""
    own = path[-1]
    label = _NUMBER.sub("", fold(own), count=1) if _NUMBER.match(fold(own)) else own
    brief = fold(label).partition("(区分")[0]
    yield from (own, label, brief, "·".join(path))
    numbers = [
        m.group(1) or m.group(2) or m.group(3) for m in map(_NUMBER.match, map(fold, path)) if m
    ]
    if not numbers:
        return
    for start in range(len(numbers)):
        number = "".join(numbers[start:])
        if number.isdigit():  # "1" alone is a number, not a name
            continue
        yield from (number, number + label, number + brief)
    if len(numbers) == 1:
        yield f"第{numbers[0]}项"


def _index(keys: Iterable[str], found: Iterable[tuple[str, str]]) -> Names:
    """Collect the names; a key means itself alone, whatever label looks like it."""
    names: dict[str, tuple[str, ...]] = {}
    for key, name in found:
        folded = fold_label(name)
        if key not in names.get(folded, ()):
            names[folded] = (*names.get(folded, ()), key)
    return names | {key: (key,) for key in keys}
