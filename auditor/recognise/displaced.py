"""In: a report's tables, and what else its file holds. Out: problems: tables that are not its own.

Last year's table in an appendix looks like this year's, and a report bound behind another like a
part of it: neither is taken for what it is not without a word.
"""

from collections.abc import Iterable, Iterator, Sequence

from auditor.form import Form, FormTable, load_form
from auditor.model import (
    CellState,
    Document,
    Grid,
    Paragraph,
    Place,
    Problem,
    Report,
    TableStatus,
    Wording,
)
from auditor.recognise.captions import is_caption, is_earlier, one_line
from auditor.recognise.positions import At, in_order
from auditor.recognise.sections import Heading
from auditor.recognise.tables import RecognisedTable

_NEAR = 2  # lines
_BEHIND = "五"  # the first section of prose behind the tables

_ANOTHER_REPORT = Wording(
    "文件中还有另一份报告（{name}），没有读取；请拆成单独的文件再核对",
    "the file holds a further report ({name}), which was not read; give each a file of its own",
)
_ANOTHER_TABLE = Wording(
    "文件中另有一张{table}（{caption}），没有核对",
    "the file holds {table} once more ({caption}); that one was not checked",
)
_EARLIER_YEAR = Wording(
    "{table}上方写着“{caption}”，可能不是本年度的表，请核对",
    "above {table} stands “{caption}”: it may not be of the report's year, please check",
)
_BEHIND_PROSE = Wording(
    "{table}不在它的位置，而在第五部分之后，可能是附件中的另一张表，请核对",
    "{table} stands behind section 5: it may be another one in an appendix, please check",
)
_UNNAMED = Wording("未见标题", "without a title")


# ------------------------------------------------------------------ parts that were not read


def is_filled(report: Report) -> bool:
    """Tell whether a number stands in any of its tables."""
    return any(cell.state is CellState.VALUE for cell in report.cells.values())


def unread_parts(read: Report, parts: Iterable[tuple[Document, Report]]) -> Iterator[Problem]:
    """Say what else the file holds; a copy of the same, or an empty template, is nothing else."""
    for part, report in parts:
        if report is read or (_is_unnamed(read, report) and _adds_nothing(read, report)):
            continue
        found = [t for t in report.tables.values() if t.status is not TableStatus.NOT_FOUND]
        place = next((t.place for t in found if t.place), None) or _place(part)
        if len(found) == 1 and report.form:
            table = load_form(report.form).table(found[0].key)
            yield _further_table(part, table, read.year, place)
        else:
            name = _name(report)
            message = Wording(
                _ANOTHER_REPORT.zh.format(name=name.zh), _ANOTHER_REPORT.en.format(name=name.en)
            )
            yield Problem("several_reports", "error", message, place=place)


def _name(report: Report) -> Wording:
    if not (report.agency or report.year):
        return _UNNAMED
    zh = " ".join(word for word in (report.agency, report.year and f"{report.year}年") if word)
    en = ", ".join(str(word) for word in (report.agency, report.year) if word)
    return Wording(zh, en)


def _is_unnamed(read: Report, other: Report) -> bool:
    """Tell whether no title says that it is another report."""
    pairs = (other.agency, read.agency), (other.year, read.year)
    return all(own in {None, known} for own, known in pairs)


def _adds_nothing(read: Report, other: Report) -> bool:
    same = (
        address in read.cells and cell.value == read.cells[address].value
        for address, cell in other.cells.items()
    )
    return not is_filled(other) or all(same)


def _further_table(part: Document, table: FormTable, year: int | None, place: Place) -> Problem:
    at = next((at for at in _cells_at(part, place)), (0, 0))
    lines = _lines_above(part, at)
    caption = _earlier_caption(lines, year) or (lines[-1] if lines else None)
    is_old = caption is not None and is_earlier(one_line(caption), year)
    shown = Wording(one_line(caption), one_line(caption)) if caption else _UNNAMED
    message = Wording(
        _ANOTHER_TABLE.zh.format(table=table.name.zh, caption=shown.zh),
        _ANOTHER_TABLE.en.format(table=table.name.en, caption=shown.en),
    )
    code = "table_of_earlier_year" if is_old else "table_not_read"
    return Problem(code, "warning" if is_old else "error", message, table=table.key, place=place)


def _cells_at(part: Document, place: Place) -> Iterator[At]:
    for ix, block in enumerate(part.blocks):
        for cell in block.cells if isinstance(block, Grid) else ():
            if cell.place == place:
                yield ix, cell.row


def _place(part: Document) -> Place:
    return next((block.place for block in part.blocks), Place())


# ------------------------------------------------------------------ tables out of their place


def displaced_tables(
    document: Document,
    form: Form,
    found: Sequence[RecognisedTable],
    year: int | None,
    headings: Sequence[Heading],
) -> Iterator[Problem]:
    """Give a problem for each table that may be of another year, or of an appendix."""
    grids = _grids(document)
    starts = {t.table.key: _first_row(t, grids) for t in found if t.slots}
    behind = _end_of_tables(document, headings)
    for key, start in starts.items():
        table = form.table(key)
        caption = _earlier_caption(_lines_above(document, start), year)
        if caption:
            text = one_line(caption)
            message = Wording(
                _EARLIER_YEAR.zh.format(table=table.name.zh, caption=text),
                _EARLIER_YEAR.en.format(table=table.name.en, caption=text),
            )
            yield Problem("table_of_earlier_year", "error", message, key, place=caption.place)
        elif start > behind > min(starts.values()):
            message = Wording(
                _BEHIND_PROSE.zh.format(table=table.name.zh),
                _BEHIND_PROSE.en.format(table=table.name.en),
            )
            place = document.blocks[start[0]].place
            yield Problem("table_misplaced", "error", message, key, place=place)


def _first_row(found: RecognisedTable, grids: Sequence[int]) -> At:
    line = min((slot.line for slot in found.slots), key=lambda line: (line.grid_ix, line.row))
    return grids[line.grid_ix], line.row


def _grids(document: Document) -> list[int]:
    return [ix for ix, block in enumerate(document.blocks) if isinstance(block, Grid)]


def _end_of_tables(document: Document, headings: Sequence[Heading]) -> At:
    """Give where the prose behind the tables begins; past the end where no heading says it."""
    heading = next((h.paragraph for h in headings if h.section.number == _BEHIND), None)
    past = len(document.blocks), 0
    return next((at for at, paragraph in in_order(document) if paragraph is heading), past)


def _lines_above(document: Document, table: At) -> list[Paragraph]:
    """Give the lines right above a table, in its grid or before it, that may name it."""
    before = max((ix for ix in _grids(document) if ix < table[0]), default=-1)
    above = [(at, line) for at, line in in_order(document) if before < at[0] and at < table]
    return [paragraph for _, paragraph in above[-_NEAR:] if is_caption(paragraph)]


def _earlier_caption(lines: Sequence[Paragraph], year: int | None) -> Paragraph | None:
    return next((line for line in reversed(lines) if is_earlier(one_line(line), year)), None)
