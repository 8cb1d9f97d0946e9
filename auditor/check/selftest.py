"""In: rules. Out: how each ends on its own examples, and on those with one operand changed by 1."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path

from auditor.check.bind import bind_reference, instances
from auditor.check.bound import CellOf, Instance
from auditor.check.evaluate import check
from auditor.check.grammar import parse_reference
from auditor.check.linear import linear_equalities
from auditor.check.load import read_rules, rule_files
from auditor.check.relatives import (
    ALONE,
    PREVIOUS,
    children_of,
    others_of,
    split_owner,
    with_other,
)
from auditor.check.rule import Example, Observes, Rule
from auditor.errors import UsageError
from auditor.form import Form, editions, load_form, rules_dir
from auditor.model import (
    Address,
    Cell,
    CellState,
    Fact,
    Observation,
    Outcome,
    OutcomeState,
    Paragraph,
    Place,
    Relatives,
    Report,
    Table,
    TableStatus,
    Wording,
)

NOWHERE = Place()
STATES = {"": CellState.BLANK, "-": CellState.DASH, "?": CellState.UNREADABLE}


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case of a rule's self-test ended; `changed` names the operand of a mutation."""

    rule: str
    file: str
    example: int  # 1-based
    expected: OutcomeState
    found: OutcomeState
    changed: Address | None = None
    reason: Wording | None = None

    @property
    def passed(self) -> bool:
        """Whether the rule ended as it should."""
        return self.expected is self.found


def self_test(path: Path | None = None) -> tuple[CaseResult, ...]:
    """Run the examples of the rules in a folder or file; None: those of the program itself.

    Raises UsageError for a rule file at fault.
    """
    paths = (path,) if path else (rules_dir(),)
    return run_examples(rule for file in rule_files(paths) for rule in read_rules(file))


def run_examples(rules: Iterable[Rule]) -> tuple[CaseResult, ...]:
    """Run the examples of these rules, in order, each followed by its mutations."""
    return tuple(chain.from_iterable(_cases(rule) for rule in rules))


def _cases(rule: Rule) -> Iterator[CaseResult]:
    for number, example in enumerate(rule.examples, start=1):
        try:
            edition = _edition(rule, example)
            instance = _instance(rule, example, edition)
            report = _report(rule, example, instance, edition)
        except UsageError as fault:
            where = f"{rule.file} {rule.id} examples[{number}]"
            raise UsageError(
                f"{where}：{fault.wording.zh}", f"{where}: {fault.wording.en}"
            ) from None
        outcome = _outcome_of(check(report, (rule,)), instance)
        case = CaseResult(
            rule=rule.id,
            file=rule.file,
            example=number,
            expected=OutcomeState(example.state),
            found=outcome.state,
            reason=outcome.reason,
        )
        yield case
        if case.expected is OutcomeState.PASS:
            yield from _mutations(case, rule, report, instance)


def _mutations(
    case: CaseResult, rule: Rule, report: Report, instance: Instance
) -> Iterator[CaseResult]:
    """Change any one operand of an equality that holds by 1: it must not hold any more."""
    rows = {key: table.rows for key, table in report.tables.items()}
    children = children_of(report)
    edition = report.form or ""
    for equality in linear_equalities((rule,), edition, rows, previous=True, summed=children):
        if equality.instance != instance.key:
            continue
        for address in equality.coefficients:
            outcome = _outcome_of(check(_with_one_more(report, address), (rule,)), instance)
            yield replace(
                case,
                expected=OutcomeState.VIOLATION,
                found=outcome.state,
                changed=address,
                reason=outcome.reason,
            )


def _with_one_more(report: Report, address: Address) -> Report:
    owner, own = split_owner(address)
    if not owner:
        cell = report.cells[address]
        changed = replace(cell, state=CellState.VALUE, value=(cell.value or 0) + 1)
        return replace(report, cells={**report.cells, address: changed})
    other = _with_one_more(others_of(report)[owner], own)
    return with_other(report, owner, other)


def _outcome_of(outcomes: Sequence[Outcome], instance: Instance) -> Outcome:
    """Give the outcome of the instance; of a rule on each table, a violation if there is one."""
    own = [o for o in outcomes if o.instance == instance.key] or outcomes
    return next((o for o in own if o.state is OutcomeState.VIOLATION), own[0])


