"""In: a rule as its file states it. Out: nothing, or where it speaks of what the form has not."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from auditor.check.bind import bind_meaning, chosen, instances
from auditor.check.grammar import Expression
from auditor.check.meant import expressions
from auditor.check.names import group_names
from auditor.check.rule import OBSERVATIONS, Observes, Rule
from auditor.check.shape import EVERY_ROW
from auditor.check.statements import Dated, Growth, Recalled, Shares, States, Twice
from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.form import FormTable, editions, load_form

PLACEHOLDERS = frozenset(
    {
        "row",
        "column",
        "cell",
        "left",
        "right",
        "expected",
        "actual",
        "difference",
        "found",
        "year",
        "said",
        "quote",
        "parts",
        "stated",
        "table",
    }
)
"""What the message of a rule may name, besides the details of an observation."""


def located(path: Path, rule_id: str, key: str, fault: UsageError) -> UsageError:
    """Say in which file, rule and key a fault is."""
    where = f"{path} {rule_id} {key}"
    return UsageError(f"{where}：{fault.wording.zh}", f"{where}: {fault.wording.en}")


def check_against_form(path: Path, rule: Rule) -> None:
    """Refuse what the schema cannot know: names that the form does not have. Raises UsageError."""
    for key, check in _CHECKS:
        try:
            check(rule)
        except UsageError as fault:
            raise located(path, rule.id, key, fault) from None


def _check_editions(rule: Rule) -> None:
    for edition in rule.editions:
        _known(edition, editions())


def _check_table(rule: Rule) -> None:
    if rule.table:
        _known(rule.table, tuple(t.key for t in load_form(editions()[-1]).tables))
    elif rule.each in {"row", "column", "cell"}:
        zh, en = f"each = “{rule.each}” 须同时给出 table", f"each = '{rule.each}' needs a table"
        raise UsageError(zh, en)


def _check_rows(rule: Rule) -> None:
    tables = _tables(rule)
    known = [k for t in tables for k in (*t.row_keys(), *group_names(t))]
    for name in rule.rows:
        if not any(chosen((name,), t.row_keys(), t.row_group) for t in tables):
            _known(name, tuple(dict.fromkeys(known)))


def _check_columns(rule: Rule) -> None:
    tables = _tables(rule)
    known = [k for t in tables for k in (*t.column_keys(), *t.column_groups)]
    for name in rule.columns:
        if not any(chosen((name,), t.column_keys(), t.column_group) for t in tables):
            _known(name, tuple(dict.fromkeys(known)))


def _check_observes(rule: Rule) -> None:
    if isinstance(rule.test, Observes):
        _known(rule.test.code, tuple(OBSERVATIONS))


def _check_references(rule: Rule) -> None:
    """Bind the rule to each of its editions; a rule that fits nowhere would check nothing."""
    for edition in rule.editions or editions():
        for expression in _meanings(rule, edition):
            bind_meaning(rule, edition, EVERY_ROW, expression)
    bound = [instances(rule, edition) for edition in rule.editions or editions()]
    if not all(bound):
        raise UsageError("没有一行（列）符合此规则", "no row or column fits this rule")


def _meanings(rule: Rule, edition: str) -> Iterator[Expression]:
    """Give what the numbers of the prose may stand for in an edition."""
    match rule.test:
        case States(statements) | Twice(statements):
            fitting = [s for s in statements if not s.editions or edition in s.editions]
            yield from (meaning.expression for s in fitting for meaning in s.means)
        case Shares(bases=bases, parts=parts):
            known = (meaning for part in parts for meaning in part.means)
            yield from (meaning.expression for meaning in (*bases, *known))
        case Growth(on_last_year=words) if words:
            yield from expressions(edition)
        case Recalled() | Dated():
            yield from expressions(edition)


def _check_message(rule: Rule) -> None:
    allowed = PLACEHOLDERS
    if isinstance(rule.test, Observes):
        allowed |= set(OBSERVATIONS[rule.test.code])
    for text in (rule.message.zh, rule.message.en):
        for name in _placeholders(text):
            _known(name, tuple(sorted(allowed)))


def _placeholders(text: str) -> tuple[str, ...]:
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError as fault:
        raise UsageError(f"“{text}”：{fault}", f"'{text}': {fault}") from None


_CHECKS = (
    ("editions", _check_editions),
    ("table", _check_table),
    ("rows", _check_rows),
    ("columns", _check_columns),
    ("observes", _check_observes),
    ("assert", _check_references),
    ("message", _check_message),
)


def _tables(rule: Rule) -> tuple[FormTable, ...]:
    if rule.table is None:
        return ()
    return tuple(load_form(edition).table(rule.table) for edition in rule.editions or editions())


def _known(name: str, choices: Sequence[str]) -> None:
    if name in choices:
        return
    near, listed = did_you_mean(name, choices), ", ".join(choices)
    raise UsageError(
        f"没有“{name}”{near.zh}；可用 {listed}", f"no '{name}'{near.en}; allowed: {listed}"
    )
