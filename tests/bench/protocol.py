"""In: a seed. Out: reports with slips, drawn by other hands than slips.py and the generator.

The third hand's numbers are sparse and skewed, row by row and column by column for themselves; the
fourth's are small, mostly zero, and no row or column is larger than another. Zeros are printed as
zeros, blanks or dashes; every cell is as likely to be hit, whatever stands in it. How each number
was drawn is kept, so that `ceilings.py` can tell how much the best guess would find.
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
FLAT = {3.0: 0.6, 6.0: 0.75, 12.0: 0.88}
"""The same of the fourth hand, whose rows and columns are all alike."""
ZEROS: tuple[Value, ...] = (0, 0, None, "-")

Numbers = dict[Address, int]
Draw = tuple[float, float]
Slip = Callable[[random.Random, "Record"], Numbers]


@dataclass(frozen=True, slots=True)
class Record:
    """A consistent report: its edition, its outcome rows, its numbers.

    `draws`: of each number that follows from no other, its usual size and how often it is zero.
    """

    edition: str
    outcomes: tuple[str, ...]
    numbers: Mapping[Address, int]
    draws: Mapping[Address, Draw]

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


def draw_record(rng: random.Random, *, flat: bool = False) -> Record:
    """Draw a report; its totals are added up."""
    edition = rng.choice(("2019", "2021"))
    form = load_form(edition)
    sizes = FLAT if flat else SPARSE
    size = rng.choice([*sizes])
    rows = form.table("applications").row_group("outcomes")
    own = {c.row for t in form.tables for c in t.cells if c.instead_of is None}
    outcomes = tuple(row for row in rows if row in own)
    draws = _draws(rng, outcomes, (size, sizes[size]), flat=flat)
    drawn = {address: _count(rng, *draw) for address, draw in draws.items()}
    disclosed = {
        c.address: _count(rng, size, 0.3) for c in form.table("proactive_disclosure").cells
    }
    return Record(edition, outcomes, disclosed | _added(drawn, outcomes), draws)


def _draws(
    rng: random.Random, outcomes: tuple[str, ...], draw: Draw, *, flat: bool
) -> dict[Address, Draw]:
    """Settle how each number that follows from no other is drawn."""
    size, zero = draw
    unlike = 0.0 if flat else 1.0
    often = {row: rng.lognormvariate(0, 1.2 * unlike) for row in (*outcomes, "carried_out")}
    many = {column: rng.lognormvariate(0, unlike) for column in APPLICANTS}
    draws = {
        at(row, column): (size * often[row] * many[column], zero)
        for row in often
        for column in APPLICANTS
    }
    carried = {at("carried_in", column): (size * many[column], 0.6) for column in APPLICANTS}
    suits = {f"review_litigation/{b}/{key}": (size / 4, 0.5) for b in BLOCKS for key in RESULTS}
    return draws | carried | suits


def _added(drawn: Numbers, outcomes: tuple[str, ...]) -> Numbers:
    """Add the totals up; what came in new is what makes the balance."""
    numbers = dict(drawn)
    for column in APPLICANTS:
        handled = sum(drawn[at(row, column)] for row in outcomes)
        left = handled + drawn[at("carried_out", column)]
        carried_in = min(left, drawn[at("carried_in", column)])
        numbers[at("handled_total", column)] = handled
        numbers[at("carried_in", column)] = carried_in
        numbers[at("new", column)] = left - carried_in
    for row in ("new", "carried_in", *outcomes, "handled_total", "carried_out"):
        numbers[at(row, "total")] = sum(numbers[at(row, column)] for column in APPLICANTS)
    for block in BLOCKS:
        parts = (f"review_litigation/{block}/{key}" for key in RESULTS)
        numbers[f"review_litigation/{block}/total"] = sum(drawn[part] for part in parts)
    return numbers


def _count(rng: random.Random, size: float, zero: float) -> int:
    return 0 if rng.random() < zero else round(rng.expovariate(1 / size)) + (rng.random() < 0.5)


# ------------------------------------------------------------------ slips


def _one(change: Callable[[random.Random, str], str]) -> Slip:
    def slip(rng: random.Random, record: Record) -> Numbers:
        address = rng.choice(record.summed)
        return {address: int(change(rng, str(record.numbers[address])) or "0")}

    return slip


def _digit(text: str) -> list[str]:
    places = range(len(text))
    return [text[:ix] + digit + text[ix + 1 :] for ix in places for digit in "0123456789"]


def _lost(text: str) -> list[str]:
    return [text[:ix] + text[ix + 1 :] for ix in range(len(text))]


def _more(text: str) -> list[str]:
    places = range(len(text) + 1)
    return [text[:ix] + digit + text[ix:] for ix in places for digit in "0123456789"]


def _turned(text: str) -> list[str]:
    places = range(max(len(text) - 1, 1))
    return [text[:ix] + text[ix : ix + 2][::-1] + text[ix + 2 :] for ix in places]


MISTYPED = (_digit, _lost, _more, _turned)
"""The ways of mistyping a number; each gives what may come of it, all of it as likely."""


def _any(rng: random.Random, text: str) -> str:
    return rng.choice(rng.choice(MISTYPED)(text))


def _swapped(rng: random.Random, text: str) -> str:
    return rng.choice(_turned(text))


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
    "transposition": (_one(_swapped),),
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


def draw_cases(
    name: str, count: int, seed: int, *, flat: bool = False
) -> Iterator[tuple[Record, Numbers, Numbers]]:
    """Give reports with the slips of a class: the record, what is printed, what is right."""
    for number in range(count):
        rng = random.Random(f"protocol/{flat}/{seed}/{name}/{number}")
        printed: Numbers = {}
        while not printed:
            record = draw_record(rng, flat=flat)
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
