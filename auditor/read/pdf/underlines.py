"""In: painted pieces and runs. Out: the pieces without those that underline text.

In a narrow cell the underline of a number nearly reaches the borders, and would pass for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.read.pdf.painted import Piece, Quarter
from auditor.read.pdf.ruling import Line, join_pieces
from auditor.read.pdf.runs import Run

_UPPER_EM, _LOWER_EM = 0.03, 0.25  # below the baseline
_END_EM = 0.06  # how far the ends of an underline may be from those of its text
_LENGTH_EM = 0.35  # shorter ones are dots of a border
_TOUCH_PT = 0.5  # between the end of a border and the line that it meets
_BAND_PT = 16.0


def without_underlines(pieces: Sequence[Piece], runs: Iterable[Run]) -> tuple[Piece, ...]:
    """Give the pieces but for those as long as the text right above them.

    What reaches from one vertical line to the next is a border, be it ever so close to the text.
    """
    by_band: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if run.quarter is Quarter.RIGHT:
            lowest = run.baseline + _LOWER_EM * run.size
            for band in range(int(run.baseline // _BAND_PT), int(lowest // _BAND_PT) + 1):
                by_band[band].append(run)
    under = [ix for ix, piece in enumerate(pieces) if _is_underline(piece, by_band)]
    if not under:
        return tuple(pieces)
    down = [line for line in join_pieces(pieces, horizontal=False) if not line.weak]
    borders = {ix for ix in under if _meets(pieces[ix], down)}
    gone = set(under) - borders
    return tuple(piece for ix, piece in enumerate(pieces) if ix not in gone)


def _meets(piece: Piece, down: Sequence[Line]) -> bool:
    """Tell whether both ends of a piece touch vertical lines."""
    return all(
        any(
            abs(line.at - end) <= _TOUCH_PT
            and line.start - _TOUCH_PT <= piece.at <= line.end + _TOUCH_PT
            for line in down
        )
        for end in (piece.start, piece.end)
    )


def _is_underline(piece: Piece, runs: Mapping[int, Sequence[Run]]) -> bool:
    if not piece.horizontal or piece.weak:
        return False
    return any(_underlines(piece, run) for run in runs.get(int(piece.at // _BAND_PT), ()))


def _underlines(piece: Piece, run: Run) -> bool:
    size = run.size
    slack = _END_EM * size
    if (
        not _UPPER_EM * size < piece.at - run.baseline < _LOWER_EM * size
        or piece.end - piece.start < _LENGTH_EM * size
        or piece.start < run.x0 - slack
        or piece.end > run.x1 + slack
    ):
        return False
    starts = any(abs(glyph.x0 - piece.start) <= slack for glyph in run.glyphs)
    return starts and any(abs(glyph.x1 - piece.end) <= slack for glyph in run.glyphs)
