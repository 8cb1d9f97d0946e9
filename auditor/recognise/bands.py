"""In: the lines of all grids and a band of the form. Out: the band's headers, rows and slots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from auditor.form import Band, Row
from auditor.model import Address, GridCell, Wording
from auditor.recognise.headers import Header
from auditor.recognise.labels import best_similarity
from auditor.recognise.lines import Line
from auditor.recognise.rows import copies, join_cut_rows, match_rows, row_score
from auditor.recognise.splits import Split, split_line

_CERTAIN = 0.85
_TITLE_MIN = 4  # letters
_TELLING_ROWS = 5  # that many rows of labels tell a table even where its header is lost
_ROW_BY_POSITION = Wording(
    "行标签未能识别，只按位置推定，请核对",
    "the row's label was not recognised, it was placed by position alone, please check",
)
_COLUMNS_BY_POSITION = Wording(
    "表头未能识别，各栏只按位置推定，请核对",
    "the header was not recognised, columns were placed by position alone, please check",
)

Grids = Sequence[tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Slot:
    """What was found for one cell of the form: its grid cells, and how sure the labels are."""

    address: Address  # within a band: row/column
    cells: tuple[GridCell, ...]
    line: Line
    header: str  # the column's label as read
    end_row: int  # below the row's label, in its grid: where a value cell must end too
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class RecognisedRow:
    """A row of the form with the line that was taken for it."""

    row: Row
    split: Split
    assumption: Wording | None = None


@dataclass(frozen=True, slots=True)
class RecognisedBand:
    """A band with the headers found for it and, where it has labels, the rows below them.

    `repeated`: the document holds the band twice, with other numbers.
    """

    band: Band
    headers: tuple[Header, ...]
    rows: tuple[RecognisedRow, ...]
    slots: tuple[Slot, ...]
    repeated: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines whose numbers were taken."""
        rows = (line for row in self.rows for line in row.split.lines)
        return tuple(rows) if self.rows else tuple(slot.line for slot in self.slots)


def recognise_band(
    grids: Grids, band: Band, headers: tuple[Header, ...], table_grids: frozenset[int]
) -> RecognisedBand:
    """Find the rows of a band, whose headers are known.

    `table_grids` are the grids in which some band of its table has its header.
    """
    if not band.rows:
        return _unlabelled_band(grids, band, headers)
    candidates = _candidate_splits(grids, band, headers, table_grids)
    splits = join_cut_rows(tuple(candidates), band.rows)
    found = [
        tuple(_recognised_rows(copy, band, match_rows(copy, band.rows), headers))
        for copy in copies(splits, band.rows)
    ]
    rows = max(found, key=_filled_rows)  # of equals the first
    slots = tuple(slot for row in rows for slot in _row_slots(band, headers, row))
    repeated = any(_is_other_copy(rows, other) for other in found)
    return RecognisedBand(band, headers, rows, slots, repeated)


def _filled_rows(rows: tuple[RecognisedRow, ...]) -> int:
    return sum(row.split.has_digits for row in rows)


def _is_other_copy(rows: tuple[RecognisedRow, ...], other: tuple[RecognisedRow, ...]) -> bool:
    """Claim that most rows stand in the document a second time, with other numbers."""
    texts = {row.row.key: row.split.texts for row in rows}
    differing = [r for r in other if r.split.has_digits and r.split.texts != texts.get(r.row.key)]
    return bool(differing) and 2 * len(other) > len(rows)


def _candidate_splits(
    grids: Grids, band: Band, headers: Sequence[Header], table_grids: frozenset[int]
) -> Iterator[Split]:
    """Give the lines that may be rows of the band.

    They stand in grids with its header, in later grids where a label is certain, and in what lies
    between (a row alone on its page, its label cut). Where its header is nowhere, the other bands'
    grids count, or a grid that most of its labels tell.
    """
    own = {header.grid_ix for header in headers}
    splits = [_splits(lines, band, headers) for lines in grids]
    likely = set(own)
    for grid_ix, lines in enumerate(splits):
        certain = sum(_is_certain_row(split, band) for split in lines)
        continues = bool(own) and grid_ix >= min(own) and certain > 0
        headless = not own and (grid_ix in table_grids or certain >= _TELLING_ROWS)
        if continues or headless:
            likely.add(grid_ix)
    for grid_ix in range(min(likely, default=0), max(likely, default=-1) + 1):
        yield from splits[grid_ix]


def _splits(lines: Sequence[Line], band: Band, headers: Sequence[Header]) -> tuple[Split, ...]:
    """Split the lines of a grid; further lines beside the same label cell belong to its row."""
    rows: list[Split] = []
    for line in lines:
        split = split_line(line, band, _header_above(line, headers))
        if split is None or _is_header_row(split, band):
            continue
        if not line.begins(split.labels[-1]) and rows and rows[-1].labels[-1] is split.labels[-1]:
            rows[-1] = rows[-1].extended(split)
        else:
            rows.append(split)
    return tuple(rows)


