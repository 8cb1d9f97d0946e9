"""In: a table as recognised and its cells. Out: how complete it is, and what is missing."""

from collections.abc import Iterator, Sequence

from auditor.form import Form, FormTable
from auditor.model import (
    Cell,
    CellState,
    Observation,
    Problem,
    Table,
    TableStatus,
    Wording,
)
from auditor.recognise.tables import RecognisedTable


def rows_present(found: RecognisedTable) -> tuple[str, ...]:
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
    rows = rows_present(found)
    have = {cell.address for cell in cells}
    return tuple(c.address for c in found.table.cells if c.row in rows and c.address not in have)


def table_status(found: RecognisedTable, cells: Sequence[Cell]) -> Table:
    """Tell whether a table is complete (every cell found by its label and read), or why not."""
    own = [c for c in cells if c.address.startswith(f"{found.table.key}/")]
    rows = rows_present(found)
    if not own:
        reason = Wording("没有找到这张表", "the table was not found")
        return Table(found.table.key, TableStatus.NOT_FOUND, rows, reason)
    partial = _partial_reason(found, cells, own)
    status = TableStatus.PARTIAL if partial else TableStatus.COMPLETE
    return Table(found.table.key, status, rows, partial, own[0].place)


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
    if found.unexplained:
        texts = ["".join(c.text for c in line.cells if c.text)[:40] for line in found.unexplained]
        return Wording(
            f"表中有 {len(texts)} 行数字无法对应到任何一行：{texts[0]}",
            f"{len(texts)} rows of numbers amid the table are none of its rows: {texts[0]}",
        )
    if any(band.repeated for band in found.bands):
        return Wording(
            "文件中出现两张这样的表且数字不同，只核对了第一张",
            "the document holds this table twice with different numbers; only the first was taken",
        )
    unread = [c for c in own if c.state in {CellState.UNREADABLE, CellState.COVERED}]
    if unread:
        return Wording(f"{len(unread)} 个单元格无法读取", f"{len(unread)} cells could not be read")
    return _assumptions(found)


def _assumptions(found: RecognisedTable) -> Wording | None:
    rows: dict[Wording, list[str]] = {}
    for row in found.rows:
        if row.assumption:
            rows.setdefault(row.assumption, []).append(row.row.key)
    parts = [(_row_labels(found.table, keys), what) for what, keys in rows.items()]
    if not parts:
        return None
    return Wording(
        "；".join(f"{labels.zh}：{what.zh}" for labels, what in parts),
        "; ".join(f"{labels.en}: {what.en}" for labels, what in parts),
    )


def _row_labels(table: FormTable, rows: Sequence[str]) -> Wording:
    labels = {cell.row: cell.row_label for cell in table.cells}
    shown = [labels[row] for row in rows[:5]]
    more = "…" if len(rows) > len(shown) else ""
    return Wording("、".join(s.zh for s in shown) + more, ", ".join(s.en for s in shown) + more)


def row_observations(found: RecognisedTable) -> Iterator[Observation]:
    """Note rows of the edition that were not found, and an old row that was kept."""
    if not found.slots:
        return
    have = {slot.address.split("/")[1] for slot in found.slots}
    for key in rows_present(found):
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


def table_problems(form: Form, tables: dict[str, Table]) -> Iterator[Problem]:
    """Give a problem for each statutory table that was not recognised completely."""
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


def cell_problems(cells: Sequence[Cell], form: Form) -> Iterator[Problem]:
    """Give a problem for each cell that holds something which could not be read as a value."""
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
