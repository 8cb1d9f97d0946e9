"""In: the text outside every drawn table. Out: tables without rules, found by where numbers stand.

Lines that end in numbers are rows; what the numbers of several rows share is a column; text over
a column is its heading, text left of the numbers a label. Where any of this is not plain, there is
no table, and its text stays prose: nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.read.pdf.cells import Filled
from auditor.read.pdf.runs import Run
from auditor.read.pdf.unruled_head import Extent, find_head, overlap
from auditor.read.pdf.unruled_heading import last_heading, set_above
from auditor.read.pdf.unruled_lattice import UnruledRow, fill_unruled
from auditor.read.pdf.unruled_lines import COLUMNS_MIN, Line, are_close, is_value, line_up, lines_of
from auditor.read.pdf.unruled_numbers import join_wrapped, split_numbers
from auditor.read.pdf.unruled_rows import Stack, label_rows

_SAME_SIZE = 0.88
_ROWS_APART_EM = 9.0
_HEAD_PITCH_EM = 2.8
_STRAY_EM = 4.0  # a lone number so near a table belongs to it, in a way that is not understood
_PAGE_END_EM = 3.0  # what stands further off is a page number or the like
_MANY = 5  # numbers in a row that nothing but a table has
_DIGIT_EM = 0.5  # the width of a digit


@dataclass(frozen=True, slots=True)
class _Part:
    """Consecutive lines with numbers in the same columns, and the lines around them."""

    rows: tuple[Line, ...]
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
    heading: tuple[Run, ...] = ()


def find_unruled(
    runs: Sequence[Run], known: tuple[Extent, ...] = (), heading: tuple[Run, ...] = ()
) -> Unruled:
    """Give the tables; `known`: columns of a table that may go on here without its heading.

    `heading`: what the page before ends with, where that may be the heading of the first rows.
    """
    lines = lines_of(runs)
    if not any(line.values for line in lines):
        return Unruled((), tuple(runs), known, heading=_open_heading(lines))
    runs = join_wrapped(split_numbers(runs))
    lines = lines_of(runs)
    tables = []
    for ix, part in enumerate(_parts(lines)):
        headed = _headed(part, heading) if ix == 0 and heading else None
        found = _table(headed, lines, ()) if headed else None
        found = found or _table(part, lines, known)
        if found:
            table, known = found
            tables.append(table)
    held = [run for table in tables for runs_ in table.runs.values() for run in runs_]
    used = {id(glyph) for run in held for glyph in run.glyphs}
    outside = tuple(run for run in runs if id(run.glyphs[0]) not in used)
    left = (line.values for line in lines if len(line.values) >= _MANY)
    is_all = all(id(values[0].glyphs[0]) in used for values in left)
    return Unruled(tuple(tables), outside, known, is_all, _open_heading(lines))


def _open_heading(lines: Sequence[Line]) -> tuple[Run, ...]:
    behind = next((ix for ix in range(len(lines), 0, -1) if lines[ix - 1].values), 0)
    return last_heading([line.runs for line in lines[behind:]])


def _headed(part: _Part, heading: Sequence[Run]) -> _Part | None:
    """Give a page's first rows below what the page before ends with; None: that is no heading."""
    top = min(run.baseline for run in (*part.head, *part.corner, *part.rows[0].runs, *part.labels))
    start = min(row.values[0].x0 for row in part.rows)
    placed = set_above(heading, top)
    over = tuple(run for run in placed if run.x1 > start)
    corner = tuple(run for run in placed if run.x1 <= start)
    if not over:
        return None
    return replace(part, head=(*part.head, *over), corner=(*part.corner, *corner))


def has_columns(runs: Sequence[Run]) -> bool:
    """Tell whether a line of this text is a row of several numbers."""
    return any(len(line.values) >= COLUMNS_MIN for line in line_up(runs))


# ------------------------------------------------------------------ parts


def _parts(lines: Sequence[Line]) -> list[_Part]:
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


