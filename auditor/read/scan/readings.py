"""In: two readings of a cell. Out: what it says, and whether that can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.read.normalise import normalise
from auditor.read.pdf.painted import Fault
from auditor.read.scan.engine import Box, Letter, Line

_LETTERS_MIN = 3  # a text with so many letters is no number
SURE = 0.9  # of 1; a digit read with less is not trusted
_SURE_DASH = 0.35  # a dash is no number, whatever its length


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text as read, and where it stands (px); `is_whole`: one number without gaps."""

    box: Box
    line: Line
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says, line by line; `fault`: why that cannot be trusted."""

    lines: tuple[ReadLine, ...]
    confidence: float
    fault: Fault | None = None


def spell(lines: Sequence[ReadLine]) -> str:
    """Give the text of lines in one spelling, to compare readings by."""
    letters = (letter.char for read in lines for letter in read.line)
    return "".join(normalise("".join(letters)).split())


def is_number_like(text: str) -> bool:
    """Tell whether a text may be a number, a dash or a sign, perhaps with a unit."""
    return sum(char.isalpha() for char in text) < _LETTERS_MIN


def agree(
    page: Sequence[ReadLine], own: Sequence[ReadLine], third: Sequence[ReadLine]
) -> CellReading:
    """Weigh what was read of the whole page against what was read of the cell alone.

    `third`: the cell read once more in another size, for where the first two are not enough.
    """
    first, second = spell(page), spell(own)
    if not is_number_like(first or second):
        chosen = tuple(page or own)
        told = _digits(first) == _digits(second) or not (first and second)
        return CellReading(chosen, _confidence(chosen), None if told else Fault.UNSURE)
    if not second and not first:
        return CellReading((), 0.0, Fault.UNREAD)
    chosen = tuple(replace(read, is_whole=True) for read in own or page)
    votes = [reading for reading in (first, second, spell(third)) if reading]
    same = [reading for reading in votes if reading == spell(chosen)]
    confidence = min(_confidence(lines) for lines in (page, own) if lines)
    needed = SURE if _digits(spell(chosen)) else _SURE_DASH
    sure = len(same) == len(votes) >= 2 and (confidence >= needed or len(same) == 3)
    return CellReading(chosen, confidence, None if sure else Fault.UNSURE)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _confidence(lines: Sequence[ReadLine]) -> float:
    letters: list[Letter] = [letter for read in lines for letter in read.line]
    return min((letter.confidence for letter in letters), default=0.0)
