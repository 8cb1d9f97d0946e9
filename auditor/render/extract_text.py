"""In: an extracted report. Out: its three tables as plain text that fits the terminal's width."""

from collections.abc import Iterator, Mapping, Sequence

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


def _write_band(page: Page, report: Report, table: FormTable, band: Band, lang: Language) -> None:
    addresses = {f"{table.key}/{address}" for address, _, _ in band.cells()}
    cells = [c for c in table.cells if c.address in addresses and c.address in report.cells]
    rows = {cell.row: cell.row_label for cell in cells}
    columns = {cell.column: cell.column_label for cell in cells}
    texts = {cell.address: cell_text(report.cells[cell.address], lang) for cell in cells}
    widths = {
        column: max(
            _HEADER_MIN,
            *(cell_len(texts.get(f"{table.key}/{row}/{column}", "")) for row in rows),
        )
        for column in columns
    }
    for chunk in _chunks(widths, page.width - _LABEL_MIN):
        heads = {column: columns[column] for column in chunk}
        used = sum(widths[column] + len(_GAP) for column in chunk)
        label_width = min(
            max(cell_len(label.in_language(lang)) for label in rows.values()), page.width - used
        )
        _write_lines(
            page, "", [(heads[c].in_language(lang), widths[c]) for c in chunk], label_width
        )
        for row, label in rows.items():
            values = [(texts.get(f"{table.key}/{row}/{c}", ""), widths[c]) for c in chunk]
            _write_lines(page, label.in_language(lang), values, label_width)


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


def _chunks(widths: Mapping[str, int], room: int) -> Iterator[tuple[str, ...]]:
    """Deal the columns out to as many blocks as the width needs, in their order."""
    chunk: list[str] = []
    used = 0
    for column, width in widths.items():
        if chunk and used + width + len(_GAP) > room:
            yield tuple(chunk)
            chunk, used = [], 0
        chunk.append(column)
        used += width + len(_GAP)
    if chunk:
        yield tuple(chunk)


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
