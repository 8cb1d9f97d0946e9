"""In: the grids of a document and a table of the form. Out: its cells by name, what deviates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.form import Band, Column, FormTable, Row
from auditor.model import Address, GridCell, Observation, Place, Wording
from auditor.recognise.headers import Header, find_headers
from auditor.recognise.labels import best_similarity, same_letters
from auditor.recognise.lines import Line
from auditor.recognise.rows import join_cut_rows, match_rows, row_score
from auditor.recognise.splits import Split, split_line

_CERTAIN = 0.85
_BY_POSITION = Wording(
    "行标签未能识别，只按位置推定，请核对",
    "the row's label was not recognised, it was placed by position alone, please check",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What was found for one cell of the form: its grid cells, and how sure the labels are."""

    address: Address
    cells: tuple[GridCell, ...]
    line: Line
    header: str  # the column's label as read
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class RecognisedRow:
    """A row of the form with the line that was taken for it."""

    row: Row
    split: Split
    assumption: Wording | None = None


@dataclass(frozen=True, slots=True)
class RecognisedBand:
    """A band with the headers found for it and, where it has labels, the rows below them."""

    band: Band
    headers: tuple[Header, ...]
    rows: tuple[RecognisedRow, ...]


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """A table of the form as far as its labels were found."""

    table: FormTable
    bands: tuple[RecognisedBand, ...]
    slots: tuple[Slot, ...]

    @property
    def rows(self) -> tuple[RecognisedRow, ...]:
        """All rows found, in the order of the form."""
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def score(self) -> float:
        """How much of the table was found and how well: what editions are compared by."""
        headers = sum(max((h.score for h in band.headers), default=0.0) for band in self.bands)
        return headers + sum(row_score(r.split, r.row) or 0.0 for r in self.rows)


def recognise_table(grids: Sequence[tuple[Line, ...]], table: FormTable) -> RecognisedTable:
    """Find a table of the form among all grids of a document, band after band."""
    bands: list[RecognisedBand] = []
    slots: list[Slot] = []
    for band in table.bands:
        headers = tuple(header for lines in grids for header in find_headers(lines, band))
        rows: tuple[RecognisedRow, ...] = ()
        if band.rows:
            rows = _labelled_rows(grids, band, headers)
            slots.extend(_row_slots(table, band, headers, rows))
        else:
            slots.extend(_unlabelled_slots(grids, table, band, headers))
        bands.append(RecognisedBand(band, headers, rows))
    return RecognisedTable(table, tuple(bands), tuple(slots))


def _labelled_rows(
    grids: Sequence[tuple[Line, ...]], band: Band, headers: Sequence[Header]
) -> tuple[RecognisedRow, ...]:
    splits = join_cut_rows(tuple(_candidate_splits(grids, band, headers)), band.rows)
    pairs = match_rows(splits, band.rows)
    matched = [
        RecognisedRow(band.rows[j], splits[i], splits[i].assumption) for i, j in pairs.items()
    ]
    matched += _assumed_rows(splits, band.rows, pairs)
    return tuple(sorted(matched, key=lambda r: band.rows.index(r.row)))


def _candidate_splits(
    grids: Sequence[tuple[Line, ...]], band: Band, headers: Sequence[Header]
) -> Iterator[Split]:
    """Give the lines that may be rows of the band: of grids with its header, and of later ones."""
    first_grid = min((h.grid_ix for h in headers), default=len(grids))
    for lines in grids:
        splits = []
        for line in lines:
            header = _header_above(line, headers)
            split = split_line(line, band, header)
            if split and not _is_header_row(split, band):
                splits.append(split)
        has_header = any(h.grid_ix == lines[0].grid_ix for h in headers) if lines else False
        continues = bool(lines) and lines[0].grid_ix >= first_grid
        if has_header or (continues and _has_certain_row(splits, band)):
            yield from splits


def _header_above(line: Line, headers: Sequence[Header]) -> Header | None:
    above = [h for h in headers if h.grid_ix == line.grid_ix and h.row < line.row]
    return above[-1] if above else None


