"""Each kind of slip is taken back: the search finds it, by its name, with the right numbers."""

import pytest

from auditor.explain.locate.search import Explanation, explain_puzzle
from auditor.model import Address
from tests.check.reports import Value
from tests.explain.forms import application, numbers, posed
from tests.generator.truth import APPLICANTS

COLUMNS = (*APPLICANTS, "total")


def best(slips: dict[Address, Value], seed: int = 5, scale: str = "city") -> Explanation:
    found = explain_puzzle(posed(numbers(seed, scale) | slips))
    return found.explanations[0]


def restored(explanation: Explanation, slips: dict[Address, Value], seed: int = 5) -> bool:
    truth = numbers(seed, "city")
    return dict(explanation.changes) == {address: truth[address] for address in slips}


def kinds(explanation: Explanation) -> list[str]:
    return [edit.kind for edit in explanation.edits]


def cells(row: str, columns: tuple[str, ...] = COLUMNS) -> list[Address]:
    return [application(row, column) for column in columns]


def test_digits_swapped() -> None:
    truth = numbers(5, "city")
    address = application("unavailable.not_held", "natural_person")
    digits = str(truth[address])
    assert digits[-2] != digits[-1]
    slips = {address: int(digits[:-2] + digits[-1] + digits[-2])}
    found = best(slips)
    assert kinds(found) == ["digits-swapped"]
    assert restored(found, slips)


@pytest.mark.parametrize("printed", [None, 0])
def test_a_total_never_filled(printed: Value) -> None:
    slips = {application("handled_total", "total"): printed}
    found = best(slips)
    assert kinds(found) == ["total-never-filled"]
    assert restored(found, slips)


def test_a_wrong_sign() -> None:
    address = application("granted", "company")
    slips = {address: -int(numbers(5, "city")[address])}
    found = best(slips)
    assert kinds(found) == ["sign"]
    assert restored(found, slips)


def test_a_number_in_the_neighbouring_column() -> None:
    truth = numbers(5, "city")
    here, there = cells("unavailable.not_held", ("natural_person", "company"))
    assert truth[here] != truth[there]
    slips = {here: truth[there], there: truth[here]}
    found = best(slips)
    assert kinds(found) == ["neighbour-column"]
    assert restored(found, slips)


def test_an_item_filed_under_the_wrong_applicant_is_one_slip() -> None:
    truth = numbers(5, "city")
    here, there = cells("carried_in", ("natural_person", "company"))
    found = best({here: truth[here] - 2, there: truth[there] + 2})
    assert len(found.edits) == 1
    assert {abs(v - truth[a]) for a, v in found.changes.items()} <= {0, *range(200)}
    assert kinds(found) in (["misfiled-column"], ["neighbour-column"])


@pytest.mark.parametrize("columns", [COLUMNS, APPLICANTS])
@pytest.mark.parametrize("to_the_right", [True, False])
def test_a_row_shifted_by_one_column(columns: tuple[str, ...], to_the_right: bool) -> None:
    truth = numbers(5, "city")
    row = cells("granted", columns)
    values = [truth[address] for address in row]
    moved = [0, *values[:-1]] if to_the_right else [*values[1:], 0]
    slips = {a: v for a, v in zip(row, moved, strict=True) if v != truth[a]}
    found = best(slips)
    assert kinds(found) == ["row-shifted"]
    assert restored(found, slips)


@pytest.mark.parametrize(
    ("upper", "lower"), [("carried_in", "granted"), ("handled_total", "carried_out")]
)
def test_two_rows_swapped(upper: str, lower: str) -> None:
    truth = numbers(5, "city")
    pairs = [*zip(cells(upper), cells(lower), strict=True)]
    swapped = {a: truth[b] for pair in pairs for a, b in (pair, pair[::-1])}
    slips = {a: v for a, v in swapped.items() if v != truth[a]}
    found = best(slips)
    assert kinds(found) == ["rows-swapped"]
    assert restored(found, slips)


def test_an_item_wrong_with_its_totals_added_up_over_it() -> None:
    truth = numbers(5, "city")
    item = application("granted", "natural_person")
    delta = int(str(truth[item])[::-1]) - int(truth[item])
    assert delta % 10  # no other item could hide it by one digit
    corner = application("handled_total", "total")
    totals = (application("granted", "total"), application("handled_total", "natural_person"))
    found = explain_puzzle(posed(truth | {a: truth[a] + delta for a in (item, *totals, corner)}))
    wanted = {a: truth[a] for a in (item, *totals, corner)}
    assert any(dict(e.changes) == wanted for e in found.explanations)
    assert all(len(e.edits) == 1 for e in found.explanations[:1])


def test_two_slips_are_two_edits() -> None:
    truth = numbers(5, "city")
    first, second = application("granted", "company"), application("carried_in", "natural_person")
    slips = {first: int(f"{truth[first]}0"), second: int(truth[second]) + 3}
    found = best(slips)
    assert len(found.edits) == 2
    assert restored(found, slips)


def test_slips_that_hide_each_other_are_found_all_the_same() -> None:
    truth = numbers(5, "city")
    first, second = application("new", "company"), application("handled_total", "company")
    slips = {first: int(truth[first]) + 4, second: int(truth[second]) + 4}
    found = best(slips)
    assert found.edits
    assert not posed({**truth, **slips, **found.changes}).residuals()
