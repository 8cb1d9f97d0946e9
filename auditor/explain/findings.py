"""In: rules, and how each ended on a report. Out: every violation as a finding in words."""

from collections.abc import Iterable, Iterator, Mapping

from auditor.check.relatives import others_of, owner_label
from auditor.check.rule import Rule
from auditor.explain.labels import (
    axis_label,
    cell_label,
    instance_label,
    table_name,
    table_of,
    term_labels,
)
from auditor.explain.suggest import suggest
from auditor.form import load_form
from auditor.model import (
    SEVERITIES,
    Address,
    Amount,
    Finding,
    Language,
    Outcome,
    OutcomeState,
    Place,
    Report,
    Suggestion,
    Wording,
)

_UNEXPLAINED = Wording(
    "差错过多或互相牵连，未能推断是哪一格有误",
    "too much is wrong, or too entangled, to tell which cell it is",
)


def explain(
    report: Report, rules: Iterable[Rule], outcomes: Iterable[Outcome]
) -> tuple[Finding, ...]:
    """Give the violations, the gravest first, then by table, rule and the form's own order."""
    known, ended = tuple(rules), tuple(outcomes)
    by_id = {rule.id: rule for rule in known}
    violations = [o for o in ended if o.state is OutcomeState.VIOLATION]
    suggested = suggest(report, known, ended) if violations else {}
    findings = [
        _finding(report, by_id[o.rule], o, suggested.get((o.rule, o.instance))) for o in violations
    ]
    rank = _form_rank(report)
    return tuple(sorted(findings, key=lambda finding: _order(finding, rank)))


def amount_text(value: Amount) -> str:
    """Write an amount as a person does, with thousands separated: 1,250."""
    return f"{value:,}"


def difference_text(value: Amount) -> str:
    """Write a difference with its sign: +1."""
    return f"{value:+,}"


def _finding(
    report: Report, rule: Rule, outcome: Outcome, suggestions: tuple[Suggestion, ...] | None
) -> Finding:
    terms = (*outcome.left, *outcome.right)
    addresses = dict.fromkeys((*outcome.cells, *(term.cell for term in terms)))
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        title=rule.title,
        message=_message(report, rule, outcome),
        source=rule.source.line,
        table=table_of(rule, outcome),
        instance=instance_label(report.form, rule.table, rule.each, outcome.instance),
        cells=outcome.cells,
        expected=outcome.expected,
        actual=outcome.actual,
        difference=outcome.difference,
        terms=outcome.left,
        actual_terms=outcome.right if len(outcome.right) > 1 else (),
        labels=term_labels(report.form, addresses, _owners(report)),
        place=outcome.place or _place(report, addresses),
        suggestions=suggestions or (),
        quote=outcome.details.get("quote"),
        notes=tuple(
            note for note in (rule.note, _UNEXPLAINED if suggestions == () else None) if note
        ),
    )


def _owners(report: Report) -> Mapping[str, Wording]:
    return {owner: owner_label(report, owner) for owner in others_of(report)}


def _place(report: Report, addresses: Iterable[Address]) -> Place | None:
    cells = (report.cells.get(address) for address in addresses)
    return next((cell.place for cell in cells if cell), None)


def _message(report: Report, rule: Rule, outcome: Outcome) -> Wording:
    return Wording(
        rule.message.zh.format_map(_details(report, rule, outcome, "zh")),
        rule.message.en.format_map(_details(report, rule, outcome, "en")),
    )


class _Known(dict[str, str]):
    """Placeholders that may lack one: the reader sees its name rather than no finding at all."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _details(report: Report, rule: Rule, outcome: Outcome, lang: Language) -> Mapping[str, str]:
    """Give what a message may name: where the rule fired, what evaluation noted, the arithmetic."""
    labels = {name: label.in_language(lang) for name, label in _where(report, rule, outcome)}
    return _Known(labels | dict(outcome.details) | _arithmetic(outcome))


def _where(report: Report, rule: Rule, outcome: Outcome) -> Iterator[tuple[str, Wording]]:
    table = table_of(rule, outcome)
    labels = {
        "table": table_name(report.form, table),
        "cell": cell_label(report.form, outcome.cells[0]) if outcome.cells else None,
        "row": axis_label(report.form, table, "row", outcome.instance),
        "column": axis_label(report.form, table, "column", outcome.instance),
    }
    return ((name, label) for name, label in labels.items() if label)


def _arithmetic(outcome: Outcome) -> dict[str, str]:
    """Write the amounts as everywhere else, with thousands separated."""
    written = {
        "expected": None if outcome.expected is None else amount_text(outcome.expected),
        "actual": None if outcome.actual is None else amount_text(outcome.actual),
        "difference": None if outcome.difference is None else difference_text(outcome.difference),
    }
    told = outcome.details if "quote" in outcome.details else {}  # years and dates as they are
    return {name: text for name, text in written.items() if text is not None and name not in told}


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
