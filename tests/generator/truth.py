"""In: seed, form and scale. Out: the numbers of a report that satisfies every equality."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from auditor.form import FormCell, load_form
from auditor.model import Address, Amount

FormName = Literal["2019", "2021", "2021-legacy-row"]
Scale = Literal["village", "county", "city", "province"]
Truth = dict[Address, Amount | None]

FORMS: tuple[FormName, ...] = ("2019", "2021", "2021-legacy-row")
SCALES: tuple[Scale, ...] = ("village", "county", "city", "province")

APPLICANTS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
BLOCKS = ("review", "suit_direct", "suit_after_review")
RESULTS = ("upheld", "corrected", "other", "pending")

OUTCOME_WEIGHTS = {
    "granted": 400,
    "partly_granted": 90,
    "refused.state_secret": 3,
    "refused.prohibited_by_law": 6,
    "refused.security_stability": 2,
    "refused.third_party": 8,
    "refused.internal_affairs": 9,
    "refused.deliberative": 5,
    "refused.enforcement_file": 14,
    "refused.administrative_query": 12,
    "unavailable.not_held": 230,
    "unavailable.must_be_created": 40,
    "unavailable.unclear": 10,
    "not_processed.petition": 30,
    "not_processed.duplicate": 20,
    "not_processed.publication": 1,
    "not_processed.excessive": 2,
    "not_processed.reconfirm": 4,
    "other_handling": 45,
    "other_handling.uncorrected": 25,
    "other_handling.unpaid": 4,
    "other_handling.other": 30,
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large the numbers of a body are, as lowest and highest (drawn evenly by magnitude)."""

    applications: tuple[int, int]
    reviews: tuple[int, int]
    decisions: tuple[int, int]
    documents: tuple[int, int]
    regulations: tuple[int, int]
    fees: tuple[int, int]  # 万元
    items: tuple[int, int]


SIZES: Mapping[Scale, Size] = {
    "village": Size((0, 4), (0, 1), (0, 60), (0, 2), (0, 0), (0, 3), (0, 30)),
    "county": Size((6, 140), (0, 20), (40, 60_000), (3, 60), (0, 0), (5, 9_000), (20, 900)),
    "city": Size(
        (200, 6_000),
        (20, 500),
        (20_000, 4_000_000),
        (20, 400),
        (2, 30),
        (5_000, 400_000),
        (90, 990),
    ),
    "province": Size(
        (20_000, 3_000_000),
        (900, 40_000),
        (2_000_000, 90_000_000),
        (300, 5_000),
        (60, 300),
        (400_000, 9_000_000),
        (900, 9_000),
    ),
}


@dataclass(frozen=True, slots=True)
class Equality:
    """A sum that the form demands: `signs` × values add up to zero. Named as in domain notes."""

    name: str
    signs: Mapping[Address, int]

    def difference(self, truth: Mapping[Address, Amount | None]) -> Amount:
        """Give by how much it fails; a blank counts as zero."""
        return sum((sign * (truth[address] or 0) for address, sign in self.signs.items()), 0)


def edition_of(form: FormName) -> str:
    """Give the edition that a form name stands for."""
    return form.partition("-")[0]


def cells_of(form: FormName) -> tuple[FormCell, ...]:
    """Give the cells that a report on this form has, in reading order."""
    edition = load_form(edition_of(form))
    return tuple(c for t in edition.tables for c in t.cells if has_row(form, c.row, c.instead_of))


def has_row(form: FormName, row: str, instead_of: str | None) -> bool:
    """Say whether a form has a row of its edition; the legacy form keeps the single （六）."""
    if form == "2021-legacy-row":
        return not row.startswith("other_handling.")
    return instead_of is None


def outcome_rows(form: FormName) -> tuple[str, ...]:
    """Give the rows that add up to （七）总计."""
    rows = {cell.row for cell in cells_of(form) if cell.table == "applications"}
    return tuple(row for row in OUTCOME_WEIGHTS if row in rows)


def equalities(form: FormName) -> tuple[Equality, ...]:
    """Give every equality of the form: A1, A2 by column, A3 by row, R1 by block."""
    return (*_column_equalities(form), *_row_equalities(form), *_block_equalities())


def _column_equalities(form: FormName) -> Iterator[Equality]:
    for column in (*APPLICANTS, "total"):
        signs = {"new": 1, "carried_in": 1, "handled_total": -1, "carried_out": -1}
        yield Equality(f"A1/{column}", _at("applications/{}/" + column, signs))
        parts = dict.fromkeys(outcome_rows(form), 1) | {"handled_total": -1}
        yield Equality(f"A2/{column}", _at("applications/{}/" + column, parts))


def _row_equalities(form: FormName) -> Iterator[Equality]:
    parts = dict.fromkeys(APPLICANTS, 1) | {"total": -1}
    for row in ("new", "carried_in", *outcome_rows(form), "handled_total", "carried_out"):
        yield Equality(f"A3/{row}", _at(f"applications/{row}/" + "{}", parts))


def _block_equalities() -> Iterator[Equality]:
    parts = dict.fromkeys(RESULTS, 1) | {"total": -1}
    for block in BLOCKS:
        yield Equality(f"R1/{block}", _at(f"review_litigation/{block}/" + "{}", parts))


def _at(pattern: str, signs: Mapping[str, int]) -> dict[Address, int]:
    return {pattern.format(key): sign for key, sign in signs.items()}


