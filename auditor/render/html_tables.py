"""In: a checked report. Out: its statutory tables as the form prints them, wrong cells marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from auditor.explain.labels import table_name
from auditor.explain.verdict import CheckedReport
from auditor.form import FormTable, load_form
from auditor.model import Address, Cell, CellState, Language, Report, TableStatus
from auditor.render import html_words
from auditor.render.form_layout import Square, lay_out
from auditor.render.html_findings import finding_cards
from auditor.render.html_names import Anchors
from auditor.render.marks import Mark, Role
from auditor.render.markup import Markup, tag

_SHOWN_MAX = 40  # characters: what a cell wrongly holds may be a whole paragraph


@dataclass(frozen=True, slots=True)
class TableView:
    """A report with what its tables need to be drawn."""

    report: Report
    marked: Mapping[Address, Mark]
    names: Anchors
    lang: Language


def table_sections(checked: CheckedReport, view: TableView) -> Iterator[Markup]:
    """Give each table of the form with the findings beside it."""
    form = view.report.form
    for table in load_form(form).tables if form else ():
        found = [finding for finding in checked.findings if finding.table == table.key]
        cards = finding_cards(checked, found, view.names, view.lang)
        name = table_name(form, table.key, with_title=True)
        yield tag(
            "section",
            tag("h3", name.in_language(view.lang) if name else table.key),
            tag(
                "div",
                _table_or_reason(view, table),
                tag("div", cards, class_="beside") if found else None,
                class_="pair" if found else "alone",
            ),
            class_="statutory",
        )


def cell_text(cell: Cell | None, lang: Language) -> str:
    """Give what stands in a cell, as it was found."""
    if cell is None or cell.state is CellState.COVERED:
        return html_words.UNREAD_CELL.in_language(lang)
    raw = " ".join(cell.raw.split())
    return raw if len(raw) <= _SHOWN_MAX else f"{raw[:_SHOWN_MAX]}…"


def _table_or_reason(view: TableView, table: FormTable) -> Markup:
    known = view.report.tables.get(table.key)
    if known is None or known.status is TableStatus.NOT_FOUND:
        why = known.reason.in_language(view.lang) if known and known.reason else ""
        told = html_words.TABLE_NOT_READ.in_language(view.lang)
        return tag("p", f"{told}: {why}" if why else told, class_="unread")
    squares = lay_out(table, known.rows, view.lang)
    rows = [
        tag("tr", *(_square(view, square) for square in row))
        for _, row in groupby(squares, key=lambda square: square.row)
    ]
    return tag(
        "div",
        tag("table", tag("tbody", *rows)),
        class_="scroll",
        role="region",
        aria_label=f"{view.report.file} {table.title.in_language(view.lang)}",
        tabindex=0,
    )


def _square(view: TableView, square: Square) -> Markup:
    if square.kind == "value":
        return _value(view, square)
    if square.kind == "corner":
        return tag("td", square.text, class_="corner", **_spans(square))
    scope = "row" if square.kind == "row" else "col"
    return tag("th", square.text, scope=scope, class_=f"{square.kind}-head", **_spans(square))


def _spans(square: Square) -> dict[str, int | None]:
    return {
        "rowspan": square.row_span if square.row_span > 1 else None,
        "colspan": square.column_span if square.column_span > 1 else None,
    }


def _value(view: TableView, square: Square) -> Markup:
    cell, mark = view.report.cells.get(square.address), view.marked.get(square.address)
    text = cell_text(cell, view.lang)
    classes = [*_state_classes(cell), *((mark.role, mark.severity) if mark else ())]
    return tag(
        "td",
        *(_marked_content(view, text, mark) if mark else (text,)),
        id=view.names.cells.get(square.address),
        class_=" ".join(classes) or None,
        data_f=" ".join(f"{view.names.report}f{n}" for n in mark.findings) if mark else None,
        **_spans(square),
    )


def _marked_content(view: TableView, text: str, mark: Mark) -> Iterator[Markup]:
    told = ", ".join(_said(mark, view.lang))
    first = f"#{view.names.report}f{mark.findings[0]}"
    yield tag("a", text or "□", href=first, title=told, aria_label=f"{text} {told}")
    if mark.proposed and mark.role is Role.SUSPECT:
        yield tag("span", f" → {mark.proposed}", class_="fix")


def _state_classes(cell: Cell | None) -> tuple[str, ...]:
    unread = cell is None or cell.state in {CellState.UNREADABLE, CellState.COVERED}
    return ("unread",) if unread else ()


def _said(mark: Mark, lang: Language) -> Iterator[str]:
    yield html_words.ROLE[mark.role].in_language(lang)
    if mark.proposed:
        yield html_words.SHOULD_BE.fill(value=mark.proposed).in_language(lang)
