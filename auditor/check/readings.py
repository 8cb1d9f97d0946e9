"""In: an operand and a report. Out: what stands there for arithmetic, or why nothing does."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from auditor.check.bound import CellOf, Operand, Outside
from auditor.check.relatives import (
    children_of,
    others_of,
    owner_label,
    relatives_of,
    split_owner,
)
from auditor.check.shape import Shape, shape_of
from auditor.form import load_form
from auditor.model import Address, Amount, Cell, CellState, Report, TableStatus, Wording
from auditor.recognise.prose import Sentence, find_sentences


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


@dataclass(frozen=True, slots=True)
class Readings:
    """The operands of one report, each looked up once."""

    report: Report
    edition: str
    shape: Shape
    _known: dict[Operand, Reading] = field(default_factory=dict)
    _others: dict[str, "Readings"] = field(default_factory=dict)
    _prose: list[tuple[Sentence, ...]] = field(default_factory=list)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the report's prose with their numbers, looked for once."""
        if not self._prose:
            report = self.report
            sections = report.sections or {"": report.paragraphs}
            self._prose.append(find_sentences(sections, report.agency, report.year))
        return self._prose[0]

    @property
    def figures(self) -> frozenset[Amount]:
        """All numbers that stand in the tables."""
        cells = self.report.cells.values()
        return frozenset(cell.value for cell in cells if cell.value is not None)

    def __getitem__(self, operand: Operand) -> Reading:
        """Give what stands at the operand."""
        known = self._known.get(operand)
        if known is None:
            known = self._cell(operand) if isinstance(operand, CellOf) else self._outside(operand)
            self._known[operand] = known
        return known

    def _cell(self, operand: CellOf) -> Reading:
        owner, address = split_owner(operand.address)
        return self._cell_of(owner, address) if owner else self._own_cell(operand)

    def _cell_of(self, owner: str, address: Address) -> Reading:
        """Look a cell up in another report, which may be of the other edition."""
        other = self._other(owner)
        if isinstance(other, Reading):
            return other
        name = owner_label(self.report, owner)
        if not has_cell(other.edition, address):
            no_cell = _NO_CELL.fill(form=other.edition)
            return Reading(Standing.INAPPLICABLE, reason=_joined(name, no_cell))
        reading = other[CellOf(address)]
        reason = _joined(name, reading.reason) if reading.reason else None
        return replace(reading, reason=reason)

    def _other(self, owner: str) -> "Readings | Reading":
        """Give the readings of another report; a reading where there are none."""
        if owner not in self._others:
            other = others_of(self.report).get(owner)
            if other is None:
                return Reading(Standing.INAPPLICABLE, reason=_NOT_GIVEN)
            if other.form is None:
                reason = _joined(owner_label(self.report, owner), _NO_FORM)
                return Reading(Standing.MISSING, reason=reason)
            self._others[owner] = Readings(other, other.form, shape_of(other, other.form))
        return self._others[owner]

    def _own_cell(self, operand: CellOf) -> Reading:
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
            case ("children", _, "count"):
                return Reading(Standing.NUMBER, len(children_of(self.report)))
            case ("children", _, "exact"):
                return Reading(Standing.NUMBER, int(relatives_of(self.report).exact))
            case (owner, _, name):
                other = self._other(owner)
                return other if isinstance(other, Reading) else other[Outside(name)]


_NOT_GIVEN = Wording("未提供该报告", "that report was not given")
_NO_FORM = Wording("未识别出年度报告格式", "no edition of the form was recognised")
_NO_CELL = Wording("{form} 版格式没有这一栏", "the {form} edition of the form has no such cell")
_COVERED = Wording(" 被合并单元格覆盖", " is covered by a merged cell")
_MISSING = Wording(" 未读到", " was not found")
_UNREADABLE = Wording(" 无法读取", " cannot be read")


def _joined(name: Wording, reason: Wording) -> Wording:
    return Wording(f"{name.zh}：{reason.zh}", f"{name.en}: {reason.en}")


def has_cell(edition: str, address: Address) -> bool:
    """Tell whether an edition of the form has the cell."""
    try:
        load_form(edition).cell(address)
    except KeyError:
        return False
    return True


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