def broken(truth: Mapping[Address, Amount | None], form: FormName) -> tuple[str, ...]:
    """Name the equalities that the numbers do not satisfy."""
    return tuple(e.name for e in equalities(form) if e.difference(truth) != 0)


def consistent_truth(seed: int, form: FormName = "2021", scale: Scale = "county") -> Truth:
    """Draw a report whose every equality holds; skewed, and mostly zero at a village."""
    rng = random.Random(f"{seed}/{form}/{scale}")
    size = SIZES[scale]
    drawn = _applications(rng, form, size) | _reviews(rng, size)
    drawn |= _disclosure_2019(rng, size) if form == "2019" else _disclosure_2021(rng, size)
    return {cell.address: drawn[cell.address] for cell in cells_of(form)}


def _applications(rng: random.Random, form: FormName, size: Size) -> Truth:
    received = magnitude(rng, *size.applications)
    by_applicant = apportion(rng, received, APPLICANTS, (900, 85, 2, 3, 12, 8))
    truth: Truth = {}
    for applicant, new in by_applicant.items():
        column = _applicant_column(rng, form, new)
        truth |= {f"applications/{row}/{applicant}": value for row, value in column.items()}
    for row in ("new", "carried_in", *outcome_rows(form), "handled_total", "carried_out"):
        truth[f"applications/{row}/total"] = sum(
            int(truth[f"applications/{row}/{a}"] or 0) for a in APPLICANTS
        )
    return truth


def _applicant_column(rng: random.Random, form: FormName, new: int) -> dict[str, int]:
    carried_in = rng.randint(0, new // 12) if new else 0
    carried_out = rng.randint(0, new // 9) if new else 0
    rows = outcome_rows(form)
    handled = new + carried_in - carried_out
    outcomes = apportion(rng, handled, rows, [OUTCOME_WEIGHTS[row] for row in rows])
    balance = {"new": new, "carried_in": carried_in, "carried_out": carried_out}
    return balance | outcomes | {"handled_total": handled}


def _reviews(rng: random.Random, size: Size) -> Truth:
    truth: Truth = {}
    for block, share in zip(BLOCKS, (1, 4, 6), strict=True):
        total = magnitude(rng, *size.reviews) // share
        parts = apportion(rng, total, RESULTS, (50, 14, 26, 16))
        truth |= {f"review_litigation/{block}/{key}": value for key, value in parts.items()}
        truth[f"review_litigation/{block}/total"] = total
    return truth


def _disclosure_2021(rng: random.Random, size: Size) -> Truth:
    truth: Truth = {"fees/amount": money(rng, *size.fees)}
    for row, (low, high) in (
        ("regulations", size.regulations),
        ("normative_documents", size.documents),
    ):
        in_force = magnitude(rng, low, high)
        truth[f"{row}/issued"] = rng.randint(0, in_force // 3)
        truth[f"{row}/repealed"] = rng.randint(0, in_force // 4)
        truth[f"{row}/in_force"] = in_force
    for row, share in (("licensing", 1), ("penalties", 3), ("coercion", 40)):
        truth[f"{row}/decisions"] = magnitude(rng, *size.decisions) // share
    return {f"proactive_disclosure/{key}": value for key, value in truth.items()}


def _disclosure_2019(rng: random.Random, size: Size) -> Truth:
    truth: Truth = {}
    for row, (low, high) in (
        ("regulations", size.regulations),
        ("normative_documents", size.documents),
    ):
        disclosed_in_all = magnitude(rng, low, high)
        made = rng.randint(0, disclosed_in_all // 3)
        truth |= {f"{row}/made": made, f"{row}/disclosed": made}
        truth[f"{row}/total_disclosed"] = disclosed_in_all
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        previous = magnitude(rng, *size.items) // (20 if row == "fees" else 1)
        truth[f"{row}/previous_items"] = previous
        truth[f"{row}/change"] = rng.choice((0, 0, rng.randint(-(previous // 8), previous // 6)))
        if row != "fees":
            truth[f"{row}/decisions"] = magnitude(rng, *size.decisions)
    truth["procurement/projects"] = magnitude(rng, *size.documents)
    truth["procurement/amount"] = money(rng, *size.fees) if truth["procurement/projects"] else 0
    return {f"proactive_disclosure/{key}": value for key, value in truth.items()}


def magnitude(rng: random.Random, low: int, high: int) -> int:
    """Draw an integer in [low, high], evenly by order of magnitude."""
    drawn = math.exp(rng.uniform(math.log(low + 1), math.log(high + 1))) - 1
    return min(high, max(low, round(drawn)))


def money(rng: random.Random, low: int, high: int) -> Amount:
    """Draw an amount in 万元 with up to four decimals; a whole one is an int."""
    whole = magnitude(rng, low, high)
    places = rng.choice((0, 1, 2, 2, 4)) if whole else 0
    return (
        Decimal(whole * 10**places + rng.randrange(1, 10**places)).scaleb(-places)
        if places
        else whole
    )


def apportion(
    rng: random.Random, total: int, keys: Sequence[str], weights: Sequence[int]
) -> dict[str, int]:
    """Split a total over keys by chance: item by item when small, by noisy shares when large."""
    parts = dict.fromkeys(keys, 0)
    noisy = [weight * rng.uniform(0.4, 1.6) for weight in weights]
    if total > 300:
        for key, share in zip(keys, noisy, strict=True):
            parts[key] = int(total * share / sum(noisy))
    for key in rng.choices(keys, noisy, k=total - sum(parts.values())):
        parts[key] += 1
    return parts
