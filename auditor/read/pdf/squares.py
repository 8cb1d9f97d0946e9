"""In: which sides of squares have a border. Out: cells, squares with none between them as one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """A cell by its squares; `torn`: cut out of a shape that is no rectangle."""

    row: int
    column: int
    row_span: int
    column_span: int
    torn: bool = False


class DisjointSets:
    """Disjoint sets over 0 .. count-1."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, member: int) -> int:
        """Give the set of a member."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        """Make the sets of two members one."""
        self._parent[self.find(one)] = self.find(other)


def find_cells(
    rows: int, columns: int, above: set[tuple[int, int]], left: set[tuple[int, int]]
) -> list[LatticeCell]:
    """Give the cells; `above` has (y, column), `left` has (x, row) of the borders that exist."""
    sets = DisjointSets(rows * columns)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if row + 1 < rows and (row + 1, column) not in above:
                sets.join(here, here + columns)
            if column + 1 < columns and (column + 1, row) not in left:
                sets.join(here, here + 1)
    regions: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in range(rows):
        for column in range(columns):
            regions[sets.find(row * columns + column)].append((row, column))
    cells = [
        cell
        for region in regions.values()
        if not _is_outside(region, rows, columns, above, left)
        for cell in _rectangles(region)
    ]
    return sorted(cells, key=lambda c: (c.row, c.column))


def _is_outside(
    region: list[tuple[int, int]], rows: int, columns: int,
    above: set[tuple[int, int]], left: set[tuple[int, int]],
) -> bool:  # fmt: skip
    """Tell whether a region is open at two neighbouring sides, so that it is no cell.

    One open side, or two opposite ones, are borders that were not drawn.
    """
    top = any(r == 0 and (0, c) not in above for r, c in region)
    bottom = any(r == rows - 1 and (rows, c) not in above for r, c in region)
    west = any(c == 0 and (0, r) not in left for r, c in region)
    east = any(c == columns - 1 and (columns, r) not in left for r, c in region)
    return (top or bottom) and (west or east)


def _rectangles(region: list[tuple[int, int]]) -> list[LatticeCell]:
    """Give the region as one cell, or cut into rectangles where it is no rectangle."""
    top, left = min(r for r, _ in region), min(c for _, c in region)
    height = max(r for r, _ in region) - top + 1
    width = max(c for _, c in region) - left + 1
    if height * width == len(region):
        return [LatticeCell(top, left, height, width)]
    cells: dict[tuple[int, int], LatticeCell] = {}  # the last cell with that column and width
    done: list[LatticeCell] = []
    members = set(region)
    for row in range(top, top + height):
        for column, span in _spans(row, left, width, members):
            upper = cells.get((column, span))
            if upper and upper.row + upper.row_span == row:
                cells[column, span] = replace(upper, row_span=upper.row_span + 1)
                continue
            if upper:
                done.append(upper)
            cells[column, span] = LatticeCell(row, column, 1, span, torn=True)
    return [*done, *cells.values()]


def _spans(
    row: int, left: int, width: int, members: set[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    start = None
    for column in range(left, left + width + 1):
        if (row, column) in members:
            start = column if start is None else start
        elif start is not None:
            yield start, column - start
            start = None
