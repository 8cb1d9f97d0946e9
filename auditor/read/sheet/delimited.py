"""In: the bytes of comma-separated text. Out: a Document: paragraphs, and ragged grids."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.errors import UnreadableError
from auditor.model import Document, Grid, GridCell, Paragraph, Place
from auditor.read.encoding import decode
from auditor.read.flow import too_large
from auditor.read.lone import is_prose
from auditor.read.normalise import normalise

_MOST_ROWS = 20_000
_Row = tuple[int, list[str]]


def read_csv(content: bytes, file: str) -> Document:
    """Read comma-separated text in UTF-8, UTF-16 with a mark, or GB 18030.

    A row of one field is a paragraph; a row with one text and blanks beside it may be a title or a
    row without numbers, and is both. What a merge covers is blank, so that grids are ragged.
    Raises: UnreadableError where it cannot be taken apart.
    """
    rows = list(_rows(decode(content).text, file))
    blocks: list[Paragraph | Grid] = []
    for is_text, group in groupby(rows, key=_is_text):
        numbered = list(group)
        blocks += (p for row in numbered if (p := _title(row)))
        if not is_text:
            blocks.append(_grid(numbered))
    return Document(file, tuple(blocks))


def _rows(text: str, file: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    line_no = 1
    try:
        for count, fields in enumerate(reader):
            if count > _MOST_ROWS:
                raise too_large(file)
            if fields:
                yield line_no, fields
            line_no = reader.line_num + 1
    except csv.Error as fault:
        raise UnreadableError(
            f"{file}: 不是有效的 CSV（第 {line_no} 行）；请另存为 XLSX 再试",
            f"{file}: not valid CSV (line {line_no}); save it as XLSX and try again",
        ) from fault


def _is_text(row: _Row) -> bool:
    """Claim that a row is prose: one field alone, or a text that no label is and blanks."""
    fields = row[1]
    return len(fields) == 1 or (is_prose(fields[0]) and not any(f.strip() for f in fields[1:]))


def _title(row: _Row) -> Paragraph | None:
    """Give the only text of a row."""
    line_no, fields = row
    texts = [field for field in fields if field.strip()]
    if len(texts) != 1 or texts[0].strip().isdigit():
        return None
    text = normalise(texts[0])
    return Paragraph(text, texts[0].strip(), Place(line=line_no)) if text else None


def _grid(rows: Sequence[_Row]) -> Grid:
    cells = tuple(
        GridCell(
            row=row_ix,
            column=column,
            text=normalise(field),
            raw=field.strip(),
            place=Place(line=line_no, column=column + 1),
        )
        for row_ix, (line_no, fields) in enumerate(rows)
        for column, field in enumerate(fields)
    )
    width = max(len(fields) for _, fields in rows)
    return Grid(cells, len(rows), width, Place(line=rows[0][0]), ragged=True)
