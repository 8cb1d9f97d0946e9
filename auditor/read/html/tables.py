"""In: the rows and cells of a web page's table as they come. Out: the table, spans resolved."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Place, Wording
from auditor.read.doubts import OVERLAP
from auditor.read.flow import Node, Square, Table

_WIDEST_SPAN = 1000  # what browsers allow
_GROUP_ORDER = {"thead": 0, "tbody": 1, "tfoot": 2}


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell as written; a row span of 0 goes to the end of its group of rows."""

    row_span: int
    column_span: int
    content: tuple[Node, ...]
    place: Place
    doubt: Wording | None = None


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A head, body or foot of a table; rows outside of any are a body."""

    kind: str
    rows: tuple[tuple[CellSource, ...], ...]


def span_of(text: str | None) -> int:
    """Give a span as browsers read it: 1 where it is no number."""
    digits = (text or "").strip()
    if not (digits.isdecimal() and digits.isascii()):
        return 1
    return min(int(digits[:9]), _WIDEST_SPAN)


def build_table(groups: Sequence[RowGroup], place: Place) -> Table:
    """Give the cells their rows and columns as a browser does."""
    squares: list[Square] = []
    row_ix = 0
    for group in sorted(groups, key=lambda group: _GROUP_ORDER[group.kind]):
        squares += _group_squares(group, row_ix)
        row_ix += len(group.rows)
    width = max((s.column + s.column_span for s in squares), default=0)
    return Table(tuple(squares), row_ix, width, place)


def _group_squares(group: RowGroup, first_row: int) -> list[Square]:
    squares: list[Square] = []
    free_from: dict[int, int] = {}  # column -> the row in which it is free again
    for ix, row in enumerate(group.rows):
        column = 0
        for cell in row:
            while free_from.get(column, 0) > ix:
                column += 1
            rows_left = len(group.rows) - ix
            row_span = min(cell.row_span, rows_left) or rows_left
            columns = range(column, column + max(cell.column_span, 1))
            overlaps = any(free_from.get(c, 0) > ix for c in columns)
            free_from.update(dict.fromkeys(columns, ix + row_span))
            squares.append(
                Square(
                    row=first_row + ix,
                    column=column,
                    row_span=row_span,
                    column_span=len(columns),
                    content=cell.content,
                    place=cell.place,
                    doubt=OVERLAP if overlaps else cell.doubt,
                )
            )
            column = columns.stop
    return squares
