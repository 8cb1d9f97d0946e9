"""In: a table of the form, and the rows that a report has. Out: its squares as printed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from auditor.form import Band, Column, FormTable, Row
from auditor.model import Address, Language

SquareKind = Literal["title", "corner", "column", "row", "value"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the printed table, 0-based; a value has a cell's address, others a text."""

    kind: SquareKind
    row: int
    column: int
    row_span: int
    column_span: int
    text: str = ""
    address: Address = ""


def lay_out(table: FormTable, rows: Collection[str], lang: Language) -> tuple[Square, ...]:
    """Give the squares of a table, band below band, in reading order.

    `rows`: the rows that the report has; () stands for all that the edition prints.
    """
    width = max(_depth(band, lang) + len(band.columns) for band in table.bands)
    squares: list[Square] = []
    top = 0
    for band in table.bands:
        shown = [row for row in band.rows if _is_shown(row, rows)]
        if band.rows and not shown:
            continue
        placed = [*_band(table.key, band, shown, lang)]
        squares += [_moved(square, top, width) for square in _stretched(placed, band, width, lang)]
        top = max(square.row + square.row_span for square in squares)
    return tuple(sorted(squares, key=lambda square: (square.row, square.column)))


def column_count(squares: Sequence[Square]) -> int:
    """Give how many columns the squares take."""
    return max((square.column + square.column_span for square in squares), default=0)


def _is_shown(row: Row, rows: Collection[str]) -> bool:
    return row.key in rows if rows else row.instead_of is None


def _moved(square: Square, rows: int, width: int) -> Square:
    span = width if square.kind == "title" else square.column_span
    return replace(square, row=square.row + rows, column_span=span)


def _stretched(
    squares: Sequence[Square], band: Band, width: int, lang: Language
) -> Iterator[Square]:
    """Let the last column of a narrow band take the rest of the width."""
    last = _depth(band, lang) + len(band.columns)
    for square in squares:
        ends_last = square.column + square.column_span == last
        rest = width - last if ends_last else 0
        yield replace(square, column_span=square.column_span + rest)


def _band(table: str, band: Band, rows: Sequence[Row], lang: Language) -> Iterator[Square]:
    depth, top = _depth(band, lang), 0
    if band.title and lang == "zh":
        yield Square("title", 0, 0, 1, 1, band.title)
        top = 1
    heads = [_column_path(column, lang) for column in band.columns]
    head_rows = max(len(path) for path in heads)
    if depth:
        corner = band.corner or "" if lang == "zh" else ""
        yield Square("corner", top, 0, head_rows, depth, corner)
    for start, level, count, span, text in _merged(heads, head_rows):
        yield Square("column", top + level, depth + start, span, count, text)
    top += head_rows
    for start, level, count, span, text in _merged([_row_path(r, lang) for r in rows], depth):
        yield Square("row", top + start, level, count, span, text)
    yield from _values(table, band, rows, top, depth)


def _values(table: str, band: Band, rows: Sequence[Row], top: int, left: int) -> Iterator[Square]:
    """Give the value squares; in a table of one unlabelled row the columns name its row."""
    keys = [row.key for row in rows] or [""]
    for row_ix, key in enumerate(keys):
        for column_ix, column in enumerate(band.columns):
            address = f"{table}/{column.row or key}/{column.key}"
            yield Square("value", top + row_ix, left + column_ix, 1, 1, address=address)


def _merged(paths: Sequence[Path], depth: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Give labels with (start, level, how many lines share it, how many levels it takes, text)."""
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            end = start + 1
            while end < len(paths) and _same_label(path, paths[end], level):
                end += 1
            if level < len(path):
                is_last = level == len(path) - 1
                yield start, level, end - start, depth - level if is_last else 1, path[level]
            start = end


def _same_label(one: Path, other: Path, level: int) -> bool:
    """Whether two neighbours stand under one label; a lowest label is a line's own."""
    is_group = level < len(one) - 1 and level < len(other) - 1
    return is_group and one[: level + 1] == other[: level + 1]


def _depth(band: Band, lang: Language) -> int:
    return max((len(_row_path(row, lang)) for row in band.rows), default=0)


def _row_path(row: Row, lang: Language) -> Path:
    return row.path if lang == "zh" else (row.en,)


def _column_path(column: Column, lang: Language) -> Path:
    return column.path if lang == "zh" else (column.en,)
