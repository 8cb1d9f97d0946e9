"""In: a rule and an edition of the form. Out: its instances, references resolved to cells."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import NoReturn

from auditor.check.bound import (
    Bound,
    BoundComparison,
    CellOf,
    Instance,
    Joined,
    Minus,
    Operand,
    Outside,
    Tally,
    operands,
)
from auditor.check.grammar import (
    Call,
    Comparison,
    Expression,
    Negation,
    Number,
    Operation,
    Reference,
)
from auditor.check.names import (
    Names,
    column_names,
    fold_label,
    group_names,
    row_names,
    table_names,
)
from auditor.check.rule import Assertion, Rule
from auditor.check.shape import EVERY_ROW, Shape
from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.form import Form, FormTable, load_form
from auditor.model import Wording

OUTSIDE_PREFIXES = ("facts.", "previous.", "children.")
REPORT_FIELDS = ("report.year", "report.form")
VALUE = "value"
MAX_LISTED = 30


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a reference stands: what a bare name means depends on it."""

    rule: Rule
    form: Form
    table: FormTable | None
    shape: Shape
    row: str | None = None
    column: str | None = None


@cache
def instances(rule: Rule, edition: str, shape: Shape = EVERY_ROW) -> tuple[Instance, ...]:
    """Give the instances of a rule in form order. Raises UsageError for an unknown reference.

    A row for which another stands in has no instance and is in no group.
    """
    form = load_form(edition)
    scope = _Scope(rule, form, form.table(rule.table) if rule.table else None, shape)
    return tuple(
        _instance(replace(scope, row=row, column=column)) for row, column in _places(scope)
    )


def bind_reference(
    rule: Rule, edition: str, instance: Instance, reference: Reference
) -> tuple[Operand, ...]:
    """Resolve one reference as it would be read in that instance of the rule."""
    form = load_form(edition)
    table = form.table(rule.table) if rule.table else None
    scope = _Scope(rule, form, table, EVERY_ROW, instance.row, instance.column)
    return _operands(reference, scope)


def _instance(scope: _Scope) -> Instance:
    test = scope.rule.test
    return Instance(
        key={
            "row": scope.row,
            "column": scope.column,
            "cell": f"{scope.row}/{scope.column}",
        }.get(scope.rule.each)
        or "",
        row=scope.row,
        column=scope.column,
        comparison=_bind(test.comparison, scope) if isinstance(test, Assertion) else None,
        when=tuple(_bind(condition, scope) for condition in scope.rule.when),
    )


# ------------------------------------------------------------------ places


def _places(scope: _Scope) -> Iterator[tuple[str | None, str | None]]:
    rule, table = scope.rule, scope.table
    if table is None or rule.each in {"once", "table"}:
        yield None, None
        return
    wanted = chosen(rule.rows, table.row_keys(), table.row_group)
    rows = tuple(row for row in wanted if f"{table.key}/{row}" not in scope.shape)
    columns = chosen(rule.columns, table.column_keys(), table.column_group)
    if rule.each == "row":
        spoken = _spoken_columns(scope)
        yield from ((row, None) for row in rows if spoken <= _columns_of(table, row))
    elif rule.each == "column":
        yield from ((None, column) for column in columns)
    else:
        yield from (
            (cell.row, cell.column)
            for cell in table.cells
            if cell.row in rows and cell.column in columns
        )


def chosen(
    wanted: tuple[str, ...], keys: tuple[str, ...], group: Callable[[str], tuple[str, ...]]
) -> tuple[str, ...]:
    """Give the keys that are wanted by key or group, in form order; all if none is named."""
    if not wanted:
        return keys
    found = {key for name in wanted for key in ((name,) if name in keys else group(name))}
    return tuple(key for key in keys if key in found)


def _columns_of(table: FormTable, row: str) -> set[str]:
    return {cell.column for cell in table.cells if cell.row == row}


def _spoken_columns(scope: _Scope) -> set[str]:
    """Give the columns that the rule names: the rows of table 二 do not all have the same."""
    if not isinstance(scope.rule.test, Assertion) or scope.table is None:
        return set()
    comparison = scope.rule.test.comparison
    names = column_names(scope.form.edition, scope.table.key)
    bare = [r for side in (comparison.left, comparison.right) for r in _references(side)]
    return {
        key
        for reference in bare
        if len(reference.parts) == 1
        for key in names.get(fold_label(reference.text), ())[:1]
    }


def _references(expression: Expression) -> Iterator[Reference]:
    match expression:
        case Reference():
            yield expression
        case Call():
            yield from expression.arguments
        case Negation():
            yield from _references(expression.operand)
        case Operation():
            yield from _references(expression.left)
            yield from _references(expression.right)
        case Number():
            pass


# ------------------------------------------------------------------ references


def _bind(comparison: Comparison, scope: _Scope) -> BoundComparison:
    left, right = _expression(comparison.left, scope), _expression(comparison.right, scope)
    return BoundComparison(
        left,
        comparison.comparator,
        right,
        valued=(*operands(left, counted=False), *operands(right, counted=False)),
        counted=(*operands(left, counted=True), *operands(right, counted=True)),
    )


