"""In: a Document. Out: a Report, its cells named after the form, and what was odd or unread."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from auditor.form import Form, FormTable, editions, load_form
from auditor.model import (
    Cell,
    CellState,
    Document,
    Fact,
    Grid,
    Observation,
    Paragraph,
    Problem,
    Report,
    Table,
    TableStatus,
    Wording,
)
from auditor.recognise.cells import read_cells, value_observations
from auditor.recognise.facts import find_facts
from auditor.recognise.lines import Line, lines_of
from auditor.recognise.sections import by_section, find_headings, section_observations
from auditor.recognise.tables import RecognisedTable, label_observations, recognise_table


def recognise(document: Document) -> Report:
    """Name the cells of the three statutory tables; the edition is the one whose labels fit best."""
    paragraphs = tuple(b for b in document.blocks if isinstance(b, Paragraph))
    grids = lines_of([b for b in document.blocks if isinstance(b, Grid)])
    facts = find_facts(paragraphs)
    form, found = _best_edition(grids, _year(facts))
    if not any(table.slots for table in found):
        return _unrecognised(document, facts, paragraphs)
    slots = [slot for table in found for slot in table.slots]
    cells = tuple(read_cells(slots, form))
    headings = find_headings(paragraphs, form.sections)
    tables = {t.table.key: _table(t, cells) for t in found}
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
            *(o for t in found for o in (*label_observations(t), *_row_observations(t))),
            *value_observations(cells, slots, form),
        ),
        problems=(*document.problems, *_table_problems(form, tables), *_cell_problems(cells, form)),
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


def _best_edition(
    grids: Sequence[tuple[Line, ...]], year: int | None
) -> tuple[Form, tuple[RecognisedTable, ...]]:
    """Recognise the tables by each edition; equal fits are settled by the report's year."""

    def rank(candidate: tuple[Form, tuple[RecognisedTable, ...]]) -> tuple[float, bool]:
        form, tables = candidate
        in_years = year is not None and form.first_year <= year <= (form.last_year or year)
        return sum(table.score for table in tables), in_years

    candidates = [
        (form, tuple(recognise_table(grids, table) for table in form.tables))
        for form in map(load_form, editions())
    ]
    return max(reversed(candidates), key=rank)


def _year(facts: dict[str, Fact]) -> int | None:
    fact = facts.get("title_year") or facts.get("period_year")
    return int(fact.value) if fact else None


def _text(facts: dict[str, Fact], name: str) -> str | None:
    return str(facts[name].value) if name in facts else None


def _rows_present(found: RecognisedTable) -> tuple[str, ...]:
    """Give the rows that this report has or should have: a kept old row stands for its group."""
    table = found.table
    have = {row.row.key for row in found.rows}
    replaced: set[str] = set()
    for row in (row for band in table.bands for row in band.rows if row.instead_of):
        group = set(table.row_group(row.instead_of or "")) - {row.key}
        if row.key not in have:
            replaced.add(row.key)
        elif not group & have:
            replaced |= group
    return tuple(key for key in table.row_keys() if key not in replaced)


def _missing(found: RecognisedTable, cells: Sequence[Cell]) -> tuple[str, ...]:
    rows = _rows_present(found)
    have = {cell.address for cell in cells}
    return tuple(c.address for c in found.table.cells if c.row in rows and c.address not in have)


def _table(found: RecognisedTable, cells: Sequence[Cell]) -> Table:
    own = [c for c in cells if c.address.startswith(f"{found.table.key}/")]
    rows = _rows_present(found)
    if not own:
        reason = Wording("没有找到这张表", "the table was not found")
        return Table(found.table.key, TableStatus.NOT_FOUND, rows, reason)
    reason = _partial_reason(found, cells, own)
    status = TableStatus.PARTIAL if reason else TableStatus.COMPLETE
    return Table(found.table.key, status, rows, reason, own[0].place)


def _partial_reason(
    found: RecognisedTable, cells: Sequence[Cell], own: Sequence[Cell]
) -> Wording | None:
    missing = _missing(found, cells)
    if missing:
        rows = _row_labels(found.table, tuple(dict.fromkeys(a.split("/")[1] for a in missing)))
        return Wording(
            f"{len(missing)} 个单元格没有找到：{rows.zh}",
            f"{len(missing)} cells were not found: {rows.en}",
        )
    unread = [c for c in own if c.state in {CellState.UNREADABLE, CellState.COVERED}]
    if unread:
        return Wording(f"{len(unread)} 个单元格无法读取", f"{len(unread)} cells could not be read")
    assumed = [c for c in own if c.assumed]
    if assumed:
        return Wording(
            f"{len(assumed)} 个单元格只按位置推定，标签未能识别",
            f"{len(assumed)} cells were placed by position alone, their label was not recognised",
        )
    return None


def _row_labels(table: FormTable, rows: Sequence[str]) -> Wording:
    labels = {cell.row: cell.row_label for cell in table.cells}
    shown = [labels[row] for row in rows[:5]]
    more = "…" if len(rows) > len(shown) else ""
    return Wording("、".join(s.zh for s in shown) + more, ", ".join(s.en for s in shown) + more)


def _row_observations(found: RecognisedTable) -> Iterator[Observation]:
    """Note rows of the edition that were not found, and an old row that was kept."""
    if not found.slots:
        return
    have = {slot.address.split("/")[1] for slot in found.slots}
    for key in _rows_present(found):
        if key not in have:
            label = _row_labels(found.table, (key,)).zh
            yield Observation("row_missing", {"row": label}, table=found.table.key)
    for row in found.rows:
        if row.row.instead_of:
            yield Observation(
                code="legacy_row",
                details={"row": row.row.path[-1]},
                table=found.table.key,
                cells=tuple(
                    s.address for s in found.slots if s.address.split("/")[1] == row.row.key
                ),
                place=row.split.labels[-1].place,
            )


def _table_problems(form: Form, tables: dict[str, Table]) -> Iterator[Problem]:
    for form_table in form.tables:
        table = tables[form_table.key]
        if table.status is not TableStatus.COMPLETE and table.reason:
            not_found = table.status is TableStatus.NOT_FOUND
            yield Problem(
                code="table_not_found" if not_found else "table_partial",
                severity="error",
                message=Wording(
                    f"{form_table.name.zh} {form_table.title.zh}：{table.reason.zh}",
                    f"{form_table.name.en}, {form_table.title.en}: {table.reason.en}",
                ),
                table=form_table.key,
                place=table.place,
            )


def _cell_problems(cells: Sequence[Cell], form: Form) -> Iterator[Problem]:
    for cell in cells:
        if cell.reason is None:
            continue
        label = form.cell(cell.address)
        raw = "".join(cell.raw.split())
        yield Problem(
            code="cell_unreadable",
            severity="error",
            message=Wording(
                f"{label.row_label.zh}·{label.column_label.zh}：“{raw}”{cell.reason.zh}",
                f"{label.row_label.en}, {label.column_label.en}: “{raw}” {cell.reason.en}",
            ),
            table=label.table,
            cells=(cell.address,),
            place=cell.place,
        )
