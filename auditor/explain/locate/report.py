"""In: a report and how the rules ended on it. Out: the puzzle that its broken sums pose."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from auditor.check.linear import Equality, linear_equalities
from auditor.check.relatives import (
    PREVIOUS,
    children_of,
    others_of,
    relatives_of,
    split_owner,
)
from auditor.check.rule import Rule
from auditor.explain.locate.puzzle import Line, Puzzle, Shares, Witness, pose
from auditor.form import Band, FormTable, ValueKind, load_form, rules_dir
from auditor.model import Address, Amount, Cell, CellState, Outcome, OutcomeState, Report, Term

_BLANK = frozenset({CellState.BLANK, CellState.DASH})
LARGEST = 10**15
"""A number beyond it is no count, and no slip of the pen explains it."""
NEARLY_ALL = 0.9
"""Of so many of its cells that hold anything a sum must be right to be taken for one."""
Key = tuple[str, str]
"""A rule and its instance."""
Rows = tuple[tuple[str, tuple[str, ...]], ...]


def puzzle_of(report: Report, rules: tuple[Rule, ...], outcomes: Iterable[Outcome]) -> Puzzle:
    """Pose the sums that were checked, and those that only a blank total kept from being so."""
    assert report.form is not None
    rows = tuple((key, table.rows) for key, table in report.tables.items())
    ended = {(outcome.rule, outcome.instance): outcome for outcome in outcomes}
    grave = {rule.id for rule in rules if rule.severity == "error"}
    missing = missing_totals(report, grave, ended.values())
    known = _equalities(rules, report.form, rows, _compared_with(report))
    active = [
        equality
        for equality in known
        if _is_active(
            report, equality, ended.get((equality.rule, equality.instance)), missing, grave
        )
    ]
    values = {a: _value(cell_at(report, a)) for e in active for a in e.coefficients}
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
                *_summed_up(report, rules, rows),
            )
        ),
        shares=_shares(),
    )


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
            yield _as_witness(report, equality)


def _summed_up(report: Report, rules: tuple[Rule, ...], rows: Rows) -> Iterator[Witness]:
    """Give what the children come to, where the report does not say that it is just their sum.

    Only where nearly every cell is: else it counts more than these children.
    """
    children = children_of(report)
    if not children or relatives_of(report).exact or report.form is None:
        return
    alone = _equalities(rules, report.form, rows, _compared_with(report))
    summed = _equalities(rules, report.form, rows, (*_compared_with(report), *children))
    sums = [e for e in summed if e not in alone and _is_known(report, e)]
    told = [_as_witness(report, equality) for equality in sums]
    filled = [witness for witness in told if any(term.value for term in witness.meanings[0])]
    if sum(witness.agrees({}) for witness in filled) >= NEARLY_ALL * len(filled):
        yield from told


def _as_witness(report: Report, equality: Equality) -> Witness:
    terms = tuple(
        Term(address, _value(cell_at(report, address)) or 0, coefficient)
        for address, coefficient in equality.coefficients.items()
    )
    return Witness(-equality.constant, (terms,))


def _fails_without_error(
    report: Report, equality: Equality, outcome: Outcome, grave: set[str]
) -> bool:
    if outcome.state is OutcomeState.NOT_APPLICABLE:
        return _is_known(report, equality)
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
        if (cell := report.cells.get(address)) and cell.state in _BLANK
    )


def _compared_with(report: Report) -> tuple[str, ...]:
    """Give whose cells count: last year's, and the children's of which this is the exact sum."""
    children = children_of(report) if relatives_of(report).exact else ()
    return (*((PREVIOUS,) if PREVIOUS in others_of(report) else ()), *children)


@cache
def _equalities(
    rules: tuple[Rule, ...], form: str, rows: Rows, owners: tuple[str, ...]
) -> tuple[Equality, ...]:
    with_last_year = PREVIOUS in owners
    summed = tuple(owner for owner in owners if owner != PREVIOUS)
    return linear_equalities(rules, form, dict(rows), previous=with_last_year, summed=summed)


def cell_at(report: Report, address: Address) -> Cell | None:
    """Give a cell of the report, or of one that it is compared with."""
    owner, own = split_owner(address)
    owning = others_of(report).get(owner) if owner else report
    return owning.cells.get(own) if owning else None


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
        return not missing.isdisjoint(equality.coefficients) and _is_known(report, equality)
    return outcome.state is OutcomeState.PASS


def _is_known(report: Report, equality: Equality) -> bool:
    """Whether each cell holds a number or is blank."""
    cells = (cell_at(report, address) for address in equality.coefficients)
    return all(cell and (cell.state in _BLANK or cell.value is not None) for cell in cells)


def _value(cell: Cell | None) -> Amount | None:
    return cell.value if cell else None


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
