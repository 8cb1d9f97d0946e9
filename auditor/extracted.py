"""In: JSON that `auditor extract --format json` wrote. Out: the reports in it, without places."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from auditor.errors import UnreadableError
from auditor.form import FormCell, editions, load_form
from auditor.model import (
    Address,
    Amount,
    Cell,
    CellState,
    Place,
    Report,
    Table,
    TableStatus,
    Wording,
)

SUFFIX = ".json"
_ELSEWHERE = Place()
_NOT_READ = Wording("提取时未能读取", "it could not be read when it was extracted")


def reports_from_json(content: bytes, file: str) -> tuple[Report, ...]:
    """Give the reports of an extraction, one or many; each bears the name of its source.

    A single report bears the name of the JSON file. Raises: UnreadableError.
    """
    try:
        data = json.loads(content, parse_float=Decimal)
    except ValueError as fault:
        _refuse(file, str(fault))
    if isinstance(data, list):
        return tuple(_report(record, file, str(_key(record, "file", file))) for record in data)
    return (_report(data, file, file),)


def is_extraction(content: bytes) -> bool:
    """Tell an extraction from a document, and from any other JSON that may lie beside it."""
    if not content.lstrip().startswith((b"{", b"[")):
        return False
    try:
        data = json.loads(content)
    except ValueError:
        return False
    records = data if isinstance(data, list) else [data]
    return bool(records) and all(isinstance(r, dict) and "cells" in r for r in records)


def _report(record: Any, file: str, name: str) -> Report:
    form, agency, year = (_key(record, key, file) for key in ("form", "agency", "year"))
    if not isinstance(agency, str | None) or not isinstance(year, int | None):
        _refuse(file, f"agency = {agency!r}, year = {year!r}")
    if form is None:
        return Report(name, None, agency, year)
    if form not in editions():
        _refuse(file, f"form = {form!r}")
    known = {cell.address: cell for table in load_form(form).tables for cell in table.cells}
    cells: dict[Address, Cell] = {}
    for address, told in _mapping(record, "cells", file).items():
        if address not in known:
            _refuse(file, address)
        cells[address] = _cell(address, told, file)
    return Report(name, form, agency, year, _tables(record, file, cells, known), cells)


def _cell(address: Address, told: Any, file: str) -> Cell:
    state = _key(told, "state", f"{file} {address}")
    if state not in set(CellState):
        _refuse(file, f"{address}: state = {state!r}")
    value = _value(_key(told, "value", f"{file} {address}"), f"{file} {address}")
    if (value is None) == (state == CellState.VALUE):
        _refuse(file, f"{address}: value = {value!r}, state = {state!r}")
    confidence = _value(told.get("confidence"), f"{file} {address}")
    return Cell(
        address,
        CellState(state),
        str(told.get("raw", "")),
        _ELSEWHERE,
        value,
        told.get("note"),
        confidence=None if confidence is None else Decimal(confidence),
    )


def _value(written: Any, where: str) -> Amount | None:
    """Read an integer, or a decimal string."""
    if written is None or (isinstance(written, int | Decimal) and not isinstance(written, bool)):
        return written
    try:
        value = Decimal(str(written))
    except InvalidOperation:
        _refuse(where, f"value = {written!r}")
    return value if value.is_finite() else _refuse(where, f"value = {written!r}")


def _tables(
    record: Any, file: str, cells: Mapping[Address, Cell], known: Mapping[Address, FormCell]
) -> dict[str, Table]:
    """Give the tables as they were recognised; their rows are those that have cells."""
    tables: dict[str, Table] = {}
    for key, told in _mapping(record, "tables", file).items():
        status = _key(told, "status", f"{file} {key}")
        if status not in set(TableStatus):
            _refuse(file, f"{key}: status = {status!r}")
        rows = dict.fromkeys(known[a].row for a in known if known[a].table == key and a in cells)
        why = told.get("reason")
        reason = Wording(why, why) if isinstance(why, str) else None
        tables[key] = Table(key, TableStatus(status), tuple(rows), reason)
    return tables


def _mapping(record: Any, key: str, where: str) -> Mapping[str, Any]:
    found = _key(record, key, where)
    return found if isinstance(found, dict) else _refuse(where, key)


def _key(record: Any, key: str, where: str) -> Any:
    if not isinstance(record, dict) or key not in record:
        _refuse(where, f"no {key}")
    return record[key]


def _refuse(where: str, what: str) -> NoReturn:
    raise UnreadableError(
        f"{where}: 不是 auditor extract --format json 的输出 ({what})",
        f"{where}: not what auditor extract --format json writes ({what})",
    )
