"""In: candidate lines and a band of the form. Out: which line is which row of the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.form import Band, Row
from auditor.model import GridCell
from auditor.recognise.alignment import align
from auditor.recognise.headers import Header
from auditor.recognise.labels import best_similarity, parse_label
from auditor.recognise.lines import Line

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Split:
    """A line taken apart into label cells and, for each column of the band, its value cells.

    Several value cells for one column: the row was cut by a page break. None: the grid has no
    cell for the column.
    """

    line: Line
    labels: tuple[GridCell, ...]
    values: tuple[tuple[GridCell, ...] | None, ...]
    with_header: bool
    own_label: str
    parent_label: str

    @property
    def has_values(self) -> bool:
        """Whether anything stands in the value cells."""
        return any(cell.text for cells in self.values if cells for cell in cells)


def split_line(line: Line, band: Band, header: Header | None) -> Split | None:
    """Tell a line's label cells from its value cells; None where the line does not fit the band.

    With a header in the same grid the columns decide, without one the last cells of the row; in
    ragged text the only window of fields that leaves nothing but blanks beside it.
    """
    if line.ragged:
        start = _ragged_start(line, band, header)
        return None if start is None else _split_at(line, start, band, header)
    if header is not None:
        return _split_by_header(line, band, header)
    return _split_at(line, len(line.cells) - len(band.columns), band, None)


def _split_by_header(line: Line, band: Band, header: Header) -> Split | None:
    labels = tuple(c for c in line.cells if c.column + c.column_span <= header.first_column)
    if len(labels) == len(line.cells):
        return None
    values = tuple(_under(line, cell) for cell in header.cells)
    free = [c for c in line.cells if c not in labels and not _is_among(c, values)]
    missing = [ix for ix, found in enumerate(values) if found is None]
    if missing and len(free) == len(missing):  # columns whose label was not recognised
        filled = dict(zip(missing, free, strict=True))
        values = tuple((filled[ix],) if ix in filled else v for ix, v in enumerate(values))
    return _make_split(line, labels, values, with_header=True)


def _under(line: Line, head: GridCell | None) -> tuple[GridCell, ...] | None:
    if head is None:
        return None
    end = head.column + head.column_span
    found = tuple(c for c in line.cells if c.column < end and c.column + c.column_span > head.column)
    return found or None


def _is_among(cell: GridCell, values: tuple[tuple[GridCell, ...] | None, ...]) -> bool:
    return any(cell in cells for cells in values if cells)


def _split_at(line: Line, start: int, band: Band, header: Header | None) -> Split | None:
    if start < (1 if band.rows else 0):
        return None
    cells = line.cells[start : start + len(band.columns)]
    return _make_split(
        line, line.cells[:start], tuple((c,) for c in cells), with_header=header is not None
    )


def _ragged_start(line: Line, band: Band, header: Header | None) -> int | None:
    """Find where the values of a tab-separated row begin."""
    width = len(band.columns)
    depth = max((len(row.path) for row in band.rows), default=0)
    labelled = [ix for ix, cell in enumerate(line.cells[:depth]) if _has_letters(cell.text)]
    first = labelled[-1] + 1 if labelled else (1 if band.rows else 0)
    fits = [
        start
        for start in range(first, len(line.cells) - width + 1)
        if not any(c.text for c in (*line.cells[first:start], *line.cells[start + width :]))
    ]
    if len(fits) > 1 and header is not None and header.first_column in fits:
        return header.first_column
    texts = {tuple(c.text for c in line.cells[s : s + width]) for s in fits}
    return fits[0] if len(texts) == 1 else None


def _has_letters(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _make_split(
    line: Line,
    labels: tuple[GridCell, ...],
    values: tuple[tuple[GridCell, ...] | None, ...],
    *,
    with_header: bool,
) -> Split:
    own = _own_label(labels, ragged=line.ragged)
    parents = [c.text for c in labels if c.text and c.text != own]
    return Split(line, labels, values, with_header, own, parents[-1] if parents else "")


def _own_label(labels: tuple[GridCell, ...], *, ragged: bool) -> str:
    """Give the row's own label: beside the values, or further left in a cell of this row alone."""
    if labels and labels[-1].text:
        return labels[-1].text
    own = (c.text for c in reversed(labels) if c.text and (ragged or c.row_span == 1))
    return next(own, "")


def match_rows(splits: Sequence[Split], rows: Sequence[Row]) -> dict[int, int]:
    """Pair lines with rows of the form in order: index into `splits` → index into `rows`.

    A second pass pairs what is left over out of order, where the label leaves no doubt.
    """
    pairs = dict(align(len(splits), len(rows), lambda i, j: row_score(splits[i], rows[j])))
    taken = set(pairs.values())
    for i, split in enumerate(splits):
        if i in pairs:
            continue
        certain = [j for j, row in enumerate(rows) if j not in taken and _is_certain(split, row)]
        if len(certain) == 1:
            pairs[i] = certain[0]
            taken.add(certain[0])
    return dict(sorted(pairs.items()))


def row_score(split: Split, row: Row) -> float | None:
    """Score a line's label against a row: letters 1, item number ±0.15, the label above 0.1."""
    letters = best_similarity(split.own_label, (row.path[-1], *row.aliases))
    if letters < _ALIKE:
        return None
    score = letters + _number_score(split.own_label, row)
    if len(row.path) > 1:
        score += 0.1 * best_similarity(split.parent_label, row.path[:-1])
    return score + (0.1 if split.with_header else 0.0)


def _number_score(label: str, row: Row) -> float:
    found = parse_label(label).number
    official = parse_label(row.path[-1]).number
    if found is None or official is None:
        return 0.0
    return 0.15 if found == official else -0.15


def _is_certain(split: Split, row: Row) -> bool:
    exact = parse_label(split.own_label) == parse_label(row.path[-1])
    return exact and len(parse_label(row.path[-1]).letters) > 3


def join_cut_rows(splits: Sequence[Split], rows: Sequence[Row]) -> tuple[Split, ...]:
    """Join a row that a page break cut in two: the last line of a grid and the next one's first.

    They are joined where both together match a row of the form better than either alone, or where
    one half holds the label and the other the values; never where a column has text in both.
    """
    joined: list[Split] = []
    for split in splits:
        whole = _join(joined[-1], split) if joined else None
        if whole and _is_cut(joined[-1], split, whole, rows):
            joined[-1] = whole
        else:
            joined.append(split)
    return tuple(joined)


def _join(upper: Split, lower: Split) -> Split | None:
    if upper.line.grid_ix == lower.line.grid_ix or len(upper.values) != len(lower.values):
        return None
    values = tuple(
        (*a, *b) if a and b else a or b for a, b in zip(upper.values, lower.values, strict=True)
    )
    if any(sum(bool(cell.text) for cell in cells) > 1 for cells in values if cells):
        return None
    return Split(
        line=upper.line,
        labels=(*upper.labels, *lower.labels),
        values=values,
        with_header=upper.with_header,
        own_label=upper.own_label + lower.own_label,
        parent_label=upper.parent_label or lower.parent_label,
    )


def _is_cut(upper: Split, lower: Split, whole: Split, rows: Sequence[Row]) -> bool:
    if not lower.own_label:
        return not upper.has_values and lower.has_values
    if not upper.own_label:
        return upper.has_values and not lower.has_values
    return _best(whole, rows) > max(_best(upper, rows), _best(lower, rows))


def _best(split: Split, rows: Sequence[Row]) -> float:
    return max((row_score(split, row) or 0.0 for row in rows), default=0.0)
