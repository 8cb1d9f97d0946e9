"""In: the explanations found. Out: each cause with its candidates, and how sure the first is.

Edits that meet in one equality are one cause; what each cause could be instead is read off the
other explanations, so that a doubt about one slip does not spread to another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from auditor.explain.locate.operations import Changes, Edit
from auditor.explain.locate.puzzle import Puzzle
from auditor.explain.locate.search import Explanation, Found
from auditor.explain.locate.witnesses import denies

MARGIN = 400
"""How much likelier (100 ln of the odds) one slip must be than all else to be called the answer."""
MARGIN_PER_EDIT = 50
"""How much more it takes for each further slip in the report."""
TIE = 30
"""Candidates so close to the first are ties."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have happened: the right values, and the slips that explain the wrong ones.

    `behind`: 100 ln of the odds of the first candidate against this one.
    """

    edits: tuple[Edit, ...]
    behind: int = 0

    @property
    def changes(self) -> Changes:
        """The right value of each cell."""
        return {address: value for edit in self.edits for address, value in edit.changes.items()}


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of violated equalities: its candidates, the likeliest first.

    `margin`: 100 ln of the odds of the first candidate against all others together;
    `is_sure`: it is the answer; never so where another report's number would have to change, or
    one of the prose.
    `ties`: how many are as good as it.
    """

    candidates: tuple[Candidate, ...]
    margin: int
    ties: int
    is_sure: bool


def causes(puzzle: Puzzle, found: Found, slips: int) -> tuple[Cause, ...]:
    """Give the causes of the best explanation, in the order of its edits.

    `slips`: how many there are in the whole report; the more, the less is any of them sure.
    """
    if not found.explanations:
        return ()
    needed = MARGIN + MARGIN_PER_EDIT * (slips - 1)
    best = found.explanations[0]
    return tuple(_cause(puzzle, found, group, needed) for group in _groups(puzzle, best.edits))


def _cause(puzzle: Puzzle, found: Found, group: tuple[Edit, ...], needed: int) -> Cause:
    touched = _touched(puzzle, group)
    weights: dict[frozenset[object], float] = {}
    first: dict[frozenset[object], Candidate] = {}
    best = found.explanations[0].cost
    for explanation in found.explanations:
        edits = _instead(puzzle, explanation, touched)
        candidate = Candidate(edits, explanation.cost - best)
        key = frozenset(candidate.changes.items())
        weights[key] = weights.get(key, 0) + exp((best - explanation.cost) / 100)
        first.setdefault(key, candidate)
    ordered = tuple(sorted(first.values(), key=lambda candidate: candidate.behind))
    margin = min(_odds(list(weights.values())), max(found.horizon - best, 0))
    return Cause(
        candidates=ordered,
        margin=margin,
        ties=sum(candidate.behind <= TIE for candidate in ordered),
        is_sure=margin >= needed and _may_be_sure(puzzle, ordered[0]),
    )


def _may_be_sure(puzzle: Puzzle, candidate: Candidate) -> bool:
    """Whether nothing outside the sums speaks against it: another report, or the prose."""
    published = not puzzle.published.isdisjoint(candidate.changes)
    return not published and not denies(puzzle, candidate.changes)


def _odds(weights: Sequence[float]) -> int:
    """Give 100 ln of the odds of the first against the rest."""
    others = sum(weights[1:])
    return round(100 * log(weights[0] / others)) if others else 10**6


def _instead(puzzle: Puzzle, explanation: Explanation, touched: frozenset[int]) -> tuple[Edit, ...]:
    """Give what another explanation changes where these equalities are concerned."""
    groups = _groups(puzzle, explanation.edits)
    meeting = (group for group in groups if touched & _touched(puzzle, group))
    return tuple(edit for group in meeting for edit in group)


def _groups(puzzle: Puzzle, edits: tuple[Edit, ...]) -> tuple[tuple[Edit, ...], ...]:
    """Put the edits together that meet in one equality."""
    groups: list[tuple[Edit, ...]] = []
    for edit in edits:
        touched = _touched(puzzle, (edit,))
        apart = [group for group in groups if not touched & _touched(puzzle, group)]
        met = [other for group in groups if group not in apart for other in group]
        groups = [*apart, (*met, edit)]
    return tuple(groups)


def _touched(puzzle: Puzzle, edits: tuple[Edit, ...]) -> frozenset[int]:
    """Give the equalities whose sum any of the edits changes."""
    return frozenset(ix for edit in edits for ix in _shifts(puzzle, edit))


def _shifts(puzzle: Puzzle, edit: Edit) -> Iterator[int]:
    deltas = [(address, value - puzzle.values[address]) for address, value in edit.changes.items()]
    yield from puzzle.after({}, deltas)
