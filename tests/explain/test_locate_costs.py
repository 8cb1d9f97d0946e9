"""How unlikely a slip is: by its spelling, by the cell, by the number that it would hide."""

from collections.abc import Mapping

import pytest

from auditor.check.linear import Equality
from auditor.explain.locate import costs
from auditor.explain.locate.puzzle import Puzzle, pose
from auditor.explain.locate.usual import usual_in
from auditor.model import Address, Amount

PARTS = ("t/r/a", "t/r/b", "t/r/c")
TOTAL = "t/r/total"
SUM = Equality("T1", "r", dict.fromkeys(PARTS, 1) | {TOTAL: -1})


def puzzle(*values: int | None) -> Puzzle:
    return pose([SUM], dict(zip((*PARTS, TOTAL), values, strict=True)))


def kind(true: int, printed: int | None, *, total: bool = False) -> str:
    values = (5, 6, 7, printed) if total else (printed, 6, 7, 20)
    return costs.retyped(puzzle(*values), TOTAL if total else PARTS[0], true)[0]


def cost(true: int, printed: int) -> int:
    return costs.retyped(puzzle(printed, 6, 7, 20), PARTS[0], true)[1]


@pytest.mark.parametrize(
    ("true", "printed", "told"),
    [
        (1250, 1950, "digit-mistyped"),
        (1250, 2150, "digits-swapped"),
        (1259, 129, "digit-missing"),
        (1259, 12259, "digit-doubled"),
        (1259, 12859, "digit-added"),
        (1250, 12500, "zero-added"),
        (1250, 125, "zero-missing"),
        (12, -12, "sign"),
        (99, 100, "miscounted"),
        (7, None, "not-filled"),
        (7, 0, "not-filled"),
        (3817, 96, "retyped"),
        (25, 250000, "yuan-for-10000-yuan"),
    ],
)
def test_the_kind_of_a_slip_is_read_off_the_spelling(true: int, printed: int, told: str) -> None:
    assert kind(true, printed) == told


@pytest.mark.parametrize(
    ("true", "printed", "told"),
    [
        (18, None, "total-never-filled"),
        (18, 0, "total-never-filled"),
        (18, 12, "part-left-out"),
        (18, 17, "total-not-updated"),
        (81, 18, "digits-swapped"),
    ],
)
def test_a_total_slips_in_ways_of_its_own(true: int, printed: int, told: str) -> None:
    assert kind(true, printed, total=True) == told


def as_truth(posed: Puzzle, changes: Mapping[Address, Amount]) -> int:
    return costs.as_truth(posed, usual_in(posed), changes)


def test_what_is_spelled_alike_is_likelier_than_what_is_not() -> None:
    assert cost(1250, 1950) < cost(1250, 1940) < cost(1250, 8346)


def test_a_total_may_be_off_by_anything_an_item_hardly() -> None:
    printed = puzzle(5, 6, 7, 999)
    item = costs.retyped(puzzle(999, 6, 7, 18), PARTS[0], 5)[1]
    assert costs.retyped(printed, TOTAL, 18)[1] < item


def test_what_was_read_with_doubt_is_cheaper_to_blame() -> None:
    values = dict(zip((*PARTS, TOTAL), (5, 6, 7, 20), strict=True))
    sure, unsure = pose([SUM], values), pose([SUM], values, doubtful={PARTS[0]})
    changes = {PARTS[0]: 7}
    assert as_truth(unsure, changes) < as_truth(sure, changes)


def test_another_report_is_dearer_to_blame() -> None:
    values = dict(zip((*PARTS, TOTAL), (5, 6, 7, 20), strict=True))
    own, published = pose([SUM], values), pose([SUM], values, published={PARTS[0]})
    changes = {PARTS[0]: 7}
    assert as_truth(published, changes) > as_truth(own, changes)


def test_a_large_number_is_a_rarer_truth() -> None:
    assert as_truth(puzzle(5, 6, 7, 20), {PARTS[0]: 4000}) > 0
    assert as_truth(puzzle(4000, 6, 7, 20), {PARTS[0]: 5}) < 0