def _is_header_row(split: Split, band: Band) -> bool:
    labels = tuple(label for column in band.columns for label in column.path)
    return any(
        best_similarity(cell.text, labels) >= _CERTAIN
        for cells in split.values
        if cells
        for cell in cells
    )


def _has_certain_row(splits: Sequence[Split], band: Band) -> bool:
    return any((row_score(s, row) or 0.0) >= _CERTAIN for s in splits for row in band.rows)


def _assumed_rows(
    splits: Sequence[Split], rows: Sequence[Row], pairs: dict[int, int]
) -> Iterator[RecognisedRow]:
    """Give unlabelled lines to the unfound rows between two found ones where the numbers agree."""
    anchors = sorted(pairs.items())
    for (i, j), (next_i, next_j) in pairwise(anchors):
        lines = [s for s in splits[i + 1 : next_i] if s.has_values]
        unfound = [row for row in rows[j + 1 : next_j] if row.instead_of is None]
        if unfound and len(lines) == len(unfound) and next_j > j:
            for line, row in zip(lines, unfound, strict=True):
                yield RecognisedRow(row, line, _BY_POSITION)


def _row_slots(
    table: FormTable, band: Band, headers: Sequence[Header], rows: Sequence[RecognisedRow]
) -> Iterator[Slot]:
    labels = headers[0].labels if headers else ("",) * len(band.columns)
    for found in rows:
        for column, label, cells in zip(band.columns, labels, found.split.values, strict=True):
            if cells:
                address = f"{table.key}/{found.row.key}/{column.key}"
                yield Slot(address, cells, found.split.line, label, found.assumption is not None)


def _unlabelled_slots(
    grids: Sequence[tuple[Line, ...]], table: FormTable, band: Band, headers: Sequence[Header]
) -> Iterator[Slot]:
    """Give the cells of a band of one unlabelled row: those of the line below each header."""
    taken: set[Address] = set()
    for header in headers:
        split = _line_below(grids, band, header)
        if split is None:
            continue
        for column, label, cells in zip(band.columns, header.labels, split.values, strict=True):
            address = f"{table.key}/{column.row}/{column.key}"
            if cells and address not in taken:
                taken.add(address)
                yield Slot(address, cells, split.line, label)


def _line_below(grids: Sequence[tuple[Line, ...]], band: Band, header: Header) -> Split | None:
    """Find the row of numbers below a header: in its grid or, past a page break, in the next."""
    below = [line for line in grids[header.grid_ix] if line.row > header.row]
    beyond = grids[header.grid_ix + 1] if header.grid_ix + 1 < len(grids) else ()
    splits = [
        split
        for lines, head in ((below, header), (beyond, None))
        for line in lines
        if (split := split_line(line, band, head)) and not _is_header_row(split, band)
    ]
    own = [s for s in splits if s.line.grid_ix == header.grid_ix]
    return next((s for s in (*own, *splits) if s.has_values), own[0] if own else None)


def label_observations(found: RecognisedTable) -> Iterator[Observation]:
    """Note labels that differ from the form's: accepted variants apart from likely slips."""
    for band in found.bands:
        for header in band.headers[:1]:
            for column, cell, label in zip(
                band.band.columns, header.cells, header.labels, strict=True
            ):
                if cell and label:
                    yield from _deviation(found.table.key, label, column, cell.place)
        for row in band.rows:
            if row.split.own_label:
                place = row.split.labels[-1].place
                yield from _deviation(found.table.key, row.split.own_label, row.row, place)


def _deviation(
    table: str, text: str, official: Row | Column, place: Place
) -> Iterator[Observation]:
    if same_letters(text, official.path[-1]):
        return
    accepted = any(same_letters(text, alias) for alias in official.aliases)
    yield Observation(
        code="label_variant" if accepted else "label_deviates",
        details={"found": "".join(text.split()), "official": official.path[-1]},
        table=table,
        place=place,
    )