def _header_above(line: Line, headers: Sequence[Header]) -> Header | None:
    """Give the last header before a line, in its grid or (past a page break) in an earlier one."""
    above = [h for h in headers if (h.grid_ix, h.row) < (line.grid_ix, line.row)]
    return above[-1] if above else None


def _is_header_row(split: Split, band: Band) -> bool:
    labels = tuple(label for column in band.columns for label in column.path)
    texts = (cell.text for cells in split.values if cells for cell in cells)
    return any(best_similarity(text, labels) >= _CERTAIN for text in texts)


def _is_certain_row(split: Split, band: Band) -> bool:
    return any((row_score(split, row) or 0.0) >= _CERTAIN for row in band.rows)


def _recognised_rows(
    splits: Sequence[Split], band: Band, pairs: dict[int, int], headers: Sequence[Header]
) -> Iterator[RecognisedRow]:
    """Give the rows found, in the order of the form, each with what had to be assumed."""
    by_position = dict(_rows_by_position(splits, band.rows, pairs))
    for j, row in enumerate(band.rows):
        line = next((i for i, k in pairs.items() if k == j), by_position.get(j))
        if line is None:
            continue
        split = splits[line]
        assumption = split.assumption or (None if headers else _COLUMNS_BY_POSITION)
        yield RecognisedRow(row, split, assumption if line in pairs else _ROW_BY_POSITION)


def _rows_by_position(
    splits: Sequence[Split], rows: Sequence[Row], pairs: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Pair unfound rows between two found ones with the lines between, where the counts agree."""
    for (i, j), (next_i, next_j) in pairwise(sorted(pairs.items())):
        lines = [ix for ix in range(i + 1, next_i) if splits[ix].has_values]
        unfound = [ix for ix in range(j + 1, next_j) if rows[ix].instead_of is None]
        if len(lines) == len(unfound):
            yield from zip(unfound, lines, strict=True)


def _row_slots(band: Band, headers: Sequence[Header], found: RecognisedRow) -> Iterator[Slot]:
    labels = headers[0].labels if headers else ("",) * len(band.columns)
    for column, label, cells in zip(band.columns, labels, found.split.values, strict=True):
        if cells:
            address = f"{found.row.key}/{column.key}"
            line, assumed = found.split.line, found.assumption is not None
            yield Slot(address, cells, line, label, found.split.end_row, assumed)


def _unlabelled_band(grids: Grids, band: Band, headers: tuple[Header, ...]) -> RecognisedBand:
    """Find a band of one unlabelled row: the line below its header, or below one for each block."""
    headed = {header.grid_ix for header in headers}
    below = [(h, split) for h in headers if (split := _line_below(grids, band, h, headed))]
    slots: dict[Address, Slot] = {}
    repeated = False
    for header, split in sorted(below, key=lambda pair: not pair[1].has_digits):
        for slot in _column_slots(band, header, split):
            first = slots.setdefault(slot.address, slot)
            repeated |= split.has_digits and _texts(first) != _texts(slot)
    return RecognisedBand(band, headers, (), tuple(slots.values()), repeated)


def _column_slots(band: Band, header: Header, split: Split) -> Iterator[Slot]:
    for column, label, cells in zip(band.columns, header.labels, split.values, strict=True):
        if cells:
            yield Slot(f"{column.row}/{column.key}", cells, split.line, label, split.end_row)


def _texts(slot: Slot) -> tuple[str, ...]:
    return tuple(cell.text for cell in slot.cells)


def _line_below(grids: Grids, band: Band, header: Header, headed: set[int]) -> Split | None:
    """Find the row of numbers below a header: in its grid or, past a page break, in the next.

    Further rows of numbers there are taken along: a column with two texts is never read.
    """
    own = [line for line in grids[header.grid_ix] if line.row > header.row]
    next_ix = header.grid_ix + 1
    beyond = grids[next_ix] if next_ix < len(grids) and next_ix not in headed else ()
    candidates = _data_splits(own, band, header), _data_splits(beyond, band, header)
    for splits in candidates:
        filled = [split for split in splits if split.has_values and not _is_title(split)]
        if filled:
            rest = (split for split in filled[1:] if split.has_digits)
            return reduce(Split.extended, rest, filled[0])
    return next((splits[0] for splits in candidates if splits), None)


def _is_title(split: Split) -> bool:
    """Tell a row that has but a text in its first cell: a heading below a row of blanks."""
    first, *others = (cell.text for cell in split.line.cells)
    has_digits = any(char.isdigit() for char in first)
    return len(first) >= _TITLE_MIN and not has_digits and not any(others)


def _data_splits(lines: Sequence[Line], band: Band, header: Header | None) -> tuple[Split, ...]:
    """Split the lines that have a cell of their own for most columns (not one text across all)."""
    splits = (split_line(line, band, header) for line in lines)
    return tuple(s for s in splits if s and s.is_divided and not _is_header_row(s, band))
