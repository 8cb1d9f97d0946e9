"""In: the text outside every drawn table. Out: its lines, and the numbers that each ends in."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.read.pdf.painted import Quarter
from auditor.read.pdf.reading import NUMERAL, SIGNS
from auditor.read.pdf.runs import PLACEHOLDERS, Run, make_run
from auditor.read.pdf.unruled_rows import Stack

_LINE_EM = 0.3
_SPACE_EM = 0.5
_APART_EM = 0.7  # between a label and the number of another cell
COLUMNS_MIN = 2  # of a line without a label
_UNIT_MAX = 2  # characters
_PAGE_NUMBER_MAX = 3  # runs: - 4 -


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, from left to right; `values`: the numbers that end it."""

    baseline: float
    size: float
    runs: tuple[Run, ...]
    values: tuple[Run, ...]

    @property
    def labels(self) -> tuple[Run, ...]:
        """The text before its numbers."""
        return self.runs[: len(self.runs) - len(self.values)]


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Give the upright lines of a page from top to bottom, but for its number."""
    return _without_page_number(line_up([r for r in runs if r.quarter is Quarter.RIGHT]))


def line_up(runs: Sequence[Run]) -> list[Line]:
    """Give these runs by line."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.baseline):
        if groups and run.baseline - groups[-1][0].baseline < _LINE_EM * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_line(sorted(group, key=lambda r: r.x0)) for group in groups]


def _without_page_number(lines: list[Line]) -> list[Line]:
    """Give the lines without a lone number that stands apart below all else."""
    if len(lines) < COLUMNS_MIN or are_close(lines[-2], lines[-1]):
        return lines
    last = lines[-1].runs
    is_lone = sum(run.text not in PLACEHOLDERS for run in last) == 1 and all(map(is_value, last))
    return lines[:-1] if is_lone and len(last) <= _PAGE_NUMBER_MAX else lines


def _line(apart: list[Run]) -> Line:
    runs = _with_marred_neighbours(apart)
    count = 0
    for run in reversed(runs):
        if not is_value(run):
            break
        count += 1
    values = runs[len(runs) - count :]
    labels = runs[: len(runs) - count]
    if values and labels and values[0].x0 - labels[-1].x1 < _APART_EM * values[0].size:
        values = []
    numbers = sum(run.text not in PLACEHOLDERS for run in values)
    if not labels and numbers < COLUMNS_MIN and len(values) < COLUMNS_MIN + 2:
        values = []  # a page number, or what is left of a wrapped one
    size = max(run.size for run in runs)
    return Line(runs[0].baseline, size, tuple(runs), tuple(values))


def _with_marred_neighbours(runs: list[Run]) -> list[Run]:
    """Give the runs, a struck or hidden number as one with that beside it, which is doubted."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if (
            last
            and (last.faults or run.faults)
            and run.x0 - last.x1 < _SPACE_EM * run.size
            and is_value(last)
            and is_value(run)
        ):
            joined[-1] = make_run((*last.glyphs, *run.glyphs))
        else:
            joined.append(run)
    return joined


def is_value(run: Run) -> bool:
    """Tell whether a run is what a cell of numbers holds: a number, one with its unit, a dash."""
    text = run.text
    if set(text) <= PLACEHOLDERS:
        return True
    number = text.rstrip("".join(c for c in text[-_UNIT_MAX:] if c.isalpha()))
    unsigned = number[1:] if number[:1] in SIGNS else number
    return number[-1:].isdigit() and set(unsigned) <= NUMERAL


def are_close(upper: Line, lower: Line) -> bool:
    """Claim that two lines may be of one cell."""
    return 0 < lower.baseline - upper.baseline <= Stack.PITCH_EM * lower.size
