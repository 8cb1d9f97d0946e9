"""In: nothing. Out: two years' reports that agree, with slips that only both together show."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from auditor.check.relatives import ALONE, PREVIOUS, owned
from auditor.model import Address, Report
from tests.bench import slips
from tests.check.reports import report as report_of
from tests.generator.kin import year_before
from tests.generator.truth import APPLICANTS, SCALES, Truth, consistent_truth

Changed = dict[Address, int]
Slip = Callable[[random.Random, Truth, Truth], tuple[Changed, Changed] | None]
"""What is wrong this year, and what last year."""


def cases(slip: Slip, count: int, seed: int) -> Iterator[tuple[Report, Mapping[Address, object]]]:
    """Give this year's report beside last year's, and what the wrong cells should say."""
    for number in range(count):
        rng = random.Random(f"years/{seed}/{number}")
        made = None
        while made is None:
            this = consistent_truth(rng.randrange(10**9), "2021", rng.choice(SCALES))
            try:
                last = year_before(this, rng.randrange(10**9))
            except AssertionError:  # nothing could lead to these numbers
                continue
            made = slip(rng, this, last)
        wrong, wrong_before = made
        before = report_of({**last, **wrong_before}, year=2023)
        relatives = replace(ALONE, previous=before)
        right = {a: this[a] for a in wrong} | {owned(PREVIOUS, a): last[a] for a in wrong_before}
        yield replace(report_of({**this, **wrong}), relatives=relatives), right


def _retyped(truth: Truth, rng: random.Random, column: str, row: str) -> Changed | None:
    """Type a number wrong, and add its row up again."""
    address = f"applications/{row}/{column}"
    changed = slips.SINGLE["typo, any cell"](rng, {address: int(truth[address] or 0)}, "2021")
    if not changed or changed[address] in {None, truth[address]}:
        return None
    by = int(changed[address] or 0) - int(truth[address] or 0)
    cells = dict.fromkeys((address, f"applications/{row}/total"))
    return {cell: int(truth[cell] or 0) + by for cell in cells}


def _carried_in(rng: random.Random, this: Truth, last: Truth) -> tuple[Changed, Changed] | None:
    changed = _retyped(this, rng, rng.choice(APPLICANTS), "carried_in")
    return changed and (changed, {})


def _last_total(rng: random.Random, this: Truth, last: Truth) -> tuple[Changed, Changed] | None:
    changed = _retyped(last, rng, "total", "carried_out")
    return changed and ({}, changed)


def _last_item(rng: random.Random, this: Truth, last: Truth) -> tuple[Changed, Changed] | None:
    changed = _retyped(last, rng, rng.choice(APPLICANTS), "carried_out")
    return changed and ({}, changed)


def _as_new(rng: random.Random, this: Truth, last: Truth) -> tuple[Changed, Changed] | None:
    """Count some of what was carried in as new."""
    carried = {c: int(this[f"applications/carried_in/{c}"] or 0) for c in APPLICANTS}
    if not any(carried.values()):
        return None
    column = rng.choice([c for c, there in carried.items() if there])
    by = rng.randint(1, carried[column])
    moves = {"carried_in": -by, "new": by}
    cells = {f"applications/{row}/{c}": n for row, n in moves.items() for c in (column, "total")}
    return {cell: int(this[cell] or 0) + n for cell, n in cells.items()}, {}


SLIPS: Mapping[str, Slip] = {
    "carried in wrong, row re-added": _carried_in,
    "last year's total wrong": _last_total,
    "last year's item wrong, row re-added": _last_item,
    "carried in counted as new": _as_new,
}
