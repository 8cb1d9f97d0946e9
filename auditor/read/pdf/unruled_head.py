"""In: the text over the rows of a table without rules. Out: its columns and their headings.

Where the headings do not tell the columns plainly, there is no table.
"""

from collections.abc import Sequence
from itertools import pairwise

from auditor.read.pdf.runs import Run
from auditor.read.pdf.unruled_lattice import HeadCell
from auditor.read.pdf.unruled_rows import Stack

_LINE_EM = 0.3
_NARROW_MAX = 2  # headings of several columns that are no wider than one
_CROWDED_EM = 0.6

Extent = tuple[float, float]


def find_head(
    text: Sequence[Run], columns: Sequence[Extent]
) -> tuple[tuple[Extent, ...], tuple[HeadCell, ...]] | None:
    """Give the columns, those that are blank too, and the headings over them.

    The lowest text over a column is its own heading; text over several stands higher.
    """
    upwards = sorted(text, key=lambda run: (-run.baseline, run.x0))
    if _are_crowded(upwards, columns):
        return None
    widened = list(columns)
    for run in upwards:
        if any(overlap(run, (o.x0, o.x1)) for o in upwards if o.baseline > run.baseline + 1):
            continue
        over = [ix for ix, column in enumerate(widened) if overlap(run, column)]
        if len(over) > 1:
            return None  # a heading wider than its column: the columns are not plain
        extent = widened.pop(over[0]) if over else (run.x0, run.x1)
        widened = sorted([*widened, (min(extent[0], run.x0), max(extent[1], run.x1))])
        if any(a[1] > b[0] for a, b in pairwise(widened)):
            return None
    cells = _headings(upwards, widened)
    own = [cell for cell in cells if cell.is_own]
    narrow = [
        cell
        for cell in cells
        if not cell.is_own and sum(overlap(cell.stack.runs[0], c) for c in widened) == 1
    ]
    if len(own) not in {0, len(widened)} or len(narrow) > _NARROW_MAX:
        return None
    return tuple(widened), cells


def _are_crowded(upwards: Sequence[Run], columns: Sequence[Extent]) -> bool:
    """Tell whether two headings nearly touch, and are not each over a column of its own."""
    for a, b in pairwise(upwards):
        if a.baseline == b.baseline and b.x0 - a.x1 < _CROWDED_EM * a.size:
            over = [{ix for ix, c in enumerate(columns) if overlap(run, c)} for run in (a, b)]
            if len(over[0]) != 1 or len(over[1]) != 1 or over[0] == over[1]:
                return True
    return False


def _headings(upwards: Sequence[Run], columns: Sequence[Extent]) -> tuple[HeadCell, ...]:
    own: dict[int, list[Run]] = {}
    wide: list[Run] = []
    for run in upwards:
        over = [ix for ix, column in enumerate(columns) if overlap(run, column)]
        below = own.get(over[0]) if len(over) == 1 else None
        if len(over) != 1 or (below and not _goes_up(run, below[-1])):
            wide.append(run)
        else:
            own.setdefault(over[0], []).append(run)
    return (
        *(HeadCell(Stack((run,)), is_own=False) for run in wide),
        *(HeadCell(Stack(tuple(runs)), is_own=True) for runs in own.values()),
    )


def _goes_up(upper: Run, lower: Run) -> bool:
    """Tell whether two lines are of one heading: right above each other, and set alike."""
    if lower.baseline == upper.baseline:
        return True
    off = min(abs(upper.x0 - lower.x0), abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2)
    return off < _LINE_EM * upper.size and (
        lower.baseline - upper.baseline <= Stack.PITCH_EM * upper.size
    )


def overlap(run: Run, extent: Extent) -> bool:
    """Claim that a text stands over a column, at least in part."""
    return run.x0 < extent[1] and extent[0] < run.x1
