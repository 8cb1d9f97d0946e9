"""In: glyphs. Out: runs, the pieces of text that stand together without a gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from auditor.model import Bbox
from auditor.read.pdf.painted import Fault, Glyph, Quarter

_BASELINE_EM = 0.12
_GAP_EM = 0.35  # as wide as this, a gap parts two words
_SPACE_EM = 0.14  # or as this, where a space is typed in it
_SIZE_RATIO = 0.8


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


def split_at(run: Run, x: float) -> tuple[Run, ...]:
    """Part a run at a border that passes through a gap unlike the run's other gaps."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(run.glyphs)]
    for ix, (a, b) in enumerate(pairwise(run.glyphs)):
        others = gaps[:ix] + gaps[ix + 1 :]
        usual = median(others) if others else 0.0
        if a.ink[2] <= x <= b.ink[0] and abs(gaps[ix] - usual) > 0.08 * run.size:
            return make_run(run.glyphs[: ix + 1]), make_run(run.glyphs[ix + 1 :])
    return (run,)
