"""In: the last lines of a page. Out: what may be the heading of rows that the next one begins with.

A page may end within the heading of a table without rules, or right below it.
"""

from collections.abc import Sequence

from auditor.read.pdf.runs import Run, make_run

_PITCH_EM = 2.8  # lines further apart are not of one heading
_APART_EM = 2.0  # from what it is set above: no line of the same cell
_SAME_SIZE = 0.88
_LINES_MAX = 8
_MARKS_OF_PROSE = "。；"

TextLine = Sequence[Run]


def last_heading(lines: Sequence[TextLine]) -> tuple[Run, ...]:
    """Give the text that ends a page, but for its number; none where that is prose.

    `lines`: those behind the last one with numbers.
    """
    left = list(lines)
    if len(left) > 1 and not _follows(left[-2], left[-1]) and _has_digit(left[-1]):
        left.pop()
    kept: list[TextLine] = []
    for line in reversed(left[-_LINES_MAX:]):
        if kept and not (_follows(line, kept[-1]) and _same_size(line, kept[-1])):
            break
        if any(mark in run.text for run in line for mark in _MARKS_OF_PROSE):
            break
        kept.append(line)
    return tuple(run for line in kept for run in line)


def _follows(upper: TextLine, lower: TextLine) -> bool:
    return lower[0].baseline - upper[0].baseline <= _PITCH_EM * lower[0].size


def _same_size(one: TextLine, other: TextLine) -> bool:
    sizes = sorted((one[0].size, other[0].size))
    return sizes[0] >= _SAME_SIZE * sizes[1]


def _has_digit(line: TextLine) -> bool:
    return any(char.isdigit() for run in line for char in run.text)


def set_above(heading: Sequence[Run], top: float) -> tuple[Run, ...]:
    """Give the text as if it stood on this page, a little above a height."""
    lowest = max(heading, key=lambda run: run.baseline)
    down = top - _APART_EM * lowest.size - lowest.baseline
    return tuple(
        make_run(
            glyph._replace(
                baseline=glyph.baseline + down,
                ink=(glyph.ink[0], glyph.ink[1] + down, glyph.ink[2], glyph.ink[3] + down),
            )
            for glyph in run.glyphs
        )
        for run in heading
    )
