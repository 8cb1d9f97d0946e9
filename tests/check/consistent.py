"""In: Hypothesis. Out: tables that satisfy every equality: parts drawn, totals added up."""

from hypothesis import strategies as st

from auditor.form import FormTable, load_form
from tests.check.reports import Value

COUNT = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 5_000_000))
APPLICANTS = ("natural_person", "company", "research", "nonprofit", "legal_service", "other_org")
RESULTS = ("upheld", "corrected", "other", "pending")
LEGACY = "2021-legacy"
SHAPES = ("2019", "2021", LEGACY)


@st.composite
def consistent_values(draw: st.DrawFn, shape: str) -> dict[str, Value]:
    """Draw the parts of every table and add up their totals."""
    form = load_form(edition(shape))
    values: dict[str, Value] = {
        cell.address: draw(COUNT) for cell in form.table("proactive_disclosure").cells
    }
    for block in form.table("review_litigation").row_keys():
        parts = [draw(COUNT) for _ in RESULTS]
        for key, part in zip((*RESULTS, "total"), (*parts, sum(parts)), strict=True):
            values[f"review_litigation/{block}/{key}"] = part
    return values | draw(_applications(form.table("applications"), shape))


@st.composite
def _applications(draw: st.DrawFn, table: FormTable, shape: str) -> dict[str, Value]:
    outcomes = tuple(row for row in table.row_group("outcomes") if _is_there(row, shape))
    values: dict[str, int] = {}
    for column in APPLICANTS:
        for row in outcomes:
            values[f"{row}/{column}"] = draw(COUNT)
        handled = sum(values[f"{row}/{column}"] for row in outcomes)
        values[f"handled_total/{column}"] = handled
        values[f"carried_in/{column}"] = carried_in = draw(st.integers(0, handled))
        extra = draw(COUNT)
        values[f"carried_out/{column}"] = extra
        values[f"new/{column}"] = handled + extra - carried_in
    for row in (*outcomes, "handled_total", "carried_in", "carried_out", "new"):
        values[f"{row}/total"] = sum(values[f"{row}/{column}"] for column in APPLICANTS)
    return {f"applications/{address}": value for address, value in values.items()}


def _is_there(row: str, shape: str) -> bool:
    if shape == "2021":
        return row != "other_handling"
    return not row.startswith("other_handling.")


def edition(shape: str) -> str:
    return shape.partition("-")[0]
