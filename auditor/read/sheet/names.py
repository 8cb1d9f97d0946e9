"""In: names of cells and areas, B7 and B7:D9. Out: their rows and columns, from 0."""

import re

from auditor.read.sheet.cells import Merge, Position

_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def position(name: str) -> Position | None:
    """Give a cell's row and column."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def area(name: str) -> Merge | None:
    """Give a merged area; None for one cell alone."""
    first, _, last = name.partition(":")
    start, end = position(first), position(last)
    if start is None or end is None:
        return None
    return Merge(*start, *end)
