"""In: the cells of a sheet by row and column. Out: its paragraphs and its grid, as it is seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.model import Grid, GridCell, Paragraph, Place, Problem, Wording
from auditor.read.lone import is_prose
from auditor.read.normalise import normalise

_MOST_ROWS = 2_000
_MOST_SQUARES = 20_000
_TOO_LARGE = Wording(
    "工作表“{name}”过大（{rows} 行），不像一份年度报告，没有读取",
    "the sheet “{name}” is too large ({rows} rows) for an annual report, it was not read",
)
_HIDDEN_PARTS = Wording(
    "工作表“{name}”有隐藏的行或列（{where}），其中的内容没有读取",
    "the sheet “{name}” has hidden rows or columns ({where}), which were not read",
)

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell shows, what it holds, and why it may not be trusted."""

    text: str
    raw: str
    doubt: Wording | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; `last_row` and `last_column` belong to it."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as stored; rows and columns count from 0."""

    name: str
    entries: Mapping[Position, Entry]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet as seen: its blocks, and what was not read of it."""

    blocks: tuple[Paragraph | Grid, ...] = ()
    problems: tuple[Problem, ...] = ()


def see(sheet: Sheet) -> SeenSheet:
    """Give a sheet as one grid, and its rows of a single text as paragraphs too.

    A title over a table and a row whose numbers are all blank look alike: so such a row is both.
    Hidden rows and columns, and columns that are blank altogether, are left out.
    """
    problems = tuple(_hidden_parts(sheet))
    filled = [p for p, entry in sheet.entries.items() if entry.text or entry.doubt]
    if not filled:
        return SeenSheet((), problems)
    merges = {(m.row, m.column): m for m in sheet.merges}
    rows = _seen_rows(sheet, filled, merges)
    columns = _seen_columns(sheet, filled, merges)
    if len(rows) > _MOST_ROWS or len(rows) * len(columns) > _MOST_SQUARES:
        message = _TOO_LARGE.fill(name=_plain(sheet.name), rows=len(rows))
        return SeenSheet((), (*problems, Problem("sheet_too_large", "warning", message)))
    grid = _grid(_with_titles(sheet, columns[0], columns[-1]), rows, columns)
    return SeenSheet((*_titles(grid), grid), problems)


def _plain(name: str) -> str:
    return name.replace("{", "(").replace("}", ")")


def _seen_rows(
    sheet: Sheet, filled: Sequence[Position], merges: Mapping[Position, Merge]
) -> list[int]:
    """Give the rows that are seen: those with something in them, and one blank row after each."""
    content = {row for row, _ in filled}
    for position in filled:
        merge = merges.get(position)
        if merge:
            content.update(range(merge.row, min(merge.last_row, merge.row + _MOST_ROWS) + 1))
    stored = {row for row, _ in sheet.entries}
    last = max(content)
    blank = {row + 1 for row in content if row < last or row + 1 in stored}
    return sorted((content | blank) - sheet.hidden_rows)


def _seen_columns(
    sheet: Sheet, filled: Sequence[Position], merges: Mapping[Position, Merge]
) -> list[int]:
    content = {column for _, column in filled}
    stored = {column for _, column in sheet.entries} | content
    for position in filled:
        merge = merges.get(position)
        if merge:
            covered = range(merge.column, min(merge.last_column, merge.column + _MOST_ROWS) + 1)
            content.update(column for column in covered if column in stored)
    return sorted(content - sheet.hidden_columns)


def _with_titles(sheet: Sheet, first: int, last: int) -> Sheet:
    """Give the sheet with prose as wide as it is seen: it runs over the blank cells beside it.

    Cells beside it that are stored (they have borders, say) make it the label of a row, unless it
    is too long for one.
    """
    filled: dict[int, list[int]] = {}
    stored: dict[int, int] = {}
    for (row, column), entry in sheet.entries.items():
        stored[row] = max(stored.get(row, 0), column)
        if entry.text or entry.doubt:
            filled.setdefault(row, []).append(column)
    merged = {row for m in sheet.merges for row in range(m.row, min(m.last_row, m.row + 999) + 1)}
    wide = [
        Merge(row, first, row, last)
        for row, columns in filled.items()
        if columns == [first] and row not in merged and last > first
        if stored[row] == first or is_prose(sheet.entries[row, first].text)
    ]
    return replace(sheet, merges=(*sheet.merges, *wide))


def _grid(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    cells: list[GridCell] = []
    covered: set[Position] = set()
    row_ix = {row: ix for ix, row in enumerate(rows)}
    column_ix = {column: ix for ix, column in enumerate(columns)}
    for merge in sheet.merges:
        inside = [
            (row_ix[row], column_ix[column])
            for row in range(merge.row, min(merge.last_row, rows[-1]) + 1)
            if row in row_ix
            for column in range(merge.column, min(merge.last_column, columns[-1]) + 1)
            if column in column_ix
        ]
        if inside and not covered.intersection(inside):
            covered.update(inside)
            cells.append(_cell(sheet, (merge.row, merge.column), inside[0], inside[-1]))
    for row in rows:
        for column in columns:
            here = (row_ix[row], column_ix[column])
            if here not in covered:
                cells.append(_cell(sheet, (row, column), here, here))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    place = Place(sheet=sheet.name, ref=reference(rows[0], columns[0]))
    return Grid(tuple(cells), len(rows), len(columns), place)


def _cell(sheet: Sheet, stored: Position, first: Position, last: Position) -> GridCell:
    entry = sheet.entries.get(stored, Entry("", ""))
    return GridCell(
        row=first[0],
        column=first[1],
        text=normalise(entry.text),
        raw=entry.raw,
        place=Place(sheet=sheet.name, ref=reference(*stored)),
        row_span=last[0] - first[0] + 1,
        column_span=last[1] - first[1] + 1,
        doubt=entry.doubt,
    )


def _titles(grid: Grid) -> Iterator[Paragraph]:
    """Give the texts that stand alone in their row, line by line."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.text:
            by_row.setdefault(cell.row, []).append(cell)
    for cells in by_row.values():
        if len(cells) == 1 and not cells[0].text.isdigit():
            for line in cells[0].text.split("\n"):
                if line:
                    yield Paragraph(line, line, cells[0].place)


def _hidden_parts(sheet: Sheet) -> Iterator[Problem]:
    """Say which hidden rows and columns hold something."""
    filled = [p for p, entry in sheet.entries.items() if entry.text]
    rows = sorted({row for row, _ in filled} & sheet.hidden_rows)
    columns = sorted({column for _, column in filled} & sheet.hidden_columns)
    if rows or columns:
        named = [*(str(row + 1) for row in rows[:5]), *(column_name(c) for c in columns[:5])]
        where = " ".join(named) + (" …" if len(rows) > 5 or len(columns) > 5 else "")
        message = _HIDDEN_PARTS.fill(name=_plain(sheet.name), where=where)
        yield Problem("hidden_cells", "warning", message, place=Place(sheet=sheet.name))


def reference(row: int, column: int) -> str:
    """Give a cell's name: B7."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Give a column's letters."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
