"""In: the form and a few changes. Out: grids as a reader would give them, for tests."""

from collections.abc import Callable, Sequence

from auditor.form import Band, load_form
from auditor.model import Document, Grid, GridCell, Paragraph, Place

Text = Callable[[str, str], str]


def cell(row, column, text, *, row_span=1, column_span=1, page=1):
    """A grid cell whose place follows from its row and column, 40 by 20 points each."""
    box = (column * 40.0, row * 20.0, (column + column_span) * 40.0, (row + row_span) * 20.0)
    return GridCell(row, column, text, text, Place(page=page, bbox=box), row_span, column_span)


def grid(cells: Sequence[GridCell], page=1):
    """The cells as a grid of the size that they need."""
    rows = max(c.row + c.row_span for c in cells)
    columns = max(c.column + c.column_span for c in cells)
    return Grid(tuple(cells), rows, columns, Place(page=page))


def band(table: str, ix=0, edition="2021") -> Band:
    return load_form(edition).table(table).bands[ix]


def applications(
    value: Text = lambda row, column: "0", edition="2021", skip=("other_handling",), relabel=None
):
    """Table 三 as one grid of ten columns; `value` gives the text for a row and column key."""
    form = band("applications", edition=edition)
    cells = [
        cell(0, 0, form.corner, row_span=3, column_span=3),
        cell(0, 3, "申请人情况", column_span=6),
        cell(0, 9, "总计", row_span=3),
        cell(1, 3, "自然人", row_span=2),
        cell(1, 4, "法人或其他组织", column_span=5),
    ]
    cells += [cell(2, 4 + ix, c.path[-1]) for ix, c in enumerate(form.columns[1:6])]
    rows = [r for r in form.rows if edition == "2019" or r.key not in skip]
    for ix, row in enumerate(rows, start=3):
        label = (relabel or {}).get(row.key, row.path[-1])
        start = len(row.path) - 1
        cells += [cell(ix, depth, row.path[depth]) for depth in range(start)]
        cells.append(cell(ix, start, label, column_span=3 - start))
        cells += [cell(ix, 3 + c, value(row.key, col.key)) for c, col in enumerate(form.columns)]
    return grid(cells)


def part(whole: Grid, first: int, last: int, page: int) -> Grid:
    """Rows `first` to `last` (exclusive) of a grid, as it continues on another page."""
    cells = [
        cell(
            c.row - first,
            c.column,
            c.text,
            row_span=c.row_span,
            column_span=c.column_span,
            page=page,
        )
        for c in whole.cells
        if first <= c.row < last
    ]
    return grid(cells, page)


def document(*blocks: Grid | str) -> Document:
    """Grids and paragraphs in reading order."""
    return Document(
        "draft.pdf",
        tuple(Paragraph(b, b, Place(page=1)) if isinstance(b, str) else b for b in blocks),
    )