def _goes_on(lines: Sequence[Line], group: list[int], ix: int) -> bool:
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


def _same_size(one: Line, other: Line) -> bool:
    return min(one.size, other.size) >= _SAME_SIZE * max(one.size, other.size)


def _columns(rows: Sequence[Line]) -> tuple[Extent, ...] | None:
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
    fullest = max(rows, key=lambda row: len(row.values))
    sparse = [run for row in rows if len(row.values) * 2 < len(columns) for run in row.values]
    if any(sum(overlap(run, (own.x0, own.x1)) for own in fullest.values) != 1 for run in sparse):
        return None  # what stands under no number of a full row may be of another table
    return tuple(columns)


def _column_of(run: Run, columns: Sequence[Extent]) -> int:
    return next(ix for ix, (x0, x1) in enumerate(columns) if x0 <= run.x0 and run.x1 <= x1)


def _part(lines: Sequence[Line], group: list[int], floor: int, ceiling: int) -> _Part:
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


def _stacked(lines: Sequence[Line], order: range, start: float) -> list[Run]:
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


def _head_lines(lines: Sequence[Line], first: int, floor: int) -> list[Line]:
    """Give the lines of the heading, as far up as they follow each other closely."""
    found: list[Line] = []
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


def _is_prose(line: Line) -> bool:
    return any(mark in run.text for run in line.runs for mark in "。；")


# ------------------------------------------------------------------ one table


def _table(
    part: _Part, lines: Sequence[Line], known: tuple[Extent, ...]
) -> tuple[Filled, tuple[Extent, ...]] | None:
    columns = _columns(part.rows) if part.head else _known_columns(part.rows, known)
    head = find_head(part.head, columns, part.corner) if columns else None
    if head is None:
        return None
    columns, cells = head
    if _is_torn(part, columns, lines):
        return None
    if not part.labels and (part.corner or not part.head):
        return None
    heights = [row.baseline for row in part.rows]
    is_full = all(len(row.values) == len(columns) for row in part.rows)
    cut = _cut_rows(part, lines) if is_full else frozenset[int]()  # else labels of blank rows
    labels = label_rows(part.labels, heights, cut)
    if labels is None:
        return None
    rows = [
        UnruledRow(row.baseline, {_column_of(v, columns): v for v in row.values})
        for row in part.rows
    ]
    return fill_unruled(rows, labels, columns, cells, part.corner), columns


def _known_columns(rows: Sequence[Line], known: Sequence[Extent]) -> tuple[Extent, ...] | None:
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


def _is_torn(part: _Part, columns: Sequence[Extent], lines: Sequence[Line]) -> bool:
    """Tell whether a number may go on, or a row be, where this table has none."""
    if any(is_value(run) for run in part.head):
        return True
    if any(are_close(a, b) and _may_be_rest(a, b, columns) for a, b in pairwise(part.rows)):
        return True
    first, last = part.rows[0], part.rows[-1]
    start = min(row.values[0].x0 for row in part.rows)
    reach = _STRAY_EM * last.size
    return any(
        (0 < line.baseline - last.baseline < reach or 0 < first.baseline - line.baseline < reach)
        and not (line.values and line.labels)
        and any(is_value(r) and r.x1 > start for r in line.runs)
        for line in lines
    )


def _may_be_rest(upper: Line, lower: Line, columns: Sequence[Extent]) -> bool:
    """Tell whether numbers may be the rest of those above: these leave no room for a digit more."""
    if len(lower.values) == len(columns):
        return False
    above = {_column_of(run, columns): run for run in upper.values}
    for run in lower.values:
        at = _column_of(run, columns)
        wide = columns[at][1] - columns[at][0]
        if at not in above or above[at].x1 - above[at].x0 < wide - _DIGIT_EM * run.size:
            return False
    return True


def _cut_rows(part: _Part, lines: Sequence[Line]) -> frozenset[int]:
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
