"""In: a Document. Out: its parts, where it holds several reports, or old tables behind its own.

Labels that stand in one place of the form alone tell where a table begins anew. Reports that are
bound together come apart before their tables are looked for, so that no cell of one is taken for
the other's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from auditor.form import FormTable, editions, load_form
from auditor.model import Document, Grid, Paragraph
from auditor.recognise.captions import is_caption
from auditor.recognise.facts import Title, titles
from auditor.recognise.labels import parse_label
from auditor.recognise.positions import At, in_order, positions
from auditor.recognise.sections import is_first_heading

_LETTERS_MIN = 4  # a shorter label says too little
_ROWS_BELOW_HEAD = 3  # of table 四: its results, and their numbers
_TELLING = 0.4  # the share of a table's telling labels that makes it that table


@dataclass(frozen=True, slots=True)
class _Copy:
    """A table of the form as it stands in the document, from its first label to its last."""

    table: str
    start: At
    end: At


def parts_of(document: Document) -> tuple[Document, ...]:
    """Give the document in parts, each with its own blocks; most have but one."""
    copies = max((_copies(document, edition) for edition in editions()), key=len)
    if len({copy.table for copy in copies}) == len(copies):  # each table stands once
        return (document,)
    paragraphs = in_order(document)
    found = titles(paragraphs)
    groups = _groups(_in_one_run(copies, found), found)
    if not _is_bound(groups, found):
        return (document,)
    starts = [
        _start(document, paragraphs, found, (before[-1].end, after[0].start))
        for before, after in pairwise(groups)
    ]
    edges = [(0, 0), *starts, (len(document.blocks), 0)]
    places = positions(document)
    return tuple(
        replace(document, blocks=tuple(_between(document, places, *edge)))
        for edge in pairwise(edges)
    )


# ------------------------------------------------------------------ where tables stand


def _copies(document: Document, edition: str) -> tuple[_Copy, ...]:
    form = load_form(edition)
    labels = _telling_labels(edition)
    marks: dict[str, list[tuple[At, int]]] = {table.key: [] for table in form.tables}
    for ix, block in enumerate(document.blocks):
        for cell in block.cells if isinstance(block, Grid) else ():
            known = labels.get(parse_label(cell.text).letters)
            if known:
                marks[known[0]].append(((ix, cell.row), known[1]))
    found = (copy for t in form.tables for copy in _copies_of(t, marks[t.key], labels))
    return tuple(sorted(found, key=lambda copy: copy.start))


@cache
def _telling_labels(edition: str) -> Mapping[str, tuple[str, int]]:
    """Give table and row by the letters of each label that stands for one row alone."""
    known: dict[str, tuple[str, int] | None] = {}
    for table in load_form(edition).tables:
        for letters, row in _row_labels(table):
            held = known.setdefault(letters, (table.key, row))
            known[letters] = held if held == (table.key, row) else None
    return {
        letters: held for letters, held in known.items() if held and len(letters) >= _LETTERS_MIN
    }


def _row_labels(table: FormTable) -> Iterator[tuple[str, int]]:
    rows = [row for band in table.bands for row in band.rows]
    for ix, row in enumerate(rows):
        for label in (row.path[-1], *row.aliases):
            yield parse_label(label).letters, ix
    if not rows:  # one row without a label: its blocks stand above it
        blocks = dict.fromkeys(column.path[-2] for band in table.bands for column in band.columns)
        for ix, label in enumerate(blocks):
            yield parse_label(label).letters, ix


def _copies_of(
    table: FormTable, marks: Sequence[tuple[At, int]], labels: Mapping[str, tuple[str, int]]
) -> Iterator[_Copy]:
    """Part a table's labels where they begin anew; too few of them are no table."""
    rows = {row for key, row in labels.values() if key == table.key}
    part: list[tuple[At, int]] = []
    for mark in (*marks, None):
        reached = max((row for _, row in part), default=0)
        if mark and mark[1] >= reached - max(rows) / 2:
            part.append(mark)
            continue
        if len({row for _, row in part}) >= _TELLING * len(rows):
            yield _Copy(table.key, part[0][0], _end(table, part[-1][0]))
        part = [mark] if mark else []


