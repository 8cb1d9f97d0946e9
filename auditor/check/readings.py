"""In: an operand and a report. Out: what stands there for arithmetic, or why nothing does."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from auditor.check.bound import CellOf, Operand, Outside
from auditor.check.shape import Shape
from auditor.form import load_form
from auditor.model import Amount, Cell, CellState, Report, TableStatus, Wording


class Standing(Enum):
    """Whether an operand can be counted with."""

    NUMBER = "number"
    BLANK = "blank"
    UNREADABLE = "unreadable"  # something stands there that is no trusted number
    MISSING = "missing"
    INAPPLICABLE = "inapplicable"  # this report need not have it


@dataclass(frozen=True, slots=True)
class Reading:
    """What an operand is worth; a blank and a dash are worth zero."""

    standing: Standing
    value: Amount = 0
    is_dash: bool = False
    reason: Wording | None = None


_NO_PREVIOUS = Wording("未提供上一年度报告", "no previous report was given")
_NO_CHILDREN = Wording("未提供下级机关报告", "no subordinate reports were given")


@dataclass(frozen=True, slots=True)
class Readings:
    """The operands of one report, each looked up once."""

    report: Report
    edition: str
    shape: Shape
    _known: dict[Operand, Reading] = field(default_factory=dict)

    def __getitem__(self, operand: Operand) -> Reading:
        """Give what stands at the operand."""
        known = self._known.get(operand)
        if known is None:
            known = self._cell(operand) if isinstance(operand, CellOf) else self._outside(operand)
            self._known[operand] = known
        return known

    def _cell(self, operand: CellOf) -> Reading:
        if operand.address.rpartition("/")[0] in self.shape:
            return Reading(Standing.INAPPLICABLE, reason=self._no_row(operand))
        cell = self.report.cells.get(operand.address)
        if cell is None:
            return Reading(Standing.MISSING, reason=self._why_missing(operand))
        match cell.state:
            case CellState.VALUE if cell.value is not None:
                return Reading(Standing.NUMBER, cell.value)
            case CellState.BLANK | CellState.DASH:
                return Reading(Standing.BLANK, is_dash=cell.state is CellState.DASH)
            case CellState.COVERED:
                return Reading(Standing.MISSING, reason=self._wording(operand, _COVERED))
            case _:
                return Reading(Standing.UNREADABLE, reason=self._why_unreadable(operand, cell))

    def _no_row(self, operand: CellOf) -> Wording:
        label = load_form(self.edition).cell(operand.address).row_label
        return Wording(f"本报告没有“{label.zh}”这一行", f"this report has no row '{label.en}'")

    def _why_missing(self, operand: CellOf) -> Wording:
        table = self.report.tables.get(operand.address.split("/")[0])
        if table is None or table.status is TableStatus.NOT_FOUND:
            name = load_form(self.edition).table(operand.address.split("/")[0]).name
            return Wording(f"{name.zh} 未找到", f"{name.en} not found")
        return self._wording(operand, _MISSING)

    def _why_unreadable(self, operand: CellOf, cell: Cell) -> Wording:
        why = self._wording(operand, _UNREADABLE)
        if cell.reason:
            return Wording(f"{why.zh}：{cell.reason.zh}", f"{why.en}: {cell.reason.en}")
        return Wording(f"{why.zh}：“{cell.raw}”", f"{why.en}: '{cell.raw}'")

    def _wording(self, operand: CellOf, wording: Wording) -> Wording:
        label = cell_name(self.edition, operand.address)
        return Wording(label.zh + wording.zh, label.en + wording.en)

    def _outside(self, operand: Outside) -> Reading:
        match operand.name.partition("."):
            case ("facts", _, name):
                fact = self.report.facts.get(name)
                return _as_number(fact.value if fact else None, operand.name)
            case ("report", _, "year"):
                return _as_number(self.report.year, operand.name)
            case ("report", _, "form"):
                return _as_number(self.edition, operand.name)
            case ("children", _, _):
                return Reading(Standing.INAPPLICABLE, reason=_NO_CHILDREN)
            case _:
                return Reading(Standing.INAPPLICABLE, reason=_NO_PREVIOUS)


_COVERED = Wording(" 被合并单元格覆盖", " is covered by a merged cell")
_MISSING = Wording(" 未读到", " was not found")
_UNREADABLE = Wording(" 无法读取", " cannot be read")


def cell_name(edition: str, address: str) -> Wording:
    """Give row and column as the form calls them."""
    cell = load_form(edition).cell(address)
    return Wording(
        f"{cell.row_label.zh} · {cell.column_label.zh}",
        f"{cell.row_label.en} · {cell.column_label.en}",
    )


def _as_number(value: Amount | str | None, name: str) -> Reading:
    """Count a date as yyyymmdd, so that dates compare like numbers."""
    if value is None:
        reason = Wording(f"报告中未读到 {name}", f"{name} was not found in the report")
        return Reading(Standing.INAPPLICABLE, reason=reason)
    if not isinstance(value, str):
        return Reading(Standing.NUMBER, value)
    if value.isascii() and value.isdigit():
        return Reading(Standing.NUMBER, int(value))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        reason = Wording(f"{name} 不是数值：“{value}”", f"{name} is no number: '{value}'")
        return Reading(Standing.INAPPLICABLE, reason=reason)
    return Reading(Standing.NUMBER, day.year * 10000 + day.month * 100 + day.day)
