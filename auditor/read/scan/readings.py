"""In: two readings of a cell. Out: what it says, and whether that can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.read.normalise import normalise
from auditor.read.pdf.painted import Fault
from auditor.read.scan.engine import Box, Letter, Line, Read, text_of

_LETTERS_MIN = 3  # a text with so many letters is no number
SURE = 0.9  # of 1; a digit read with less is not trusted
_SURE_THRICE = 0.8  # read alike three times
_GUESS = 0.5  # read with less than this, it is anyone's guess
_NOISE = 0.7  # the same of what is read beside the digits
_DEBRIS = frozenset("一二三丨丿ノ丶丁卜厂广“”\"'`|[]{}_=~^:;!iIl■")  # bits of rules as letters
_DASH, _DASHES = "-", frozenset("-—一ー–―_﹣~")  # a lone stroke, whatever it is read as
_SURE_DASH = 0.35  # a dash is no number, whatever its length


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text as read, and where it stands (px); `is_whole`: one number without gaps."""

    box: Box
    line: Line
    is_whole: bool = False


def as_read(box: Box, read: Read) -> ReadLine:
    """Give a line with what it says: a number where it may be one."""
    is_number = is_number_like(text_of(read.number))
    return ReadLine(box, read.number if is_number else read.text)


@dataclass(frozen=True, slots=True)
class CellReading:
    """What a cell says, line by line; `fault`: why that cannot be trusted."""

    lines: tuple[ReadLine, ...]
    confidence: float
    fault: Fault | None = None


def spell(lines: Sequence[ReadLine]) -> str:
    """Give the text of lines in one spelling, to compare readings by."""
    letters = (letter.char for read in lines for letter in read.line)
    text = "".join(normalise("".join(letters)).split())
    return _DASH if text in _DASHES else text


def is_number_like(text: str) -> bool:
    """Tell whether a text may be a number, a dash or a sign, perhaps with a unit."""
    return sum(char.isalpha() for char in text) < _LETTERS_MIN


@dataclass(frozen=True, slots=True)
class Shape:
    """What is to be seen of a cell's ink: how many marks; whether it is but a dash."""

    mark_count: int = 0
    is_dash: bool = False


def agree(
    page: Sequence[ReadLine],
    own: Sequence[ReadLine],
    third: Sequence[ReadLine],
    shape: Shape = Shape(),
) -> CellReading:
    """Weigh what was read of the whole page against what was read of the cell alone.

    `third`: the cell read once more in another size, for where the first two are not enough.
    """
    if shape.is_dash and own and all(map(_may_be_dash, (page, own, third))):
        confidence = max(map(_confidence, (page, own, third)))
        return CellReading((_as_dash(own[0], confidence),), confidence)
    if _says_less(page, own) and shape.mark_count == len(spell(own)) and settled(own, third):
        page = ()
    first, second = spell(page), spell(own)
    if not is_number_like(first or second):
        chosen = tuple(page or own)
        told = _digits(first) == _digits(second) or not (first and second)
        return CellReading(chosen, _confidence(chosen), None if told else Fault.UNSURE)
    if not second and not first:
        return CellReading((), 0.0, Fault.UNREAD)
    chosen = tuple(replace(read, is_whole=True) for read in own or page)
    if spell(chosen) == _DASH:
        chosen = (_as_dash(chosen[0], _confidence(chosen)),)
    given = [lines for lines in (page, own, third) if spell(lines)]
    same = [lines for lines in given if _bare(spell(lines)) == spell(chosen)]
    votes = given if _bare(spell(chosen)) == spell(chosen) else []
    confidence = _second_best(same)
    sure = len(same) == len(votes) >= 2 and confidence >= _needed(spell(chosen), len(same))
    return CellReading(chosen, confidence, None if sure else Fault.UNSURE)


def _may_be_dash(lines: Sequence[ReadLine]) -> bool:
    return spell(lines) in {"", _DASH} or _confidence(lines) < _GUESS


def _says_less(page: Sequence[ReadLine], own: Sequence[ReadLine]) -> bool:
    """Tell whether what was read of the page is a guess, or a part of the number, and no other."""
    first, second = spell(page), spell(own)
    confidence = _confidence(page, every=True)
    if confidence < _NOISE and _digits(first) == _digits(second):
        return True
    is_stroke = first in {_DASH, "/"}
    return first in second or (
        not _digits(first) and confidence < (_GUESS if is_stroke or len(first) > 1 else SURE)
    )


def _second_best(alike: Sequence[Sequence[ReadLine]]) -> float:
    """Give how sure two of the readings that are alike are, at least."""
    sure = sorted(map(_confidence, alike), reverse=True)
    return sure[1] if len(sure) > 1 else min(sure, default=0.0)


def _as_dash(read: ReadLine, confidence: float) -> ReadLine:
    return replace(read, line=(Letter(_DASH, confidence, 0.5),), is_whole=True)


def settled(page: Sequence[ReadLine], own: Sequence[ReadLine]) -> bool:
    """Tell whether two readings are alike, and sure, so that no third one is needed."""
    text = spell(page)
    confidence = min(_confidence(page), _confidence(own))
    return text == spell(own) and (not is_number_like(text) or confidence >= _needed(text, 2))


def _needed(text: str, alike: int) -> float:
    if not _digits(text):
        return _SURE_DASH
    return _SURE_THRICE if alike > 2 else SURE


def _bare(text: str) -> str:
    """Give a text without what bits of rules beside it were read as."""
    return "".join(char for char in text if char not in _DEBRIS) or text


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _confidence(lines: Sequence[ReadLine], *, every: bool = False) -> float:
    """Give how sure the least sure letter is; bits of rules count only if `every` is asked."""
    found = [letter for read in lines for letter in read.line if not letter.char.isspace()]
    letters = [x for x in found if every or x.char not in _DEBRIS] or found
    return min((letter.confidence for letter in letters), default=0.0)
