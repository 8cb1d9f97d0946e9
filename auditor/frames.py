"""In: a report. Out: one of its statutory tables as a pandas DataFrame, labelled as the form is."""

import pandas as pd

from auditor.form import FormCell, load_form
from auditor.model import CellState, Language, Report


def table_frame(report: Report, key: str, lang: Language = "zh") -> pd.DataFrame:
    """Give rows × columns of exact values; a blank is `pd.NA`, so that it differs from 0.

    What could not be read stands as its raw text, so that no sum takes it for nothing; a square
    that the form does not have is None.
    Raises: KeyError where the report has no such table.
    """
    if report.form is None or key not in report.tables:
        raise KeyError(key)
    form_cells = load_form(report.form).table(key).cells
    present = [cell for cell in form_cells if cell.address in report.cells]
    rows = {cell.row: cell.row_label.in_language(lang) for cell in present}
    columns = {cell.column: cell.column_label.in_language(lang) for cell in present}
    values = {(cell.row, cell.column): _value(report, cell) for cell in present}
    return pd.DataFrame(
        [[values.get((row, column)) for column in columns] for row in rows],
        index=pd.Index(list(rows.values()), dtype=object),
        columns=pd.Index(list(columns.values()), dtype=object),
        dtype=object,
    )


def _value(report: Report, form_cell: FormCell) -> object:
    cell = report.cells[form_cell.address]
    if cell.value is not None:
        return cell.value
    unread = cell.state in {CellState.UNREADABLE, CellState.COVERED}
    return (cell.raw or "?") if unread else pd.NA
