"""In: what recognition noted, and a rule on it. Out: an Outcome for each note, or one pass."""

from collections.abc import Iterator

from auditor.check.rule import Observes, Rule
from auditor.form import load_form
from auditor.model import Outcome, OutcomeState, Report, TableStatus, Wording


def check_observations(rule: Rule, test: Observes, report: Report) -> Iterator[Outcome]:
    """Give a violation for each observation, by table where the rule looks at each table."""
    if rule.each != "table":
        yield from _outcomes(rule, test, report, rule.table)
        return
    for table in load_form(report.form or "").tables:
        yield from _outcomes(rule, test, report, table.key)


def _outcomes(rule: Rule, test: Observes, report: Report, table: str | None) -> Iterator[Outcome]:
    noted = [o for o in report.observations if o.code == test.code and table in {None, o.table}]
    key = table or ""
    for observation in noted:
        yield Outcome(
            rule.id,
            key,
            OutcomeState.VIOLATION,
            cells=observation.cells,
            details=observation.details,
            place=observation.place,
        )
    if not noted:
        yield _nothing_noted(rule, report, table, key)


def _nothing_noted(rule: Rule, report: Report, table: str | None, key: str) -> Outcome:
    """Nothing noted is a pass only of a table that was read."""
    found = report.tables.get(table) if table else None
    if table and (found is None or found.status is TableStatus.NOT_FOUND):
        name = load_form(report.form or "").table(table).name
        reason = Wording(f"{name.zh} 未找到", f"{name.en} not found")
        return Outcome(rule.id, key, OutcomeState.UNAUDITED, reason)
    return Outcome(rule.id, key, OutcomeState.PASS)
