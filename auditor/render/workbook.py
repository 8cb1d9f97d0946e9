"""In: the verdicts of a run. Out: a workbook: findings, and each table with its cells marked."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Square_
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from auditor.explain.labels import cell_label, table_name
from auditor.explain.verdict import CheckedReport
from auditor.form import FormTable, load_form
from auditor.model import Address, Amount, Cell, CellState, Finding, Language, TableStatus, Wording
from auditor.render import html_words, words
from auditor.render.finding import suggestion_lines
from auditor.render.form_layout import Square, column_count, lay_out
from auditor.render.head import report_head
from auditor.render.html_section import counts_text, verdict_text
from auditor.render.marks import Mark, Role, marks
from auditor.render.notes import body, note_text, waiver_lines
from auditor.render.places import place_text
from auditor.render.stable_zip import without_time
from auditor.render.told import plain
from auditor.render.wrap import GLUE

_FILLS = {
    Role.SUSPECT: PatternFill("solid", fgColor="FFFF9C96"),
    Role.CANDIDATE: PatternFill("solid", fgColor="FFFFD08A"),
    Role.VIOLATED: PatternFill("solid", fgColor="FFFFF3A0"),
    Role.NOTED: PatternFill("solid", fgColor="FFD9E8F7"),
}
_HEAD = PatternFill("solid", fgColor="FFEEF1F4")
_LINE = Side(style="thin", color="FF8A939E")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_TEXT = "@"
_NAME_MAX = 31  # characters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_CELL_MAX = 32_000  # characters that a cell takes
_EXACT = 10**15  # beyond it a spreadsheet rounds
_LABEL_WIDTH, _LINE_HEIGHT, _TALLEST = 26.0, 15, 400
_WIDTHS = (26, 8, 8, 30, 14, 16, 24, 34, 12, 12, 12, 60, 50, 50)


def workbook_bytes(reports: Sequence[CheckedReport], lang: Language) -> bytes:
    """Give the workbook."""
    book = Workbook()
    overview = book.active
    assert isinstance(overview, Worksheet)
    _overview(overview, reports, lang)
    _findings(book.create_sheet(html_words.FINDINGS.in_language(lang)), reports, lang)
    for number, checked in enumerate(reports, 1):
        if len(reports) == 1 or not checked.is_clean():
            _tables(book, checked, number if len(reports) > 1 else 0, lang)
    out = io.BytesIO()
    book.save(out)
    return without_time(out.getvalue())


# ------------------------------------------------------------------ lists


def _overview(sheet: Worksheet, reports: Iterable[CheckedReport], lang: Language) -> None:
    """Say of each report what it came to, and what of it was not checked."""
    sheet.title = html_words.OVERVIEW.in_language(lang)
    heads = (html_words.FILE, html_words.RESULT, html_words.CHECKED, html_words.NOT_CHECKED)
    _row(sheet, [head.in_language(lang) for head in heads], head=True)
    for checked in reports:
        told = (problem.message.in_language(lang) for problem in checked.problems)
        unread = "\n".join((*told, *waiver_lines(checked, lang)))
        head = report_head(checked.file, checked.report, lang)
        _row(sheet, [head, verdict_text(checked, lang), counts_text(checked, lang), unread])
    _fit(sheet, (50, 24, 50, 60))


def _findings(sheet: Worksheet, reports: Iterable[CheckedReport], lang: Language) -> None:
    heads = (
        *(html_words.FILE, html_words.RULE, html_words.SEVERITY, html_words.WHAT),
        *(html_words.TABLE, html_words.WHERE, html_words.CELL, html_words.VALUE),
        *(html_words.EXPECTED, html_words.ACTUAL, html_words.DIFFERENCE),
        *(words.MESSAGE, html_words.ADVICE, html_words.SOURCE),
    )
    _row(sheet, [head.in_language(lang) for head in heads], head=True)
    for checked in reports:
        for finding in checked.findings:
            _row(sheet, _finding_row(checked, finding, lang))
    _fit(sheet, _WIDTHS)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(sheet.max_row, 1)}"


def _finding_row(
    checked: CheckedReport, finding: Finding, lang: Language
) -> Sequence[str | Amount | None]:
    form = checked.report.form if checked.report else None
    table = table_name(form, finding.table) or words.OUTSIDE_TABLES
    where = (place_text(finding.place, lang), _said(finding.instance, lang))
    cells = [address for address in finding.cells if address in checked.cells]
    labels = (cell_label(form, address).in_language(lang) for address in cells)
    return (
        checked.file,
        finding.rule,
        words.SEVERITY[finding.severity].in_language(lang),
        finding.title.in_language(lang),
        table.in_language(lang),
        " ".join(part for part in where if part),
        "\n".join(labels),
        "\n".join(checked.cells[address].raw for address in cells),
        finding.expected,
        finding.actual,
        finding.difference,
        "\n".join(body(finding, lang)),
        "\n".join(line.replace(GLUE, " ") for line in suggestion_lines(finding, lang)),
        finding.source.in_language(lang),
    )


def _said(wording: Wording | None, lang: Language) -> str:
    return wording.in_language(lang) if wording else ""


def _row(sheet: Worksheet, values: Sequence[str | Amount | None], *, head: bool = False) -> None:
    row = (sheet.max_row + 1) if sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, 1):
        square = sheet.cell(row, column)
        _write(square, value)
        square.alignment, square.border = _TOP, _BORDER
        if head:
            square.fill, square.font = _HEAD, Font(bold=True)


def _fit(sheet: Worksheet, widths: Iterable[float]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        for square in sheet[get_column_letter(column)]:
            _heighten(sheet, square.row, _line_count(str(square.value or ""), width))
    sheet.freeze_panes = "A2"
    _print_on_one_width(sheet)


# ------------------------------------------------------------------ tables


def _tables(book: Workbook, checked: CheckedReport, number: int, lang: Language) -> None:
    report = checked.report
    if report is None or report.form is None:
        return
    marked = marks(checked.findings)
    for table in load_form(report.form).tables:
        known = report.tables.get(table.key)
        if known is None or known.status is TableStatus.NOT_FOUND:
            continue
        name = table.name.in_language(lang)
        sheet = book.create_sheet(_sheet_name(f"{number} {name}" if number else name, report.file))
        _table(sheet, checked, table, known.rows, marked, lang)


def _sheet_name(name: str, file: str) -> str:
    """Give a name that a workbook takes: short, and without the signs that formulas use."""
    stem = file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return _FORBIDDEN.sub("_", plain(f"{name} {stem}"))[:_NAME_MAX].strip()


def _table(  # noqa: PLR0913, PLR0917 - a table, what stands in it, and what is said of it
    sheet: Worksheet,
    checked: CheckedReport,
    table: FormTable,
    rows: Sequence[str],
    marked: Mapping[Address, Mark],
    lang: Language,
) -> None:
    squares = lay_out(table, rows, lang)
    for square in squares:
        top, left = square.row + 1, square.column + 1
        corner = sheet.cell(top, left)
        assert isinstance(corner, Square_)
        _frame(sheet, square, _HEAD if square.kind not in {"value", "corner"} else None)
        if square.kind == "value":
            cell = checked.cells.get(square.address)
            _write(corner, _cell_value(cell, lang))
            _mark(corner, marked.get(square.address), checked, lang)
        else:
            _write(corner, square.text)
        if square.row_span > 1 or square.column_span > 1:
            bottom, right = top + square.row_span - 1, left + square.column_span - 1
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    _set_sizes(sheet, squares)
    _print_on_one_width(sheet)


def _set_sizes(sheet: Worksheet, squares: Sequence[Square]) -> None:
    """Give labels room, and each row its height: merged cells never fit themselves."""
    labels = max((s.column + s.column_span for s in squares if s.kind == "row"), default=0)
    widths = [_LABEL_WIDTH if column < labels else 13.0 for column in range(column_count(squares))]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for square in (s for s in squares if s.row_span == 1):
        room = sum(widths[square.column : square.column + square.column_span])
        _heighten(sheet, square.row + 1, _line_count(square.text, room))


def _heighten(sheet: Worksheet, row: int, lines: int) -> None:
    known = sheet.row_dimensions[row].height or 0
    sheet.row_dimensions[row].height = min(max(known, _LINE_HEIGHT * lines), _TALLEST)


def _line_count(text: str, width: float) -> int:
    """Give how many lines a text takes; a Chinese character is two wide."""
    return sum(1 + int(cell_len(line) / (width - 1)) for line in text.split("\n"))


def _print_on_one_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _frame(sheet: Worksheet, square: Square, fill: PatternFill | None) -> None:
    for row in range(square.row + 1, square.row + square.row_span + 1):
        for column in range(square.column + 1, square.column + square.column_span + 1):
            drawn = sheet.cell(row, column)
            drawn.border, drawn.alignment = _BORDER, _MIDDLE
            if fill:
                drawn.fill = fill


def _cell_value(cell: Cell | None, lang: Language) -> str | Amount | None:
    """Give the number where the cell is just that, else what stands in it."""
    if cell is None or cell.state is CellState.COVERED:
        return html_words.UNREAD_CELL.in_language(lang)
    is_plain = cell.state is CellState.VALUE and cell.note is None and cell.unit is None
    return cell.value if is_plain else cell.raw


def _mark(square: Square_, mark: Mark | None, checked: CheckedReport, lang: Language) -> None:
    if mark is None:
        return
    square.fill = _FILLS[mark.role]
    square.font = Font(bold=True)
    if not mark.told:
        return
    lines = [html_words.ROLE[mark.role].in_language(lang)]
    if mark.proposed:
        lines.append(html_words.SHOULD_BE.fill(value=mark.proposed).in_language(lang))
    lines += [note_text(checked.findings[number], lang) for number in mark.told]
    square.comment = Comment(_shown("\n".join(lines)), "auditor", height=240, width=420)


def _write(square: object, value: str | Amount | None) -> None:
    """Write a number as one, and any text as text: no spreadsheet takes it for a formula."""
    assert isinstance(square, Square_)
    if isinstance(value, int | Decimal) and -_EXACT < value < _EXACT:
        square.value = value
    elif value is not None:
        square.value = _shown(str(value))
        square.data_type = "s"
        square.number_format = _TEXT
        square.quotePrefix = True


def _shown(text: str) -> str:
    lines = (plain(line) for line in text.split("\n"))
    return "\n".join(lines)[:_CELL_MAX]
