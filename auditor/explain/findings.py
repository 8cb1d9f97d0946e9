"""In: rules, and how each ended on a report. Out: every violation as a finding in words."""

from collections.abc import Iterable, Mapping

from auditor.check.rule import Rule
from auditor.explain.labels import (
    axis_label,
    cell_label,
    instance_label,
    table_name,
    term_labels,
)
from auditor.form import load_form
from auditor.model import (
    SEVERITIES,
    Address,
    Amount,
    Finding,
    Outcome,
    OutcomeState,
    Place,
    Report,
    Wording,
)


def explain(
    report: Report, rules: Iterable[Rule], outcomes: Iterable[Outcome]
) -> tuple[Finding, ...]:
    """Give the violations, the gravest first, then by table, rule and the form's own order."""
    by_id = {rule.id: rule for rule in rules}
    violations = [o for o in outcomes if o.state is OutcomeState.VIOLATION]
    findings = [_finding(report, by_id[o.rule], o) for o in violations]
    rank = _form_rank(report)
    return tuple(sorted(findings, key=lambda finding: _order(finding, rank)))


def amount_text(value: Amount) -> str:
    """Write an amount as a person does, with thousands separated: 1,250."""
    return f"{value:,}"


def difference_text(value: Amount) -> str:
    """Write a difference with its sign: +1."""
    return f"{value:+,}"


def _finding(report: Report, rule: Rule, outcome: Outcome) -> Finding:
    terms = (*outcome.left, *outcome.right)
    addresses = dict.fromkeys((*outcome.cells, *(term.cell for term in terms)))
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        title=rule.title,
        message=_message(report, rule, outcome),
        source=rule.source.line,
        table=rule.table,
        instance=instance_label(report.form, rule.table, rule.each, outcome.instance),
        cells=outcome.cells,
        expected=outcome.expected,
        actual=outcome.actual,
        difference=outcome.difference,
        terms=outcome.left,
        actual_terms=outcome.right if len(outcome.right) > 1 else (),
        labels=term_labels(report.form, addresses),
        place=outcome.place or _place(report, addresses),
    )


def _place(report: Report, addresses: Iterable[Address]) -> Place | None:
    cells = (report.cells.get(address) for address in addresses)
    return next((cell.place for cell in cells if cell), None)


def _message(report: Report, rule: Rule, outcome: Outcome) -> Wording:
    """Fill the rule's message; what evaluation noted in `details` comes before our own words."""
    own = _own_details(report, rule, outcome)
    zh = {name: wording.zh for name, wording in own.items()} | dict(outcome.details)
    en = {name: wording.en for name, wording in own.items()} | dict(outcome.details)
    return Wording(rule.message.zh.format_map(_Known(zh)), rule.message.en.format_map(_Known(en)))


class _Known(dict[str, str]):
    """Placeholders that may lack one: the reader sees its name rather than no finding at all."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _own_details(report: Report, rule: Rule, outcome: Outcome) -> Mapping[str, Wording]:
    """Give what every message may name: where the rule fired, and the arithmetic."""
    amounts = {
        "expected": outcome.expected,
        "actual": outcome.actual,
        "difference": outcome.difference,
    }
    labels = {
        "table": table_name(report.form, rule.table),
        "instance": instance_label(report.form, rule.table, rule.each, outcome.instance),
        "cell": cell_label(report.form, outcome.cells[0]) if outcome.cells else None,
        "row": axis_label(report.form, rule.table, "row", outcome.instance),
        "column": axis_label(report.form, rule.table, "column", outcome.instance),
    }
    written = {name: _amount(name, value) for name, value in amounts.items() if value is not None}
    return written | {name: label for name, label in labels.items() if label}


def _amount(name: str, value: Amount) -> Wording:
    text = difference_text(value) if name == "difference" else amount_text(value)
    return Wording(text, text)


def _form_rank(report: Report) -> Mapping[str, int]:
    """Give each table and cell its position in the form."""
    if report.form is None:
        return {}
    tables = load_form(report.form).tables
    names = (name for table in tables for name in (table.key, *(c.address for c in table.cells)))
    return {name: position for position, name in enumerate(names)}


def _order(finding: Finding, rank: Mapping[str, int]) -> tuple[int, int, str, int]:
    last = len(rank)
    table = rank.get(finding.table, last) if finding.table else last
    cell = rank.get(finding.cells[0], last) if finding.cells else last
    return SEVERITIES.index(finding.severity), table, finding.rule, cell
