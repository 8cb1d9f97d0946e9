"""In: the text outside every drawn table. Out: tables without rules, found by where numbers stand.

Lines that end in numbers are rows; what the numbers of several rows share is a column; text over
a column is its heading, text left of the numbers a label. Where any of this is not plain, there is
no table, and its text stays prose: nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.read.pdf.cells import Filled
from auditor.read.pdf.painted import Quarter
from auditor.read.pdf.reading import NUMERAL, SIGNS
from auditor.read.pdf.runs import PLACEHOLDERS, Run, make_run
from auditor.read.pdf.unruled_head import Extent, find_head, overlap
from auditor.read.pdf.unruled_lattice import UnruledRow, fill_unruled
from auditor.read.pdf.unruled_rows import Stack, label_rows

_LINE_EM = 0.3
_SAME_SIZE = 0.88
_SPACE_EM = 0.5
_APART_EM = 0.7  # between a label and the number of another cell
_ROWS_APART_EM = 9.0
_HEAD_PITCH_EM = 2.8
_COLUMNS_MIN = 2  # of a line without a label
_STRAY_EM = 4.0  # a lone number so near a table belongs to it, in a way that is not understood
_PAGE_END_EM = 3.0  # what stands further off is a page number or the like
_MANY = 5  # numbers in a row that nothing but a table has
_UNIT_MAX = 2  # characters


@dataclass(frozen=True, slots=True)
class _Line:
    """Runs on one baseline, from left to right; `values`: the numbers that end it."""

    baseline: float
    size: float
    runs: tuple[Run, ...]
    values: tuple[Run, ...]

    @property
    def labels(self) -> tuple[Run, ...]:
        return self.runs[: len(self.runs) - len(self.values)]


@dataclass(frozen=True, slots=True)
class _Part:
    """Consecutive lines with numbers in the same columns, and the lines around them."""

    rows: tuple[_Line, ...]
    labels: tuple[Run, ...]
    head: tuple[Run, ...]  # text over the columns
    corner: tuple[Run, ...]  # text over the labels


@dataclass(frozen=True, slots=True)
class Unruled:
    """Tables without rules, the text in none, and the columns of the last table.

    `is_all`: no row of many numbers is left over, as where the columns are not plain.
    """

    tables: tuple[Filled, ...]
    outside: tuple[Run, ...]
    columns: tuple[Extent, ...]
    is_all: bool = True


def find_unruled(runs: Sequence[Run], known: tuple[Extent, ...] = ()) -> Unruled:
    """Give the tables; `known`: columns of a table that may go on here without its heading."""
    lines = _lines([r for r in runs if r.quarter is Quarter.RIGHT])
    if not any(line.values for line in lines):
        return Unruled((), tuple(runs), known)
    tables = []
    for part in _parts(lines):
        found = _table(part, lines, known)
        if found:
            table, known = found
            tables.append(table)
    held = [run for table in tables for runs_ in table.runs.values() for run in runs_]
    used = {id(glyph) for run in held for glyph in run.glyphs}
    outside = tuple(run for run in runs if id(run.glyphs[0]) not in used)
    left = (line.values for line in lines if len(line.values) >= _MANY)
    is_all = all(id(values[0].glyphs[0]) in used for values in left)
    return Unruled(tuple(tables), outside, known, is_all)


def has_columns(runs: Sequence[Run]) -> bool:
    """Tell whether a line of this text is a row of several numbers."""
    return any(len(line.values) >= _COLUMNS_MIN for line in _lines(runs))


# ------------------------------------------------------------------ lines


def _lines(runs: Sequence[Run]) -> list[_Line]:
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.baseline):
        if groups and run.baseline - groups[-1][0].baseline < _LINE_EM * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_line(sorted(group, key=lambda r: r.x0)) for group in groups]


def _line(apart: list[Run]) -> _Line:
    runs = _with_marred_neighbours(apart)
    count = 0
    for run in reversed(runs):
        if not _is_value(run):
            break
        count += 1
    values = runs[len(runs) - count :]
    labels = runs[: len(runs) - count]
    if values and labels and values[0].x0 - labels[-1].x1 < _APART_EM * values[0].size:
        values = []
    numbers = sum(run.text not in PLACEHOLDERS for run in values)
    if not labels and numbers < _COLUMNS_MIN and len(values) < _COLUMNS_MIN + 2:
        values = []  # a page number, or what is left of a wrapped one
    size = max(run.size for run in runs)
    return _Line(runs[0].baseline, size, tuple(runs), tuple(values))


def _with_marred_neighbours(runs: list[Run]) -> list[Run]:
    """Give the runs, a struck or hidden number as one with that beside it, which is doubted."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if (
            last
            and (last.faults or run.faults)
            and run.x0 - last.x1 < _SPACE_EM * run.size
            and _is_value(last)
            and _is_value(run)
        ):
            joined[-1] = make_run((*last.glyphs, *run.glyphs))
        else:
            joined.append(run)
    return joined