def _end(table: FormTable, last: At) -> At:
    """Give the row that a table reaches at least: numbers stand below a head without row labels."""
    has_labels = any(band.rows for band in table.bands)
    return last if has_labels else (last[0], last[1] + _ROWS_BELOW_HEAD - 1)


# ------------------------------------------------------------------ which belong together


def _in_one_run(copies: Sequence[_Copy], found: Sequence[Title]) -> list[_Copy]:
    """Give the copies, a table right behind itself as one: its head repeated, or last year's."""
    joined: list[_Copy] = []
    for copy in copies:
        last = joined[-1] if joined else None
        if last and last.table == copy.table and not _parted(last, copy, found):
            joined[-1] = replace(last, end=copy.end)
        else:
            joined.append(copy)
    return joined


def _groups(copies: Sequence[_Copy], found: Sequence[Title]) -> list[list[_Copy]]:
    groups: list[list[_Copy]] = []
    for copy in copies:
        last = groups[-1] if groups else []
        if (
            last
            and not _parted(last[-1], copy, found)
            and copy.table not in {c.table for c in last}
        ):
            last.append(copy)
        else:
            groups.append([copy])
    return groups


def _parted(before: _Copy, after: _Copy, found: Sequence[Title]) -> bool:
    """Tell whether the title of another report stands between two tables."""
    above = [title for title in found if title.at <= before.start]
    between = [title for title in found if before.end < title.at <= after.start]
    return bool(above) and any(title.differs_from(above[-1]) for title in between)


def _is_bound(groups: Sequence[Sequence[_Copy]], found: Sequence[Title]) -> bool:
    """Tell whether groups of tables are reports: not where one table alone stands twice amid it."""
    whole = max(len(load_form(edition).tables) for edition in editions())
    first = {copy.table for copy in groups[0]}
    if len(groups) == 1:
        return False
    return all(
        len(first) == whole
        or len(first & {copy.table for copy in group}) > 1
        or _parted(groups[0][-1], group[0], found)
        for group in groups[1:]
    )


# ------------------------------------------------------------------ where one ends


def _start(
    document: Document,
    paragraphs: Sequence[tuple[At, Paragraph]],
    found: Sequence[Title],
    seam: tuple[At, At],
) -> At:
    """Give where a part begins: at its title, its first heading, or what stands over its table."""
    end, start = seam
    title = next((title.at for title in found if end < title.at <= start), None)
    if title is not None:
        return title
    between = [(at, paragraph) for at, paragraph in paragraphs if end < at <= start]
    for at, paragraph in between:
        if any(is_first_heading(paragraph, load_form(e).sections) for e in editions()):
            return at
    grids = (ix for ix, b in enumerate(document.blocks[: start[0]]) if isinstance(b, Grid))
    if between and between[-1][0][0] > max(grids, default=-1) and is_caption(between[-1][1]):
        return between[-1][0]
    if end[0] < start[0]:
        return start[0], 0
    return start[0], _row_between(document, end, start)


def _row_between(document: Document, end: At, start: At) -> int:
    """Give the row at which to cut a grid that holds two tables, through no cell."""
    grid = document.blocks[start[0]]
    assert isinstance(grid, Grid)
    spans = {row for c in grid.cells for row in range(c.row + 1, c.row + c.row_span)}
    behind = range(min(end[1] + 1, start[1]), start[1] + 1)
    return next((row for row in behind if row not in spans), start[1])


def _between(
    document: Document, places: Sequence[At], start: At, end: At
) -> Iterator[Paragraph | Grid]:
    for ix, (block, at) in enumerate(zip(document.blocks, places, strict=True)):
        if isinstance(block, Paragraph):
            if start <= at < end:
                yield block
        elif start[0] <= ix < end[0] + bool(end[1]):
            first = start[1] if ix == start[0] else 0
            last = end[1] if ix == end[0] else block.row_count
            yield block if last - first == block.row_count else _rows(block, first, last)


def _rows(grid: Grid, first: int, last: int) -> Grid:
    cells = (c for c in grid.cells if first <= c.row < last)
    return replace(
        grid,
        cells=tuple(replace(c, row=c.row - first) for c in cells),
        row_count=last - first,
    )
