"""In: a rule and an edition of the form. Out: its instances, references resolved to cells."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from auditor.check.bound import (
    Bound,
    BoundComparison,
    CellOf,
    Instance,
    Joined,
    Minus,
    Operand,
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
    references,
)
from auditor.check.names import (
    column_names,
    fold_label,
)
from auditor.check.relatives import CHILDREN, owner_of, without_owner
from auditor.check.resolve import Scope, refuse_group, resolve
from auditor.check.rule import Assertion, Rule
from auditor.check.shape import EVERY_ROW, Shape
from auditor.form import FormTable, load_form


@cache
def instances(
    rule: Rule, edition: str, shape: Shape = EVERY_ROW, children: tuple[str, ...] = ()
) -> tuple[Instance, ...]:
    """Give the instances of a rule in form order. Raises UsageError for an unknown reference.

    A row for which another stands in has no instance and is in no group. `children`: the owners
    of the subordinate bodies' cells.
    """
    form = load_form(edition)
    table = form.table(rule.table) if rule.table else None
    scope = Scope(rule, form, table, shape, children=children)
    return tuple(
        _instance(replace(scope, row=row, column=column)) for row, column in _places(scope)
    )


def bind_reference(
    rule: Rule, edition: str, instance: Instance, reference: Reference
) -> tuple[Operand, ...]:
    """Resolve one reference as it would be read in that instance of the rule."""
    form = load_form(edition)
    table = form.table(rule.table) if rule.table else None
    scope = Scope(rule, form, table, EVERY_ROW, row=instance.row, column=instance.column)
    return resolve(reference, scope)


@cache
def bind_meaning(rule: Rule, edition: str, shape: Shape, expression: Expression) -> Bound:
    """Resolve what a number of the prose may stand for. Raises UsageError."""
    form = load_form(edition)
    table = form.table(rule.table) if rule.table else None
    return _expression(expression, Scope(rule, form, table, shape))


def _instance(scope: Scope) -> Instance:
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


def _places(scope: Scope) -> Iterator[tuple[str | None, str | None]]:
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


def _spoken_columns(scope: Scope) -> set[str]:
    """Give the columns that the rule names: the rows of table 二 do not all have the same."""
    if not isinstance(scope.rule.test, Assertion) or scope.table is None:
        return set()
    comparison = scope.rule.test.comparison
    names = column_names(scope.form.edition, scope.table.key)
    sides = (comparison.left, comparison.right)
    bare = [without_owner(r) for side in sides for r in references(side)]
    return {
        key
        for reference in bare
        if len(reference.parts) == 1
        for key in names.get(fold_label(reference.text), ())[:1]
    }


# ------------------------------------------------------------------ expressions


def _bind(comparison: Comparison, scope: Scope) -> BoundComparison:
    left, right = _expression(comparison.left, scope), _expression(comparison.right, scope)
    return BoundComparison(
        left,
        comparison.comparator,
        right,
        valued=(*operands(left, counted=False), *operands(right, counted=False)),
        counted=(*operands(left, counted=True), *operands(right, counted=True)),
    )


def _expression(expression: Expression, scope: Scope) -> Bound:
    match expression:
        case Number():
            return expression
        case Reference():
            found = resolve(expression, scope)
            if len(found) != 1 or _is_of_children(expression, found[0]):
                refuse_group(expression, len(found))
            return found[0]
        case Call():
            listed = (o for argument in expression.arguments for o in resolve(argument, scope))
            return Tally(expression.function, tuple(dict.fromkeys(listed)))
        case Negation():
            return Minus(_expression(expression.operand, scope))
        case Operation():
            return Joined(
                expression.operator,
                _expression(expression.left, scope),
                _expression(expression.right, scope),
            )


def _is_of_children(reference: Reference, operand: Operand) -> bool:
    """Tell whether as many cells are meant as there are children, be it one today."""
    return owner_of(reference) == CHILDREN and isinstance(operand, CellOf)
