"""In: glyphs. Out: runs, the pieces of text that stand together without a gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from auditor.model import Bbox
from auditor.read.pdf.painted import Fault, Glyph, Quarter

_BASELINE_EM = 0.12
_GAP_EM = 0.35  # as wide as this, a gap parts two words
_SPACE_EM = 0.14  # or as this, where a space is typed in it
_SIZE_RATIO = 0.8
PLACEHOLDERS = frozenset("-－—–―─/／\\")  # what stands for no number
_INK_PT = 0.3  # how far a border may reach into what stands beside it
_INK_EM = 0.25  # the same between a label and the figure of the next cell
_GAP_CLEAR_EM = 0.08  # more than the other gaps of a run: two texts
_GAP_SLIGHT_EM = 0.04  # the same, where the other gaps are all alike


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one size on one line, without a gap; x0, x1 and baseline as in Glyph."""

    glyphs: tuple[Glyph, ...]
    box: Bbox  # of the ink, in the frame of the page
    faults: frozenset[Fault]  # why it cannot be trusted

    @property
    def text(self) -> str:
        """Give the characters as the font maps them."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        """Where the first glyph's room begins."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Where the last glyph's room ends."""
        return self.glyphs[-1].x1

    @property
    def baseline(self) -> float:
        """The height on which the glyphs stand."""
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        """The height of the font in points."""
        return self.glyphs[0].size

    @property
    def quarter(self) -> Quarter | None:
        """The way in which the run runs."""
        return self.glyphs[0].quarter

    @property
    def order(self) -> int:
        """When the run was painted."""
        return self.glyphs[0].order

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the ink in the frame of the page."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def make_run(glyphs: Iterable[Glyph]) -> Run:
    """Give the run of these glyphs."""
    members = tuple(glyphs)
    return Run(
        members,
        (
            min(g.ink[0] for g in members),
            min(g.ink[1] for g in members),
            max(g.ink[2] for g in members),
            max(g.ink[3] for g in members),
        ),
        frozenset(g.fault for g in members if g.fault),
    )


def find_runs(glyphs: Iterable[Glyph]) -> tuple[Run, ...]:
    """Give the runs of a page; spaces part them and are in none."""
    ways: dict[Quarter | None, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        ways[glyph.quarter].append(glyph)
    return tuple(
        make_run(run)
        for members in ways.values()
        for line in _lines(members)
        for run in _split_at_gaps(line)
    )


def _lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Give the glyphs of one size on one baseline, from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if line and glyph.baseline - line[0].baseline > _BASELINE_EM * glyph.size:
            yield from _by_size(line)
            line = []
        line.append(glyph)
    if line:
        yield from _by_size(line)


def _by_size(line: list[Glyph]) -> Iterator[list[Glyph]]:
    """Part a line where text of quite another size stands on the same baseline."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(line, key=lambda g: g.x0):
        group = next((g for g in groups if _is_size_of(glyph, g[0])), None)
        if group is None:
            groups.append([glyph])
        else:
            group.append(glyph)
    yield from groups


def _is_size_of(one: Glyph, other: Glyph) -> bool:
    return min(one.size, other.size) >= _SIZE_RATIO * max(one.size, other.size)


def _split_at_gaps(line: list[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    spaced = False
    for glyph in line:
        if glyph.char.isspace():
            spaced = True
            continue
        if run and glyph.x0 - run[-1].x1 > (_SPACE_EM if spaced else _GAP_EM) * glyph.size:
            yield run
            run = []
        run.append(glyph)
        spaced = False
    if run:
        yield run


def split_at_borders(run: Run, borders: Sequence[float]) -> tuple[Run, ...]:
    """Part a run at the borders that pass between two texts which merely touch.

    Text of two cells shows by the gap between them, or was not painted in one go. A label has no
    reason to leave its cell; a number overflows one, and stays whole where nothing speaks for two.
    """
    joints = list(pairwise(run.glyphs))
    at = [ix for ix, (a, b) in enumerate(joints) if any(_passes(x, a, b) for x in borders)]
    inner = [joint for ix, joint in enumerate(joints) if ix not in at]
    ends = [ix + 1 for ix in at if _are_two(joints[ix], inner)]
    return tuple(
        make_run(run.glyphs[start:end])
        for start, end in pairwise([0, *ends, len(run.glyphs)])
    )  # fmt: skip


def _passes(x: float, one: Glyph, other: Glyph) -> bool:
    slack = _INK_EM * one.size if is_figure(one) != is_figure(other) else _INK_PT
    return one.ink[2] - slack <= x <= other.ink[0] + slack


def is_figure(glyph: Glyph) -> bool:
    """Tell whether a glyph is of a number, or stands for none."""
    return glyph.char.isnumeric() or glyph.char in PLACEHOLDERS


def _are_two(joint: tuple[Glyph, Glyph], inner: Sequence[tuple[Glyph, Glyph]]) -> bool:
    """Tell whether two glyphs beside a border are of two texts; `inner`: joints away from any."""
    one, other = joint
    if not (one.char.isnumeric() or other.char.isnumeric()):
        return True
    gaps = [b.x0 - a.x1 for a, b in inner]
    usual = median(gaps) if gaps else 0.0
    spread = max((abs(gap - usual) for gap in gaps), default=0.0)
    excess = other.x0 - one.x1 - usual
    if abs(excess) > _GAP_CLEAR_EM * one.size:
        return True
    if excess > _GAP_SLIGHT_EM * one.size and spread < 0.5 * _GAP_SLIGHT_EM * one.size:
        return True
    steps = {b.order - a.order for a, b in inner}
    return steps <= {0, 1} and other.order - one.order > (0 if steps == {0} else 1)
