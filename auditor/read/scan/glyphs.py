"""In: lines of text as read from a picture. Out: glyphs, as if they had been painted there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.model import Bbox
from auditor.read.pdf.painted import Fault, Glyph, Quarter
from auditor.read.scan.engine import Letter
from auditor.read.scan.readings import ReadLine

_WIDE_FROM = "\u2e80"  # from here on, characters are as wide as high
_GAP = 1.7  # of the usual distance: a gap
_BLACK = (0, 0, 0, 255)
_FOOT_EM = 0.1  # below the line on which characters stand
_NARROWEST_EM = 0.4
_TALL_RATIO = 1.4  # of the usual height: a number of another size
_LINE_RATIO = 1.15  # the same of a line of prose, such as a title


def to_glyphs(  # noqa: PLR0913 - how a line is set
    read: ReadLine,
    px_pt: float,
    clip: Bbox,
    *,
    usual_em: float,
    in_cell: bool,
    fault: Fault | None = None,
) -> list[Glyph]:
    """Give a line's characters, evenly spaced but for gaps; a space stands in none."""
    box = read.box
    em = box.height / px_pt
    is_usual = 1 / _LINE_RATIO < em / usual_em < _LINE_RATIO
    if is_usual or (in_cell and em < _TALL_RATIO * usual_em):
        em = usual_em  # the ink of one line is higher than that of another one of the same size
    foot = box.y1 / px_pt
    glyphs: list[Glyph] = []
    for word in _words(read):
        x0, x1 = (side / px_pt for side in _extent(word, read))
        for letter, start, end in _spread(word, x0, x1, em):
            ink = (start, box.y0 / px_pt, end, foot)
            glyphs.append(
                Glyph(
                    char=letter.char,
                    x0=start,
                    x1=end,
                    baseline=foot - _FOOT_EM * em,
                    size=em,
                    ink=ink,
                    order=0,
                    colour=_BLACK,
                    quarter=Quarter.RIGHT,
                    painted=True,
                    unmapped=False,
                    clip=clip,
                    fault=fault,
                    confidence=letter.confidence,
                )
            )
    return glyphs


def _words(read: ReadLine) -> Iterator[list[Letter]]:
    """Part a line at spaces and at wide gaps."""
    letters = [letter for letter in read.line if not letter.char.isspace()]
    if not letters:
        return
    if read.is_whole:
        yield letters
        return
    pitch = _pitch(read, letters)
    word = letters[:1]
    for before, letter in pairwise(letters):
        usual = pitch * (_breadth(before) + _breadth(letter)) / 2
        if letter.at - before.at > _GAP * usual:
            yield word
            word = []
        word.append(letter)
    yield word


def _pitch(read: ReadLine, letters: Sequence[Letter]) -> float:
    """Give how much of the line a wide character takes."""
    return min(
        1 / sum(map(_breadth, letters)), read.box.height / max(read.box.width, 1) or 1.0
    )  # fmt: skip


def _breadth(letter: Letter) -> float:
    return 1.0 if letter.char >= _WIDE_FROM else 0.5


def _extent(word: Sequence[Letter], read: ReadLine) -> tuple[float, float]:
    """Give from where to where a word reaches (px)."""
    letters = [letter for letter in read.line if not letter.char.isspace()]
    box, pitch = read.box, _pitch(read, letters)
    first, last = word[0], word[-1]
    start = box.x0 + (first.at - pitch * _breadth(first) / 2) * box.width
    end = box.x0 + (last.at + pitch * _breadth(last) / 2) * box.width
    x0 = box.x0 if first is letters[0] else max(start, box.x0)
    return x0, box.x1 if last is letters[-1] else min(max(end, x0 + 1), box.x1)


def _spread(
    word: Sequence[Letter], x0: float, x1: float, em: float
) -> Iterator[tuple[Letter, float, float]]:
    """Give each character its place between the ends of its word."""
    total = sum(map(_breadth, word))
    x1 = max(x1, x0 + _NARROWEST_EM * em * total)
    at = x0
    for letter in word:
        end = at + (x1 - x0) * _breadth(letter) / total
        yield letter, at, end
        at = end
