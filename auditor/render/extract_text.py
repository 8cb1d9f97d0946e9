"""In: an extracted report. Out: its three tables as plain text that fits the terminal's width."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from auditor.explain.findings import amount_text
from auditor.explain.labels import table_name
from auditor.form import Band, FormTable, load_form
from auditor.model import Cell, CellState, Language, Report
from auditor.render import words
from auditor.render.console import Page
from auditor.render.head import report_head, table_lines
from auditor.render.wrap import pad, wrap

_GAP = "  "
_LABEL_MIN = 14
_HEADER_MIN = 6


def write_tables(page: Page, report: Report, lang: Language) -> None:
    """Write whose report it is, how each table was read, and every cell of it."""
    page.line(report_head(report.file, report, lang), hang=_GAP)
    for line in table_lines(report, lang):
        page.line(line, indent=_GAP, hang=_GAP * 2)
    for problem in report.problems:
        label = words.PROBLEM.in_language(lang)
        page.line(f"{label}{_GAP}{problem.message.in_language(lang)}", indent=_GAP, hang=_GAP * 3)
    for table in load_form(report.form).tables if report.form else ():
        if table.key in report.tables:
            _write_table(page, report, table, lang)
    page.line()


def _write_table(page: Page, report: Report, table: FormTable, lang: Language) -> None:
    page.line()
    name = table_name(report.form, table.key, with_title=True)
    page.line(name.in_language(lang) if name else table.key, hang=_GAP)
    for band in table.bands:
        _write_band(page, report, table, band, lang)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A band as texts: its labels, and what stands where a row and a column meet."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]

    def width(self, column: str) -> int:
        """Give the cells that the column's values need."""
        return max((cell_len(self.texts.get((row, column), "")) for row in self.rows), default=0)


def _write_band(page: Page, report: Report, table: FormTable, band: Band, lang: Language) -> None:
    own = {f"{table.key}/{address}" for address, _, _ in band.cells()}
    cells = [c for c in table.cells if c.address in own and c.address in report.cells]
    matrix = _Matrix(
        rows={cell.row: cell.row_label.in_language(lang) for cell in cells},
        columns={cell.column: cell.column_label.in_language(lang) for cell in cells},
        texts={(c.row, c.column): cell_text(report.cells[c.address], lang) for c in cells},
    )
    widths = _widths(matrix, page.width)
    for columns in _blocks(widths, page.width - _LABEL_MIN):
        _write_block(page, matrix, columns, widths)


def _widths(matrix: _Matrix, room: int) -> Mapping[str, int]:
    """Give each column the width of its heading, or where that is too much, of its values."""
    labels = max(map(cell_len, matrix.rows.values()), default=0)
    wide = {c: max(cell_len(head), matrix.width(c)) for c, head in matrix.columns.items()}
    if labels + sum(wide.values()) + len(wide) * len(_GAP) <= room:
        return wide
    return {column: max(_HEADER_MIN, matrix.width(column)) for column in matrix.columns}


def _blocks(widths: Mapping[str, int], room: int) -> Iterator[tuple[str, ...]]:
    """Deal the columns out to as many blocks as the width needs, in their order."""
    block: list[str] = []
    used = 0
    for column, width in widths.items():
        if block and used + width + len(_GAP) > room:
            yield tuple(block)
            block, used = [], 0
        block.append(column)
        used += width + len(_GAP)
    if block:
        yield tuple(block)


def _write_block(
    page: Page, matrix: _Matrix, columns: Sequence[str], widths: Mapping[str, int]
) -> None:
    used = sum(widths[column] + len(_GAP) for column in columns)
    label_width = min(max(map(cell_len, matrix.rows.values())), max(page.width - used, 1))
    heads = [(matrix.columns[column], widths[column]) for column in columns]
    _write_lines(page, "", heads, label_width)
    for row, label in matrix.rows.items():
        values = [(matrix.texts.get((row, column), ""), widths[column]) for column in columns]
        _write_lines(page, label, values, label_width)


def _write_lines(
    page: Page, label: str, values: Sequence[tuple[str, int]], label_width: int
) -> None:
    """Write one row of cells, each wrapped in its own width."""
    columns = [wrap(text, width) for text, width in values]
    labels = wrap(label, label_width)
    height = max(len(labels), *(len(lines) for lines in columns))
    for at in range(height):
        parts = [pad(labels[at] if at < len(labels) else "", label_width)]
        for (_, width), lines in zip(values, columns, strict=True):
            parts.append(pad(lines[at] if at < len(lines) else "", width, right=True))
        page.verbatim(_GAP.join(parts).rstrip())


def cell_text(cell: Cell, lang: Language) -> str:
    """Give what stands in a cell so that a blank, a dash and a zero differ."""
    match cell.state:
        case CellState.VALUE if cell.value is not None:
            return amount_text(cell.value)
        case CellState.BLANK:
            return words.BLANK.in_language(lang)
        case CellState.DASH:
            return cell.raw or "-"
        case _:
            return f"?{cell.raw}"
