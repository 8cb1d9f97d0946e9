"""In: a reference, and where it stands. Out: the cells of the form, or the fact, that it means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from auditor.check.bound import CellOf, Operand, Outside
from auditor.check.grammar import Reference
from auditor.check.names import (
    Names,
    column_names,
    fold_label,
    group_names,
    row_names,
    table_names,
)
from auditor.check.relatives import CHILDREN, COUNT, EXACT, owned, owner_of, without_owner
from auditor.check.rule import Rule
from auditor.check.shape import Shape
from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.form import Form, FormTable
from auditor.model import Wording

FACTS = "facts."
REPORT_FIELDS = ("report.year", "report.form")
CHILDREN_FIELDS = (f"{CHILDREN}.{COUNT}", f"{CHILDREN}.{EXACT}")
VALUE = "value"
MAX_LISTED = 30


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a reference stands: what a bare name means depends on it."""

    rule: Rule
    form: Form
    table: FormTable | None
    shape: Shape
    row: str | None = None
    column: str | None = None
    children: tuple[str, ...] = ()


def resolve(reference: Reference, scope: Scope) -> tuple[Operand, ...]:
    """Give the cells or the outside value that a reference means. Raises UsageError.

    A bare name after `previous.` or `children.` means what it means without: the same cell there.
    """
    owner = owner_of(reference)
    if owner == CHILDREN and reference.text in CHILDREN_FIELDS:
        return (Outside(reference.text),)
    if owner:
        own = resolve(without_owner(reference), scope)
        if owner == CHILDREN and not all(isinstance(operand, CellOf) for operand in own):
            _refuse(reference, CHILDREN_FIELDS, "children.表/行/列", "children.table/row/column")
        owners = scope.children if owner == CHILDREN else (owner,)
        return tuple(_of(owner, operand) for owner in owners for operand in own)
    first = reference.parts[0]
    if first.startswith(FACTS) or reference.text in REPORT_FIELDS:
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


def _of(owner: str, operand: Operand) -> Operand:
    if isinstance(operand, CellOf):
        return CellOf(owned(owner, operand.address))
    return Outside(f"{owner}.{operand.name}")


def _in_table(reference: Reference, scope: Scope, table: FormTable) -> tuple[Operand, ...]:
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
    reference: Reference, scope: Scope, table: FormTable, parts: tuple[str, ...]
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


def _row_group(scope: Scope, table: FormTable, name: str) -> tuple[str, ...]:
    """Give the rows of a group, less those for which another row of the report stands in."""
    rows = table.row_group(name)
    return tuple(row for row in rows if f"{table.key}/{row}" not in scope.shape)


def _cells(table: FormTable, rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[CellOf, ...]:
    return tuple(
        CellOf(cell.address) for cell in table.cells if cell.row in rows and cell.column in columns
    )


def _named_table(reference: Reference, scope: Scope) -> FormTable:
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


def _choices(scope: Scope, table: FormTable) -> tuple[str, ...]:
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


def refuse_group(reference: Reference, size: int) -> NoReturn:
    """Refuse a group where one value is wanted. Raises UsageError."""
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
