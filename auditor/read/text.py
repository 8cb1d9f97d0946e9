"""In: plain text or markdown. Out: a Document of paragraphs and of tab-separated or pipe tables."""

import re
from collections.abc import Iterator
from itertools import groupby

from auditor.errors import UnreadableError
from auditor.model import Document, Grid, GridCell, Paragraph, Place
from auditor.read.flow import too_large
from auditor.read.normalise import normalise

_LARGEST_TEXT = 4 * 2**20  # bytes; a report has some 20,000
_MOST_LINES = 20_000
_MOST_FIELDS = 500  # of a line
_ENCODINGS = ("utf-8-sig", "gb18030")
_PIPE_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_HEADER_ROWS = 1  # the rule of a markdown table follows its first row; later ones are dashes
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_LABEL = 50  # a longer line behind a tab is an indented paragraph
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}\s+")


def read_text(content: bytes, file: str) -> Document:
    """Read text in UTF-8, UTF-16 with a mark, or GB 18030; places are line numbers.

    A run of lines with tabs, or of markdown table rows, is a grid. Its rows need not share columns
    (a label that spans three columns in print is one field in text), so the grid is ragged.
    Raises: UnreadableError where the bytes are no text in a known encoding, or far too many.
    """
    if len(content) > _LARGEST_TEXT:
        raise too_large(file)
    text = _decode(content, file).splitlines()
    if len(text) > _MOST_LINES or any(_is_wide(line) for line in text):
        raise too_large(file)
    numbered = enumerate(text, start=1)
    blocks: list[Paragraph | Grid] = []
    for kind, lines in groupby(numbered, key=lambda line: _line_kind(line[1])):
        if kind == "prose":
            blocks.extend(_paragraphs(lines))
        elif kind:
            blocks.append(_grid(kind, list(lines)))
    return Document(file, tuple(blocks))


def _is_wide(line: str) -> bool:
    return line.count("\t") + line.count("|") > _MOST_FIELDS


def _decode(content: bytes, file: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError(
        f"{file}: 不是 UTF-8 或 GBK 编码的文本；请另存为 UTF-8 文本再试",
        f"{file}: is no text in UTF-8 or GBK; save it as UTF-8 and try again",
    )


def _line_kind(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        return "tabs" if line.count("\t") > 1 else ""  # a row of blank cells
    if "\t" in stripped or ("\t" in line.rstrip(" ") and len(stripped) < _LONGEST_LABEL):
        return "tabs"
    is_row = stripped.startswith("|") and len(_UNESCAPED_PIPE.findall(stripped)) > 1
    return "pipes" if is_row or (_PIPE_RULE.fullmatch(stripped) and "|" in stripped) else "prose"


def _paragraphs(lines: Iterator[tuple[int, str]]) -> Iterator[Paragraph]:
    for line_no, line in lines:
        text = normalise(_HEADING.sub("", line).replace("**", ""))
        if text:
            yield Paragraph(text, line.strip(), Place(line=line_no))


def _grid(kind: str, lines: list[tuple[int, str]]) -> Grid:
    rows = [
        (line_no, _fields(kind, line))
        for ix, (line_no, line) in enumerate(lines)
        if not (kind == "pipes" and ix == _HEADER_ROWS and _PIPE_RULE.fullmatch(line.strip()))
    ]
    cells = tuple(
        GridCell(
            row=row,
            column=column,
            text=normalise(field),
            raw=field.strip(),
            place=Place(line=line_no, column=column + 1),
        )
        for row, (line_no, fields) in enumerate(rows)
        for column, field in enumerate(fields)
    )
    width = max((len(fields) for _, fields in rows), default=0)
    return Grid(cells, len(rows), width, Place(line=lines[0][0]), ragged=True)


def _fields(kind: str, line: str) -> list[str]:
    if kind == "tabs":
        return line.strip(" \r\n").split("\t")
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    fields = _UNESCAPED_PIPE.split(inner)
    return [_LINE_BREAK_TAG.sub("\n", f.replace("\\|", "|").replace("**", "")) for f in fields]
