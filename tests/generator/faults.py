"""In: a consistent truth. Out: the same with one slip of the pen, and the equalities it breaks."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from auditor.model import Address

from .truth import APPLICANTS, BLOCKS, FormName, Truth, broken, equalities, outcome_rows

FaultKind = Literal[
    "digit-typo",
    "digits-swapped",
    "digit-missing",
    "digit-doubled",
    "off-by-one",
    "sign",
    "total-not-updated",
    "total-zero",
    "part-left-out",
    "neighbour-column",
    "neighbour-row",
    "review-total-zero",
]
KINDS: tuple[FaultKind, ...] = get_args(FaultKind)

Changes = dict[Address, int]
Slip = Callable[[random.Random, Mapping[Address, int], FormName], Changes | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip: the changed truth, what was changed (from, to), and what no longer adds up."""

    kind: FaultKind
    truth: Truth
    changed: Mapping[Address, tuple[int, int]]
    broken: tuple[str, ...]


class NoSuchSlipError(Exception):
    """These numbers have no place where this kind of slip would break an equality."""


def inject(truth: Truth, kind: FaultKind, seed: int, form: FormName) -> Fault:
    """Make one slip that breaks at least one equality; raises NoSuchSlipError."""
    rng = random.Random(f"{seed}/{kind}")
    counts = _counts(truth, form)
    for _ in range(400):
        changes = SLIPS[kind](rng, counts, form)
        if not changes or all(counts[a] == value for a, value in changes.items()):
            continue
        changed = truth | changes
        if names := broken(changed, form):
            pairs = {a: (counts[a], value) for a, value in changes.items()}
            return Fault(kind, changed, pairs, names)
    raise NoSuchSlipError(kind)


def _counts(truth: Truth, form: FormName) -> dict[Address, int]:
    """Give the cells that stand in an equality and hold a number."""
    addresses = dict.fromkeys(a for equality in equalities(form) for a in equality.signs)
    return {a: int(value) for a in addresses if (value := truth[a]) is not None}


def _retyped(retype: Callable[[random.Random, str], str], least: int) -> Slip:
    """Make a slip that types one number wrongly; `least` is the smallest number it can befall."""

    def slip(rng: random.Random, counts: Mapping[Address, int], form: FormName) -> Changes | None:
        places = [a for a, value in counts.items() if value >= least]
        if not places:
            return None
        address = rng.choice(places)
        return {address: int(retype(rng, str(counts[address])))}

    return slip


def _wrong_digit(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[:ix] + rng.choice("123456789".replace(digits[ix], "")) + digits[ix + 1 :]


def _swapped_digits(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits) - 1)
    return digits[:ix] + digits[ix + 1] + digits[ix] + digits[ix + 2 :]


def _missing_digit(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[:ix] + digits[ix + 1 :]


def _doubled_digit(rng: random.Random, digits: str) -> str:
    ix = rng.randrange(len(digits))
    return digits[: ix + 1] + digits[ix:]


def _off_by_one(rng: random.Random, digits: str) -> str:
    return str(max(0, int(digits) + rng.choice((-1, 1))))


def _sign(rng: random.Random, digits: str) -> str:
    return f"-{digits}"


def _totals(form: FormName) -> list[Address]:
    rows = ("new", "carried_in", *outcome_rows(form), "handled_total", "carried_out")
    columns = [f"applications/handled_total/{applicant}" for applicant in APPLICANTS]
    blocks = [f"review_litigation/{block}/total" for block in BLOCKS]
    return [f"applications/{row}/total" for row in rows] + columns + blocks


def _total_not_updated(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    """A part grew late in the day, its totals stayed: they lag by a little."""
    address = rng.choice(_totals(form))
    return {address: counts[address] - rng.randint(1, 3)} if counts[address] > 2 else None


def _total_zero(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    return {rng.choice(_totals(form)): 0}


def _review_total_zero(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    return {f"review_litigation/{rng.choice(BLOCKS)}/total": 0}


def _part_left_out(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    """（七）总计 was summed without one of its rows."""
    row, column = rng.choice(outcome_rows(form)), rng.choice(APPLICANTS)
    part = counts[f"applications/{row}/{column}"]
    address = f"applications/handled_total/{column}"
    return {address: counts[address] - part} if part else None


def _neighbour_column(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    """One item stands under another applicant: +1 and -1, while the row's 总计 still holds."""
    row = rng.choice(("new", "carried_in", *outcome_rows(form), "handled_total", "carried_out"))
    ix = rng.randrange(len(APPLICANTS) - 1)
    here, there = (f"applications/{row}/{APPLICANTS[i]}" for i in rng.sample((ix, ix + 1), 2))
    return {here: counts[here] - 1, there: counts[there] + 1} if counts[here] else None


def _neighbour_row(
    rng: random.Random, counts: Mapping[Address, int], form: FormName
) -> Changes | None:
    """Two numbers of a column changed places: its sum holds, the sums of the rows do not."""
    rows = outcome_rows(form)
    ix, column = rng.randrange(len(rows) - 1), rng.choice((*APPLICANTS, "total"))
    here, below = (f"applications/{rows[i]}/{column}" for i in (ix, ix + 1))
    return {here: counts[below], below: counts[here]}


SLIPS: Mapping[FaultKind, Slip] = {
    "digit-typo": _retyped(_wrong_digit, 0),
    "digits-swapped": _retyped(_swapped_digits, 10),
    "digit-missing": _retyped(_missing_digit, 10),
    "digit-doubled": _retyped(_doubled_digit, 1),
    "off-by-one": _retyped(_off_by_one, 0),
    "sign": _retyped(_sign, 1),
    "total-not-updated": _total_not_updated,
    "total-zero": _total_zero,
    "part-left-out": _part_left_out,
    "neighbour-column": _neighbour_column,
    "neighbour-row": _neighbour_row,
    "review-total-zero": _review_total_zero,
}
