"""In: label paths and texts. Out: tables of squares with spans, whole or cut at a page's end."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .layout import BreakText, Trap

Role = Literal["title", "corner", "head", "label", "number", "filler"]


@dataclass(frozen=True, slots=True)
class Square:
    """A cell as drawn, at its place in the grid; spans greater than 1 are merges."""

    row: int
    column: int
    text: str
    role: Role
    row_span: int = 1
    column_span: int = 1
    is_vertical: bool = False
    trap: Trap = "none"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as drawn; `widths` are shares of the line."""

    squares: tuple[Square, ...]
    row_count: int
    widths: tuple[float, ...]
    head_rows: int = 0

    def rows(self) -> tuple[tuple[Square, ...], ...]:
        """Give the squares that start in each row, from left to right."""
        ordered = sorted(self.squares, key=lambda s: s.column)
        return tuple(tuple(s for s in ordered if s.row == ix) for ix in range(self.row_count))


@dataclass(frozen=True, slots=True)
class Run:
    """A label over the leaves [start, start + length), at levels [level, level + depth)."""

    text: str
    start: int
    length: int
    level: int
    depth: int


def label_runs(
    paths: Sequence[tuple[str, ...]], depth: int, stretch: Literal["leaf", "parent"] = "leaf"
) -> Iterator[Run]:
    """Give the merged labels over leaves with these paths; short paths stretch to the depth."""
    for path_ix in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            end = start + 1
            while end < len(paths) and paths[end][: path_ix + 1] == path[: path_ix + 1]:
                end += 1
            if path_ix < len(path):
                yield _run(path, path_ix, start, end - start, depth, stretch)
            start = end


def _run(
    path: tuple[str, ...], path_ix: int, start: int, length: int, depth: int, stretch: str
) -> Run:
    spare = depth - len(path)
    stretched_ix = len(path) - 1 if stretch == "leaf" else 0
    level = path_ix + (spare if path_ix > stretched_ix else 0)
    return Run(path[path_ix], start, length, level, 1 + (spare if path_ix == stretched_ix else 0))


def stack(sheets: Sequence[Sheet]) -> Sheet:
    """Put tables of equal width under each other as one grid."""
    squares: list[Square] = []
    row = 0
    for sheet in sheets:
        squares += [replace(s, row=s.row + row) for s in sheet.squares]
        row += sheet.row_count
    return Sheet(tuple(squares), row, sheets[0].widths, sheets[0].head_rows)


def with_row(sheet: Sheet, row: int, texts: Iterable[str], role: Role = "filler") -> Sheet:
    """Insert a row before `row`; one text spans the line, several are its squares."""
    shifted = [replace(s, row=s.row + 1) if s.row >= row else s for s in sheet.squares]
    texts = tuple(texts)
    width = len(sheet.widths)
    if len(texts) == 1:
        added = [Square(row, 0, texts[0], role, column_span=width)]
    else:
        added = [Square(row, ix, text, role) for ix, text in enumerate(texts)]
    head = sheet.head_rows + (1 if row < sheet.head_rows or row == 0 else 0)
    return Sheet((*shifted, *added), sheet.row_count + 1, sheet.widths, head)


def with_empty_column(sheet: Sheet) -> Sheet:
    """Add a column of blank squares at the right."""
    width = len(sheet.widths)
    blanks = [Square(row, width, "", "filler") for row in range(sheet.row_count)]
    widths = (*sheet.widths, min(sheet.widths))
    return replace(sheet, squares=(*sheet.squares, *blanks), widths=widths)


def cut_row(sheet: Sheet, row: int) -> Sheet:
    """Make two rows of one, as a page's end does: labels cut in two, numbers on the first."""
    squares: list[Square] = []
    for s in sheet.squares:
        if s.row > row:
            squares.append(replace(s, row=s.row + 1))
        elif s.row + s.row_span <= row:
            squares.append(s)
        elif s.row < row or s.row_span > 1:
            squares.append(replace(s, row_span=s.row_span + 1))
        else:
            first, rest = (s.text, "") if s.role == "number" else _halves(s.text, 1, 2)
            squares += [replace(s, text=first), replace(s, row=row + 1, text=rest)]
    return replace(sheet, squares=tuple(squares), row_count=sheet.row_count + 1)


def split(
    sheet: Sheet, row: int, text: BreakText = "cut", *, repeat_header: bool = False
) -> tuple[Sheet, Sheet]:
    """Cut a table before `row`; `text` says what becomes of a label on the cut."""
    above: list[Square] = []
    below: list[Square] = []
    for s in sheet.squares:
        end = s.row + s.row_span
        if end <= row:
            above.append(s)
        elif s.row >= row:
            below.append(replace(s, row=s.row - row))
        else:
            first, rest = _parted(s, row - s.row, text)
            above.append(replace(s, text=first, row_span=row - s.row))
            below.append(replace(s, text=rest, row=0, row_span=end - row))
    first_part = replace(sheet, squares=tuple(above), row_count=row)
    rest_part = Sheet(tuple(below), sheet.row_count - row, sheet.widths)
    if not repeat_header:
        return first_part, rest_part
    head = Sheet(
        tuple(s for s in sheet.squares if s.row < sheet.head_rows),
        sheet.head_rows,
        sheet.widths,
        sheet.head_rows,
    )
    return first_part, stack((head, rest_part))


def _parted(square: Square, rows_above: int, text: BreakText) -> tuple[str, str]:
    if text == "first":
        return square.text, ""
    if text == "repeat":
        return square.text, square.text
    return _halves(square.text, rows_above, square.row_span)


def _halves(text: str, part: int, whole: int) -> tuple[str, str]:
    """Cut a text at a share of its length, leaving something on both sides where it can."""
    if len(text) < 2:
        return text, ""
    at = min(len(text) - 1, max(1, round(len(text) * part / whole)))
    return text[:at], text[at:]
