"""In: the grids of a document and a table of the form. Out: its cells by name, what deviates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.form import Column, FormTable, Row
from auditor.model import CellState, Observation, Place
from auditor.recognise.bands import RecognisedBand, RecognisedRow, Slot, recognise_band
from auditor.recognise.headers import find_headers
from auditor.recognise.labels import same_core, same_letters
from auditor.recognise.lines import Line
from auditor.recognise.rows import row_score
from auditor.recognise.values import parse_amount


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """A table of the form as far as its labels were found."""

    table: FormTable
    bands: tuple[RecognisedBand, ...]
    slots: tuple[Slot, ...]
    unexplained: tuple[Line, ...]  # lines with numbers amid the table that are none of its rows

    @property
    def rows(self) -> tuple[RecognisedRow, ...]:
        """All rows found, in the order of the form."""
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def is_exact(self) -> bool:
        """Whether every label of every row and column is the form's own; no other form fits so."""
        rows = sum(row.instead_of is None for band in self.table.bands for row in band.rows)
        found = [row for row in self.rows if same_letters(row.split.own_label, row.row.path[-1])]
        return len(found) >= rows and all(_has_exact_header(band) for band in self.bands)

    @property
    def score(self) -> float:
        """How much of the table was found and how well: what editions are compared by."""
        headers = sum(max((h.score for h in band.headers), default=0.0) for band in self.bands)
        return headers + sum(row_score(r.split, r.row) or 0.0 for r in self.rows)


def recognise_table(grids: Sequence[tuple[Line, ...]], table: FormTable) -> RecognisedTable:
    """Find a table of the form among all grids of a document, band after band."""
    headers = [find_headers(grids, band) for band in table.bands]
    headed = frozenset(header.grid_ix for found in headers for header in found)
    bands = tuple(
        recognise_band(grids, band, found, headed)
        for band, found in zip(table.bands, headers, strict=True)
    )
    slots = (
        replace(slot, address=f"{table.key}/{slot.address}")
        for band in bands
        for slot in band.slots
    )
    return RecognisedTable(table, bands, tuple(slots), _unexplained(grids, bands))


def _has_exact_header(found: RecognisedBand) -> bool:
    columns = found.band.columns
    return any(
        all(map(same_letters, h.labels, (c.path[-1] for c in columns))) for h in found.headers
    )


def _unexplained(
    grids: Sequence[tuple[Line, ...]], bands: Sequence[RecognisedBand]
) -> tuple[Line, ...]:
    """Give the lines between a table's first and last row that hold numbers but were not used."""
    used = {(line.grid_ix, line.row) for band in bands for line in band.lines}
    return tuple(
        line
        for lines in grids
        for line in lines
        if used and min(used) < (line.grid_ix, line.row) < max(used)
        if (line.grid_ix, line.row) not in used and _has_numbers(line)
    )


def _has_numbers(line: Line) -> bool:
    own = [cell for cell in line.cells[1:] if line.begins(cell)]
    return any(parse_amount(cell.text, "amount").state is CellState.VALUE for cell in own)


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
    accepted = any(same_core(text, label) for label in (official.path[-1], *official.aliases))
    yield Observation(
        code="label_variant" if accepted else "label_deviates",
        details={"found": "".join(text.split()), "official": official.path[-1]},
        table=table,
        place=place,
    )
