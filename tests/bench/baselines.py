"""In: a report with broken sums. Out: what two plain methods say: parity, and Fellegi and Holt.

Parity: one row and one column off by the same amount cross in the wrong cell. Fellegi and Holt:
the fewest cells whose change satisfies every equality, all alike, by HiGHS.
"""

from auditor.explain.locate.puzzle import Puzzle
from auditor.explain.locate.solver import solve_puzzle
from auditor.model import Address, Amount, Suggestion, Wording


def by_parity(puzzle: Puzzle) -> list[tuple[Suggestion, ...]]:
    """Take the cell in which the only two violated sums cross, if they fail by the same amount."""
    violated = puzzle.residuals()
    sums = [set(puzzle.equalities[ix].coefficients) for ix in violated]
    crossing = set.intersection(*sums) if len(sums) == 2 else set()
    found = [a for a in crossing if _parity_value(puzzle, a) is not None]
    return [_suggested({a: _parity_value(puzzle, a) for a in found})] if len(found) == 1 else []


def _parity_value(puzzle: Puzzle, address: Address) -> Amount | None:
    violated = puzzle.residuals()
    uses = [(ix, c) for ix, c in puzzle.uses[address] if ix in violated]
    values = {puzzle.values[address] - violated[ix] * c for ix, c in uses}
    return values.pop() if len(values) == 1 else None


def by_fellegi_holt(puzzle: Puzzle) -> list[tuple[Suggestion, ...]]:
    """Take the solver's first solution, without weights."""
    explanations = solve_puzzle(puzzle, weighted=False).explanations
    return [_suggested(dict(explanations[0].changes))] if explanations else []


def _suggested(changes: dict[Address, Amount]) -> tuple[Suggestion, ...]:
    return (Suggestion(changes, "base line", Wording("", ""), ()),)
