"""In: a change of cells, and what speaks of them beside the sums. Out: what is against the change.

A number in the prose is no equality of its own, since it may mean several things, and a sum with
exceptions proves nothing; but of two ways to settle the tables, the one that agrees is likelier.
"""

from auditor.explain.locate.operations import Changes
from auditor.explain.locate.puzzle import Puzzle, Witness

DISAGREES = 560
"""So rarely (1 : 270) is a witness wrong by just as much as the tables are."""


def telling(puzzle: Puzzle) -> tuple[Witness, ...]:
    """Give the witnesses that speak against the cells, and by just as much as a sum is off."""
    amounts = {abs(amount) for amount in puzzle.residuals().values()}
    return tuple(
        witness
        for witness in puzzle.witnesses
        if witness.cells & puzzle.uses.keys() and amounts & {abs(by) for by in witness.off_by()}
    )


def against(puzzle: Puzzle, said: tuple[Witness, ...], changes: Changes) -> int:
    """Give the cost of leaving wrong what they tell, or of making wrong what was right."""
    unheard = sum(not witness.agrees(changes) for witness in said)
    return DISAGREES * (unheard + denies(puzzle, changes))


def denies(puzzle: Puzzle, changes: Changes) -> bool:
    """Whether the changes make something wrong that is right as the cells are."""
    concerned = (w for w in puzzle.witnesses if not w.cells.isdisjoint(changes))
    return any(w.agrees({}) and not w.agrees(changes) for w in concerned)
