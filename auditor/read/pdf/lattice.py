"""In: horizontal and vertical lines. Out: lattices, the cells that these lines enclose.

Lines that touch make a component; its lines' heights and abscissae span a grid of squares, and
squares without a border between them are one merged cell.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.model import Bbox
from auditor.read.pdf.objects import TooComplexError
from auditor.read.pdf.ruling import Line
from auditor.read.pdf.squares import DisjointSets, LatticeCell, find_cells

_TOUCH_PT = 3.0
_SAME_PT = 3.2  # lines closer than this are one border (double lines)
_BORDER_MAX_PT = 6.5
_OPEN_PT = 4.0  # how far lines must jut out to be open ends of a cut-off cell
_ROW_MIN_PT, _COLUMN_MIN_PT = 6.0, 5.0  # smaller ones hold no text: gaps between painted areas
_COVERED = 0.86  # the share of a square's side that a border must cover
_SQUARES_MAX = 60_000


@dataclass(frozen=True, slots=True)
class Lattice:
    """A table's borders: cells over the abscissae xs and heights ys; `owner`: square -> cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    owner: dict[tuple[int, int], int]

    @property
    def box(self) -> Bbox:
        """The whole extent."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_box(self, cell: LatticeCell) -> Bbox:
        """Give a cell's extent."""
        return (
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.column_span],
            self.ys[cell.row + cell.row_span],
        )

    def cell_at(self, x: float, y: float) -> int | None:
        """Give the index of the cell around a point; None: outside every cell."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return self.owner.get((row, column))


def squares_of(cells: Sequence[LatticeCell]) -> dict[tuple[int, int], int]:
    """Give each square's cell, by index."""
    return {
        (row, column): ix
        for ix, cell in enumerate(cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def find_lattices(across: Sequence[Line], down: Sequence[Line]) -> tuple[Lattice, ...]:
    """Give the lattices of a page, from top to bottom."""
    found = (_lattice(*component) for component in _components(across, down))
    return tuple(sorted((t for t in found if t), key=lambda t: (t.ys[0], t.xs[0])))


# ------------------------------------------------------------------ components


def _components(
    across: Sequence[Line], down: Sequence[Line]
) -> Iterable[tuple[list[Line], list[Line]]]:
    sets = DisjointSets(len(across) + len(down))
    reaches = [(jx, d.at, d.start - _TOUCH_PT, d.end + _TOUCH_PT) for jx, d in enumerate(down)]
    for ix, line in enumerate(across):
        start, end, level = line.start - _TOUCH_PT, line.end + _TOUCH_PT, line.at
        for jx, at, top, bottom in reaches:
            if start <= at <= end and top <= level <= bottom:
                sets.join(ix, len(across) + jx)
    groups: dict[int, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for ix, line in enumerate(across):
        groups[sets.find(ix)][0].append(line)
    for jx, line in enumerate(down):
        groups[sets.find(len(across) + jx)][1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


# ------------------------------------------------------------------ open ends


def _close_open_ends(across: list[Line], down: list[Line]) -> tuple[list[Line], list[Line]]:
    """Give the lines and, where others jut out beyond them, the borders that are not drawn.

    A browser draws no border at a page break, and some tables have no outer side rules.
    """
    top, bottom = _closings(down, across)
    left, right = _closings(across, down)
    ends = [end.at for end in (left, right) if end], [end.at for end in (top, bottom) if end]
    across_closed = [*across, *(_widened(end, ends[0]) for end in (top, bottom) if end)]
    down_closed = [*down, *(_widened(end, ends[1]) for end in (left, right) if end)]
    return across_closed, down_closed


def _widened(line: Line, ends: list[float]) -> Line:
    return line._replace(start=min([line.start, *ends]), end=max([line.end, *ends]))


def _closings(lines: list[Line], crossing: list[Line]) -> tuple[Line | None, Line | None]:
    """Give the borders missing before the first and after the last of the crossing lines."""
    first, last = min(c.at for c in crossing), max(c.at for c in crossing)
    before = [line for line in lines if line.start < first - _OPEN_PT]
    after = [line for line in lines if line.end > last + _OPEN_PT]
    return _closing(before, [b.start for b in before]), _closing(after, [a.end for a in after])


def _closing(open_lines: list[Line], ends: list[float]) -> Line | None:
    """Give the border where most of the open lines end, if at least two do."""
    near = {
        end: len(
            {round(o.at) for o, e in zip(open_lines, ends, strict=True) if abs(e - end) <= _OPEN_PT}
        )
        for end in ends
    }
    end = max(near, key=lambda e: near[e], default=0.0)
    if near.get(end, 0) < 2:
        return None
    members = [o for o, e in zip(open_lines, ends, strict=True) if abs(e - end) <= _OPEN_PT]
    ats = [m.at for m in members]
    weak, pale = all(m.weak for m in members), all(m.pale for m in members)
    return Line(end, min(ats), max(ats), weak, pale)


def _reaching(lines: list[Line], crossing: list[Line], reach: float = _TOUCH_PT) -> list[Line]:
    """Give the lines cut to what lies between the first and the last line that each reaches.

    An end that reaches none stays where it is level with some other line: there a border is
    missing. Underlines and lines through words reach nothing and go.
    """
    kept = []
    levels = [c.at for c in crossing]
    for line in lines:
        met = [
            c.at
            for c in crossing
            if line.start - reach <= c.at <= line.end + reach
            and c.start - reach <= line.at <= c.end + reach
        ]
        if met and max(met) - min(met) > _SAME_PT:
            start, end = _level(line.start, levels, reach), _level(line.end, levels, reach)
            first = min(met) if start is None else min(start, *met)
            last = max(met) if end is None else max(end, *met)
            kept.append(Line(line.at, first, last, line.weak, line.pale))
    return kept


def _level(end: float, levels: list[float], reach: float) -> float | None:
    """Give the level at which a line ends, if there is one."""
    return min((at for at in levels if abs(at - end) <= reach), default=None)


# ------------------------------------------------------------------ squares


def _ranks(lines: list[Line]) -> tuple[tuple[float, ...], list[int]]:
    """Give the places of the borders, double lines as one, and each line's place by index."""
    order = sorted(range(len(lines)), key=lambda ix: lines[ix].at)
    groups: list[list[int]] = []
    for ix in order:
        at = lines[ix].at
        last = groups[-1] if groups else []
        close = last and at - lines[last[-1]].at <= _SAME_PT
        if close and at - lines[last[0]].at <= _BORDER_MAX_PT:
            last.append(ix)
        else:
            groups.append([ix])
    rank = [0] * len(lines)
    for position, members in enumerate(groups):
        for ix in members:
            rank[ix] = position
    return tuple(_mean_place([lines[ix] for ix in members]) for members in groups), rank


def _mean_place(lines: list[Line]) -> float:
    total = sum(line.end - line.start for line in lines)
    return sum(line.at * (line.end - line.start) for line in lines) / total


def _borders(lines: list[Line], rank: list[int], stops: tuple[float, ...]) -> set[tuple[int, int]]:
    """Give (place, interval between stops) of every side that a border covers."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for line, place in zip(lines, rank, strict=True):
        for ix in range(max(bisect_right(stops, line.start) - 1, 0), len(stops) - 1):
            if stops[ix] >= line.end:
                break
            part = min(line.end, stops[ix + 1]) - max(line.start, stops[ix])
            covered[place, ix] = max(covered[place, ix], part)
    return {
        (place, ix)
        for (place, ix), length in covered.items()
        if length >= _COVERED * (stops[ix + 1] - stops[ix])
        or length >= stops[ix + 1] - stops[ix] - _TOUCH_PT > 0.5 * (stops[ix + 1] - stops[ix])
    }


def _lattice(across: list[Line], down: list[Line]) -> Lattice | None:
    across_closed, down_closed = _close_open_ends(across, down)
    for _ in range(2):
        before = len(across_closed), len(down_closed)
        across_closed = _reaching(across_closed, down_closed)
        down_closed = _reaching(down_closed, across_closed)
        if before == (len(across_closed), len(down_closed)):
            break
    if len(across_closed) < 2 or len(down_closed) < 2:
        return None
    ys, y_rank = _ranks(across_closed)
    xs, x_rank = _ranks(down_closed)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > _SQUARES_MAX:
        raise TooComplexError
    cells = find_cells(
        rows, columns, _borders(across_closed, y_rank, xs), _borders(down_closed, x_rank, ys)
    )
    cells = [
        c
        for c in cells
        if ys[c.row + c.row_span] - ys[c.row] >= _ROW_MIN_PT
        and xs[c.column + c.column_span] - xs[c.column] >= _COLUMN_MIN_PT
    ]
    if not cells:
        return None
    return without_slivers(xs, ys, cells)


def without_slivers(
    xs: tuple[float, ...], ys: tuple[float, ...], cells: list[LatticeCell]
) -> Lattice:
    """Give the lattice without narrow rows and columns in which no cell begins."""
    columns = _stops(xs, [(c.column, c.column + c.column_span) for c in cells], _COLUMN_MIN_PT)
    rows = _stops(ys, [(c.row, c.row + c.row_span) for c in cells], _ROW_MIN_PT)
    kept = tuple(
        LatticeCell(
            row=bisect_left(rows, c.row),
            column=bisect_left(columns, c.column),
            row_span=bisect_left(rows, c.row + c.row_span) - bisect_left(rows, c.row),
            column_span=bisect_left(columns, c.column + c.column_span)
            - bisect_left(columns, c.column),
            torn=c.torn,
        )
        for c in cells
    )
    return Lattice(
        tuple(xs[ix] for ix in columns), tuple(ys[ix] for ix in rows), kept, squares_of(kept)
    )


def _stops(places: tuple[float, ...], spans: list[tuple[int, int]], width_min: float) -> list[int]:
    """Give the places where cells begin, and where they end before more than a gap."""
    last = max(end for _, end in spans)
    ends = {e for _, e in spans if e == last or places[e + 1] - places[e] >= width_min}
    return sorted(ends.union(start for start, _ in spans))
