"""In: painted pieces and runs. Out: the pieces without those that underline text.

In a narrow cell the underline of a number nearly reaches the borders, and would pass for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.read.pdf.painted import Piece, Quarter
from auditor.read.pdf.runs import Run

_UPPER_EM, _LOWER_EM = 0.03, 0.3  # below the baseline
_END_EM = 0.09  # how far the ends of an underline may be from those of its text
_LENGTH_EM = 0.35  # shorter ones are dots of a border
_BAND_PT = 16.0


def without_underlines(pieces: Sequence[Piece], runs: Iterable[Run]) -> tuple[Piece, ...]:
    """Give the pieces that are not as long as the text right above them."""
    by_band: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if run.quarter is Quarter.RIGHT:
            lowest = run.baseline + _LOWER_EM * run.size
            for band in range(int(run.baseline // _BAND_PT), int(lowest // _BAND_PT) + 1):
                by_band[band].append(run)
    return tuple(piece for piece in pieces if not _is_underline(piece, by_band))


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
