"""When one answer is given, and when candidates are: a wrong answer is worse than none."""

from auditor.explain.locate.answers import MARGIN, MARGIN_PER_EDIT, causes
from auditor.explain.locate.locate import locate
from auditor.explain.locate.search import explain_puzzle
from tests.explain.forms import application, numbers, posed


def review(*values: int) -> dict[str, int]:
    keys = ("upheld", "corrected", "other", "pending", "total")
    return {f"review_litigation/review/{k}": v for k, v in zip(keys, values, strict=True)}


def test_a_cell_in_two_sums_is_an_answer() -> None:
    values = numbers(5, "city")
    values[application("granted", "company")] = int(values[application("granted", "company")]) + 30
    (cause,) = locate(posed(values))
    assert cause.is_sure
    assert cause.margin >= MARGIN
    assert cause.ties == 1


def test_parts_as_likely_as_each_other_are_candidates_in_order() -> None:
    (cause,) = locate(posed(numbers() | review(21, 34, 43, 52, 155)))
    assert not cause.is_sure
    assert len(cause.candidates) > 1
    assert cause.margin < MARGIN


def test_an_unlikely_part_does_not_keep_the_total_from_being_the_answer() -> None:
    (cause,) = locate(posed(numbers() | review(10, 1, 70, 30, 0)))
    assert cause.is_sure
    assert cause.candidates[0].changes == {"review_litigation/review/total": 111}


def test_doubt_about_one_slip_does_not_spread_to_another() -> None:
    values = numbers(5, "city") | review(21, 34, 43, 52, 155)
    values[application("granted", "company")] = int(values[application("granted", "company")]) + 30
    sure = {frozenset(c.candidates[0].changes): c.is_sure for c in locate(posed(values))}
    assert sure[frozenset({application("granted", "company")})]
    assert list(sure.values()).count(False) == 1


def test_the_more_slips_the_more_it_takes() -> None:
    puzzle = posed(numbers() | review(10, 1, 70, 30, 0))
    found = explain_puzzle(puzzle)
    margin = causes(puzzle, found, slips=1)[0].margin
    enough = (margin - MARGIN) // MARGIN_PER_EDIT + 1
    assert causes(puzzle, found, slips=enough)[0].is_sure
    assert not causes(puzzle, found, slips=enough + 1)[0].is_sure


def test_edits_that_meet_in_one_sum_are_one_cause() -> None:
    values = numbers(5, "city")
    for column, more in (("company", 30), ("natural_person", 700)):
        address = application("granted", column)
        values[address] = int(values[address]) + more
    (cause,) = locate(posed(values))
    assert len(cause.candidates[0].changes) == 2