def _is_value(run: Run) -> bool:
    """Tell whether a run is what a cell of numbers holds: a number, one with its unit, a dash."""
    text = run.text
    if set(text) <= PLACEHOLDERS:
        return True
    number = text.rstrip("".join(c for c in text[-_UNIT_MAX:] if c.isalpha()))
    unsigned = number[1:] if number[:1] in SIGNS else number
    return number[-1:].isdigit() and set(unsigned) <= NUMERAL


def _are_close(upper: _Line, lower: _Line) -> bool:
    return 0 < lower.baseline - upper.baseline <= Stack.PITCH_EM * lower.size


# ------------------------------------------------------------------ parts


def _parts(lines: Sequence[_Line]) -> list[_Part]:
    groups: list[list[int]] = []
    for ix, line in enumerate(lines):
        if not line.values:
            continue
        if groups and _goes_on(lines, groups[-1], ix):
            groups[-1].append(ix)
        else:
            groups.append([ix])
    parts = []
    for at, group in enumerate(groups):
        floor = groups[at - 1][-1] if at else -1
        ceiling = groups[at + 1][0] if at + 1 < len(groups) else len(lines)
        parts.append(_part(lines, group, floor, ceiling))
    return parts


def _goes_on(lines: Sequence[_Line], group: list[int], ix: int) -> bool:
    """Tell whether a line with numbers is the next row: nothing but labels stands between."""
    last, line = lines[group[-1]], lines[ix]
    if not _same_size(last, line):
        return False
    if line.baseline - last.baseline > _ROWS_APART_EM * line.size:
        return False
    start = min(last.values[0].x0, line.values[0].x0)
    between = lines[group[-1] + 1 : ix]
    if any(run.x1 > start for other in between for run in other.runs):
        return False
    return _columns([*(lines[row] for row in group), line]) is not None


def _same_size(one: _Line, other: _Line) -> bool:
    return min(one.size, other.size) >= _SAME_SIZE * max(one.size, other.size)


def _columns(rows: Sequence[_Line]) -> tuple[Extent, ...] | None:
    """Give the extents of the columns; None: some row has two numbers in what looks like one."""
    columns: list[Extent] = []
    for x0, x1 in sorted((run.x0, run.x1) for row in rows for run in row.values):
        if columns and x0 < columns[-1][1]:
            columns[-1] = columns[-1][0], max(x1, columns[-1][1])
        else:
            columns.append((x0, x1))
    for row in rows:
        held = [_column_of(run, columns) for run in row.values]
        if len(set(held)) < len(held):
            return None
    if min(len(row.values) for row in rows) * 2 < len(columns):
        return None
    return tuple(columns)


def _column_of(run: Run, columns: Sequence[Extent]) -> int:
    return next(ix for ix, (x0, x1) in enumerate(columns) if x0 <= run.x0 and run.x1 <= x1)


def _part(lines: Sequence[_Line], group: list[int], floor: int, ceiling: int) -> _Part:
    rows = [lines[ix] for ix in group]
    start = min(row.values[0].x0 for row in rows)
    labels = [run for row in rows for run in row.labels]
    for above, below in pairwise(group):
        labels += [run for line in lines[above + 1 : below] for run in line.runs]
    reach = max((run.x1 + run.size for run in labels), default=start)
    labels += _stacked(lines, range(group[-1] + 1, ceiling), min(start, reach))
    over = _stacked(lines, range(group[0] - 1, floor, -1), start)
    head = _head_lines(lines, group[0], floor)
    taken = {id(run) for run in over}
    loose = [run for line in head for run in line.runs if id(run) not in taken]
    named = [run for run in loose if run.x1 > start]
    lowest = max((run.baseline for run in named), default=0.0)
    labels += [run for run in over if run.baseline > lowest]
    corner = [run for run in (*loose, *over) if run.x1 <= start and run.baseline <= lowest]
    return _Part(tuple(rows), tuple(labels), tuple(named), tuple(corner))


