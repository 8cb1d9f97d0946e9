"""In: extracted reports. Out: one CSV line a cell, in the form that Excel opens rightly."""

import csv
import io

from auditor.form import load_form
from auditor.model import Cell, Language, Report
from auditor.render.json import amount_json

_HEADER = (
    "file",
    "agency",
    "year",
    "form",
    "cell",
    "table",
    "row",
    "column",
    "value",
    "state",
    "raw",
    "note",
    "unit",
    "page",
)
_FORMULA = ("=", "@", "\t", "\r")


def csv_bytes(reports: tuple[Report, ...], lang: Language) -> bytes:
    """Give the cells of all reports as UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    for report in reports:
        writer.writerows(_line(report, cell, lang) for cell in report.cells.values())
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def _line(report: Report, cell: Cell, lang: Language) -> list[object]:
    form_cell = load_form(report.form).cell(cell.address) if report.form else None
    labels = (form_cell.row_label, form_cell.column_label) if form_cell else ()
    return [
        _safe(report.file),
        _safe(report.agency or ""),
        report.year or "",
        report.form or "",
        cell.address,
        cell.address.partition("/")[0],
        *(label.in_language(lang) for label in labels),
        "" if cell.value is None else amount_json(cell.value),
        str(cell.state),
        _safe(cell.raw),
        _safe(cell.note or ""),
        cell.unit or "",
        cell.place.page or "",
    ]


def _safe(text: str) -> str:
    """Keep a spreadsheet from running what a document says: "=1+1" becomes text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