def _expression(expression: Expression, scope: _Scope) -> Bound:
    match expression:
        case Number():
            return expression
        case Reference():
            found = _operands(expression, scope)
            return found[0] if len(found) == 1 else _refuse_group(expression, len(found))
        case Call():
            listed = (o for argument in expression.arguments for o in _operands(argument, scope))
            return Tally(expression.function, tuple(dict.fromkeys(listed)))
        case Negation():
            return Minus(_expression(expression.operand, scope))
        case Operation():
            return Joined(
                expression.operator,
                _expression(expression.left, scope),
                _expression(expression.right, scope),
            )


def _operands(reference: Reference, scope: _Scope) -> tuple[Operand, ...]:
    first = reference.parts[0]
    if first.startswith(OUTSIDE_PREFIXES) or reference.text in REPORT_FIELDS:
        return (Outside(reference.text),)
    if first.startswith("report."):
        _refuse(reference, REPORT_FIELDS)
    if reference.text == VALUE and scope.rule.each == "cell":
        return (CellOf(f"{scope.rule.table}/{scope.row}/{scope.column}"),)
    if len(reference.parts) == 3:
        return _path(reference, scope, _named_table(reference, scope), reference.parts[1:])
    if scope.table is None:
        _refuse(reference, ("facts.…", *REPORT_FIELDS), "表/行/列", "table/row/column")
    return _in_table(reference, scope, scope.table)


def _in_table(reference: Reference, scope: _Scope, table: FormTable) -> tuple[Operand, ...]:
    """Resolve a bare name by the instance's row or column, else a path `row/column`."""
    edition = scope.form.edition
    bare = fold_label(reference.text)  # 本年增/减 is one label
    if scope.rule.each == "row" and scope.row is not None:
        names = column_names(edition, table.key)
        columns = _keys(bare, names, table.column_group, reference)
        if columns:
            return _cells(table, (scope.row,), columns)
    elif scope.rule.each == "column" and scope.column is not None:
        group = partial(_row_group, scope, table)
        rows = _keys(bare, row_names(edition, table.key), group, reference)
        if rows:
            return _cells(table, rows, (scope.column,))
    if len(reference.parts) == 2:
        return _path(reference, scope, table, reference.parts)
    return _refuse(reference, _choices(scope, table))


def _path(
    reference: Reference, scope: _Scope, table: FormTable, parts: tuple[str, ...]
) -> tuple[Operand, ...]:
    edition = scope.form.edition
    row_part, column_part = map(fold_label, parts)
    group = partial(_row_group, scope, table)
    rows = _keys(row_part, row_names(edition, table.key), group, reference)
    names = column_names(edition, table.key)
    columns = _keys(column_part, names, table.column_group, reference)
    if not rows:
        _refuse(reference, (*table.row_keys(), *group_names(table)))
    cells = _cells(table, rows, columns)
    return cells or _refuse(reference, (*table.column_keys(), *group_names(table)))


def _row_group(scope: _Scope, table: FormTable, name: str) -> tuple[str, ...]:
    """Give the rows of a group, less those for which another row of the report stands in."""
    rows = table.row_group(name)
    return tuple(row for row in rows if f"{table.key}/{row}" not in scope.shape)


def _cells(table: FormTable, rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[CellOf, ...]:
    return tuple(
        CellOf(cell.address) for cell in table.cells if cell.row in rows and cell.column in columns
    )


def _named_table(reference: Reference, scope: _Scope) -> FormTable:
    names = table_names(scope.form.edition)
    keys = names.get(fold_label(reference.parts[0]))
    if keys is None:
        _refuse(reference, (t.key for t in scope.form.tables))
    return scope.form.table(keys[0])


def _keys(
    name: str, names: Names, group: Callable[[str], tuple[str, ...]], reference: Reference
) -> tuple[str, ...]:
    """Give the key of a name, or the keys of a group; none if there is neither."""
    found = names.get(name, ())
    if len(found) > 1:
        at, listed = _at(reference), ", ".join(found)
        raise UsageError(
            f"{at.zh}可指多处，请用键名：{listed}",
            f"{at.en}may be any of several, use a key: {listed}",
        )
    return found or group(name)


def _choices(scope: _Scope, table: FormTable) -> tuple[str, ...]:
    match scope.rule.each:
        case "row":
            return (*table.column_keys(), *table.column_groups)
        case "column":
            return (*table.row_keys(), *group_names(table))
        case "cell":
            return (VALUE,)
        case _:
            return tuple(f"{cell.row}/{cell.column}" for cell in table.cells)


def _at(reference: Reference) -> Wording:
    return Wording(
        f"第 {reference.position} 个字符处“{reference.text}”：",
        f"at character {reference.position}, '{reference.text}': ",
    )


def _refuse_group(reference: Reference, size: int) -> NoReturn:
    at = _at(reference)
    raise UsageError(
        f"{at.zh}这是 {size} 个单元格的组，请写 sum({reference.text})",
        f"{at.en}this is a group of {size} cells, write sum({reference.text})",
    )


def _refuse(reference: Reference, choices: Iterable[str], zh: str = "", en: str = "") -> NoReturn:
    """Say that a name is not known, and those that are."""
    known = tuple(choices)
    listed = ", ".join(known[:MAX_LISTED]) + (" …" if len(known) > MAX_LISTED else "")
    at, near = _at(reference), did_you_mean(reference.text, known)
    raise UsageError(
        f"{at.zh}没有这个名称{near.zh}；可用 {zh or listed}",
        f"{at.en}no such name{near.en}; known: {en or listed}",
    )
