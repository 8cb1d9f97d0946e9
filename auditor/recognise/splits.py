"""In: a line and a band of the form. Out: the line's label cells and its value cells."""

from dataclasses import dataclass, replace

from auditor.form import Band
from auditor.model import GridCell, Wording
from auditor.recognise.columns import cells_under
from auditor.recognise.headers import Header
from auditor.recognise.lines import Line

_REPEATED = Wording(
    "数值个数多于栏数，已略去一个重复值，请核对",
    "more values than columns; a repeated value was left out, please check",
)


@dataclass(frozen=True, slots=True)
class Split:
    """A line taken apart into label cells and, for each column of the band, its value cells.

    A row that a page break (or a stray rule) cut in two has two lines and two value cells for each
    column. None: the grid has no cell for the column.
    """

    lines: tuple[Line, ...]
    labels: tuple[GridCell, ...]
    values: tuple[tuple[GridCell, ...] | None, ...]
    own_label: str
    parent_label: str
    with_header: bool = False
    assumption: Wording | None = None  # what had to be assumed for the values to fit the columns

    @property
    def line(self) -> Line:
        """The line, the upper one of a row that was cut in two."""
        return self.lines[0]

    @property
    def end_row(self) -> int:
        """The grid row below the row's label, or below all its cells where it has no label."""
        begun = [c for c in self.line.cells if self.line.begins(c)]
        own = [c for c in self.labels if c in begun][-1:] or begun
        return max(c.row + c.row_span for c in own)

    @property
    def is_divided(self) -> bool:
        """Whether most columns have a value cell of their own."""
        own = {id(cell) for cells in self.values if cells for cell in cells}
        return 2 * len(own) > len(self.values)

    @property
    def has_values(self) -> bool:
        """Whether anything stands in the value cells."""
        return any(self.texts)

    @property
    def has_digits(self) -> bool:
        """Whether a number stands in the value cells, not only blanks and dashes."""
        return any(char.isdigit() for text in self.texts for char in text)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the value cells, column by column."""
        return tuple("".join(c.text for c in cells) if cells else "" for cells in self.values)

    def extended(self, below: "Split") -> "Split":
        """Give the row with the value cells of a further line beside the same label."""
        values = tuple(
            tuple(dict.fromkeys((*(upper or ()), *(lower or ())))) or None
            for upper, lower in zip(self.values, below.values, strict=True)
        )
        return replace(self, lines=(*self.lines, *below.lines), values=values)


def split_line(line: Line, band: Band, header: Header | None) -> Split | None:
    """Tell a line's label cells from its value cells; None where the line does not fit the band.

    The cells below the header's cells are the values, on a later page by their place across the
    page. Where a row does not keep to the header's columns, or there is no header, as many cells
    as there are columns stand behind the label; in ragged text the only window of fields that
    leaves nothing but blanks beside it.
    """
    if line.ragged:
        return _split_ragged(line, band, header)
    if header is None:
        return _split_at(line, len(line.cells) - len(band.columns), band)
    found = cells_under(line, header)
    chosen = [cell for cell in found if cell]
    if not chosen or len({id(cell) for cell in chosen}) < len(found):
        by_count = _split_at(line, _first_value(line, band), band, exact=True)
        if by_count or not chosen:
            return by_count
    labels = line.cells[: min(line.cells.index(cell) for cell in chosen)]
    if band.rows and not labels:
        return None
    values = tuple((cell,) if cell else None for cell in found)
    return _make_split(line, labels, values, with_header=header.grid_ix == line.grid_ix)


def _split_at(line: Line, start: int, band: Band, *, exact: bool = False) -> Split | None:
    width = len(band.columns)
    if start < (1 if band.rows else 0) or (exact and len(line.cells) - start != width):
        return None
    values = line.cells[start : start + width]
    return _make_split(line, line.cells[:start], tuple((c,) for c in values))


def _split_ragged(line: Line, band: Band, header: Header | None) -> Split | None:
    """Split a tab-separated row: labels first, then the only window of values that fits."""
    width = len(band.columns)
    first = _first_value(line, band)
    fits = [
        start
        for start in range(first, len(line.cells) - width + 1)
        if not any(c.text for c in (*line.cells[first:start], *line.cells[start + width :]))
    ]
    if len(fits) > 1 and header is not None and header.first_column in fits:
        fits = [header.first_column]
    windows = {tuple(c.text for c in line.cells[s : s + width]): s for s in reversed(fits)}
    if len(windows) == 1:
        return _split_at(line, next(iter(windows.values())), band)
    values = _without_repeats(line.cells[first:], width)
    if fits or values is None:
        return None
    below_head = _below_head(line, header, first, width)
    if below_head:
        return _make_split(line, line.cells[:first], tuple((c,) for c in below_head))
    is_certain = len({c.text for c in line.cells[first:]}) == 1  # whichever is dropped
    assumption = None if is_certain else _REPEATED
    return _make_split(line, line.cells[:first], tuple((c,) for c in values), assumption=assumption)


def _below_head(
    line: Line, header: Header | None, first: int, width: int
) -> tuple[GridCell, ...] | None:
    """Give the values where the header above repeats a label in just the places of the repeats."""
    head = header.line.cells if header and header.grid_ix == line.grid_ix else ()
    if len(head) != len(line.cells):
        return None
    kept = tuple(
        cell
        for ix, cell in enumerate(line.cells)
        if ix >= first and not (ix > first and head[ix].text and head[ix].text == head[ix - 1].text)
    )
    dropped = [ix for ix in range(first, len(head)) if line.cells[ix] not in kept]
    same = all(line.cells[ix].text == line.cells[ix - 1].text for ix in dropped)
    return kept if len(kept) == width and same else None


def _first_value(line: Line, band: Band) -> int:
    depth = max((len(row.path) for row in band.rows), default=0)
    labelled = [ix for ix, cell in enumerate(line.cells[:depth]) if _has_letters(cell.text)]
    return labelled[-1] + 1 if labelled else (1 if band.rows else 0)


def _without_repeats(cells: tuple[GridCell, ...], width: int) -> tuple[GridCell, ...] | None:
    """Give the values of a row with too many fields, where only one reading is possible.

    A converter that takes a merged cell apart repeats its neighbour's value ("7 0 0 0 0 0 0 7" in
    seven columns); only if all surplus can have come from one run of equal values is it dropped.
    """
    surplus = len(cells) - width
    if surplus <= 0:
        return None
    repeats = [ix for ix in range(1, len(cells)) if cells[ix].text == cells[ix - 1].text]
    if len(repeats) < surplus or repeats[-1] - repeats[0] != len(repeats) - 1:
        return None
    dropped = set(repeats[:surplus])
    return tuple(cell for ix, cell in enumerate(cells) if ix not in dropped)


def _has_letters(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _make_split(
    line: Line,
    labels: tuple[GridCell, ...],
    values: tuple[tuple[GridCell, ...] | None, ...],
    *,
    with_header: bool = False,
    assumption: Wording | None = None,
) -> Split:
    own = _own_label(labels, ragged=line.ragged)
    parents = [c.text for c in labels if c.text and c.text != own]
    parent = parents[-1] if parents else ""
    return Split((line,), labels, values, own, parent, with_header, assumption)


def _own_label(labels: tuple[GridCell, ...], *, ragged: bool) -> str:
    """Give the row's own label: beside the values, or further left in a cell of this row alone."""
    if labels and labels[-1].text:
        return labels[-1].text
    own = (c.text for c in reversed(labels) if c.text and (ragged or c.row_span == 1))
    return next(own, "")
