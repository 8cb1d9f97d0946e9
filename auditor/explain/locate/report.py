"""In: a report and how the rules ended on it. Out: the puzzle that its broken sums pose."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from auditor.check.linear import Equality
from auditor.check.relatives import split_owner
from auditor.check.rule import Rule
from auditor.explain.locate.puzzle import Line, Puzzle, Shares, Witness, pose
from auditor.explain.locate.sums import (
    BLANK,
    as_witness,
    cell_at,
    is_known,
    summed_up,
    sums_of,
    sums_of_last_year,
    value_of,
)
from auditor.form import Band, FormTable, ValueKind, load_form, rules_dir
from auditor.model import Address, Outcome, OutcomeState, Report

LARGEST = 10**15
"""A number beyond it is no count, and no slip of the pen explains it."""
Key = tuple[str, str]
"""A rule and its instance."""


def puzzle_of(report: Report, rules: tuple[Rule, ...], outcomes: Iterable[Outcome]) -> Puzzle:
    """Pose the sums that were checked, and those that only a blank total kept from being so."""
    assert report.form is not None
    ended = {(outcome.rule, outcome.instance): outcome for outcome in outcomes}
    grave = {rule.id for rule in rules if rule.severity == "error"}
    missing = missing_totals(report, grave, ended.values())
    known = sums_of(report, rules)
    active = [
        equality
        for equality in known
        if _is_active(
            report, equality, ended.get((equality.rule, equality.instance)), missing, grave
        )
    ]
    last_year = sums_of_last_year(report, rules, _accused(ended.values()))
    active += last_year.get(OutcomeState.PASS, ())
    values = {a: value_of(cell_at(report, a)) for e in active for a in e.coefficients}
    if beyond := {a for a, value in values.items() if not -LARGEST < (value or 0) < LARGEST}:
        active = [equality for equality in active if beyond.isdisjoint(equality.coefficients)]
    kinds = _kinds(report.form)
    rows_printed, columns_printed = _lines(report.form)
    return pose(
        active,
        values,
        rows=tuple(_there(report, rows_printed)),
        columns=tuple(_there(report, columns_printed)),
        doubtful={address for address, cell in report.cells.items() if cell.assumed},
        signed={a for a in values if kinds.get(split_owner(a)[1]) == "change"},
        fractional={a for a in values if kinds.get(split_owner(a)[1]) == "amount"},
        published={address for address in values if split_owner(address)[0]},
        witnesses=dict.fromkeys(
            (
                *_said(ended.values()),
                *_open(report, known, ended, grave),
                *summed_up(report, rules),
                *(as_witness(report, e) for e in last_year.get(OutcomeState.VIOLATION, ())),
            )
        ),
        shares=_shares(),
    )


def _accused(outcomes: Iterable[Outcome]) -> frozenset[Address]:
    """Give the cells that any violation names, be it an error or not."""
    failed = [outcome for outcome in outcomes if outcome.state is OutcomeState.VIOLATION]
    terms = (term.cell for outcome in failed for term in (*outcome.left, *outcome.right))
    return frozenset((*terms, *(address for outcome in failed for address in outcome.cells)))


def number_said(outcome: Outcome) -> Witness | None:
    """Give the number of the prose that an outcome is about, if the cells must be just that."""
    if not outcome.meanings or outcome.actual is None:
        return None
    return Witness(outcome.actual, outcome.meanings)


def _said(outcomes: Iterable[Outcome]) -> Iterator[Witness]:
    return (said for outcome in outcomes if (said := number_said(outcome)))


def _open(
    report: Report, known: Iterable[Equality], ended: Mapping[Key, Outcome], grave: set[str]
) -> Iterator[Witness]:
    """Give the sums that fail without being errors: with exceptions, or parts not filled in."""
    for equality in known:
        outcome = ended.get((equality.rule, equality.instance))
        if outcome and _fails_without_error(report, equality, outcome, grave):
            yield as_witness(report, equality)


def _fails_without_error(
    report: Report, equality: Equality, outcome: Outcome, grave: set[str]
) -> bool:
    if outcome.state is OutcomeState.NOT_APPLICABLE:
        return is_known(report, equality)
    return outcome.state is OutcomeState.VIOLATION and equality.rule not in grave


def missing_totals(
    report: Report, grave: Collection[str], outcomes: Iterable[Outcome]
) -> frozenset[Address]:
    """Give the blank cells that an error accuses, each on its own."""
    return frozenset(
        address
        for outcome in outcomes
        if outcome.state is OutcomeState.VIOLATION and outcome.rule in grave
        for address in (outcome.cells if len(outcome.cells) == 1 else ())
        if (cell := report.cells.get(address)) and cell.state in BLANK
    )


def _is_active(
    report: Report,
    equality: Equality,
    outcome: Outcome | None,
    missing: frozenset[Address],
    grave: set[str],
) -> bool:
    """Whether the sum must hold: it did, or it is an error that it does not."""
    if outcome is None:
        return False
    if outcome.state is OutcomeState.VIOLATION:
        return equality.rule in grave
    if outcome.state is OutcomeState.NOT_APPLICABLE:
        return not missing.isdisjoint(equality.coefficients) and is_known(report, equality)
    return outcome.state is OutcomeState.PASS


@cache
def _kinds(form: str) -> Mapping[Address, ValueKind]:
    cells = (cell for table in load_form(form).tables for cell in table.cells)
    return {cell.address: cell.kind for cell in cells}


@cache
def _lines(form: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Give the rows and the columns of the form's tables."""
    bands = [band for table in load_form(form).tables for band in _bands(table)]
    return (
        tuple(row for band in bands for row in _rows(*band)),
        tuple(column for band in bands for column in _columns(*band)),
    )


def _bands(table: FormTable) -> Iterator[tuple[str, Band]]:
    return ((table.key, band) for band in table.bands)


def _rows(table: str, band: Band) -> Iterator[Line]:
    """Give the cells that stand side by side; of a band without rows, its blocks and the whole."""
    rows: dict[str, list[Address]] = {}
    for address, _, _ in band.cells():
        rows.setdefault(address.partition("/")[0], []).append(f"{table}/{address}")
    yield from map(tuple, rows.values())
    if not band.rows:
        yield tuple(address for row in rows.values() for address in row)


def _columns(table: str, band: Band) -> Iterator[Line]:
    for column in band.columns:
        if column.row is None:
            yield tuple(f"{table}/{row.key}/{column.key}" for row in band.rows)


def _there(report: Report, lines: Iterable[Line]) -> Iterator[Line]:
    """Leave out the cells that the report does not have."""
    kept = (tuple(address for address in line if address in report.cells) for line in lines)
    return (line for line in kept if line)


@cache
def _shares() -> Shares:
    """Read rules/forms/usual.toml."""
    usual = tomllib.loads((rules_dir() / "forms" / "usual.toml").read_text("utf-8"))
    return {
        f"{table}/{row}/{column}": (of_row, of_column)
        for table, lines in usual.items()
        for row, of_row in lines["rows"].items()
        for column, of_column in lines["columns"].items()
    }
