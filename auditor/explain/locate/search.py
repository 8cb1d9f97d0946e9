"""In: a puzzle. Out: its explanations by cost, and how far the search has looked.

Best first: the cheapest set of edits that leaves nothing violated is found first, then those
within a window above it, so that what else would explain the numbers is known too.
"""

from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from auditor.explain.locate.costs import as_truth
from auditor.explain.locate.operations import Changes, Edit, Position, edits_at
from auditor.explain.locate.puzzle import Puzzle, Residuals, Witness
from auditor.explain.locate.usual import Usual, usual_in
from auditor.explain.locate.witnesses import against, denies, telling
from auditor.model import Amount

WINDOW = 550
"""How far above the best explanation others still count (e**5.5: 250 times less likely)."""
NODES = 400
"""Positions looked at before the search grows greedy."""
GREED = 600
"""What the greedy search thinks that each violated equality will cost: more than it does."""
MAX_VIOLATED = 20
"""With more violated equalities than these, no explanation is worth the time."""
MANY = 12
"""From so many on, a position takes longer to look at, and fewer are."""
ANSWERS = 60
CHEAPEST = 600
"""Hardly any edit costs less: what is still violated costs at least this."""
COVERED = 3
"""A number stands in so many equalities at most."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Edits that together settle everything."""

    edits: tuple[Edit, ...]
    cost: int

    @property
    def changes(self) -> Changes:
        """The right value of each cell that is wrong."""
        return {address: value for edit in self.edits for address, value in edit.changes.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Explanations, the cheapest first; all that cost less than `horizon` are among them."""

    explanations: tuple[Explanation, ...] = ()
    horizon: int = 0
    gave_up: bool = False


def explain_puzzle(puzzle: Puzzle, *, nodes: int = NODES, window: int = WINDOW) -> Found:
    """Give the explanations of a puzzle; none where nothing is violated.

    Where too much is wrong to look at everything that is as cheap, the search grows greedy: what
    it finds then is an explanation, but not known to be the best. Slips that hide each other are
    tried only where those that each leave less to explain fail.
    """
    violated = len(puzzle.residuals())
    if not 0 < violated <= MAX_VIOLATED:
        return Found(gave_up=bool(violated))
    nodes = nodes * MANY // max(violated, MANY)
    said, usual = telling(puzzle), usual_in(puzzle)
    for gain, greed in ((1, 0), (1, GREED), (0, GREED)):
        search = _Search(puzzle, window, gain, greed, said, usual)
        found = search.run(nodes if not greed else nodes // 2)
        if found.explanations:
            return found
    return Found(gave_up=True)


@dataclass(slots=True)
class _Search:
    """Positions to look at, the most promising first; equal ones in the order of their making."""

    puzzle: Puzzle
    window: int
    gain: int
    greed: int
    said: tuple[Witness, ...]
    usual: Usual
    limit: int = 10**9
    made: int = 0
    heap: list[tuple[int, int, Explanation, Residuals]] = field(default_factory=list)
    seen: dict[frozenset[tuple[str, Amount]], int] = field(default_factory=dict)
    found: dict[frozenset[tuple[str, Amount]], Explanation] = field(default_factory=dict)

    def run(self, nodes: int) -> Found:
        """Look at so many positions at most."""
        self._add(Explanation((), 0), self.puzzle.residuals())
        promise = 0
        while self.heap and nodes and len(self.found) < ANSWERS:
            promise, _, explanation, left = heappop(self.heap)
            if promise > self.limit:
                break
            if left:
                nodes -= 1
                self._expand(explanation, left)
            else:
                self._settle(explanation)
        done = not self.heap or promise > self.limit
        horizon = 0 if self.greed else self.limit if done else promise
        return self._as_witnessed(horizon, gave_up=not done)

    def _settle(self, explanation: Explanation) -> None:
        changes = explanation.changes
        if not self.puzzle.wrong <= changes.keys():
            return
        cost = explanation.cost + against(self.puzzle, self.said, changes)
        self.found.setdefault(frozenset(changes.items()), replace(explanation, cost=cost))
        self.limit = min(self.limit, cost + self.window)

    def _as_witnessed(self, horizon: int, *, gave_up: bool) -> Found:
        """Give the explanations by cost; none that a witness denies, if others stand.

        Those left out still count against the others: a witness may repeat what is wrong.
        """
        found = sorted(self.found.values(), key=lambda explanation: explanation.cost)
        denied = [e for e in found if denies(self.puzzle, e.changes)]
        kept = tuple(e for e in found if e not in denied)
        if not kept:
            return Found(tuple(found), horizon, gave_up)
        return Found(kept, min([horizon, *(e.cost for e in denied)]), gave_up)

    def _expand(self, explanation: Explanation, left: Residuals) -> None:
        position = Position(self.puzzle, explanation.changes, left)
        for edit in edits_at(position, self._narrowest(left), gain=self.gain):
            cost = explanation.cost + edit.cost + as_truth(self.puzzle, self.usual, edit.changes)
            grown = Explanation((*explanation.edits, edit), cost)
            self._add(grown, position.left_by(edit.changes))

    def _add(self, explanation: Explanation, left: Residuals) -> None:
        promise = explanation.cost + (self.greed * len(left) or _at_least(left))
        key = frozenset(explanation.changes.items())
        if promise > self.limit or self.seen.get(key, promise + 1) <= explanation.cost:
            return
        self.seen[key] = explanation.cost
        self.made += 1
        heappush(self.heap, (promise, self.made, explanation, left))

    def _narrowest(self, left: Residuals) -> int:
        """Give the violated equality with the fewest cells: it leaves the fewest choices."""
        return min(left, key=lambda ix: (len(self.puzzle.equalities[ix].coefficients), ix))


def _at_least(residuals: Residuals) -> int:
    """Give what settling the rest costs at least; two slips may settle any number by moving."""
    return CHEAPEST * min(2, -(-len(residuals) // COVERED))
