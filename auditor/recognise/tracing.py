"""In: a Document. Out: the labels by which its cells were named, for whoever asks why one was not.

Recognition itself gives a Report, which has the cells alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from auditor.form import Band
from auditor.model import Document, Grid, Place
from auditor.recognise.headers import Header
from auditor.recognise.lines import lines_of
from auditor.recognise.report import recognise_tables
from auditor.recognise.tables import RecognisedTable
from auditor.recognise.volume import parts_of


@dataclass(frozen=True, slots=True)
class MatchedLabel:
    """What a label cell was taken for: a row or a column of a table of the form, by its key."""

    role: Literal["row", "column", "unexplained"]
    table: str
    key: str


def matched_labels(document: Document) -> Mapping[Place, MatchedLabel]:
    """Give the labels found, and the lines of numbers amid a table that are none of its rows."""
    found: dict[Place, MatchedLabel] = {}
    for part in parts_of(document):
        grids = lines_of([block for block in part.blocks if isinstance(block, Grid)])
        _, tables = recognise_tables(part, grids)
        found |= {place: label for table in tables for place, label in _labels(table)}
    return found


def _labels(found: RecognisedTable) -> Iterator[tuple[Place, MatchedLabel]]:
    key = found.table.key
    for line in found.unexplained:
        for cell in line.cells:
            if line.begins(cell):
                yield cell.place, MatchedLabel("unexplained", key, "")
    for band in found.bands:
        for header in band.headers:
            yield from _columns(key, band.band, header)
        for row in band.rows:
            for cell in row.split.labels:
                if cell.text and cell.text in row.split.own_label:
                    yield cell.place, MatchedLabel("row", key, row.row.key)


def _columns(table: str, band: Band, header: Header) -> Iterator[tuple[Place, MatchedLabel]]:
    for column, cell in zip(band.columns, header.cells, strict=True):
        if cell:
            key = f"{column.row}/{column.key}" if column.row else column.key
            yield cell.place, MatchedLabel("column", table, key)
