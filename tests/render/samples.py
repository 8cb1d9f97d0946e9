"""In: nothing. Out: a checked report with hard cases: long sums, millions, blanks, odd texts."""

from decimal import Decimal

from auditor.explain.verdict import CheckedReport, Gap, Status
from auditor.form import FormTable, load_form
from auditor.model import (
    Amount,
    Cell,
    CellState,
    Finding,
    OutcomeState,
    Place,
    Problem,
    Report,
    Suggestion,
    Table,
    TableStatus,
    Term,
    Wording,
)

FORM = load_form("2021")
PLACE = Place(page=4, bbox=(208.12345, 325.04, 246.3, 345.25))
ROWS = FORM.table("applications").row_group("outcomes")


def address(row: str, column: str = "natural_person") -> str:
    return f"applications/{row}/{column}"


def rows_of(table: FormTable) -> dict[str, None]:
    return {cell.row: None for cell in table.cells if cell.instead_of is None}


def report(file: str = "某局2024年报告.pdf") -> Report:
    cells = {
        cell.address: Cell(cell.address, CellState.VALUE, "0", PLACE, 0)
        for table in FORM.tables
        for cell in table.cells
        if cell.instead_of is None
    }
    special = (
        Cell(address("new"), CellState.VALUE, "1,234,567", PLACE, 1_234_567),
        Cell(address("carried_in"), CellState.BLANK, "", PLACE),
        Cell(address("granted"), CellState.DASH, "—", PLACE),
        Cell(address("carried_out"), CellState.UNREADABLE, "[/]1O:100:", PLACE),
        Cell(
            "proactive_disclosure/fees/amount",
            CellState.VALUE,
            "96171.6",
            PLACE,
            Decimal("96171.6"),
            unit="万元",
        ),
    )
    return Report(
        file=file,
        form="2021",
        agency="某局",
        year=2024,
        tables={
            table.key: Table(table.key, TableStatus.COMPLETE, tuple(rows_of(table)))
            for table in FORM.tables
        },
        cells=cells | {cell.address: cell for cell in special},
    )


def finding(rule: str = "T302") -> Finding:
    values: list[Amount] = [1_200_345, 30, 0, 20, *([0] * 15), 7]
    terms = [
        Term(address(row), value, blank=n == 5)
        for n, (row, value) in enumerate(zip(ROWS, values, strict=False))
    ]
    labels = {cell.address: cell.row_label for cell in FORM.table("applications").cells}
    return Finding(
        rule=rule,
        severity="error",
        title=Wording("（七）总计应等于（一）至（六）各项之和", "the total must be the sum"),
        message=Wording("相差 1", "off by 1"),
        source=Wording("《格式》（国办公开办函〔2021〕30号）表三", "the form, table 3"),
        table="applications",
        instance=Wording("自然人 列", "natural persons column"),
        cells=(address("handled_total"),),
        expected=sum(term.value for term in terms),
        actual=1_200_403,
        difference=1,
        terms=tuple(terms),
        labels=labels,
        place=PLACE,
        suggestions=(
            Suggestion(
                cells={address("handled_total"): 1_200_402},
                kind="total-not-updated",
                message=Wording("（七）总计 1,200,403 → 1,200,402", "total 1,200,403 → 1,200,402"),
                settles=(rule, "T301"),
            ),
        ),
    )


def checked(file: str = "某局2024年报告.pdf") -> CheckedReport:
    return CheckedReport(
        file=file,
        status=Status.FAIL,
        exit_code=1,
        report=report(file),
        findings=(finding(),),
        counts=dict.fromkeys(OutcomeState, 0) | {OutcomeState.PASS: 58, OutcomeState.VIOLATION: 1},
        gaps=(
            Gap(
                OutcomeState.UNAUDITED,
                Wording("第6-7页，列数不一致", "columns differ"),
                "review_litigation",
                ("T401",),
                3,
                blocking=True,
            ),
        ),
        problems=(
            Problem("odd", "warning", Wording("第 12 页没有文字层", "no text"), place=PLACE),
        ),
    )
