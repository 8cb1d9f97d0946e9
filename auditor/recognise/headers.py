"""In: the lines of a grid and a band of the form. Out: where its header stands, by column."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from auditor.form import Band, Column
from auditor.model import GridCell
from auditor.recognise.alignment import align
from auditor.recognise.labels import best_similarity, parse_label, similarity
from auditor.recognise.lines import Line, cell_at, middle

_ALIKE = 0.6  # below this two labels have less than three of five letters in common
_CERTAIN = 0.8
_DEEPEST_HEADER = 4  # rows of header above the leaf row, where labels are cut over two rows
_FEWEST_UNLABELLED = 4  # of the columns of one block, where blocks may stand in grids of their own


@dataclass(frozen=True, slots=True)
class Header:
    """A band's header in one grid: the leaf row, and the cell found for each column (or None)."""

    line: Line
    cells: tuple[GridCell | None, ...]
    labels: tuple[str, ...]  # as read, a label cut over two header rows put together
    score: float

    @property
    def grid_ix(self) -> int:
        """The grid that the header stands in."""
        return self.line.grid_ix

    @property
    def row(self) -> int:
        """The leaf row, in its grid."""
        return self.line.row

    @property
    def first_column(self) -> int:
        """The grid column at which the values begin."""
        return min(cell.column for cell in self.cells if cell)


def find_headers(grids: Sequence[tuple[Line, ...]], band: Band) -> tuple[Header, ...]:
    """Find the header rows of a band in all grids (repeated ones too), in reading order."""
    headers: list[Header] = []
    for grid_ix, lines in enumerate(grids):
        before = grids[grid_ix - 1] if grid_ix else ()  # a page break can cut a header too
        for ix, line in enumerate(lines):
            header = _match_header((*before, *lines[:ix])[-_DEEPEST_HEADER:], line, band)
            if header is None:
                continue
            if headers and (headers[-1].grid_ix, headers[-1].row) == (grid_ix, line.row - 1):
                headers[-1] = max(header, headers[-1], key=lambda h: h.score)
            else:
                headers.append(header)
    return tuple(headers)


def _match_header(above: Sequence[Line], line: Line, band: Band) -> Header | None:
    if not any(_resembles(cell.text, band.columns) for cell in line.cells):
        return None
    columns = band.columns
    paths = [_path(above, line, cell) for cell in line.cells]
    fits = [[_fit(path, column, len(columns)) for column in columns] for path in paths]

    def score(i: int, j: int) -> float | None:
        fit = fits[i][j]
        return fit.score if fit else None

    pairs = {j: i for i, j in align(len(paths), len(columns), score)}
    if len(pairs) < _fewest_columns(band):
        return None
    chosen = [fits[pairs[j]][j] if j in pairs else None for j in range(len(columns))]
    return Header(
        line=line,
        cells=tuple(line.cells[pairs[j]] if j in pairs else None for j in range(len(columns))),
        labels=tuple(fit.label if fit else "" for fit in chosen),
        score=sum(fit.score for fit in chosen if fit),
    )


def _fewest_columns(band: Band) -> int:
    if not band.rows:
        return _FEWEST_UNLABELLED
    return ceil(0.6 * len(band.columns))


def _resembles(text: str, columns: tuple[Column, ...]) -> bool:
    letters = parse_label(text).letters
    return not letters.isdecimal() and any(
        similarity(letters, parse_label(label).letters) >= _CERTAIN
        for column in columns
        for label in (column.path[-1], *column.aliases)
    )


def _path(above: Sequence[Line], line: Line, cell: GridCell) -> tuple[str, ...]:
    """Give the header texts over a cell, outermost first; a blank takes the text to its left."""
    texts = [text for row in above if (text := _text_over(row, cell, line))]
    return (*texts, cell.text) if cell.text else tuple(texts)


def _text_over(row: Line, cell: GridCell, line: Line) -> str:
    if row.ragged:  # a merge leaves blank fields to the right of its text
        left = [c.text for c in row.cells if c.column <= cell.column and c.text]
        return left[-1] if left else ""
    axis = None if row.grid_ix == line.grid_ix else 0
    over = cell_at(row.cells, middle(cell, axis), axis)
    return over.text if over and over is not cell else ""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a header path fits a column; `label` is the end of the path that fits it best."""

    label: str
    score: float


def _fit(path: tuple[str, ...], column: Column, count: int) -> _Fit | None:
    """Score a header path against a column; its own label counts 1, the labels above a quarter."""
    labels = (column.path[-1], *column.aliases)
    tails = ("".join(path[start:]) for start in reversed(range(len(path))))
    fits = (_Fit(tail, best_similarity(tail, labels)) for tail in tails)
    own = max(fits, key=lambda fit: fit.score, default=None)
    if own is None or own.score < (_CERTAIN if count == 1 else _ALIKE):
        return None
    parents = column.path[:-1]
    above = max((best_similarity(text, parents) for text in path[:-1]), default=0.0)
    return _Fit(own.label, own.score + 0.25 * above)
