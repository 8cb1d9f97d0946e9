"""In: texts and tables as a source nests them. Out: paragraphs and grids in reading order.

Word processors and web pages put tables into tables. A table that only arranges others on the page
is taken apart; the tables inside become grids.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.errors import UnreadableError
from auditor.model import Grid, GridCell, Paragraph, Place, Wording
from auditor.read.doubts import NESTED_TABLE
from auditor.read.lone import is_prose
from auditor.read.normalise import normalise

_MOST_SQUARES = 20_000  # a report has some 300; beyond this it is something else
_MOST_BLOCKS = 50_000
_DEEPEST_TABLE = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: what a reader of the page sees, and all that the source holds (`raw`).

    `joins`: it goes on in the line of the text before it.
    """

    shown: str
    raw: str
    place: Place
    doubt: Wording | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table with what stands in it, further tables included."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: tuple["Text | Table", ...]
    place: Place
    doubt: Wording | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        """The cell's own lines; a table inside that is a mere frame counts as lines."""
        return tuple(_lines(self.content))

    @property
    def tables(self) -> tuple["Table", ...]:
        """The tables inside that are more than a frame."""
        return tuple(c for c in self.content if isinstance(c, Table) and not c.is_frame)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the source has it."""

    squares: tuple[Square, ...]
    row_count: int
    column_count: int
    place: Place

    @property
    def is_frame(self) -> bool:
        """Whether no two cells stand beside each other: a frame around text, not a table."""
        rows = [s.row for s in self.squares]
        return len(set(rows)) == len(rows) and all(s.row_span == 1 for s in self.squares)

    @property
    def is_layout(self) -> bool:
        """Whether it is there to arrange: a frame, or more stands in tables inside than beside."""
        if self.is_frame:
            return True
        inner = [table for square in self.squares for table in square.tables]
        if not inner:
            return False
        own = sum(any(t.shown.strip() for t in s.texts) for s in self.squares)
        return own <= sum(len(table.squares) for table in inner)


Node = Text | Table


def to_blocks(nodes: Sequence[Node], file: str) -> tuple[Paragraph | Grid, ...]:
    """Give paragraphs and grids in reading order.

    Raises: UnreadableError where there is far more than a report can hold.
    """
    blocks: list[Paragraph | Grid] = []
    squares = 0
    for block in _blocks(nodes, file, 0):
        squares += len(block.cells) if isinstance(block, Grid) else 0
        if squares > _MOST_SQUARES or len(blocks) > _MOST_BLOCKS:
            raise too_large(file)
        blocks.append(block)
    return tuple(blocks)


def too_large(file: str) -> UnreadableError:
    """Give the error for a source that no report can be."""
    return UnreadableError(
        f"{file}: 内容过大或过于复杂，不像一份年度报告，没有读取",
        f"{file}: too large or too complex for an annual report, it was not read",
    )


def _blocks(nodes: Sequence[Node], file: str, depth: int) -> Iterator[Paragraph | Grid]:
    if depth > _DEEPEST_TABLE:
        raise too_large(file)
    for node in _joined(nodes):
        if isinstance(node, Text):
            text = normalise(node.shown)
            if text:
                yield Paragraph(text, node.raw.strip(), node.place)
        elif node.is_layout:
            for square in _in_order(node):
                yield from _blocks(square.content, file, depth + 1)
        else:
            grid = to_grid(node)
            yield from _titles(grid)
            yield grid
            inner = [table for square in _in_order(node) for table in square.tables]
            yield from _blocks(inner, file, depth + 1)


def _in_order(table: Table) -> list[Square]:
    return sorted(table.squares, key=lambda square: (square.row, square.column))


def _joined(nodes: Sequence[Node]) -> Iterator[Node]:
    """Give the nodes, texts that go on in the same line put together."""
    held: Node | None = None
    for node in nodes:
        if isinstance(held, Text) and isinstance(node, Text) and node.joins:
            shown, raw = held.shown + node.shown, held.raw + node.raw
            held = Text(shown, raw, held.place, held.doubt or node.doubt)
            continue
        if held is not None:
            yield held
        held = node
    if held is not None:
        yield held


def _lines(content: Sequence[Node]) -> Iterator[Text]:
    for node in _joined(content):
        if isinstance(node, Text):
            yield node
        elif node.is_frame:
            for square in _in_order(node):
                yield from _lines(square.content)


def to_grid(table: Table) -> Grid:
    """Give a table as a grid; a cell that holds a table of its own cannot be trusted."""
    cells = tuple(_grid_cell(square) for square in _in_order(table))
    widened = tuple(_with_prose_widened(cells, table.column_count))
    return Grid(widened, table.row_count, table.column_count, table.place)


def _with_prose_widened(cells: Sequence[GridCell], width: int) -> Iterator[GridCell]:
    """Give the cells, prose alone in its row as wide as the table.

    A spreadsheet saved as a web page has such rows between and below its tables.
    """
    lone = {cell.row for cell in _lone_cells(cells) if is_prose(cell.text)}
    for cell in cells:
        if cell.row not in lone:
            yield cell
        elif cell.text:
            yield replace(cell, column_span=width)


def _lone_cells(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    """Give the cells at the left whose text is alone in a row that nothing else reaches into."""
    reached = {row for c in cells for row in range(c.row + 1, c.row + c.row_span)}
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row, beside in by_row.items():
        filled = [cell for cell in beside if cell.text or cell.doubt]
        is_flat = row not in reached and all(cell.row_span == 1 for cell in beside)
        if len(filled) == 1 and filled[0].column == 0 and filled[0].text and is_flat:
            yield filled[0]


def _titles(grid: Grid) -> Iterator[Paragraph]:
    """Give the texts alone in their rows as prose too: headings may stand inside a table."""
    for cell in _lone_cells(grid.cells):
        if not cell.text.isdigit():
            yield Paragraph(cell.text, cell.raw, cell.place)


def _grid_cell(square: Square) -> GridCell:
    texts = square.texts
    doubts = (square.doubt, *(text.doubt for text in texts))
    nested = NESTED_TABLE if square.tables else None
    return GridCell(
        row=square.row,
        column=square.column,
        text=normalise("\n".join(text.shown for text in texts)),
        raw="\n".join(text.raw.strip() for text in texts).strip(),
        place=square.place,
        row_span=square.row_span,
        column_span=square.column_span,
        doubt=next((doubt for doubt in doubts if doubt), nested),
    )
