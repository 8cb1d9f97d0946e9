"""In: the address of a cell. Out: what the form calls it, short where the rest is said already."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from auditor.check.relatives import split_owner
from auditor.check.rule import Rule
from auditor.form import FormCell, load_form
from auditor.model import Address, Outcome, Report, Wording

_NOBODY: Mapping[str, Wording] = MappingProxyType({})
_ROW = Wording("行", "row")
_COLUMN = Wording("列", "column")


def cell_label(form: str | None, address: Address) -> Wording:
    """Give row and column as the form calls them: （七）总计 · 自然人."""
    cell = _form_cell(form, address)
    return _joined(cell.row_label, cell.column_label) if cell else Wording(address, address)


def term_labels(
    form: str | None, addresses: Iterable[Address], owners: Mapping[str, Wording] = _NOBODY
) -> Mapping[Address, Wording]:
    """Give each cell the part of its label that tells it from the others of one sum.

    `owners`: what the other reports are called whose cells are among them.
    """
    known = {address: _form_cell(form, split_owner(address)[1]) for address in addresses}
    cells = [cell for cell in known.values() if cell]
    one_row = len({(cell.table, cell.row) for cell in cells}) == 1 and len(cells) > 1
    one_column = len({(cell.table, cell.column) for cell in cells}) == 1 and len(cells) > 1
    labels = {
        address: _short_label(address, cell, one_row=one_row, one_column=one_column)
        for address, cell in known.items()
    }
    same_cell = one_row and one_column
    return {
        address: _owned(owners.get(split_owner(address)[0]), label, same_cell=same_cell)
        for address, label in labels.items()
    }


def instance_label(form: str | None, table: str | None, each: str, key: str) -> Wording | None:
    """Say on which row, column or cell a rule fired: 自然人 列; None where it runs once."""
    if each == "cell" and key:
        return cell_label(form, key if key.startswith(f"{table}/") else f"{table}/{key}")
    label = axis_label(form, table, each, key)
    kind = _ROW if each == "row" else _COLUMN
    return Wording(f"{label.zh} {kind.zh}", f"{label.en} {kind.en}") if label else None


def axis_label(form: str | None, table: str | None, axis: str, key: str) -> Wording | None:
    """Give what the form calls a row or a column; None where it has none of that key."""
    if form is None or table is None or axis not in {"row", "column"}:
        return None
    for cell in load_form(form).table(table).cells:
        if axis == "row" and cell.row == key:
            return cell.row_label
        if axis == "column" and cell.column == key:
            return cell.column_label
    return None


def table_of(rule: Rule, outcome: Outcome) -> str | None:
    """Give the table that an outcome is about; a rule on each table has it as its instance."""
    return rule.table or (outcome.instance or None if rule.each == "table" else None)


def table_name(form: str | None, table: str | None, *, with_title: bool = False) -> Wording | None:
    """Give 表三, or 表三 with its title; None for what belongs to no statutory table."""
    if form is None or table is None:
        return None
    found = load_form(form).table(table)
    if not with_title:
        return found.name
    return Wording(f"{found.name.zh} {found.title.zh}", f"{found.name.en} {found.title.en}")


def cells_in_form_order(report: Report, table: str) -> tuple[Address, ...]:
    """Give the addresses of a table that this report has, as the form lists them."""
    if report.form is None:
        return ()
    listed = (cell.address for cell in load_form(report.form).table(table).cells)
    return tuple(address for address in listed if address in report.cells)


def _form_cell(form: str | None, address: Address) -> FormCell | None:
    if form is None:
        return None
    try:
        return load_form(form).cell(address)
    except KeyError:  # a fact, or a cell of another report
        return None


def _short_label(
    address: Address, cell: FormCell | None, *, one_row: bool, one_column: bool
) -> Wording:
    if cell is None:
        return Wording(address, address)
    if one_column:
        return cell.row_label
    return cell.column_label if one_row else _joined(cell.row_label, cell.column_label)


def _owned(owner: Wording | None, label: Wording, *, same_cell: bool) -> Wording:
    """Put the owner before the label; where all terms are one cell, the owner says enough."""
    if owner is None:
        return label
    return owner if same_cell else Wording(f"{owner.zh} {label.zh}", f"{owner.en}, {label.en}")


def _joined(row: Wording, column: Wording) -> Wording:
    return Wording(f"{row.zh} · {column.zh}", f"{row.en} · {column.en}")