# ------------------------------------------------------------------ a report out of an example


def _edition(rule: Rule, example: Example) -> str:
    return example.form or (rule.editions or editions())[-1]


def _instance(rule: Rule, example: Example, edition: str) -> Instance:
    bound = instances(rule, edition)
    if example.at is None:
        return bound[0]
    found = next((instance for instance in bound if instance.key == example.at), None)
    if found is None:
        listed = ", ".join(instance.key for instance in bound)
        zh, en = f"没有“{example.at}”；可用 {listed}", f"no '{example.at}'; known: {listed}"
        raise UsageError(zh, en)
    return found


def _report(rule: Rule, example: Example, instance: Instance, edition: str) -> Report:
    """Give the report of the example, with those that it is compared with."""

    def of(cells: Mapping[str, int | Decimal | str], file: str, text: str = "") -> Report:
        other = replace(example, cells=cells, text=text)
        return replace(_one_report(rule, other, instance, edition), file=file)

    relatives = Relatives(
        previous=(
            of(example.previous, PREVIOUS, example.previous_text)
            if example.previous is not None
            else ALONE.previous
        ),
        children=tuple(of(cells, str(n)) for n, cells in enumerate(example.children, start=1))
        or ALONE.children,
        exact=example.exact,
    )
    report = _one_report(rule, example, instance, edition)
    return replace(report, relatives=relatives)


def _one_report(rule: Rule, example: Example, instance: Instance, edition: str) -> Report:
    """Give a report in which every cell is 0, save those of the example."""
    form = load_form(edition)
    named = dict(_named_cells(rule, example, instance, edition))
    rows = {address.split("/")[1] for address in named}
    cells = {
        cell.address: named.get(cell.address) or _cell(cell.address, 0)
        for table in form.tables
        for cell in table.cells
        if cell.instead_of is None or cell.row in rows
    }
    return Report(
        file="example",
        form=edition,
        agency=example.agency,
        year=example.year,
        tables=_tables(form, cells),
        cells=cells,
        facts={k: Fact(k, v, str(v), NOWHERE) for k, v in example.facts.items()},
        paragraphs=_paragraphs(example.text),
        sections=_sections(example.text, form),
        observations=_observations(rule, example),
    )


def _named_cells(
    rule: Rule, example: Example, instance: Instance, edition: str
) -> Iterator[tuple[Address, Cell]]:
    for name, value in example.cells.items():
        for operand in bind_reference(rule, edition, instance, parse_reference(name)):
            if isinstance(operand, CellOf) and _is_meant(edition, operand, name):
                yield operand.address, _cell(operand.address, value)


def _is_meant(edition: str, operand: CellOf, name: str) -> bool:
    """Tell whether an example means the cell: only its own name brings in a row of another form."""
    cell = load_form(edition).cell(operand.address)
    return cell.instead_of is None or cell.row in name.split("/")


def _cell(address: Address, value: int | Decimal | str) -> Cell:
    if isinstance(value, str):
        return Cell(address, STATES[value], value, NOWHERE)
    return Cell(address, CellState.VALUE, str(value), NOWHERE, value)


def _tables(form: Form, cells: Mapping[Address, Cell]) -> dict[str, Table]:
    return {
        table.key: Table(
            table.key,
            TableStatus.COMPLETE,
            tuple(dict.fromkeys(cell.row for cell in table.cells if cell.address in cells)),
        )
        for table in form.tables
    }


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, line, NOWHERE) for line in text.splitlines())


def _sections(text: str, form: Form) -> dict[str, tuple[Paragraph, ...]]:
    """Give the prose below each heading, spelt as the form spells it."""
    headings = {f"{section.number}、{section.title}": section.number for section in form.sections}
    sections: dict[str, tuple[Paragraph, ...]] = {}
    current = ""
    for paragraph in _paragraphs(text):
        if paragraph.text in headings:
            current = headings[paragraph.text]
            sections[current] = ()
        else:
            sections[current] = (*sections.get(current, ()), paragraph)
    return sections


def _observations(rule: Rule, example: Example) -> tuple[Observation, ...]:
    if example.observed is None or not isinstance(rule.test, Observes):
        return ()
    table = rule.table or ("applications" if rule.each == "table" else None)
    return (Observation(rule.test.code, example.observed, table),)
