"""In: a seed. Out: reports with slips, drawn by another hand than slips.py and the generator.

The numbers are sparse and skewed, row by row and column by column for themselves; zeros are
printed as zeros, blanks or dashes; every cell is as likely to be hit, whatever stands in it.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from auditor.form import load_form
from auditor.model import Address
from tests.check.reports import Value

APPLICANTS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
COLUMNS = (*APPLICANTS, "total")
RESULTS = ("upheld", "corrected", "other", "pending")
BLOCKS = ("review", "suit_direct", "suit_after_review")
SPARSE = {1.5: 0.93, 8.0: 0.75, 60.0: 0.45, 900.0: 0.2}
"""The usual size of a number, and how many are zero: from village to province."""
ZEROS: tuple[Value, ...] = (0, 0, None, "-")

Numbers = dict[Address, int]
Slip = Callable[[random.Random, "Record"], Numbers]


@dataclass(frozen=True, slots=True)
class Record:
    """A consistent report: its edition, its outcome rows, its numbers."""

    edition: str
    outcomes: tuple[str, ...]
    numbers: Mapping[Address, int]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of table 三 from top to bottom."""
        return ("new", "carried_in", *self.outcomes, "handled_total", "carried_out")

    @property
    def summed(self) -> tuple[Address, ...]:
        """The cells that stand in a sum."""
        return tuple(a for a in self.numbers if not a.startswith("proactive_disclosure/"))


def at(row: str, column: str) -> Address:
    return f"applications/{row}/{column}"


def draw_record(rng: random.Random) -> Record:
    """Draw a report; its totals are added up."""
    edition = rng.choice(("2019", "2021"))
    form = load_form(edition)
    size = rng.choice([*SPARSE])
    rows = form.table("applications").row_group("outcomes")
    own = {c.row for t in form.tables for c in t.cells if c.instead_of is None}
    outcomes = tuple(row for row in rows if row in own)
    numbers: Numbers = {}
    for cell in form.table("proactive_disclosure").cells:
        numbers[cell.address] = _count(rng, size, 0.3)
    for block in BLOCKS:
        parts = [_count(rng, size / 4, 0.5) for _ in RESULTS]
        for key, part in zip((*RESULTS, "total"), (*parts, sum(parts)), strict=True):
            numbers[f"review_litigation/{block}/{key}"] = part
    numbers |= _applications(rng, size, outcomes)
    return Record(edition, outcomes, numbers)


def _applications(rng: random.Random, size: float, outcomes: tuple[str, ...]) -> Numbers:
    often = {row: rng.lognormvariate(0, 1.2) for row in (*outcomes, "carried_out")}
    many = {column: rng.lognormvariate(0, 1.0) for column in APPLICANTS}
    table: dict[str, dict[str, int]] = {row: {} for row in often}
    table |= {"new": {}, "carried_in": {}, "handled_total": {}}
    for column in APPLICANTS:
        for row, share in often.items():
            table[row][column] = _count(rng, size * share * many[column], SPARSE[size])
        handled = sum(table[row][column] for row in outcomes)
        table["handled_total"][column] = handled
        left = handled + table["carried_out"][column]
        table["carried_in"][column] = min(left, _count(rng, size * many[column], 0.6))
        table["new"][column] = left - table["carried_in"][column]
    for row in table:
        table[row]["total"] = sum(table[row].values())
    return {at(row, column): table[row][column] for row in table for column in COLUMNS}


def _count(rng: random.Random, size: float, zero: float) -> int:
    return 0 if rng.random() < zero else round(rng.expovariate(1 / size)) + (rng.random() < 0.5)


# ------------------------------------------------------------------ slips


def _one(change: Callable[[random.Random, str], str]) -> Slip:
    def slip(rng: random.Random, record: Record) -> Numbers:
        address = rng.choice(record.summed)
        return {address: int(change(rng, str(record.numbers[address])) or "0")}

    return slip


def _digit(rng: random.Random, text: str) -> str:
    ix = rng.randrange(len(text))
    return text[:ix] + rng.choice("0123456789") + text[ix + 1 :]


def _lost(rng: random.Random, text: str) -> str:
    ix = rng.randrange(len(text))
    return text[:ix] + text[ix + 1 :]


def _more(rng: random.Random, text: str) -> str:
    ix = rng.randrange(len(text) + 1)
    return text[:ix] + rng.choice("0123456789") + text[ix:]


def _turned(rng: random.Random, text: str) -> str:
    ix = rng.randrange(max(len(text) - 1, 1))
    return text[:ix] + text[ix : ix + 2][::-1] + text[ix + 2 :]


