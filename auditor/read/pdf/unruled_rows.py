"""In: the text beside rows of numbers, and the heights of these rows. Out: each row's label.

A label of several lines stands around the height of its numbers, or begins or ends there; the
labels of groups of rows stand further left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from auditor.read.pdf.runs import Run

_SPACE_EM = 0.8  # within a label
_SAME_PT = 1.0  # within which text starts at one place
_EDGE_EM = 0.6  # within which left edges are one
_OFF_EM = 0.45  # how far a label may be off its numbers
_FAR = 1e9
_UNPLACED = 0.5  # the cost of a label that stands at no row
_BEYOND = 0.25  # the same, of a row that is on another page

Anchor = Literal["middle", "top", "bottom"]
ANCHORS: tuple[Anchor, ...] = ("middle", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of text right below each other: the text of one cell."""

    PITCH_EM: ClassVar[float] = 1.75
    runs: tuple[Run, ...]

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where it reaches."""
        return min(r.x0 for r in self.runs), max(r.x1 for r in self.runs)

    @property
    def top(self) -> float:
        """The first baseline."""
        return min(r.baseline for r in self.runs)

    @property
    def bottom(self) -> float:
        """The last baseline."""
        return max(r.baseline for r in self.runs)

    def height(self, anchor: Anchor) -> float:
        """Give the height at which its row's numbers stand."""
        match anchor:
            case "middle":
                return (self.top + self.bottom) / 2
            case "top":
                return self.top
            case "bottom":
                return self.bottom


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels by row, with the column of labels in which each begins, and those of groups."""

    edges: tuple[float, ...]  # left edges of the columns of labels
    rows: tuple[tuple[int, Stack] | None, ...]
    groups: tuple[tuple[int, Stack], ...]


def label_rows(runs: Sequence[Run], heights: Sequence[float], cut: frozenset[int]) -> Labels | None:
    """Give the label of each row; None: it is not plain which row a label belongs to.

    `cut`: rows whose label may stand on two pages, so that its lines here are not all.
    """
    if not runs:
        return Labels((), (None,) * len(heights), ())
    size = runs[0].size
    phrases = _phrases(runs, size)
    edges = _edges(phrases, size)
    columns: list[list[Run]] = [[] for _ in edges]
    for phrase in phrases:
        columns[_edge_of(phrase[0], edges, size)] += phrase
    readings = [_labelled(columns, _Rows(heights, cut, anchor, size)) for anchor in ANCHORS]
    found = [labels for cost, labels in readings if cost < _FAR]
    if not found:
        return None
    rows, groups = found[0]  # labels around their rows, if they can be
    return Labels(edges, rows, groups)


def _phrases(runs: Sequence[Run], size: float) -> list[list[Run]]:
    """Give the runs that go on after no more than a space together.

    Where the text of another line starts, a column of labels begins.
    """
    ordered = sorted(runs, key=lambda r: (r.baseline, r.x0))
    follows = {
        id(run): last.baseline == run.baseline and run.x0 - last.x1 < _SPACE_EM * size
        for last, run in pairwise(ordered)
    }
    starts = [run.x0 for run in ordered if not follows.get(id(run))]
    phrases: list[list[Run]] = []
    for run in ordered:
        if follows.get(id(run)) and not any(abs(x0 - run.x0) < _SAME_PT for x0 in starts):
            phrases[-1].append(run)
        else:
            phrases.append([run])
    return phrases


def _edges(phrases: Sequence[Sequence[Run]], size: float) -> tuple[float, ...]:
    edges: list[float] = []
    for x0 in sorted(phrase[0].x0 for phrase in phrases):
        if not edges or x0 - edges[-1] > _EDGE_EM * size:
            edges.append(x0)
    return tuple(edges)


def _edge_of(run: Run, edges: Sequence[float], size: float) -> int:
    return max(ix for ix, edge in enumerate(edges) if edge <= run.x0 + 0.01 * size)


_Found = tuple[tuple[tuple[int, Stack] | None, ...], tuple[tuple[int, Stack], ...]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that labels are looked for, and how these stand beside them."""

    heights: Sequence[float]
    cut: frozenset[int]
    anchor: Anchor
    size: float

    def is_beyond(self, stack: Stack) -> bool:
        """Tell whether a label stands at no row here: its row's numbers are on another page."""
        limit = _OFF_EM * self.size
        above = 0 in self.cut and stack.bottom < self.heights[0] - limit
        below = len(self.heights) - 1 in self.cut and stack.top > self.heights[-1] + limit
        return above or below

    def row_at(self, stack: Stack, free: Sequence[int]) -> tuple[int | None, float]:
        """Give the free row that a label stands at, and how far off."""
        height, limit = stack.height(self.anchor), _OFF_EM * self.size
        row = min(free, key=lambda ix: abs(self.heights[ix] - height), default=None)
        if row is None:
            return None, 0.0
        off = abs(self.heights[row] - height)
        beside = [h for h in self.heights if stack.top - limit < h < stack.bottom + limit]
        if len(beside) > 1:
            return None, 0.0  # it would reach over another row
        if row in self.cut and beside == [self.heights[row]]:
            off = min(off, limit)
        return (row, off) if off <= limit else (None, 0.0)


