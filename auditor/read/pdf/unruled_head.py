"""In: the text over the rows of a table without rules. Out: its columns and their headings.

Where the headings do not tell the columns plainly, there is no table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.read.pdf.runs import Run, make_run
from auditor.read.pdf.unruled_lattice import HeadCell
from auditor.read.pdf.unruled_rows import Stack

_LINE_EM = 0.3
_SPACE_EM = 0.8  # within a heading
_LEVEL_EM = 0.75  # headings of one row stand no further above each other

Extent = tuple[float, float]


@dataclass(slots=True)
class _Columns:
    """The columns found so far, from left to right, each with its own heading, bottom up."""

    extents: list[Extent]
    own: list[list[Run]]
    wide: list[Run] = field(default_factory=list)
    are_plain: bool = True  # no two headings on one line over what looks like one column

    def over(self, x0: float, x1: float) -> list[int]:
        """Give the columns that a stretch is over."""
        return [ix for ix, (a, b) in enumerate(self.extents) if x0 < b and a < x1]

    def widen(self, ix: int, run: Run) -> bool:
        """Make a column as wide as its heading; tell whether it stays clear of the others."""
        x0, x1 = self.extents[ix]
        x0, x1 = min(x0, run.x0), max(x1, run.x1)
        if self.over(x0, x1) != [ix]:
            return False
        self.extents[ix] = x0, x1
        return True


def find_head(
    text: Sequence[Run], columns: Sequence[Extent], corner: Sequence[Run] = ()
) -> tuple[tuple[Extent, ...], tuple[HeadCell, ...]] | None:
    """Give the columns, those that are blank too, and the headings over them.

    The lowest text over a column is its own heading; text over several stands higher, and so
    does what would lift a heading above the text in the corner.
    """
    found = _Columns(list(columns), [[] for _ in columns])
    ceiling = sum(_levels(corner)) / 2 if corner else float("-inf")
    for line in _lines_upwards(text):
        for run in _phrases(line, found):
            _place(run, found, ceiling)
    if not found.are_plain or (text and not all(found.own)):
        return None
    return tuple(found.extents), (
        *(HeadCell(Stack((run,)), is_own=False) for run in _unrepeated(found)),
        *(HeadCell(Stack(tuple(runs)), is_own=True) for runs in found.own if runs),
    )


def _unrepeated(found: _Columns) -> list[Run]:
    """Give the texts above the headings, each once: a page may show a heading's rows again."""
    said = [run for own in found.own for run in own]
    once = []
    for run in found.wide:
        if not any(run.text == r.text and abs(run.x0 - r.x0) < _LINE_EM * r.size for r in said):
            once.append(run)
        said.append(run)
    return once


def _levels(runs: Sequence[Run]) -> tuple[float, float]:
    return min(run.baseline for run in runs), max(run.baseline for run in runs)


def _lines_upwards(text: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = []
    for run in sorted(text, key=lambda r: -r.baseline):
        if lines and lines[-1][0].baseline - run.baseline < _LINE_EM * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda r: r.x0) for line in lines]


def _phrases(line: Sequence[Run], found: _Columns) -> list[Run]:
    """Give the texts of a line, those that only a space parts as one."""
    phrases: list[Run] = []
    for run in line:
        last = phrases[-1] if phrases else None
        if last and run.x0 - last.x1 < _SPACE_EM * run.size and _is_one(last, run, found):
            phrases[-1] = make_run((*last.glyphs, *run.glyphs))
        else:
            phrases.append(run)
    return phrases


def _is_one(one: Run, other: Run, found: _Columns) -> bool:
    """Tell whether two texts are of one heading: the gap between them stands over one column."""
    if found.over(one.x1, other.x0):
        return True
    over = found.over(one.x0, one.x1), found.over(other.x0, other.x1)
    return len(over[0]) == 1 and over[0] == over[1]


def _place(run: Run, found: _Columns, ceiling: float) -> None:
    """Put a text into the heading of its column; make a column for it, or leave it above all."""
    over = found.over(run.x0, run.x1)
    if not over and not _is_above(run, found):
        ix = sum(extent[1] <= run.x0 for extent in found.extents)
        found.extents.insert(ix, (run.x0, run.x1))
        found.own.insert(ix, [run])
        return
    own = found.own[over[0]] if len(over) == 1 else None
    if own and any(abs(text.baseline - run.baseline) < _LINE_EM * run.size for text in own):
        found.are_plain = False
    if own is None or not _goes_on(run, own, ceiling) or not found.widen(over[0], run):
        found.wide.append(run)
    else:
        own.append(run)


def _is_above(run: Run, found: _Columns) -> bool:
    """Tell whether a text between two columns stands over their headings: it is of both."""
    if any(run.x0 < text.x1 and text.x0 < run.x1 for text in found.wide):
        return True
    right = sum(extent[1] <= run.x0 for extent in found.extents)
    if right in {0, len(found.extents)}:
        return False
    tops = [own[-1].baseline for own in found.own[right - 1 : right + 1] if own]
    return bool(tops) and run.baseline < max(tops) - _LEVEL_EM * run.size


def _goes_on(upper: Run, own: Sequence[Run], ceiling: float) -> bool:
    """Tell whether a line is of the heading below it: right above it, and set alike."""
    if not own:
        return True
    if any(run.text == upper.text for run in own):
        return False  # the same heading once more
    lower = own[-1]
    middle = (upper.baseline + own[0].baseline) / 2
    off = min(abs(upper.x0 - lower.x0), abs(upper.x0 + upper.x1 - lower.x0 - lower.x1) / 2)
    return (
        off < _LINE_EM * upper.size
        and lower.baseline - upper.baseline <= Stack.PITCH_EM * upper.size
        and middle > ceiling - _LINE_EM * upper.size
    )


def overlap(run: Run, extent: Extent) -> bool:
    """Claim that a text stands over a column, at least in part."""
    return run.x0 < extent[1] and extent[0] < run.x1
