"""The solver: exact, in order, silent, and never the first choice."""

import pytest

from auditor.explain.locate.solver import is_installed, solve_puzzle
from tests.explain.forms import application, numbers, posed

pytestmark = pytest.mark.skipif(not is_installed(), reason="needs scipy, the extra `locate`")


def test_the_fewest_cells_are_found_first_and_settle_everything() -> None:
    truth = numbers(5, "city")
    first, second = application("granted", "company"), application("new", "natural_person")
    values = truth | {first: int(truth[first]) + 7, second: int(truth[second]) + 3}
    found = solve_puzzle(posed(values)).explanations
    assert dict(found[0].changes) == {first: truth[first], second: truth[second]}
    assert len({frozenset(e.changes) for e in found}) == len(found) > 1
    for explanation in found:
        assert not posed(values | dict(explanation.changes)).residuals()


def test_ties_are_listed() -> None:
    values = numbers() | {"review_litigation/review/total": 900}
    found = solve_puzzle(posed(values)).explanations
    assert {len(e.changes) for e in found} == {1}
    assert len(found) == 3


def test_nothing_is_printed_by_it(capfd: pytest.CaptureFixture[str]) -> None:
    solve_puzzle(posed(numbers() | {"review_litigation/review/total": 900}))
    assert capfd.readouterr().out == ""


def test_amounts_beyond_its_tolerance_are_not_given_to_it() -> None:
    values = numbers() | {"review_litigation/review/total": 10**12}
    found = solve_puzzle(posed(values))
    assert found.gave_up
    assert found.explanations == ()
