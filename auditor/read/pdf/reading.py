"""In: the runs of one cell. Out: their text in reading order, with the faults found on the way.

Lines keep their breaks, except where a number was wrapped by the width of the cell, and where
the text runs downwards one character a line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.model import Bbox
from auditor.read.pdf.painted import Fault, Glyph, Quarter
from auditor.read.pdf.runs import Run

_LINE_EM = 0.5  # runs whose baselines differ by less stand on one line
_SMALL_RATIO = 0.8
_RAISED_EM = 0.08
_OVERLAP = 0.4  # of the narrower glyph's ink
_PADDING_PT = 13.0  # left and right of the text in a cell, together, at most
_KERNED_EM = 0.3  # as much narrower is a line of a number with the digit 1 in it
NUMERAL = frozenset("0123456789０１２３４５６７８９.,．，")
SIGNS = frozenset("-+－＋−")


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says, as the fonts spell it, and why that may be wrong.

    `is_full`: its last line fills the cell, so that it may go on somewhere else.
    """

    raw: str
    faults: frozenset[Fault]
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a cell's lines: its width, and the widest number beside or below it.

    Where a wider number stands on one line of the same column, a number was not wrapped.
    """

    width: float
    widest: float = 0.0

    def is_full(self, line: list[Run], digit: Glyph) -> bool:
        """Tell whether this digit does not fit at the end of a line."""
        first, last = line[0].glyphs[0], line[-1].glyphs[-1]
        pitch = _pitch([glyph for run in line for glyph in run.glyphs])
        used = last.x0 - first.x0 + max(pitch, last.x1 - last.x0)
        needed = used + max(pitch, digit.x1 - digit.x0)
        return self.width < needed + _PADDING_PT and self.widest < needed


def _pitch(glyphs: list[Glyph]) -> float:
    """Give the distance of a line's digits; they may be set wider than their font says."""
    if len(glyphs) < 2 or any(glyph.char not in NUMERAL for glyph in glyphs):
        return 0.0
    return (glyphs[-1].x0 - glyphs[0].x0) / (len(glyphs) - 1)


def read_cell(runs: Sequence[Run], box: Bbox, widest: float = 0.0) -> CellText:
    """Give the text of a cell from the runs that it holds."""
    kept, way = _main_way(runs)
    faults = {fault for run in kept for fault in run.faults}
    if len(kept) > 1 and way is Quarter.RIGHT and _runs_downwards(kept):
        is_narrow = box[2] - box[0] < 2 * kept[0].size + _PADDING_PT  # one character a line
        return CellText(_read_downwards(kept), frozenset(faults), is_narrow)
    kept = [run for run in kept if run.quarter is way]
    lines = _lines(kept)
    faults |= {fault for line in lines for fault in _line_faults(line)}
    width = box[2] - box[0] if way in {Quarter.RIGHT, Quarter.LEFT} else box[3] - box[1]
    room = Room(width, widest)
    return CellText(_join_lines(lines, room), frozenset(faults), _may_go_on(lines[-1], room))


def is_number(run: Run) -> bool:
    """Tell whether a run is nothing but digits and their marks."""
    return set(run.text) <= NUMERAL | SIGNS


def _main_way(runs: Sequence[Run]) -> tuple[list[Run], Quarter | None]:
    """Give the runs but for turned text over upright text, and the way in which they run.

    Numbers lie on their side in text that is set downwards.
    """
    if len(runs) == 1:
        return list(runs), runs[0].quarter
    upright = [run for run in runs if run.quarter is Quarter.RIGHT]
    if not upright:
        longest = max(runs, key=lambda run: len(run.glyphs), default=None)
        way = longest.quarter if longest else Quarter.RIGHT
        return [run for run in runs if run.quarter is way], way
    if _runs_downwards(upright):
        return [run for run in runs if run.quarter in {Quarter.RIGHT, Quarter.DOWN}], Quarter.RIGHT
    return upright, Quarter.RIGHT


