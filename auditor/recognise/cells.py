"""In: the grid cells found for each cell of the form. Out: named cells with value and state."""

from collections.abc import Iterator, Sequence

from auditor.form import Form, FormCell
from auditor.model import Cell, CellState, GridCell, Observation, Wording
from auditor.recognise.bands import Slot
from auditor.recognise.values import Reading, parse_amount, unit_in_header

_NOT_A_NUMBER = Wording("不是数字", "is no number")
_MERGED = Wording("与相邻单元格合并，无法判断数字属于哪一格", "is merged with its neighbour")
_COVERED = Wording("被合并单元格覆盖", "is covered by a merged cell")
_SEVERAL = Wording("一格对应多个单元格", "stands for several cells of the draft")


def read_cells(slots: Sequence[Slot], form: Form) -> Iterator[Cell]:
    """Give each slot as a named cell; a grid cell that serves two slots is a merge, no value."""
    owners: dict[int, int] = {}
    for slot in slots:
        for grid_cell in slot.cells:
            owners[id(grid_cell)] = owners.get(id(grid_cell), 0) + 1
    first: set[int] = set()
    for slot in slots:
        shared = any(owners[id(c)] > 1 or _leaves_row(c, slot) for c in slot.cells)
        covered = shared and all(id(c) in first or c.row < slot.line.row for c in slot.cells)
        first.update(id(c) for c in slot.cells)
        yield _read_cell(slot, form.cell(slot.address), shared=shared, covered=covered)


def _leaves_row(cell: GridCell, slot: Slot) -> bool:
    """Claim that a value cell reaches into rows beside the one of its label."""
    own = cell in slot.line.cells  # the other half of a cut row begins a grid of its own
    return own and not slot.line.row <= cell.row <= cell.row + cell.row_span <= slot.end_row


def _read_cell(slot: Slot, form_cell: FormCell, *, shared: bool, covered: bool) -> Cell:
    grid_cell = _written(slot.cells)
    reason = _unreadable_reason(slot, shared=shared, covered=covered)
    header_unit = unit_in_header(slot.header) if form_cell.unit else None
    reading = parse_amount(grid_cell.text, form_cell.kind, header_unit)
    if covered:
        reading = Reading(CellState.COVERED)
    elif reason:
        reading = Reading(CellState.UNREADABLE)
    elif reading.state is CellState.UNREADABLE:
        reason = _NOT_A_NUMBER
    return Cell(
        address=slot.address,
        state=reading.state,
        raw=grid_cell.raw,
        place=grid_cell.place,
        value=reading.value,
        note=reading.note,
        unit=reading.unit,
        assumed=slot.assumed,
        reason=reason,
        confidence=min(
            (c.confidence for c in slot.cells if c.confidence is not None), default=None
        ),
    )


def _unreadable_reason(slot: Slot, *, shared: bool, covered: bool) -> Wording | None:
    if covered:
        return _COVERED
    if shared:
        return _MERGED
    if sum(bool(c.text) for c in slot.cells) > 1:
        return _SEVERAL
    return next((c.doubt for c in slot.cells if c.doubt), None)


def _written(cells: tuple[GridCell, ...]) -> GridCell:
    """Give the cell that holds the text, where a row was cut in two by a page break."""
    return next((c for c in cells if c.text), cells[0])


def value_observations(
    cells: Sequence[Cell], slots: Sequence[Slot], form: Form
) -> Iterator[Observation]:
    """Note what stands in value cells beside plain numbers: words, dashes, blanks, units."""
    for cell, slot in zip(cells, slots, strict=True):
        form_cell = form.cell(cell.address)
        if cell.reason is _NOT_A_NUMBER:
            yield _observe("cell_not_number", (cell,), form_cell.table, raw=cell.raw)
        elif cell.state is CellState.VALUE:
            yield from _unit_observation(cell, unit_in_header(slot.header), form_cell)
    for table in form.tables:
        own = [c for c in cells if c.address.startswith(f"{table.key}/")]
        for code, state in (("cell_blank", CellState.BLANK), ("cell_dash", CellState.DASH)):
            found = tuple(c for c in own if c.state is state)
            if found:
                yield _observe(code, found, table.key, count=str(len(found)), raw=found[0].raw)


def _unit_observation(
    cell: Cell, header_unit: str | None, form_cell: FormCell
) -> Iterator[Observation]:
    """Note a unit that contradicts its header, a unit beside a count, or money without a unit."""
    if not cell.value:
        return
    if form_cell.unit is None:
        if cell.unit:
            yield _observe("unit_in_count", (cell,), form_cell.table, unit=cell.unit, raw=cell.raw)
    elif header_unit is None and cell.unit is None:
        yield _observe("unit_missing", (cell,), form_cell.table, raw=cell.raw)
    elif header_unit and cell.unit not in {None, header_unit}:
        details = {"unit": str(cell.unit), "header": header_unit, "raw": cell.raw}
        yield _observe("unit_in_cell", (cell,), form_cell.table, **details)


def _observe(code: str, cells: Sequence[Cell], table: str, **details: str) -> Observation:
    return Observation(
        code=code,
        details=details,
        table=table,
        cells=tuple(c.address for c in cells),
        place=cells[0].place,
    )
