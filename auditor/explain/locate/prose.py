"""In: a change of cells, and what the prose says of them. Out: what speaks against the change.

A number in the prose is no equality of its own, since it may mean several things; but of two ways
to settle the tables, the one that makes it right is the likelier.
"""

from auditor.explain.locate.operations import Changes
from auditor.explain.locate.puzzle import Puzzle, Stated

DISAGREES = 560
"""So rarely (1 : 270) is a number of the prose wrong by just as much as the tables are."""


def telling(puzzle: Puzzle) -> tuple[Stated, ...]:
    """Give what the prose says otherwise than the cells, and by just as much as a sum is off."""
    amounts = {abs(amount) for amount in puzzle.residuals().values()}
    return tuple(
        stated
        for stated in puzzle.stated
        if stated.cells & puzzle.uses.keys() and amounts & {abs(by) for by in stated.off_by()}
    )


def against(puzzle: Puzzle, said: tuple[Stated, ...], changes: Changes) -> int:
    """Give the cost of leaving wrong what the prose tells, or making wrong what was right."""
    unheard = sum(not stated.agrees(changes) for stated in said)
    return DISAGREES * (unheard + denies(puzzle, changes))


def denies(puzzle: Puzzle, changes: Changes) -> bool:
    """Whether the changes make a number of the prose wrong that is right as the cells are."""
    concerned = (s for s in puzzle.stated if not s.cells.isdisjoint(changes))
    return any(s.agrees({}) and not s.agrees(changes) for s in concerned)
