"""In: the runs outside a page's tables. Out: paragraphs, lines joined as the author wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.model import Bbox
from auditor.read.pdf.painted import Quarter
from auditor.read.pdf.runs import Run

_LINE_EM = 0.5
_INDENT_EM = 0.8
_SHORT_EM = 2.6  # a line this much shorter than the widest one ends its paragraph
_PITCH_MAX_EM = 3.2
_WIDE_SHARE = 0.7
SENTENCE_ENDS = "。！？!?：:；;"
_SIZE_RATIO = 0.88
_MARGIN_SHARE = 0.11  # of the page's height, for running heads and page numbers


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of prose; `is_full`: it reaches the right margin, so that its sentence may go on."""

    text: str
    box: Bbox
    size: float
    baseline: float
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph on one page, with what decides whether it continues on the next page.

    `in_margin`: it stands where running heads and page numbers do.
    """

    text: str
    box: Bbox
    size: float
    starts_at_margin: bool
    ends_full: bool
    in_margin: bool


def find_passages(
    runs: Sequence[Run], tables: Sequence[Bbox], page_height: float
) -> tuple[Passage, ...]:
    """Give the paragraphs from top to bottom; a table between two lines parts them."""
    lines = _text_lines([run for run in runs if run.quarter is Quarter.RIGHT])
    if not lines:
        return ()
    left = min(line.box[0] for line in lines)
    right = max(line.box[2] for line in lines)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, left, right, tables):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_passage(group, left, right, page_height) for group in groups)


def _text_lines(runs: Sequence[Run]) -> list[TextLine]:
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if groups and run.baseline - groups[-1][0].baseline < _LINE_EM * run.size:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_text_line(sorted(group, key=lambda run: run.x0)) for group in groups]


def _text_line(runs: list[Run]) -> TextLine:
    text = runs[0].text
    for one, other in pairwise(runs):
        text += (" " if other.x0 - one.x1 > 0.1 * other.size else "") + other.text
    box = (
        min(r.box[0] for r in runs),
        min(r.box[1] for r in runs),
        max(r.box[2] for r in runs),
        max(r.box[3] for r in runs),
    )
    return TextLine(text, box, max(r.size for r in runs), runs[0].baseline)


def _is_full(line: TextLine, right: float) -> bool:
    return line.box[2] > right - _SHORT_EM * line.size


def _continues(
    upper: TextLine, lower: TextLine, left: float, right: float, tables: Sequence[Bbox]
) -> bool:
    is_indented = lower.box[0] > left + _INDENT_EM * lower.size
    if not (
        _is_wrapped_title(upper, lower, left, right) if is_indented else _is_full(upper, right)
    ):
        return False
    if min(upper.size, lower.size) < _SIZE_RATIO * max(upper.size, lower.size):
        return False
    if lower.baseline - upper.baseline > _PITCH_MAX_EM * lower.size:
        return False
    return not any(upper.box[1] < t[3] and t[1] < lower.box[3] for t in tables)


def _is_wrapped_title(upper: TextLine, lower: TextLine, left: float, right: float) -> bool:
    """Tell whether both lines are centred, the upper one wide, and no sentence ends between."""
    middle = (left + right) / 2
    return (
        upper.box[2] - upper.box[0] > _WIDE_SHARE * (right - left)
        and upper.text[-1:] not in SENTENCE_ENDS
        and all(
            abs((line.box[0] + line.box[2]) / 2 - middle) < _INDENT_EM * line.size
            for line in (upper, lower)
        )
    )


def _passage(lines: list[TextLine], left: float, right: float, page_height: float) -> Passage:
    text = lines[0].text
    for line in lines[1:]:
        text = join_text(text, line.text)
    box = (
        min(line.box[0] for line in lines),
        lines[0].box[1],
        max(line.box[2] for line in lines),
        lines[-1].box[3],
    )
    return Passage(
        text,
        box,
        lines[0].size,
        starts_at_margin=lines[0].box[0] <= left + _INDENT_EM * lines[0].size,
        ends_full=_is_full(lines[-1], right),
        in_margin=not _MARGIN_SHARE < (box[1] + box[3]) / 2 / page_height < 1 - _MARGIN_SHARE,
    )


def join_text(upper: str, lower: str) -> str:
    """Join a line to the next one: without a space, unless two Latin words meet."""
    is_latin = upper[-1:].isascii() and upper[-1:].isalpha() and lower[:1].isascii()
    return upper + (" " if is_latin and lower[:1].isalpha() else "") + lower