def _any(rng: random.Random, text: str) -> str:
    return rng.choice((_digit, _lost, _more, _turned))(rng, text)


def _minus(rng: random.Random, text: str) -> str:
    return f"-{text}"


def _a_total(rng: random.Random, record: Record) -> Address:
    totals = [a for a in record.summed if a.endswith("/total") or "/handled_total/" in a]
    return rng.choice(totals)


def _other_total(rng: random.Random, record: Record) -> Numbers:
    address = _a_total(rng, record)
    size = 10 ** len(str(record.numbers[address]))
    return {address: rng.randrange(size)}


def _no_total(rng: random.Random, record: Record) -> Numbers:
    return {_a_total(rng, record): 0}


def _beside(rng: random.Random, record: Record) -> Numbers:
    """Put a number into the column beside its own, and what stood there into its place."""
    row, ix = rng.choice(record.rows), rng.randrange(5)
    here, there = at(row, APPLICANTS[ix]), at(row, APPLICANTS[ix + 1])
    return {here: record.numbers[there], there: record.numbers[here]}


def _one_aside(rng: random.Random, record: Record) -> Numbers:
    """Paste the applicants' numbers of a row one column to the right; the last is lost."""
    row = rng.choice(record.rows)
    values = [record.numbers[at(row, column)] for column in APPLICANTS]
    moved = [0, *values[:-1]] if rng.random() < 0.7 else [*values[1:], 0]
    return {at(row, column): value for column, value in zip(APPLICANTS, moved, strict=True)}


def _turned_rows(rng: random.Random, record: Record) -> Numbers:
    ix = rng.randrange(len(record.rows) - 1)
    upper, lower = record.rows[ix], record.rows[ix + 1]
    pairs = [(at(upper, column), at(lower, column)) for column in COLUMNS]
    return {a: record.numbers[b] for pair in pairs for a, b in (pair, pair[::-1])}


def _added_up(rng: random.Random, record: Record) -> Numbers:
    """Type an outcome wrong and add everything above it up again."""
    row, column = rng.choice(record.outcomes), rng.choice(APPLICANTS)
    item = record.numbers[at(row, column)]
    by = int(_any(rng, str(item)) or "0") - item
    cells = [(row, column), (row, "total"), ("handled_total", column), ("handled_total", "total")]
    return {at(*cell): record.numbers[at(*cell)] + by for cell in cells}


def _received(rng: random.Random, record: Record) -> Numbers:
    """Type a number received or carried over wrong, and add its row up again."""
    row, column = rng.choice(("new", "carried_in", "carried_out")), rng.choice(APPLICANTS)
    item = record.numbers[at(row, column)]
    by = int(_any(rng, str(item)) or "0") - item
    return {at(row, c): record.numbers[at(row, c)] + by for c in (column, "total")}


SLIPS: Mapping[str, tuple[Slip, ...]] = {
    "one typo": (_one(_any),),
    "transposition": (_one(_turned),),
    "sign": (_one(_minus),),
    "arbitrary wrong total": (_other_total,),
    "total 0": (_no_total,),
    "value in neighbour column": (_beside,),
    "row shifted by one column": (_one_aside,),
    "adjacent rows swapped": (_turned_rows,),
    "two typos": (_one(_any),) * 2,
    "three typos": (_one(_any),) * 3,
    "item wrong, totals re-added": (_added_up,),
    "received wrong, row re-added": (_received,),
}


def draw_cases(name: str, count: int, seed: int) -> Iterator[tuple[Record, Numbers, Numbers]]:
    """Give reports with the slips of a class: the record, what is printed, what is right."""
    for number in range(count):
        rng = random.Random(f"protocol/{seed}/{name}/{number}")
        printed: Numbers = {}
        while not printed:
            record = draw_record(rng)
            printed = _slipped(rng, record, SLIPS[name])
        yield record, printed, {a: record.numbers[a] for a in printed}


def _slipped(rng: random.Random, record: Record, slips: tuple[Slip, ...]) -> Numbers:
    """Make the slips, each with a change of its own; nothing where one changes nothing."""
    made: Numbers = {}
    for slip in slips:
        changed = {a: v for a, v in slip(rng, record).items() if v != record.numbers[a]}
        if not changed or not made.keys().isdisjoint(changed):
            return {}
        made |= changed
    return made


def as_printed(rng: random.Random, record: Record, printed: Numbers) -> dict[Address, Value]:
    """Give the cells as they stand on paper; the report writes its zeros in one way."""
    zero = rng.choice(ZEROS)
    numbers = {**record.numbers, **printed}
    return {address: value or zero for address, value in numbers.items()}
