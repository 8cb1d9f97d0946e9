"""In: the runs of a page. Out: these, a number that narrow columns wrapped set as one again.

Rows stand further apart than lines: two numbers above and below a row's own height, in one
column, are the halves of one number of that row.
"""

from collections.abc import Sequence
from itertools import pairwise

from auditor.read.pdf.painted import Glyph, Quarter
from auditor.read.pdf.reading import NUMERAL, SIGNS
from auditor.read.pdf.runs import PLACEHOLDERS, Run, make_run

_PITCH_MIN_EM, _PITCH_MAX_EM = 0.85, 1.75  # of two lines of one cell
_LEVEL_EM = 0.25
_GAP_EM = 0.15  # between the numbers of two cells
_ASIDE_EM = 0.35  # how far the halves may be off each other's middle, or edge
_UNIT_MAX = 2  # characters

Halves = tuple[Run, Run]


def join_wrapped(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Give the runs with the halves of wrapped numbers joined, at the height of their row."""
    figures = sorted((r for r in runs if _may_be_half(r)), key=lambda r: r.baseline)
    paired = [
        pair
        for pair in _stacked(figures)
        if _are_halves(*pair, figures) and _is_row(_height(pair), pair, runs)
    ]
    halves = {id(run) for pair in paired for run in pair}
    if len(halves) < 2 * len(paired):
        return tuple(runs)  # three in a row: which of them is whole is not plain
    singles = [run for run in figures if id(run) not in halves]
    joined: dict[int, Run] = {}
    for pair in paired:
        if _is_full(pair[0], singles, runs):
            joined[id(pair[0])] = joined[id(pair[1])] = _in_one(*pair, _height(pair))
    return tuple({id(r): r for run in runs for r in [joined.get(id(run), run)]}.values())


def split_numbers(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Give the runs, digits that stand apart more than the others of their number as two numbers.

    In narrow columns next to nothing parts the numbers of two cells.
    """
    return tuple(part for run in runs for part in _parts(run))


def _parts(run: Run) -> Sequence[Run]:
    if len(run.glyphs) < 2 or run.faults or not _is_figures(run.text):
        return (run,)
    gaps = [b.x0 - a.x1 for a, b in pairwise(run.glyphs)]
    limit = sorted(gaps)[len(gaps) // 2 if len(gaps) > 2 else 0] + _GAP_EM * run.size
    ends = [ix for ix, gap in enumerate(gaps, 1) if gap > limit and gap > _GAP_EM * run.size]
    return [make_run(run.glyphs[a:b]) for a, b in pairwise([0, *ends, len(run.glyphs)])]


def _may_be_half(run: Run) -> bool:
    return run.quarter is Quarter.RIGHT and (_is_figures(run.text) or len(run.text) <= _UNIT_MAX)


def _is_figures(text: str) -> bool:
    return set(text) <= NUMERAL | SIGNS


def _stacked(figures: Sequence[Run]) -> list[Halves]:
    """Give each number with what stands right below it."""
    found = []
    for ix, upper in enumerate(figures):
        if not _is_figures(upper.text) or set(upper.text) <= PLACEHOLDERS:
            continue
        for lower in figures[ix + 1 :]:
            pitch = lower.baseline - upper.baseline
            if pitch > _PITCH_MAX_EM * upper.size:
                break
            if pitch >= _PITCH_MIN_EM * upper.size and _is_below(upper, lower):
                found.append((upper, lower))
    return found


def _is_below(upper: Run, lower: Run) -> bool:
    slack = _ASIDE_EM * upper.size
    off = min(
        abs(upper.x0 - lower.x0),
        abs(upper.x1 - lower.x1),
        abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2,
    )
    is_within = upper.x0 - slack <= lower.x0 and lower.x1 <= upper.x1 + slack
    return is_within and off <= slack and abs(upper.size - lower.size) < 0.1 * upper.size


def _are_halves(upper: Run, lower: Run, figures: Sequence[Run]) -> bool:
    """Tell whether nothing stands in the column at the height of the row itself."""
    return set(lower.text) & SIGNS == set() and not any(
        upper.baseline < run.baseline < lower.baseline and run.x0 < upper.x1 and upper.x0 < run.x1
        for run in figures
    )


def _height(pair: Halves) -> float:
    return (pair[0].baseline + pair[1].baseline) / 2


def _is_row(row: float, pair: Halves, runs: Sequence[Run]) -> bool:
    """Tell whether a row's other numbers, or else its label alone, stand between the halves."""
    slack = _LEVEL_EM * pair[0].size
    level = [run for run in runs if abs(run.baseline - row) <= slack]
    if any(_is_figures(run.text) for run in level):
        return True
    start = pair[0].x0
    beside = [
        run
        for run in runs
        if run.x1 <= start
        and not _is_figures(run.text)
        and min(abs(run.baseline - half.baseline) for half in pair) <= slack
    ]
    return any(run.x1 <= start for run in level) and not beside


def _is_full(upper: Run, singles: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Tell whether no number on one line of the same column is wider by a digit."""
    room = upper.x1 - upper.x0 + max(glyph.x1 - glyph.x0 for glyph in upper.glyphs)
    over = [run for run in runs if run.x0 < upper.x1 and upper.x0 < run.x1]
    others = [run.baseline for run in over if not _is_figures(run.text)]  # where the table ends
    top = max((at for at in others if at < upper.baseline), default=float("-inf"))
    bottom = min((at for at in others if at > upper.baseline), default=float("inf"))
    column = {id(run) for run in over if top < run.baseline < bottom}
    return all(r.x1 - r.x0 < room for r in singles if id(r) in column and _is_figures(r.text))


def _in_one(upper: Run, lower: Run, row: float) -> Run:
    """Set two lines as one, at the height of the row, as wide as the upper one."""
    widths = [g.x1 - g.x0 for g in (*upper.glyphs, *lower.glyphs)]
    scale = (upper.x1 - upper.x0) / (sum(widths) or 1.0)
    at, placed = upper.x0, []
    for glyph, width in zip((*upper.glyphs, *lower.glyphs), widths, strict=True):
        placed.append(_moved(glyph, at, scale, row))
        at += width * scale
    return make_run(placed)


def _moved(glyph: Glyph, x0: float, scale: float, row: float) -> Glyph:
    down = row - glyph.baseline
    left, top, right, bottom = glyph.ink
    ink = (
        x0 + (left - glyph.x0) * scale,
        top + down,
        x0 + (right - glyph.x0) * scale,
        bottom + down,
    )
    return glyph._replace(x0=x0, x1=x0 + (glyph.x1 - glyph.x0) * scale, baseline=row, ink=ink)
