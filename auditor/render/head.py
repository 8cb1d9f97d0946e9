"""In: a report. Out: the lines that open its section: whose it is, and how each table was read."""

from collections.abc import Iterator

from auditor.explain.labels import cells_in_form_order, table_name
from auditor.model import Language, Report, Table, Withheld, Wording
from auditor.render import words
from auditor.render.places import span_text

_GAP = "  "


def report_head(file: str, report: Report | None, lang: Language) -> str:
    """Give file, agency, year and edition; the file alone where nothing could be read."""
    if report is None:
        return file
    year, form = report.year, report.form
    parts = (
        file,
        report.agency or words.NO_AGENCY.in_language(lang),
        words.YEAR.fill(year=year).in_language(lang) if year else words.NO_YEAR.in_language(lang),
        (words.EDITION.fill(form=form) if form else words.NO_EDITION).in_language(lang),
    )
    return _GAP.join(parts)


def table_lines(report: Report | None, lang: Language) -> Iterator[str]:
    """Say of each statutory table how far it was recognised, where, and how many cells it has."""
    if report is not None:
        for table in report.tables.values():
            yield _GAP.join(part for part in _table_parts(report, table, lang) if part)


def relatives_lines(report: Report | None, lang: Language) -> Iterator[str]:
    """Say with which reports of last year and of subordinate bodies it was compared."""
    relatives = report.relatives if report else None
    if relatives and isinstance(relatives.previous, Report):
        head = report_head(relatives.previous.file, relatives.previous, lang)
        yield f"{words.PREVIOUS.in_language(lang)}{_GAP}{head}"
    if relatives and not isinstance(relatives.children, Withheld):
        wording = words.CHILDREN_EXACT if relatives.exact else words.CHILDREN
        yield wording.fill(count=len(relatives.children)).in_language(lang)


def _table_parts(report: Report, table: Table, lang: Language) -> tuple[str, ...]:
    name = table_name(report.form, table.key, with_title=True) or Wording(table.key, table.key)
    addresses = cells_in_form_order(report, table.key)
    places = [report.cells[address].place for address in addresses]
    count = words.CELL_COUNT.fill(count=len(addresses)).in_language(lang) if addresses else ""
    status = words.TABLE[table.status].in_language(lang)
    return name.in_language(lang), status, span_text(places, lang), count
