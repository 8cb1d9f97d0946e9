"""In: a page's cells, its report's tables and problems. Out: the lines beside its picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.form import load_form
from auditor.model import Language, Problem, Report
from auditor.render import words as common
from auditor.render.sight import words
from auditor.render.sight.seen import Kind, Seen, SeenGrid
from auditor.render.sight.words import Colour

Look = str  # of the mark before a line: "filled", "outlined" or ""


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A line of text with the mark that it explains."""

    text: str
    colour: Colour | None = None
    look: Look = ""
    is_head: bool = False


def panel_lines(
    report: Report, blocks: Sequence[Seen], page_no: int | None, lang: Language
) -> Iterator[PanelLine]:
    """Give the file, the legend with counts, the tables and the problems."""
    page = words.PAGE.fill(number=page_no).in_language(lang) if page_no else ""
    yield PanelLine(f"{report.file}  {page}", is_head=True)
    yield from _legend(blocks, lang)
    yield PanelLine(words.TABLES.in_language(lang), is_head=True)
    yield from _tables(report, lang)
    problems = [p for p in report.problems if _concerns(p, page_no)]
    if problems:
        yield PanelLine(words.PROBLEMS.in_language(lang), is_head=True)
    for problem in problems:
        severity = common.SEVERITY[problem.severity].in_language(lang)
        yield PanelLine(f"{severity}: {problem.message.in_language(lang)}")


def _legend(blocks: Sequence[Seen], lang: Language) -> Iterator[PanelLine]:
    counts = Counter(
        cell.kind for grid in blocks if isinstance(grid, SeenGrid) for cell in grid.cells
    )
    for kind in Kind:
        text = f"{words.LEGEND[kind].in_language(lang)}  {counts[kind]}"
        yield PanelLine(text, words.COLOURS[kind], "outlined" if kind is Kind.OTHER else "filled")
    yield PanelLine(words.GRID_LINE.in_language(lang), words.GRID_COLOUR, "outlined")
    yield PanelLine(words.PARAGRAPH.in_language(lang), words.PARAGRAPH_COLOUR, "outlined")
    if not any(isinstance(block, SeenGrid) for block in blocks):
        yield PanelLine(words.NO_GRID.in_language(lang))


def _tables(report: Report, lang: Language) -> Iterator[PanelLine]:
    if report.form is None:
        yield PanelLine(words.UNRECOGNISED.in_language(lang))
        return
    form = load_form(report.form)
    for key, table in report.tables.items():
        name = form.table(key).name.in_language(lang)
        status = common.TABLE[table.status].in_language(lang)
        why = f": {table.reason.in_language(lang)}" if table.reason else ""
        yield PanelLine(f"{name} ({key}) {status}{why}")


def _concerns(problem: Problem, page_no: int | None) -> bool:
    place = problem.place.page if problem.place else None
    return page_no is None or place in {None, page_no}
