"""In: painted pieces of lines. Out: the straight lines that a reader sees: dashes and dots joined.

Double lines stay two here; the lattice takes lines that lie close together as one border.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor.read.pdf.objects import TooComplexError
from auditor.read.pdf.painted import Piece

_COLLINEAR_PT = 0.8
_GAP_PT = 3.2  # between dots, and where borders drawn cell by cell do not quite meet
_DASH_GAP_MAX_PT = 7.0
_DASH_GAP_RATIO = 2.2  # a gap between dashes is no wider than so many dashes
_LINE_MIN_PT = 5.0
_LINES_MAX = 1500
_PALE_MIN = 245  # of 255, red, green and blue


class Line(NamedTuple):
    """A horizontal or vertical line; `weak`: in part but sides of areas, `pale`: of white ones."""

    at: float
    start: float
    end: float
    weak: bool = False
    pale: bool = False


def join_pieces(pieces: Iterable[Piece], *, horizontal: bool) -> tuple[Line, ...]:
    """Give the lines of one direction; raises TooComplexError.

    Where sides of areas prolong a drawn line, both are given: the line as far as it is drawn, and
    the weak one that takes it in; so too where pale sides prolong coloured ones.
    """
    way = [p for p in pieces if p.horizontal is horizontal]
    lines = _joined([p for p in way if not p.weak])
    if any(p.weak for p in way):
        coloured = _joined([p for p in way if not _is_pale(p)], weak=True)
        lines += [side for side in coloured if not _is_drawn(side, lines)]
        every = _joined(way, weak=True, pale=True)
        lines += [side for side in every if not _is_drawn(side, lines)]
    if len(lines) > _LINES_MAX:
        raise TooComplexError
    return tuple(lines)


def _is_pale(piece: Piece) -> bool:
    return piece.weak and min(piece.colour[:3]) >= _PALE_MIN


def _joined(pieces: Sequence[Piece], *, weak: bool = False, pale: bool = False) -> list[Line]:
    return [
        line._replace(weak=weak, pale=pale)
        for group in _collinear(pieces)
        for line in _join_collinear(group)
        if line.end - line.start >= _LINE_MIN_PT
    ]


def _is_drawn(side: Line, drawn: Sequence[Line]) -> bool:
    """Tell whether a drawn line is there already for all of the side."""
    return any(
        abs(line.at - side.at) <= _COLLINEAR_PT
        and line.start <= side.start + _COLLINEAR_PT
        and side.end <= line.end + _COLLINEAR_PT
        for line in drawn
    )


def _collinear(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.at):
        if group and piece.at - group[0].at > _COLLINEAR_PT:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _join_collinear(group: list[Piece]) -> Iterator[Line]:
    joined: list[Piece] = []
    end = last = 0.0
    for piece in sorted(group, key=lambda p: p.start):
        length = piece.end - piece.start
        if joined and piece.start - end > _gap_max(last, length):
            yield _line(joined, end)
            joined = []
        if not joined or piece.end > end:
            end, last = piece.end, length
        joined.append(piece)
    if joined:
        yield _line(joined, end)


def _gap_max(one: float, other: float) -> float:
    dash = _DASH_GAP_RATIO * min(one, other)
    return max(_GAP_PT, dash if dash <= _DASH_GAP_MAX_PT else 0.0)


def _line(pieces: list[Piece], end: float) -> Line:
    total = sum(p.end - p.start for p in pieces)
    at = sum(p.at * (p.end - p.start) for p in pieces) / total if total else pieces[0].at
    return Line(at, pieces[0].start, end)
