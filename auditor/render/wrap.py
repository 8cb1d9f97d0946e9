"""In: a sentence, Chinese or English, and a width. Out: lines in which no number was cut.

A terminal breaks on spaces alone, so a Chinese sentence would lose its middle or its digits.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

_CLOSING = "，。、；：！？）》」』】〕”’…％%·,.;:!?)]}>"
_OPENING = "（《「『【〔“‘([{<"
_NUMERIC = "0123456789,.+-%/"
GLUE = "\u00a0"
"""A space at which no line ends; it comes out as a plain one, since GBK has no other."""


def printable(text: str) -> str:
    """Give the text without control and bidi characters, which a terminal would obey."""
    spaced = text.replace("\t", " ").replace("\n", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp"})


def wrap(text: str, width: int, *, indent: str = "", hang: str | None = None) -> list[str]:
    """Break the text into lines of that width; `hang` indents the second line and the following."""
    rest = indent if hang is None else hang
    lines: list[str] = []
    line, empty = indent, True
    for atom in _atoms(printable(text), max(width - cell_len(rest), 1)):
        if not empty and cell_len(line) + cell_len(atom.rstrip()) > width:
            lines.append(line.rstrip())
            line, empty = rest, True
        if empty:
            atom = atom.lstrip() if lines else atom  # noqa: PLW2901 - no space opens a further line
        line += atom
        empty = empty and not atom
    lines.append(line.rstrip())
    return [line.replace(GLUE, " ") for line in lines]


def flow(items: Iterable[str], width: int, *, hang: str = "") -> list[str]:
    """Set items side by side, two spaces apart; a line ends only between two of them."""
    lines: list[str] = []
    for item in items:
        joined = f"{lines[-1]}  {item}" if lines else item
        if lines and cell_len(joined) > width:
            lines.append(hang + item)
        else:
            lines[-1:] = [joined]
    return lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill the text with spaces to that many terminal cells."""
    fill = " " * max(0, width - cell_len(text))
    return fill + text if right else text + fill


def _atoms(text: str, width: int) -> Iterator[str]:
    """Give the pieces between which a line may end; spaces stay at the end of a piece."""
    start = closing = 0
    for at in range(1, len(text) + 1):
        if text[at - 1] == "[":  # an operand's label stays with it
            closing = text.find("]", at)
        if at == len(text) or (at > closing and _may_break(text[at - 1], text[at])):
            yield from _pieces(text[start:at], width)
            start = at


def _may_break(before: str, after: str) -> bool:
    if after in " " + GLUE or before in _OPENING + GLUE or after in _CLOSING:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return cell_len(char) > 1


def _pieces(atom: str, width: int) -> Iterator[str]:
    """Cut a piece that is wider than a line, but never inside a number."""
    piece = ""
    for at, char in enumerate(atom):
        numeric = bool(piece) and char in _NUMERIC and atom[at - 1] in _NUMERIC
        if piece and not numeric and cell_len(piece.rstrip() + char) > width:
            yield piece
            piece = ""
        piece += char
    yield piece
