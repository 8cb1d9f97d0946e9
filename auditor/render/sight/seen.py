"""In: a Document, its Report and its matched labels. Out: what each grid cell was taken for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from auditor.model import Cell, CellState, Document, Grid, GridCell, Paragraph, Place, Report
from auditor.recognise.tracing import MatchedLabel

_MOST_TEXT = 60


class Kind(StrEnum):
    """What a cell of a grid was taken for; the order is that of the legend."""

    VALUE = "value"
    BLANK = "blank"
    DASH = "dash"
    ASSUMED = "assumed"
    UNREADABLE = "unreadable"
    COVERED = "covered"
    ROW = "row"
    COLUMN = "column"
    UNMATCHED = "unmatched"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell of a grid, and its name in the form if it has one, in parts: table, row, column."""

    cell: GridCell
    kind: Kind
    name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenGrid:
    """A grid with its number in the document."""

    number: int
    grid: Grid
    cells: tuple[SeenCell, ...]


Seen = SeenGrid | Paragraph


def see(
    document: Document, report: Report, labels: Mapping[Place, MatchedLabel]
) -> tuple[Seen, ...]:
    """Give the document's blocks, each cell with what it was taken for."""
    named = {cell.place: cell for cell in report.cells.values()}
    return tuple(_see(document, named, labels))


def _see(
    document: Document, named: Mapping[Place, Cell], labels: Mapping[Place, MatchedLabel]
) -> Iterator[Seen]:
    number = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        number += 1
        cells = (_seen_cell(c, named.get(c.place), labels.get(c.place)) for c in block.cells)
        yield SeenGrid(number, block, tuple(cells))


def _seen_cell(cell: GridCell, value: Cell | None, label: MatchedLabel | None) -> SeenCell:
    if value:
        kind = Kind.ASSUMED if value.assumed else _KINDS[value.state]
        return SeenCell(cell, kind, tuple(value.address.split("/")))
    if label and label.role != "unexplained":
        return SeenCell(cell, Kind(label.role), (label.table, *label.key.split("/")))
    is_number = bool(cell.text) and not any(char.isalpha() for char in cell.text)
    return SeenCell(cell, Kind.UNMATCHED if label or is_number else Kind.OTHER)


_KINDS = {
    CellState.VALUE: Kind.VALUE,
    CellState.BLANK: Kind.BLANK,
    CellState.DASH: Kind.DASH,
    CellState.UNREADABLE: Kind.UNREADABLE,
    CellState.COVERED: Kind.COVERED,
}
