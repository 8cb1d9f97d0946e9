"""In: a header and a line below it. Out: the cell under each column, and none made up."""

import pytest

from auditor.model import GridCell, Place
from auditor.recognise.columns import cells_under
from auditor.recognise.headers import Header
from auditor.recognise.lines import Line


def line_of(texts: str, first: int) -> Line:
    cells = (GridCell(0, ix, text, text, Place()) for ix, text in enumerate(texts.split(), first))
    return Line(0, 0, tuple(cells), ragged=False)


@pytest.mark.parametrize(
    ("heads", "numbers", "first", "expected"),
    [
        ("A B C D", "1 2 3 4", 1, "1 2 3 4"),
        ("A ? C D", "1 2 3 4", 1, "1 2 3 4"),
        ("A B C ?", "1 2 3 4", 1, "1 2 3 4"),
        ("A ? C D", "1 2 3 4 5", 1, "1 ? 3 4"),
        ("A B C D", "1 2 3 4", 2, "? 1 2 3"),
        ("? B C D", "1 2 3 4", 2, "? 1 2 3"),
    ],
    ids=[
        "each has its head",
        "a head was not recognised",
        "the last head was not recognised",
        "left over more than columns",
        "a known head with nothing below it stays empty",
        "what is left over stands behind the others",
    ],
)
def test_no_column_takes_the_number_of_another(heads, numbers, first, expected) -> None:
    head_line = line_of(heads, 1)
    cells = tuple(None if cell.text == "?" else cell for cell in head_line.cells)
    header = Header(head_line, cells, tuple(heads.split()), 1.0)
    found = cells_under(line_of(numbers, first), header)
    assert " ".join(cell.text if cell else "?" for cell in found) == expected
