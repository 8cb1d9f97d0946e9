"""In: rows, columns, labels and headings of a table without rules. Out: it, as if it were ruled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.read.pdf.cells import Filled
from auditor.read.pdf.lattice import Lattice, squares_of
from auditor.read.pdf.runs import Run
from auditor.read.pdf.squares import LatticeCell
from auditor.read.pdf.unruled_rows import Labels, Stack

_PAD_EM = 0.4
_SAME_LEVEL_EM = 0.6


@dataclass(frozen=True, slots=True)
class HeadCell:
    """Text over the columns; `is_own`: over one, and nothing stands between."""

    stack: Stack
    is_own: bool


@dataclass(frozen=True, slots=True)
class UnruledRow:
    """A row's height and its numbers by column."""

    height: float
    values: Mapping[int, Run]


def fill_unruled(
    rows: Sequence[UnruledRow],
    labels: Labels,
    columns: Sequence[tuple[float, float]],
    head: Sequence[HeadCell],
    corner: Sequence[Run],
) -> Filled:
    """Give the table: headings of several columns, own headings, then the rows."""
    size = next(iter(rows[0].values.values())).size
    wide = _levels([cell.stack for cell in head if not cell.is_own], size)
    own = [cell.stack for cell in head if cell.is_own]
    first = len(wide) + bool(own or corner)  # row of the grid
    before = len(labels.edges)
    xs = _abscissae(labels, columns, corner, size)
    levels = [stacks[0].top for stacks in wide]
    if first > len(wide):
        levels.append(max([r.baseline for s in own for r in s.runs] or [corner[-1].baseline]))
    cells: list[tuple[LatticeCell, tuple[Run, ...]]] = []
    for level, stacks in enumerate(wide):
        cells += [(_over(stack, level, xs, before), stack.runs) for stack in stacks]
    if first > len(wide):
        if before:
            cells.append((LatticeCell(first - 1, 0, 1, before), tuple(corner)))
        over = {_column_at(xs, stack): stack.runs for stack in own}
        for ix in range(before, before + len(columns)):
            cells.append((LatticeCell(first - 1, ix, 1, 1), over.get(ix, ())))
    for ix, row in enumerate(rows):
        cells += [
            (
                LatticeCell(first + ix, before + at, 1, 1),
                (row.values[at],) if at in row.values else (),
            )
            for at in range(len(columns))
        ]
    cells += _label_cells(labels, first, [row.height for row in rows])
    ys = _heights([*levels, *(row.height for row in rows)], size)
    return _filled(xs, ys, cells)


def _filled(
    xs: tuple[float, ...], ys: tuple[float, ...],
    cells: Sequence[tuple[LatticeCell, tuple[Run, ...]]],
) -> Filled:  # fmt: skip
    ordered = sorted(cells, key=lambda held: (held[0].row, held[0].column))
    kept = tuple(cell for cell, _ in ordered)
    table = Filled(Lattice(xs, ys, kept, squares_of(kept)))
    for ix, (_, runs) in enumerate(ordered):
        if runs:
            table.runs[ix] = list(runs)
    return table


def _levels(stacks: Sequence[Stack], size: float) -> list[list[Stack]]:
    levels: list[list[Stack]] = []
    for stack in sorted(stacks, key=lambda s: s.top):
        if levels and stack.top - levels[-1][0].top < _SAME_LEVEL_EM * size:
            levels[-1].append(stack)
        else:
            levels.append([stack])
    return levels


def _abscissae(
    labels: Labels,
    columns: Sequence[tuple[float, float]],
    corner: Sequence[Run],
    size: float,
) -> tuple[float, ...]:
    pad = _PAD_EM * size
    runs = [*corner, *(run for label in labels.rows if label for run in label[1].runs)]
    last = max((run.x1 for run in runs), default=columns[0][0] - 2 * pad)
    lefts = [edge - 1 for edge in labels.edges]
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    left, right = (last + columns[0][0]) / 2, columns[-1][1] + pad
    if inner:  # as far from the numbers on the one side as on the other
        left = max(left, sum(columns[0]) - inner[0])
        right = max(right, sum(columns[-1]) - inner[-1])
    return (*lefts, left, *inner, right)


def _heights(levels: Sequence[float], size: float) -> tuple[float, ...]:
    inner = [(a + b) / 2 - 0.35 * size for a, b in pairwise(levels)]
    return (levels[0] - 1.3 * size, *inner, levels[-1] + 0.6 * size)


def _column_at(xs: Sequence[float], stack: Stack) -> int:
    middle = sum(stack.extent) / 2
    return next(ix for ix, (a, b) in enumerate(pairwise(xs)) if a <= middle < b)


def _over(stack: Stack, level: int, xs: Sequence[float], before: int) -> LatticeCell:
    """Give a heading of several columns as far as its text reaches."""
    x0, x1 = stack.extent
    under = [
        ix for ix, (a, b) in enumerate(pairwise(xs)) if ix >= before and a < x1 and x0 < b
    ] or [before]
    return LatticeCell(level, under[0], 1, len(under))


def _label_cells(
    labels: Labels, first: int, heights: Sequence[float]
) -> list[tuple[LatticeCell, tuple[Run, ...]]]:
    width = len(labels.edges)
    cells = [
        (LatticeCell(first + row, label[0], 1, width - label[0]), label[1].runs)
        for row, label in enumerate(labels.rows)
        if label
    ]
    starts = [label[0] if label else 0 for label in labels.rows]
    for column, stack in labels.groups:
        row = min(range(len(heights)), key=lambda ix: abs(heights[ix] - stack.height("middle")))
        if starts[row] > column:
            cells.append((LatticeCell(first + row, column, 1, 1), stack.runs))
    held = {(cell.row, cell.column) for cell, _ in cells}
    blank = [
        (LatticeCell(first + row, column, 1, 1), ())
        for row, start in enumerate(starts)
        for column in range(start)
        if (first + row, column) not in held
    ]
    return [*cells, *blank]  # every row begins at the table's edge
