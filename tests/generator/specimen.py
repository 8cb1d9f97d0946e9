"""In: agency, numbers, layout. Out: one report to render, and its truth as it will be printed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditor.form import FormCell
from auditor.model import Address, Amount

from .faults import KINDS, Fault, NoSuchSlipError, inject
from .layout import Layout
from .prose import Agency, Prose, agencies, write_prose
from .truth import FORMS, SCALES, FormName, Truth, cells_of, consistent_truth

ABSENT = {
    "blank": "",
    "blank_columns": "",
    "dash": "-",
    "slash": "/",
    "long_dash": "—",
    "fullwidth_dash": "－",
}
_FULLWIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
_ORGANISATIONS = ("company", "research", "nonprofit", "legal_service", "other_org")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A report to render; `truth` is what its tables say, errors included."""

    agency: Agency
    year: int
    form: FormName
    seed: int
    layout: Layout
    truth: Truth
    prose: Prose
    faults: tuple[Fault, ...] = ()

    def printed_truth(self) -> Truth:
        """Give the truth as a reader can know it: a zero printed as blank or dash is None."""
        return {a: None if self._is_absent(a) else value for a, value in self.truth.items()}

    def written(self, address: Address) -> str:
        """Give a cell's text as it is printed."""
        if self._is_absent(address):
            return ABSENT[self.layout.zeros]
        value = self.truth[address]
        assert value is not None
        return write_amount(value, form_cells(self.form)[address], self.layout)

    def truth_file(self) -> dict[str, object]:
        """Give the truth file's content, with the layout and what is wrong with the numbers."""
        printed = self.printed_truth()
        return {
            "agency": self.agency.name,
            "year": self.year,
            "form": self.form[:4],
            "cells": {a: _as_json(value) for a, value in printed.items()},
            "states": {
                a: "dash" if ABSENT[self.layout.zeros] else "blank"
                for a, value in printed.items()
                if value is None
            },
            "trapped": sorted(self.trapped()),
            "faults": [_told(fault) for fault in self.faults],
            "layout": self.layout.echo(),
            "features": list(self.layout.features()),
        }

    def trapped(self) -> frozenset[Address]:
        """Give the cells with a trap: there a reader may refuse, but not misread."""
        if self.layout.trap == "none":
            return frozenset()
        places = [a for a in self.truth if a.startswith("applications/")]
        return frozenset(random.Random(f"traps/{self.seed}").sample(places, 6))

    def _is_absent(self, address: Address) -> bool:
        if self.truth[address] != 0 or self.layout.zeros == "zero":
            return False
        table, row, column = address.split("/")
        if row == "procurement":  # its amount would lose its unit
            return False
        return self.layout.zeros != "blank_columns" or (
            table == "applications" and column in _ORGANISATIONS
        )


def _told(fault: Fault) -> dict[str, object]:
    return {
        "kind": fault.kind,
        "changed": {a: list(pair) for a, pair in fault.changed.items()},
        "broken": list(fault.broken),
    }


@cache
def form_cells(form: FormName) -> Mapping[Address, FormCell]:
    """Give the cells of a form by address."""
    return {cell.address: cell for cell in cells_of(form)}


def write_amount(value: Amount, cell: FormCell, layout: Layout) -> str:
    """Write a number as a clerk of this layout would."""
    if cell.address.endswith("procurement/amount") or (
        cell.kind == "amount" and layout.units == "cell"
    ):
        return _dressed(*_with_unit(value, layout), layout)
    sign = "+" if cell.kind == "change" and value > 0 else ""
    return _dressed(value, "", layout, sign)


def _with_unit(value: Amount, layout: Layout) -> tuple[Amount, str]:
    if layout.units == "header":
        return value, ""
    if layout.units == "yuan":
        return int(value * 10_000), "元"
    return value, " 万元" if layout.units == "cell" else "万元"


def _dressed(value: Amount, unit: str, layout: Layout, sign: str = "") -> str:
    digits = sign + (f"{value:,}" if layout.numbers == "separators" else f"{value}")
    if layout.numbers == "fullwidth":
        digits = digits.translate(_FULLWIDTH)
    lead = "\u00a0" if layout.numbers == "spaced" else ""
    return f"{lead}{digits}{unit}"


def _as_json(value: Amount | None) -> int | float | None:
    """Give a JSON number; a decimal of so few digits survives the way through a float."""
    return float(value) if isinstance(value, Decimal) else value


def draw_specimen(
    seed: int, layout: Layout, *, faulty: bool | None = None, form: FormName | None = None
) -> Specimen:
    """Draw a report from a seed; `faulty` None leaves it to chance (half of them)."""
    rng = random.Random(f"specimen/{seed}")
    drawn: FormName = rng.choice(FORMS)
    form = form or drawn
    scale = rng.choice(SCALES)
    agency = rng.choice(agencies(scale))
    year = rng.choice((2019, 2020)) if form == "2019" else rng.randint(2021, 2024)
    truth = consistent_truth(seed, form, scale)
    has_fault = rng.random() < 0.5 if faulty is None else faulty
    fault = _some_fault(truth, rng, seed, form) if has_fault else None
    prose = write_prose(agency, year, form, truth, seed)
    shown = fault.truth if fault else truth
    return Specimen(agency, year, form, seed, layout, shown, prose, (fault,) if fault else ())


def _some_fault(truth: Truth, rng: random.Random, seed: int, form: FormName) -> Fault:
    """Make the first kind of slip, in random order, that these numbers have a place for."""
    for kind in rng.sample(KINDS, len(KINDS)):
        try:
            return inject(truth, kind, seed, form)
        except NoSuchSlipError:
            continue
    raise NoSuchSlipError(seed)
