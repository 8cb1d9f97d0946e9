"""In: a Document. Out: where each block stands, titles inside a table by their row."""

from collections.abc import Iterator, Mapping

from auditor.model import Document, Grid, Paragraph, Place

At = tuple[int, int]
"""A place in the document: the block's index and, in a grid, the row."""


def positions(document: Document) -> tuple[At, ...]:
    """Give the place of each block, in the order of blocks.

    A reader gives the titles that stand in a table before it, as prose; their place is their row.
    A sheet of a workbook is one grid, with all its prose.
    """
    rows: Mapping[Place, At] = {}
    found: list[At] = []
    for ix, block in reversed(tuple(enumerate(document.blocks))):
        if isinstance(block, Grid):
            rows = dict(_row_places(block, ix))
            found.append((ix, 0))
        else:
            found.append(rows.get(block.place, (ix, 0)))
    return tuple(reversed(found))


def _row_places(grid: Grid, ix: int) -> Iterator[tuple[Place, At]]:
    for cell in grid.cells:
        if cell.text:
            yield cell.place, (ix, cell.row)
            if cell.place.line:  # of plain text: a row is a line
                yield Place(line=cell.place.line), (ix, cell.row)


def in_order(document: Document) -> tuple[tuple[At, Paragraph], ...]:
    """Give the paragraphs with their places, as a reader of the page meets them."""
    pairs = zip(positions(document), document.blocks, strict=True)
    paragraphs = [(at, block) for at, block in pairs if isinstance(block, Paragraph)]
    return tuple(sorted(paragraphs, key=lambda pair: pair[0]))
