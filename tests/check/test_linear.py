"""Equalities as rows of an integer matrix."""

from decimal import Decimal

import numpy as np
import pytest

from auditor.check.linear import check_many, linear_equalities, matrix
from auditor.check.load import load_rules
from tests.check.reports import report, rule, zeros
from tests.check.test_names import asserting


def test_the_balance_of_a_column() -> None:
    first = linear_equalities((rule("T301"),), "2021")[0]
    assert (first.rule, first.instance, first.constant) == ("T301", "natural_person", 0)
    assert dict(first.coefficients) == {
        "applications/new/natural_person": 1,
        "applications/carried_in/natural_person": 1,
        "applications/handled_total/natural_person": -1,
        "applications/carried_out/natural_person": -1,
    }


@pytest.mark.parametrize(("edition", "count"), [("2021", 7 + 7 + 25 + 3), ("2019", 7 + 7 + 23 + 3)])
def test_the_form_has_its_known_number_of_equalities(edition: str, count: int) -> None:
    found = linear_equalities(load_rules(), edition)
    assert {e.rule for e in found} == {"T301", "T302", "T303", "T401"}
    assert len(found) == count
    assert np.linalg.matrix_rank(matrix(found).coefficients) == count - 2  # totals of totals


def test_the_old_row_takes_the_place_of_the_three() -> None:
    rows = report(
        {a: 0 for a in zeros() if "other_handling." not in a}
        | {"applications/other_handling/total": 0}
    ).tables
    found = linear_equalities((rule("T302"),), "2021", {k: t.rows for k, t in rows.items()})
    assert "applications/other_handling/total" in found[-1].coefficients
    assert not any("other_handling." in address for address in found[-1].coefficients)


@pytest.mark.parametrize(
    ("text", "coefficients", "constant"),
    [
        ("new - carried_in == 0", [1, -1], 0),
        ("2 * (new + 3) == carried_in", [2, -1], 6),
        ("sum(new, carried_in) + new == 1", [2, 1], -1),
        ("-new == carried_in", [-1, -1], 0),
    ],
)
def test_arithmetic_becomes_coefficients(text: str, coefficients: list[int], constant: int) -> None:
    found = linear_equalities((asserting(text),), "2021")[0]
    assert list(found.coefficients.values()) == coefficients
    assert found.constant == constant


@pytest.mark.parametrize(
    "text",
    [
        "new * carried_in == 0",
        "new % 2 == 0",
        "new <= 3",
        "filled(new) == 1",
        "facts.n == new",
        "new == 1.5",
        "new == new",
    ],
)
def test_what_is_not_linear_is_left_to_evaluation(text: str) -> None:
    assert linear_equalities((asserting(text),), "2021") == ()


def test_undecided_where_a_cell_has_no_number() -> None:
    system = matrix(linear_equalities((rule("T303"),), "2021"))
    values = zeros() | {"applications/new/total": None, "applications/new/company": 3}
    found = check_many(system, (values,))
    assert not found.decided[0, 0]
    assert not found.violated.any()


@pytest.mark.parametrize("huge", [10**30, Decimal("0.1")])
def test_what_64_bits_cannot_hold_stays_exact(huge: int | Decimal) -> None:
    system = matrix(linear_equalities((rule("T303"),), "2021"))
    values = zeros() | {
        "applications/new/total": huge * 3,
        "applications/new/company": huge * 3 - 1,
    }
    found = check_many(system, (values,))
    assert found.amounts[0, 0] == -1
    assert found.violated[0, 0]


def test_no_reports_and_no_equalities() -> None:
    system = matrix(linear_equalities((rule("T303"),), "2021"))
    assert check_many(system, ()).amounts.shape == (0, 25)
    assert check_many(matrix(()), ({},)).amounts.shape == (1, 0)