def _stacked(lines: Sequence[_Line], order: range, start: float) -> list[Run]:
    """Give the lines of a label that wraps, above or below the line of its numbers."""
    found: list[Run] = []
    before = lines[order.start - order.step]
    for ix in order:
        line = lines[ix]
        if (
            line.values
            or not _same_size(line, before)
            or abs(line.baseline - before.baseline) > Stack.PITCH_EM * line.size
            or any(run.x1 > start for run in line.runs)
        ):
            break
        found += line.runs
        before = line
    return found


def _head_lines(lines: Sequence[_Line], first: int, floor: int) -> list[_Line]:
    """Give the lines of the heading, as far up as they follow each other closely."""
    found: list[_Line] = []
    below = lines[first]
    for ix in range(first - 1, floor, -1):
        line = lines[ix]
        if not _same_size(line, below):
            break
        if below.baseline - line.baseline > _HEAD_PITCH_EM * line.size or _is_prose(line):
            break
        found.append(line)
        below = line
    return found


def _is_prose(line: _Line) -> bool:
    return any(mark in run.text for run in line.runs for mark in "。；")


# ------------------------------------------------------------------ one table


def _table(
    part: _Part, lines: Sequence[_Line], known: tuple[Extent, ...]
) -> tuple[Filled, tuple[Extent, ...]] | None:
    columns = _columns(part.rows) if part.head else _known_columns(part.rows, known)
    if columns is None or _is_torn(part, len(columns), lines):
        return None
    head = find_head(part.head, columns)
    if head is None:
        return None
    columns, cells = head
    if not part.labels and (part.corner or not part.head):
        return None
    heights = [row.baseline for row in part.rows]
    labels = label_rows(part.labels, heights, _cut_rows(part, lines))
    if labels is None:
        return None
    rows = [
        UnruledRow(row.baseline, {_column_of(v, columns): v for v in row.values})
        for row in part.rows
    ]
    return fill_unruled(rows, labels, columns, cells, part.corner), columns


def _known_columns(rows: Sequence[_Line], known: Sequence[Extent]) -> tuple[Extent, ...] | None:
    """Give the columns of the table before, where these rows fit into them one by one.

    Without a heading nobody knows how many columns are blank.
    """
    widened = list(known)
    for row in rows:
        held = []
        for run in row.values:
            over = [ix for ix, column in enumerate(known) if overlap(run, column)]
            if len(over) != 1:
                return None
            held.append(over[0])
            x0, x1 = widened[over[0]]
            widened[over[0]] = min(x0, run.x0), max(x1, run.x1)
        if len(set(held)) < len(held):
            return None
    if not known or any(a[1] > b[0] for a, b in pairwise(widened)):
        return None
    return tuple(widened)


def _is_torn(part: _Part, full: int, lines: Sequence[_Line]) -> bool:
    """Tell whether a number may go on, or a row be, where this table has none."""
    if any(_is_value(run) for run in part.head):
        return True
    if any(_are_close(a, b) and len(b.values) < full for a, b in pairwise(part.rows)):
        return True
    first, last = part.rows[0], part.rows[-1]
    start = min(row.values[0].x0 for row in part.rows)
    reach = _STRAY_EM * last.size
    return any(
        (0 < line.baseline - last.baseline < reach or 0 < first.baseline - line.baseline < reach)
        and not (line.values and line.labels)
        and any(_is_value(r) and r.x1 > start for r in line.runs)
        for line in lines
    )


def _cut_rows(part: _Part, lines: Sequence[_Line]) -> frozenset[int]:
    """Give the rows whose label may go on on another page: nothing stands beyond them."""
    first, last = part.rows[0], part.rows[-1]
    reach = _PAGE_END_EM * last.size
    ours = {id(run) for run in (*part.labels, *part.corner, *part.head)}
    others = [line.baseline for line in lines if not line.values and id(line.runs[0]) not in ours]
    rows = len(part.rows)
    others = [other for other in others if not first.baseline <= other <= last.baseline]
    is_last = not any(0 < other - last.baseline < reach for other in others)
    is_first = not part.head and not any(0 < first.baseline - other < reach for other in others)
    return frozenset([0] * is_first + [rows - 1] * is_last)
