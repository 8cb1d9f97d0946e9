"""What every explanation keeps to, however the numbers came about."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.check.linear import Equality
from auditor.explain.locate.locate import components, locate
from auditor.explain.locate.puzzle import pose
from auditor.explain.locate.search import MAX_VIOLATED, explain_puzzle
from auditor.model import Address
from tests.check.reports import Value
from tests.explain.forms import application, numbers, posed


def with_typos(seed: int, count: int) -> dict[Address, Value]:
    rng = random.Random(seed)
    values = numbers(seed, rng.choice(("village", "county", "city", "province")))
    covered = [a for a in values if not a.startswith("proactive")]
    for address in rng.sample(covered, count):
        values[address] = rng.choice((0, int(values[address] or 0) * 10, rng.randrange(1000)))
    return values


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 4))
def test_an_explanation_settles_everything_and_allows_only_what_the_form_allows(
    seed: int, count: int
) -> None:
    values = with_typos(seed, count)
    puzzle = posed(values)
    found = explain_puzzle(puzzle)
    assert bool(puzzle.residuals()) == bool(found.explanations or found.gave_up)
    for explanation in found.explanations:
        assert not posed(values | dict(explanation.changes)).residuals()
        assert all(value >= 0 for value in explanation.changes.values())
        assert all(value != puzzle.values[a] for a, value in explanation.changes.items())


@pytest.mark.parametrize("seed", range(6))
def test_explanations_come_by_cost_and_the_same_each_time(seed: int) -> None:
    puzzle = posed(with_typos(seed, 2))
    first, second = explain_puzzle(puzzle), explain_puzzle(puzzle)
    assert first == second
    costs = [explanation.cost for explanation in first.explanations]
    assert costs == sorted(costs)
    changes = [frozenset(e.changes.items()) for e in first.explanations]
    assert len(changes) == len(set(changes))


def test_nothing_violated_nothing_explained() -> None:
    assert locate(posed(numbers())) == ()


def test_too_much_wrong_is_given_up_at_once() -> None:
    values = numbers(5, "city")
    table = [a for a in values if a.startswith("applications")]
    spoilt = posed(values | {a: int(values[a] or 0) + n * n for n, a in enumerate(table, 1)})
    assert len(spoilt.residuals()) > MAX_VIOLATED
    found = explain_puzzle(spoilt)
    assert found.gave_up
    assert found.explanations == ()


def test_where_the_search_grows_greedy_nothing_is_sure() -> None:
    values = with_typos(3, 3)
    puzzle = posed(values)
    found = explain_puzzle(puzzle, nodes=2)
    assert found.horizon <= (found.explanations[0].cost if found.explanations else 0)


def test_parts_that_share_no_cell_are_explained_apart() -> None:
    values = numbers(5, "city")
    values[application("new", "company")] = int(values[application("new", "company")] or 0) + 5
    values["review_litigation/review/total"] = 0
    parts = [*components(posed(values))]
    assert [sorted({e.rule for e in part.equalities}) for part in parts] == [
        ["T301", "T302", "T303"],
        ["T401"],
    ]
    assert {frozenset(c.candidates[0].changes) for c in locate(posed(values))} == {
        frozenset({application("new", "company")}),
        frozenset({"review_litigation/review/total"}),
    }


def test_a_rule_with_other_coefficients_and_a_constant_is_explained_too() -> None:
    equality = Equality("X1", "", {"t/a/n": 2, "t/b/n": -1}, constant=6)
    found = explain_puzzle(pose([equality], {"t/a/n": 5, "t/b/n": 61}))
    assert {tuple(e.changes.items()) for e in found.explanations} >= {(("t/b/n", 16),)}


def test_a_half_is_no_count() -> None:
    equality = Equality("X1", "", {"t/a/n": 2, "t/b/n": -1})
    found = explain_puzzle(pose([equality], {"t/a/n": 5, "t/b/n": 11}))
    assert [dict(e.changes) for e in found.explanations] == [{"t/b/n": 10}]


def test_nothing_violated_has_no_parts() -> None:
    assert [*components(posed(numbers()))] == []
