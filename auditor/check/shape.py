"""In: the rows that a report has. Out: those of the form for which another row stands in."""

from collections.abc import Collection, Mapping
from functools import cache

from auditor.form import load_form
from auditor.model import Report

Shape = frozenset[str]
"""`table/row` of each row that the report need not have, since it has it in another form."""

EVERY_ROW: Shape = frozenset()


def shape_of(report: Report, edition: str) -> Shape:
    """Give the rows of the edition that the report has in another form."""
    return shape_for(edition, {key: table.rows for key, table in report.tables.items()})


def shape_for(edition: str, rows: Mapping[str, Collection[str]]) -> Shape:
    """Give the same from the rows of each table; a table without rows has those of the form."""
    return frozenset(
        f"{table}/{row}"
        for table, legacy_rows in _legacy_rows(edition).items()
        for row in _replaced(legacy_rows, rows.get(table, ()))
    )


def _replaced(legacy_rows: Mapping[str, tuple[str, ...]], rows: Collection[str]) -> tuple[str, ...]:
    """Give the old rows that are not there, and the new ones in whose place an old one is."""
    absent = tuple(row for row in legacy_rows if row not in rows)
    stood_in_for = (
        row
        for legacy, replaced in legacy_rows.items()
        if legacy in rows
        for row in replaced
        if row not in rows
    )
    return (*absent, *stood_in_for)


@cache
def _legacy_rows(edition: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give, by table, each row of another edition with the rows that it replaces."""
    return {
        table.key: {
            row.key: tuple(key for key in table.row_group(row.instead_of) if key != row.key)
            for band in table.bands
            for row in band.rows
            if row.instead_of
        }
        for table in load_form(edition).tables
    }
