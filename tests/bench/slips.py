"""In: a consistent report. Out: the same with slips of one class, as officials and scanners make.

Written apart from the costs of the search, and without them: every slip draws its place evenly.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from auditor.form import load_form
from auditor.model import Address
from tests.generator.truth import (
    APPLICANTS,
    BLOCKS,
    RESULTS,
    FormName,
    Truth,
    edition_of,
    outcome_rows,
)

Changes = dict[Address, int | None]
Slip = Callable[[random.Random, Mapping[Address, int], FormName], Changes | None]
COLUMNS = (*APPLICANTS, "total")


def rows_of(form: FormName) -> tuple[str, ...]:
    """Give the rows of table 三 as they are printed."""
    known = {"new", "carried_in", *outcome_rows(form), "handled_total", "carried_out"}
    keys = load_form(edition_of(form)).table("applications").row_keys()
    return tuple(key for key in keys if key in known)


def counts_of(truth: Truth) -> dict[Address, int]:
    """Give the whole numbers of a report."""
    return {address: value for address, value in truth.items() if isinstance(value, int)}


def _cell(row: str, column: str) -> Address:
    return f"applications/{row}/{column}"


def _some(rng: random.Random, numbers: Mapping[Address, int], least: int) -> Address | None:
    """Draw a cell, any that holds so much."""
    found = [address for address, value in numbers.items() if value >= least]
    return rng.choice(found) if found else None


# ------------------------------------------------------------------ one number


def _respelled(least: int, spell: Callable[[random.Random, str], str]) -> Slip:
    def slip(rng: random.Random, numbers: Mapping[Address, int], form: FormName) -> Changes | None:
        address = _some(rng, numbers, least)
        return None if address is None else {address: int(spell(rng, str(numbers[address])))}

    return slip


def _substitute(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[:ix] + rng.choice("0123456789".replace(digits[ix], "")) + digits[ix + 1 :]


def _insert(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits) + 1)
    return digits[:ix] + rng.choice("0123456789") + digits[ix:]


def _delete(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[:ix] + digits[ix + 1 :] or "0"


def _double(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[: ix + 1] + digits[ix:]


def _transpose(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits) - 1)
    return digits[:ix] + digits[ix + 1] + digits[ix] + digits[ix + 2 :]


def _typo(rng: random.Random, digits: str) -> str:
    spellings = [_substitute, _insert, _delete, _double]
    return rng.choice([*spellings, _transpose] if len(digits) > 1 else spellings)(rng, digits)


def _confuse(rng: random.Random, digits: str) -> str:
    """Read a digit as a scanner does; held out: the costs were not made with it."""
    alike = {"0": "68", "1": "74", "3": "85", "4": "9", "5": "6", "6": "05", "7": "1", "8": "30"}
    places = [ix for ix, digit in enumerate(digits) if digit in alike]
    if not places:
        return digits
    ix = rng.choice(places)
    return digits[:ix] + rng.choice(alike[digits[ix]]) + digits[ix + 1 :]


def _keypad(rng: random.Random, digits: str) -> str:
    """Hit the key beside the right one on a numeric keypad; held out as well."""
    beside = {"0": "12", "1": "204", "2": "135", "3": "26", "4": "157", "5": "2468"}
    beside |= {"6": "359", "7": "48", "8": "579", "9": "68"}
    ix = rng.randrange(len(digits))
    return digits[:ix] + rng.choice(beside[digits[ix]]) + digits[ix + 1 :]


def _zeros(rng: random.Random, digits: str) -> str:
    return digits + "0" if rng.random() < 0.5 or not digits.endswith("0") else digits[:-1]


# ------------------------------------------------------------------ a total


def _total(rng: random.Random, form: FormName) -> Address:
    totals = [_cell(row, "total") for row in rows_of(form)]
    totals += [_cell("handled_total", applicant) for applicant in APPLICANTS]
    totals += [f"review_litigation/{block}/total" for block in BLOCKS]
    return rng.choice(totals)


def _wrong_total(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    address = _total(rng, form)
    return {address: rng.randint(0, max(2 * numbers[address], 20))}


def _blank_total(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    address = _total(rng, form)
    return {address: None} if numbers[address] else None


def _zero_total(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    address = _total(rng, form)
    return {address: 0} if numbers[address] else None


# ------------------------------------------------------------------ numbers in the wrong place


def _neighbour_column(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    row, ix = rng.choice(rows_of(form)), rng.randrange(len(APPLICANTS) - 1)
    here, there = _cell(row, APPLICANTS[ix]), _cell(row, APPLICANTS[ix + 1])
    return {here: numbers[there], there: numbers[here]}


def _misfiled(rng: random.Random, numbers: Mapping[Address, int], form: FormName) -> Changes | None:
    row = rng.choice(rows_of(form))
    here, there = (_cell(row, applicant) for applicant in rng.sample(APPLICANTS, 2))
    if not numbers[here]:
        return None
    count = rng.randint(1, min(3, numbers[here]))
    return {here: numbers[here] - count, there: numbers[there] + count}


def _shifted(rng: random.Random, numbers: Mapping[Address, int], form: FormName) -> Changes | None:
    """Paste a row one column to the right or the left, with or without its total."""
    columns = rng.choice((COLUMNS, APPLICANTS))
    cells = [_cell(rng.choice(rows_of(form)), column) for column in columns]
    cells = [_cell(cells[0].split("/")[1], column) for column in columns]
    values = [numbers[cell] for cell in cells]
    moved = [0, *values[:-1]] if rng.random() < 0.5 else [*values[1:], 0]
    return dict(zip(cells, moved, strict=True))


def _rows_swapped(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    rows = rows_of(form)
    ix = rng.randrange(len(rows) - 1)
    pairs = [(_cell(rows[ix], column), _cell(rows[ix + 1], column)) for column in COLUMNS]
    return {a: numbers[b] for pair in pairs for a, b in (pair, pair[::-1])}


def _readded(rng: random.Random, numbers: Mapping[Address, int], form: FormName) -> Changes | None:
    """Type an item wrong, then add up its row, its column and the grand total over it."""
    row, column = rng.choice(outcome_rows(form)), rng.choice(APPLICANTS)
    item = _cell(row, column)
    if not numbers[item]:
        return None
    delta = int(_typo(rng, str(numbers[item]))) - numbers[item]
    corner = _cell("handled_total", "total")
    cells = (item, _cell(row, "total"), _cell("handled_total", column), corner)
    return {cell: numbers[cell] + delta for cell in cells}


def _block_shifted(
    rng: random.Random, numbers: Mapping[Address, int], form: FormName
) -> Changes | None:
    cells = [f"review_litigation/{block}/{key}" for block in BLOCKS for key in (*RESULTS, "total")]
    values = [numbers[cell] for cell in cells]
    moved = [0, *values[:-1]] if rng.random() < 0.5 else [*values[1:], 0]
    return dict(zip(cells, moved, strict=True))


SINGLE: Mapping[str, Slip] = {
    "typo": _respelled(1, _typo),
    "typo, any cell": _respelled(0, _typo),
    "digit mistyped": _respelled(1, _substitute),
    "digit missing": _respelled(10, _delete),
    "digit too many": _respelled(1, _insert),
    "digits swapped": _respelled(10, _transpose),
    "zeros": _respelled(1, _zeros),
    "sign": _respelled(1, lambda _, digits: f"-{digits}"),
    "wrong total": _wrong_total,
    "blank total": _blank_total,
    "total left 0": _zero_total,
    "held out: scanner": _respelled(1, _confuse),
    "held out: keypad": _respelled(0, _keypad),
}
SEVERAL_CELLS: Mapping[str, Slip] = {
    "neighbour column": _neighbour_column,
    "misfiled item": _misfiled,
    "row shifted": _shifted,
    "table 4 shifted": _block_shifted,
    "rows swapped": _rows_swapped,
    "totals re-added": _readded,
}


def _covered(slip: Slip) -> Slip:
    """Keep a slip to tables 三 and 四: in 表二 no sum would show it."""

    def covered(
        rng: random.Random, numbers: Mapping[Address, int], form: FormName
    ) -> Changes | None:
        summed = {a: value for a, value in numbers.items() if not a.startswith("proactive")}
        return slip(rng, summed, form)

    return covered


TYPO = _covered(SINGLE["typo"])


def slipped(
    rng: random.Random, truth: Truth, slips: Sequence[Slip], form: FormName
) -> Changes | None:
    """Make these slips, each in cells of its own; None where these numbers have no such place."""
    numbers, made = counts_of(truth), Changes()
    for slip in slips:
        for _ in range(60):
            drawn = slip(rng, numbers, form) or {}
            changed = {
                address: value for address, value in drawn.items() if value != numbers[address]
            }
            if changed and changed.keys().isdisjoint(made):
                made |= changed
                break
        else:
            return None
    return made
