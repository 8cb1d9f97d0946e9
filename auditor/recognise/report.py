"""In: a Document. Out: a Report, its cells named after the form, and what was odd or unread."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from auditor.form import Form, editions, load_form
from auditor.model import (
    Document,
    Fact,
    Grid,
    Paragraph,
    Problem,
    Report,
    Wording,
)
from auditor.recognise.cells import read_cells, value_observations
from auditor.recognise.displaced import displaced_tables, is_filled, unread_parts
from auditor.recognise.facts import find_facts
from auditor.recognise.lines import Line, lines_of
from auditor.recognise.sections import by_section, find_headings, section_observations
from auditor.recognise.status import (
    cell_problems,
    row_observations,
    table_problems,
    table_status,
)
from auditor.recognise.tables import RecognisedTable, label_observations, recognise_table
from auditor.recognise.volume import parts_of


def recognise(document: Document) -> Report:
    """Name the cells of the three statutory tables; of several reports in one file, the first."""
    parts = parts_of(document)
    reports = tuple(_recognise(part) for part in parts)
    if len(parts) == 1:
        return reports[0]
    read = next((report for report in reports if is_filled(report)), reports[0])
    unread = tuple(unread_parts(read, zip(parts, reports, strict=True)))
    return replace(read, problems=(*unread, *read.problems))


def _recognise(document: Document) -> Report:
    """Name the cells of one report; the edition is the one that fits best."""
    paragraphs = tuple(b for b in document.blocks if isinstance(b, Paragraph))
    grids = lines_of([b for b in document.blocks if isinstance(b, Grid)])
    facts = find_facts(paragraphs)
    form, found = _best_edition(grids, _year(facts))
    if not any(table.slots for table in found):
        return _unrecognised(document, facts, paragraphs)
    slots = [slot for table in found for slot in table.slots]
    cells = tuple(read_cells(slots, form))
    headings = find_headings(paragraphs, form.sections)
    tables = {t.table.key: table_status(t, cells) for t in found}
    return Report(
        file=document.file,
        form=form.edition,
        agency=_text(facts, "agency"),
        year=_year(facts),
        tables=MappingProxyType(tables),
        cells=MappingProxyType({cell.address: cell for cell in cells}),
        facts=MappingProxyType(facts),
        paragraphs=paragraphs,
        sections=MappingProxyType(by_section(paragraphs, headings)),
        observations=(
            *section_observations(headings, form.sections),
            *(o for t in found for o in (*label_observations(t), *row_observations(t))),
            *value_observations(cells, slots, form),
        ),
        problems=(
            *document.problems,
            *displaced_tables(document, form, found, _year(facts), headings),
            *table_problems(form, tables),
            *cell_problems(cells, form),
        ),
    )


def _unrecognised(
    document: Document, facts: dict[str, Fact], paragraphs: tuple[Paragraph, ...]
) -> Report:
    problem = Problem(
        code="not_a_report",
        severity="error",
        message=Wording(
            "没有找到政府信息公开工作年度报告的法定表格（表二、表三、表四）；请确认文件是否为年度报告，"
            "表格是否为图片",
            "none of the three statutory tables was found; is this an annual report, and are its "
            "tables text rather than pictures?",
        ),
    )
    return Report(
        file=document.file,
        form=None,
        agency=_text(facts, "agency"),
        year=_year(facts),
        facts=MappingProxyType(facts),
        paragraphs=paragraphs,
        problems=(*document.problems, problem),
    )


def recognise_tables(
    document: Document, grids: Sequence[tuple[Line, ...]]
) -> tuple[Form, tuple[RecognisedTable, ...]]:
    """Give the edition and the tables of one report's document, by the lines of its grids."""
    paragraphs = tuple(b for b in document.blocks if isinstance(b, Paragraph))
    return _best_edition(grids, _year(find_facts(paragraphs)))


def _best_edition(
    grids: Sequence[tuple[Line, ...]], year: int | None
) -> tuple[Form, tuple[RecognisedTable, ...]]:
    """Recognise the tables by each edition, that of the report's year first; it wins equal fits."""
    forms = sorted(map(load_form, editions()), key=lambda form: not _is_for(form, year))
    candidates = []
    for form in forms:
        tables = tuple(recognise_table(grids, table) for table in form.tables)
        if all(table.is_exact for table in tables):
            return form, tables
        candidates.append((form, tables))
    return max(candidates, key=lambda candidate: sum(t.score for t in candidate[1]))


def _is_for(form: Form, year: int | None) -> bool:
    """Claim that the edition is the one for the year; the newest one where no year is known."""
    if year is None:
        return form.last_year is None
    return form.first_year <= year <= (form.last_year or year)


def _year(facts: dict[str, Fact]) -> int | None:
    fact = facts.get("title_year") or facts.get("period_year")
    return int(fact.value) if fact else None


def _text(facts: dict[str, Fact], name: str) -> str | None:
    return str(facts[name].value) if name in facts else None
