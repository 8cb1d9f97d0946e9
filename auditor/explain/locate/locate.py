"""In: a puzzle. Out: its causes: each part that hangs together is explained for itself."""

from collections.abc import Iterator

from auditor.explain.locate.answers import Cause, causes
from auditor.explain.locate.puzzle import Puzzle, pose
from auditor.explain.locate.search import Found, explain_puzzle
from auditor.explain.locate.solver import solve_puzzle


def locate(puzzle: Puzzle) -> tuple[Cause, ...]:
    """Give the causes of what is violated; none where too much is wrong to tell."""
    parts = [(part, _explained(part)) for part in components(puzzle)]
    slips = sum(_slips(part, found) for part, found in parts)
    return tuple(cause for part, found in parts for cause in causes(part, found, slips))


def _slips(puzzle: Puzzle, found: Found) -> int:
    """Give how many slips there are; where they are not explained, a guess."""
    return len(found.explanations[0].edits if found.explanations else puzzle.residuals())


def _explained(puzzle: Puzzle) -> Found:
    found = explain_puzzle(puzzle)
    return found if found.explanations else solve_puzzle(puzzle)


def components(puzzle: Puzzle) -> Iterator[Puzzle]:
    """Give the parts in which something is violated: equalities that share cells.

    What stands in a row with a violated one belongs to it too, since a row may have shifted.
    """
    groups: list[set[str]] = []
    violated = puzzle.residuals()
    if not violated:
        return
    wrong = {a for ix in violated for a in puzzle.equalities[ix].coefficients}
    links = [{*equality.coefficients} for equality in puzzle.equalities]
    for link in (*links, *({*row} for row in puzzle.rows if wrong & {*row})):
        apart = [group for group in groups if group.isdisjoint(link)]
        groups = [*apart, link.union(*(group for group in groups if group not in apart))]
    for group in groups:
        if wrong <= group and len(group) * 2 > len(puzzle.uses):  # nearly the whole, and alone
            yield puzzle
        elif group & wrong:
            yield _part(puzzle, group)


def _part(puzzle: Puzzle, cells: set[str]) -> Puzzle:
    values = {a: None if a in puzzle.blanks else puzzle.values[a] for a in cells}
    return pose(
        [e for e in puzzle.equalities if not cells.isdisjoint(e.coefficients)],
        values,
        rows=puzzle.rows,
        columns=puzzle.columns,
        doubtful=puzzle.doubtful,
        signed=puzzle.signed,
        fractional=puzzle.fractional,
        published=puzzle.published,
        witnesses=puzzle.witnesses,
        shares=puzzle.shares,
    )
