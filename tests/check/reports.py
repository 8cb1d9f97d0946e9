"""In: numbers by address. Out: reports made of them, and what the rules say about these."""

from collections import Counter
from collections.abc import Mapping

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.check.rule import Rule
from auditor.form import load_form
from auditor.model import (
    Address,
    Amount,
    Cell,
    CellState,
    Fact,
    Observation,
    Outcome,
    OutcomeState,
    Paragraph,
    Place,
    Report,
    Table,
    TableStatus,
)

NOWHERE = Place()
STATES = {
    None: CellState.BLANK,
    "": CellState.BLANK,
    "-": CellState.DASH,
    "?": CellState.UNREADABLE,
}
Value = Amount | str | None


def cell(address: Address, value: Value) -> Cell:
    if value in STATES:
        return Cell(address, STATES[value], str(value or ""), NOWHERE)
    return Cell(address, CellState.VALUE, str(value), NOWHERE, value)


def zeros(form: str = "2021") -> dict[Address, Value]:
    """Give a report of zeros, without the rows of the other edition."""
    return {c.address: 0 for t in load_form(form).tables for c in t.cells if c.instead_of is None}


def report(
    values: Mapping[Address, Value],
    form: str | None = "2021",
    *,
    facts: Mapping[str, Amount | str] | None = None,
    text: str = "",
    sections: Mapping[str, str] | None = None,
    observations: tuple[Observation, ...] = (),
    agency: str | None = "某某市人民政府",
    year: int | None = 2024,
) -> Report:
    rows: dict[str, dict[str, None]] = {}
    for address in values:
        table, row, _ = address.split("/")
        rows.setdefault(table, {})[row] = None
    return Report(
        file="report",
        form=form,
        agency=agency,
        year=year,
        tables={k: Table(k, TableStatus.COMPLETE, tuple(v)) for k, v in rows.items()},
        cells={address: cell(address, value) for address, value in values.items()},
        facts={k: Fact(k, v, str(v), NOWHERE) for k, v in (facts or {}).items()},
        paragraphs=paragraphs(text),
        sections={k: paragraphs(v) for k, v in (sections or {}).items()},
        observations=observations,
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, line, NOWHERE) for line in text.splitlines())


def rule(name: str) -> Rule:
    return next(r for r in load_rules() if name in {r.id, r.name})


def outcome(of: str, checked: Report, instance: str = "") -> Outcome:
    """Give the one outcome of a rule on an instance."""
    found = [o for o in check(checked, (rule(of),)) if o.instance == instance]
    assert len(found) == 1, found
    return found[0]


def violations(checked: Report) -> list[tuple[str, str]]:
    return [
        (o.rule, o.instance)
        for o in check(checked, load_rules())
        if o.state is OutcomeState.VIOLATION
    ]


def states(checked: Report) -> Counter[OutcomeState]:
    return Counter(o.state for o in check(checked, load_rules()))