def _labelled(columns: Sequence[Sequence[Run]], sought: _Rows) -> tuple[float, _Found]:
    """Give the labels, the rightmost column first, and how far they are off their rows."""
    rows: list[tuple[int, Stack] | None] = [None] * len(sought.heights)
    groups: list[tuple[int, Stack]] = []
    worst = 0.0
    for ix in reversed(range(len(columns))):
        free = [row for row, label in enumerate(rows) if label is None]
        is_leaf = ix == len(columns) - 1
        for stack, row, off in _divide(_by_line(columns[ix]), sought, free):
            if row is not None:
                rows[row] = ix, stack
                worst = max(worst, off)
            elif is_leaf and not sought.is_beyond(stack):
                return _FAR, ((), ())
            elif is_leaf:
                continue
            else:
                groups.append((ix, stack))
    if any(label is None for label in rows):
        return _FAR, ((), ())
    return worst, (tuple(rows), tuple(groups))


def _by_line(runs: Sequence[Run]) -> list[tuple[Run, ...]]:
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.baseline, r.x0)):
        if lines and run.baseline - lines[-1][0].baseline < 0.3 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [tuple(line) for line in lines]


def _divide(
    lines: Sequence[tuple[Run, ...]], sought: _Rows, free: Sequence[int]
) -> list[tuple[Stack, int | None, float]]:
    """Part a column's lines into labels, so that most rows have one, and right at their height.

    Lines close to each other may still be labels of different rows; the best parting is found
    line by line.
    """
    best: list[tuple[float, int, tuple[int | None, float]]] = [(0.0, 0, (None, 0.0))]
    for end in range(1, len(lines) + 1):
        options = []
        for start in range(end - 1, -1, -1):
            if start < end - 1 and not _are_close(lines[start], lines[start + 1], sought.size):
                break
            stack = Stack(tuple(run for line in lines[start:end] for run in line))
            row, off = sought.row_at(stack, free)
            is_new = row is not None and row != best[start][2][0]
            cost = off / sought.size - 1 if is_new else _UNPLACED
            if not is_new and sought.is_beyond(stack):
                cost = _BEYOND
            options.append((best[start][0] + cost, start, (row if is_new else None, off)))
        best.append(min(options, key=lambda option: option[0]))
    return _walk_back(best, lines)


def _walk_back(
    best: Sequence[tuple[float, int, tuple[int | None, float]]],
    lines: Sequence[tuple[Run, ...]],
) -> list[tuple[Stack, int | None, float]]:
    found: list[tuple[Stack, int | None, float]] = []
    end = len(lines)
    while end:
        _, start, (row, off) = best[end]
        found.append((Stack(tuple(run for line in lines[start:end] for run in line)), row, off))
        end = start
    return found[::-1]


def _are_close(upper: tuple[Run, ...], lower: tuple[Run, ...], size: float) -> bool:
    return lower[0].baseline - upper[0].baseline <= Stack.PITCH_EM * size
