"""In: a puzzle that the search could not explain. Out: the fewest cells that would settle it.

A mixed-integer program by HiGHS, as scipy brings it; scipy is an extra (`auditor[locate]`), and
without it nothing is found here. What HiGHS gives, in floats, counts only where it holds exactly,
and is never called certain.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.explain.locate.costs import retyped
from auditor.explain.locate.operations import Edit
from auditor.explain.locate.puzzle import Puzzle
from auditor.explain.locate.search import Explanation, Found
from auditor.model import Address, Amount

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SOLUTIONS = 3
MAX_NODES = 100
"""Branches looked at; a limit on time would not give the same answer twice."""
MAX_VIOLATED = 8
"""Beyond so many violated equalities it would take many seconds."""
MAX_AMOUNT = 10**8
"""Beyond it the solver's tolerance of 1e-6 could hide a whole case."""
TOTAL_WEIGHT = 0.9
"""A total is a little lighter to blame than an item."""


def is_installed() -> bool:
    """Whether the solver can be loaded."""
    return importlib.util.find_spec("scipy") is not None


def solve_puzzle(puzzle: Puzzle, *, weighted: bool = True) -> Found:
    """Give up to three sets of cells, the lightest first, each forbidding those before it."""
    amounts = (*puzzle.values.values(), *puzzle.residuals().values())
    fits = all(value == int(value) and -MAX_AMOUNT < value < MAX_AMOUNT for value in amounts)
    if not fits or len(puzzle.residuals()) > MAX_VIOLATED or not is_installed():
        return Found(gave_up=True)
    with _silence():
        return Found(tuple(_solutions(_Program(puzzle, weighted))), gave_up=True)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what HiGHS prints, whatever it is told, out of the report on standard output."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


@dataclass(frozen=True, slots=True)
class _Program:
    """min sum(weight * changed), A(x + up - down) = 0, up + down at most reach * changed.

    The variables are changed, up and down, each for every cell in turn.
    """

    puzzle: Puzzle
    weighted: bool

    @property
    def cells(self) -> tuple[Address, ...]:
        """The cells in the order of the variables."""
        return tuple(self.puzzle.uses)

    def weights(self) -> "Floats":
        """Give what the objective counts."""
        import numpy as np  # noqa: PLC0415

        light = [self.weighted and address in self.puzzle.parts for address in self.cells]
        changed = np.where(light, TOTAL_WEIGHT, 1.0)
        return np.concatenate([changed, np.zeros(2 * len(changed))])

    def reach(self) -> float:
        """Give the farthest that a cell may move."""
        amounts = (*self.puzzle.values.values(), *self.puzzle.residuals().values())
        return 2.0 * max(abs(float(amount)) for amount in amounts)

    def upper(self) -> "Floats":
        """Give the upper bounds: a count goes down to zero at most."""
        import numpy as np  # noqa: PLC0415

        values = np.array([float(self.puzzle.values[address]) for address in self.cells])
        signed = [address in self.puzzle.signed for address in self.cells]
        down = np.where(signed, self.reach(), values.clip(min=0))
        ones = np.ones(len(values))
        return np.concatenate([ones, ones * self.reach(), down])

    def sums(self) -> tuple["Floats", "Floats"]:
        """Give the equalities as a matrix, and what each must come to."""
        import numpy as np  # noqa: PLC0415

        place = {address: ix for ix, address in enumerate(self.cells)}
        matrix = np.zeros((len(self.puzzle.equalities), len(place)))
        for row, equality in enumerate(self.puzzle.equalities):
            for address, coefficient in equality.coefficients.items():
                matrix[row, place[address]] = coefficient
        residuals = self.puzzle.residuals()
        wanted = [-float(residuals.get(row, 0)) for row in range(len(matrix))]
        return np.hstack([np.zeros_like(matrix), matrix, -matrix]), np.array(wanted)

    def links(self) -> "Floats":
        """Give the rows that let a cell move only where it is changed."""
        import numpy as np  # noqa: PLC0415

        unit = np.eye(len(self.cells))
        return np.hstack([-self.reach() * unit, unit, unit])


def _solutions(program: _Program) -> Iterator[Explanation]:
    import numpy as np  # noqa: PLC0415 - with scipy, an extra
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    matrix, wanted = program.sums()
    constraints = [LinearConstraint(matrix, wanted, wanted)]
    constraints.append(LinearConstraint(program.links(), -np.inf, 0))
    count = len(program.cells)
    kinds = np.concatenate([np.ones(count), np.zeros(2 * count)])
    for _ in range(SOLUTIONS):
        result = milp(
            program.weights(),
            integrality=kinds,
            bounds=Bounds(0, program.upper()),
            constraints=constraints,
            options={"node_limit": MAX_NODES},
        )
        if result.x is None:
            return
        moves = np.rint(result.x[count : 2 * count] - result.x[2 * count :]).astype(int)
        if explanation := _explained(program, moves.tolist()):
            yield explanation
        cut = np.concatenate([moves != 0, np.zeros(2 * count)]).astype(float)
        constraints.append(LinearConstraint(cut, -np.inf, cut.sum() - 1))


def _explained(program: _Program, moves: list[int]) -> Explanation | None:
    """Take a solution over only if it holds with exact numbers."""
    puzzle = program.puzzle
    deltas = [(a, move) for a, move in zip(program.cells, moves, strict=True) if move]
    left = puzzle.after(puzzle.residuals(), deltas)
    changes: dict[Address, Amount] = {a: puzzle.values[a] + move for a, move in deltas}
    allowed = all(puzzle.may_be(address, value) for address, value in changes.items())
    if left or not allowed or not changes or not puzzle.wrong <= changes.keys():
        return None
    edits = tuple(Edit({a: v}, *retyped(puzzle, a, v)) for a, v in changes.items())
    return Explanation(edits, sum(edit.cost for edit in edits))
