"""How unlikely a number is in its cell: by its row, its column, and the zeros of the report."""

import random

import pytest

from auditor.explain.locate.usual import Usual, usual_in
from auditor.form import load_form
from tests.check.reports import Value
from tests.explain.forms import application, numbers, posed

GRANTED = application("granted", "natural_person")
SECRET = application("refused.state_secret", "natural_person")


def emptied(**kept: int) -> dict[str, Value]:
    """Give a report of zeros, but for some numbers of 自然人 and their totals."""
    values: dict[str, Value] = {a: 0 for a in numbers() if a.startswith("applications")}
    for row, value in kept.items():
        values |= {application(row, "natural_person"): value, application(row, "total"): value}
    return numbers() | values


def sparse() -> dict[str, Value]:
    """Give a report in which half the items are zero, however large its rows and columns are."""
    rng, values = random.Random(3), numbers()
    table = load_form("2021").table("applications")
    for row in table.row_group("outcomes"):
        for column in table.column_group("applicants"):
            values[application(row, column)] = rng.choice((0, rng.randint(50, 200)))
    return values


def usual(values: dict[str, Value]) -> Usual:
    return usual_in(posed(values))


def test_a_number_far_from_its_row_and_column_is_rare() -> None:
    known = usual(numbers(5, "city"))
    middle = round(known.expected[GRANTED])
    likely, odd = (known.rarity(GRANTED, value) for value in (middle, 40 * middle))
    assert odd > likely + 300


def test_what_is_usual_in_other_reports_counts_where_this_one_is_empty() -> None:
    known = usual(emptied(new=1))
    assert known.expected[GRANTED] > known.expected[SECRET]
    assert known.rarity(GRANTED, 1) < known.rarity(SECRET, 1)


def test_a_report_shows_itself_how_rare_its_zeros_are() -> None:
    full, half = usual(numbers(5, "province")), usual(sparse())
    cells = [max(known.expected, key=lambda a: known.expected[a]) for known in (full, half)]
    zeros = [known.rarity(cell, 0) for known, cell in zip((full, half), cells, strict=True)]
    assert zeros[0] > zeros[1] + 100


@pytest.mark.parametrize("row", ["new", "handled_total"])
def test_what_the_rest_decides_tells_nothing(row: str) -> None:
    before, after = (usual(emptied(granted=4, **{row: value})) for value in (4, 400))
    assert before == after
    assert application(row, "natural_person") not in before.expected


def test_an_item_added_up_into_its_totals_leaves_it_as_it_was() -> None:
    before, after = usual(emptied(granted=4, new=9)), usual(emptied(granted=7, new=9))
    assert before.expected[GRANTED] == after.expected[GRANTED]


def test_the_chances_of_a_cell_add_up_to_about_one() -> None:
    known = usual(numbers(5, "county"))
    chances = [2.718281828 ** (-known.rarity(GRANTED, value) / 100) for value in range(5000)]
    assert 0.9 < sum(chances) < 1.1
