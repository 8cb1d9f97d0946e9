"""In: lattices and runs. Out: which runs each cell holds, and which stand outside every table."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.model import Bbox
from auditor.read.pdf.lattice import Lattice
from auditor.read.pdf.painted import Fault, Quarter
from auditor.read.pdf.runs import Run, is_figure, split_at_borders

_PADDING_PT = 6.5  # between a cell's border and its text
_CENTRED_EM = 0.3
_MOSTLY = 0.75
_WATERMARK_RATIO = 1.35  # text higher than this many rows lies over the table, not in it


@dataclass(slots=True)
class Filled:
    """A lattice with its runs by cell, and the faults of how they came there."""

    lattice: Lattice
    runs: dict[int, list[Run]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[int, set[Fault]] = field(default_factory=lambda: defaultdict(set))


def fill_cells(
    lattices: Sequence[Lattice], runs: Sequence[Run]
) -> tuple[tuple[Filled, ...], tuple[Run, ...]]:
    """Give the lattices filled, and the runs that are in none; the innermost table takes a run."""
    filled = tuple(Filled(lattice) for lattice in lattices)
    inner_first = sorted(filled, key=lambda t: _area(t.lattice.box))
    outside = [run for run in runs if not any(_take(table, run) for table in inner_first)]
    return filled, tuple(outside)


def _area(box: Bbox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _take(table: Filled, run: Run) -> bool:
    """Put a run into its cell; tell whether the table has one for it."""
    lattice = table.lattice
    x, y = run.centre
    centre = lattice.cell_at(x, y)
    crossed = _crossed(lattice, run, y)
    if not crossed:
        if centre is None:
            return False
        table.runs[centre].append(run)
        return True
    if _is_laid_over(lattice, run, [*crossed, centre]):
        return True
    return _take_crossing(table, run, crossed, centre)


def _crossed(lattice: Lattice, run: Run, y: float) -> list[int]:
    """Give the cells at the height of a run that it reaches, where these are several."""
    if run.quarter is not Quarter.RIGHT:
        return []
    x0, _, x1, _ = run.box
    if x1 < lattice.xs[0] or x0 > lattice.xs[-1]:
        return []
    slack = 0.15 * run.size
    middles = [(a + b) / 2 for a, b in zip(lattice.xs, lattice.xs[1:], strict=False)]
    found: dict[int, None] = {}
    for ix, middle in enumerate(middles):
        if lattice.xs[ix] < x1 - slack and lattice.xs[ix + 1] > x0 + slack:
            cell = lattice.cell_at(middle, y)
            if cell is not None:
                found[cell] = None
    juts_out = x0 < lattice.xs[0] - slack or x1 > lattice.xs[-1] + slack
    return list(found) if len(found) > 1 or (found and juts_out) else []


def _is_laid_over(lattice: Lattice, run: Run, cells: Sequence[int | None]) -> bool:
    """Tell whether a run is too high for the cells it crosses: a watermark set upright."""
    heights = [
        box[3] - box[1]
        for ix in cells
        if ix is not None
        for box in [lattice.cell_box(lattice.cells[ix])]
    ]
    return bool(heights) and run.box[3] - run.box[1] > _WATERMARK_RATIO * max(heights)


def _take_crossing(table: Filled, run: Run, crossed: list[int], centre: int | None) -> bool:
    lattice = table.lattice
    parts = split_at_borders(run, [lattice.cell_box(lattice.cells[ix])[0] for ix in crossed[1:]])
    if len(parts) > 1:
        taken = [_take(table, part) for part in parts]
        return any(taken)
    claims = [ix for ix in crossed if _claims(lattice.cell_box(lattice.cells[ix]), run)]
    if len(claims) == 1:
        table.runs[claims[0]].append(run)
        _doubt_figures_beyond(table, run, claims[0])
        return True
    if centre is None:
        return _take_jutting(table, run, crossed)
    table.runs[centre].append(run)
    if _share(lattice.cell_box(lattice.cells[centre]), run) < _MOSTLY:
        for ix in crossed:
            table.faults[ix].add(Fault.OVERFLOW)
    return True


def _doubt_figures_beyond(table: Filled, run: Run, own: int) -> None:
    """Doubt the cells in which figures at a label's end stand: they may be those cells' own."""
    figures = [glyph for glyph in run.glyphs if is_figure(glyph)]
    if len(figures) == len(run.glyphs):
        return
    for x0, y0, x1, y1 in (glyph.ink for glyph in figures):
        cell = table.lattice.cell_at((x0 + x1) / 2, (y0 + y1) / 2)
        if cell is not None and cell != own:
            table.faults[cell].add(Fault.OVERFLOW)


def _take_jutting(table: Filled, run: Run, crossed: list[int]) -> bool:
    """Leave out text that only touches the table, but say so in a cell that it reaches far into."""
    for ix in crossed:
        if _share(table.lattice.cell_box(table.lattice.cells[ix]), run) > 1 - _MOSTLY:
            table.faults[ix].add(Fault.OVERFLOW)
    return False


def _claims(box: Bbox, run: Run) -> bool:
    """Tell whether a run stands in a cell as text is set: from its start, its end or its middle."""
    x0, x1 = run.x0 - box[0], box[2] - run.x1
    slack = 0.1 * run.size
    return (
        -slack <= x0 <= _PADDING_PT
        or -slack <= x1 <= _PADDING_PT
        or abs(x0 - x1) / 2 <= _CENTRED_EM * run.size
    )


def _share(box: Bbox, run: Run) -> float:
    x0, _, x1, _ = run.box
    return max(0.0, min(x1, box[2]) - max(x0, box[0])) / max(x1 - x0, 0.01)
