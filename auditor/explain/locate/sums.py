"""In: a report, and those that it is compared with. Out: the sums that rules make of their cells.

Whether a sum holds is another matter; a blank counts as zero.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from auditor.check.evaluate import check
from auditor.check.linear import Equality, linear_equalities
from auditor.check.relatives import (
    PREVIOUS,
    children_of,
    others_of,
    owned,
    relatives_of,
    split_owner,
)
from auditor.check.rule import Rule
from auditor.explain.locate.puzzle import Witness
from auditor.model import Address, Amount, Cell, CellState, OutcomeState, Report, Term

BLANK = frozenset({CellState.BLANK, CellState.DASH})
NEARLY_ALL = 0.9
"""Of so many of its cells that hold anything a sum must be right to be taken for one."""
Rows = tuple[tuple[str, tuple[str, ...]], ...]


def sums_of(report: Report, rules: tuple[Rule, ...]) -> tuple[Equality, ...]:
    """Give the sums of a report, with last year's cells and those of whom it is the exact sum."""
    return _equalities(rules, report.form or "", _rows(report), _compared_with(report))


def sums_of_last_year(
    report: Report, rules: tuple[Rule, ...], accused: Collection[Address]
) -> Mapping[OutcomeState, list[Equality]]:
    """Give last year's own sums by how they end there, if a cell of that report is in question."""
    ended: dict[OutcomeState, list[Equality]] = {}
    last = others_of(report).get(PREVIOUS)
    if last is None or last.form is None or not any(split_owner(a)[0] for a in accused):
        return ended
    alone = check(replace(last, relatives=None), rules)
    states = {(outcome.rule, outcome.instance): outcome.state for outcome in alone}
    for equality in _equalities(rules, last.form, _rows(last), ()):
        if state := states.get((equality.rule, equality.instance)):
            ended.setdefault(state, []).append(_as_last_year_s(equality))
    return ended


def _as_last_year_s(equality: Equality) -> Equality:
    instance = owned(PREVIOUS, equality.instance)
    cells = {owned(PREVIOUS, address): c for address, c in equality.coefficients.items()}
    return replace(equality, instance=instance, coefficients=cells)


def summed_up(report: Report, rules: tuple[Rule, ...]) -> Iterator[Witness]:
    """Give what the children come to, where the report does not say that it is just their sum.

    Only where nearly every cell is: else it counts more than these children.
    """
    children = children_of(report)
    if not children or relatives_of(report).exact:
        return
    alone, owners = sums_of(report, rules), (*_compared_with(report), *children)
    summed = _equalities(rules, report.form or "", _rows(report), owners)
    sums = [e for e in summed if e not in alone and is_known(report, e)]
    told = [as_witness(report, equality) for equality in sums]
    filled = [witness for witness in told if any(term.value for term in witness.meanings[0])]
    if sum(witness.agrees({}) for witness in filled) >= NEARLY_ALL * len(filled):
        yield from told


def as_witness(report: Report, equality: Equality) -> Witness:
    """Give a sum as what speaks of the cells without being certain."""
    terms = tuple(
        Term(address, value_of(cell_at(report, address)) or 0, coefficient)
        for address, coefficient in equality.coefficients.items()
    )
    return Witness(-equality.constant, (terms,))


def cell_at(report: Report, address: Address) -> Cell | None:
    """Give a cell of the report, or of one that it is compared with."""
    owner, own = split_owner(address)
    owning = others_of(report).get(owner) if owner else report
    return owning.cells.get(own) if owning else None


def is_known(report: Report, equality: Equality) -> bool:
    """Whether each cell holds a number or is blank."""
    cells = (cell_at(report, address) for address in equality.coefficients)
    return all(cell and (cell.state in BLANK or cell.value is not None) for cell in cells)


def value_of(cell: Cell | None) -> Amount | None:
    """Give the number of a cell, if there is one."""
    return cell.value if cell else None


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


def _rows(report: Report) -> Rows:
    return tuple((key, table.rows) for key, table in report.tables.items())
