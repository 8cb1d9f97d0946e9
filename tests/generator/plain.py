"""In: a specimen. Out: the report as tab-separated text or as markdown with pipe tables."""

from .layout import Covered
from .sheet import Sheet, Square
from .specimen import Specimen
from .story import Block, Line, PageEnd, TableBlock, tell


def to_text(specimen: Specimen) -> str:
    """Write text as a copy from a web page gives it: tabs between squares, a line for each row."""
    covered = specimen.layout.covered
    return "\n\n".join(_text_block(block, covered) for block in _printed(specimen)) + "\n"


def to_markdown(specimen: Specimen) -> str:
    """Write markdown: a pipe table has a field for every square, also for covered ones."""
    covered: Covered = "repeat" if specimen.layout.covered == "repeat" else "empty"
    return "\n\n".join(_markdown_block(block, covered) for block in _printed(specimen)) + "\n"


def _printed(specimen: Specimen) -> list[Block]:
    return [b for b in tell(specimen) if not isinstance(b, PageEnd) and b != Line("para", "")]


def _text_block(block: Block, covered: Covered) -> str:
    if isinstance(block, TableBlock):
        return "\n".join(_tabbed(block.sheet, covered))
    assert isinstance(block, Line)
    return block.text


def _tabbed(sheet: Sheet, covered: Covered) -> list[str]:
    """Give the rows; in a ragged table a merge across columns is one field."""
    lines = []
    for row in _occupied(sheet):
        fields: list[str] = []
        for ix, (square, is_own) in enumerate(row):
            is_beside = ix > 0 and row[ix - 1][0] is square
            is_first = is_own and not is_beside
            if covered != "ragged" or not is_beside:
                fields.append(square.text if is_first or covered == "repeat" else "")
        lines.append("\t".join(fields))
    return lines


def _occupied(sheet: Sheet) -> list[list[tuple[Square, bool]]]:
    """Give for every square of the grid what covers it, and whether it starts in that row."""
    grid: list[list[tuple[Square, bool] | None]] = [
        [None] * len(sheet.widths) for _ in range(sheet.row_count)
    ]
    for square in sheet.squares:
        for row in range(square.row, square.row + square.row_span):
            for column in range(square.column, square.column + square.column_span):
                grid[row][column] = (square, row == square.row)
    return [[entry for entry in row if entry is not None] for row in grid]


def _markdown_block(block: Block, covered: Covered) -> str:
    if isinstance(block, TableBlock):
        return "\n".join(_piped(block.sheet, covered))
    assert isinstance(block, Line)
    marks = {"title": "# ", "heading": "## "}
    return marks.get(block.kind, "") + block.text


def _piped(sheet: Sheet, covered: Covered) -> list[str]:
    rows = ["| " + " | ".join(line.split("\t")) + " |" for line in _tabbed(sheet, covered)]
    rule = "|" + " --- |" * len(sheet.widths)
    return [rows[0], rule, *rows[1:]]