def _runs_downwards(runs: Sequence[Run]) -> bool:
    """Tell whether characters were painted one below the other: set downwards."""
    upright = sorted((r for r in runs if r.quarter is Quarter.RIGHT), key=lambda run: run.order)
    if len(upright) < 2 or any(len(run.glyphs) > 1 for run in upright):
        return False
    if any(run.text in NUMERAL for run in upright):
        return False
    down = sum(
        abs(a.glyphs[0].x0 - b.glyphs[0].x0) < 0.4 * a.size and b.baseline > a.baseline
        for a, b in pairwise(upright)
    )
    return down >= 0.7 * (len(upright) - 1)


def _read_downwards(runs: Sequence[Run]) -> str:
    """Read columns from right to left, each from top to bottom."""
    columns: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.centre[0]):
        if columns and columns[-1][0].centre[0] - run.centre[0] < 0.6 * run.size:
            columns[-1].append(run)
        else:
            columns.append([run])
    return "".join(
        run.text for column in columns for run in sorted(column, key=lambda r: r.centre[1])
    )


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Give the runs line by line, each from left to right; small raised text stays on its line."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        last = lines[-1] if lines else []
        reach = _LINE_EM * max((r.size for r in [*last, run]), default=0.0)
        if last and run.baseline - max(last, key=lambda r: r.size).baseline < reach:
            last.append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x0) for line in lines]


def _line_faults(line: list[Run]) -> Iterable[Fault]:
    glyphs = [glyph for run in line for glyph in run.glyphs]
    base = max(line, key=lambda run: run.size)
    for run in line:
        is_small = run.size < _SMALL_RATIO * base.size
        is_raised = abs(run.baseline - base.baseline) > _RAISED_EM * base.size
        if (is_small or is_raised) and (is_number(run) or is_number(base)):
            yield Fault.RAISED
    for one, other in pairwise(sorted(glyphs, key=lambda g: g.x0)):
        a, b = (g.ink[0::2] if g.quarter is Quarter.RIGHT else g.ink[1::2] for g in (one, other))
        narrow = min(a[1] - a[0], b[1] - b[0])
        if min(a[1], b[1]) - max(a[0], b[0]) > _OVERLAP * narrow > 0:
            yield Fault.OVERPRINTED


def _join_lines(lines: list[list[Run]], room: Room) -> str:
    if _stands_upright(lines, room.width):
        return "".join(_line_text(line) for line in lines)
    text = ""
    for ix, line in enumerate(lines):
        wrapped = ix > 0 and _is_wrapped_number(lines[ix - 1], line, room)
        text += ("" if ix == 0 or wrapped else "\n") + _line_text(line)
    return text


def _stands_upright(lines: list[list[Run]], width: float) -> bool:
    """Tell whether the text is set one character a line, but for a mark beside its character."""
    texts = [_line_text(line) for line in lines]
    if len(texts) < 2 or any(len(text) > 2 or text[0] in NUMERAL for text in texts):
        return False
    if len(texts) > 2:
        return sum(len(text) == 1 for text in texts) > 0.6 * len(texts)
    widest = max(line[-1].x1 - line[0].x0 for line in lines)
    return max(map(len, texts)) == 1 and width < 2 * widest + _PADDING_PT / 2


def _line_text(line: list[Run]) -> str:
    text = line[0].text
    for one, other in pairwise(line):
        gap = other.x0 - one.x1
        text += (" " if gap > 0.1 * other.size else "") + other.text
    return text


def _is_wrapped_number(upper: list[Run], lower: list[Run], room: Room) -> bool:
    """Tell whether a number goes on in the next line because a further digit did not fit."""
    if set(upper[-1].text) - NUMERAL - SIGNS or set(lower[0].text) - NUMERAL:
        return False
    used, rest = upper[-1].x1 - upper[0].x0, lower[-1].x1 - lower[0].x0
    if set(upper[-1].text) <= SIGNS:  # lines may break behind a sign, before the whole number
        return room.width - used < rest + _PADDING_PT
    return room.is_full(upper, lower[0].glyphs[0]) and rest <= used + _KERNED_EM * upper[-1].size


def _may_go_on(line: list[Run], room: Room) -> bool:
    return set(line[-1].text) <= SIGNS or room.is_full(line, line[-1].glyphs[-1])
