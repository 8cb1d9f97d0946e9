"""What `auditor extract --format json` wrote, read again."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from auditor import extract
from auditor.errors import UnreadableError
from auditor.extracted import is_extraction, reports_from_json
from auditor.model import CellState
from auditor.render.json import extracted_record, write_json

DOCUMENT = Path(__file__).parent / "scenarios/documents/qingshi-2023.txt"


def written(*records: object) -> bytes:
    stream = io.StringIO()
    write_json(list(records) if len(records) > 1 else records[0], stream)
    return stream.getvalue().encode()


def record() -> dict[str, object]:
    return extracted_record(extract(DOCUMENT), "zh")


def test_every_figure_comes_back_exactly() -> None:
    report = extract(DOCUMENT)
    blank = replace(
        report.cells["applications/new/company"], state=CellState.BLANK, value=None, raw=""
    )
    report = replace(report, cells={**report.cells, blank.address: blank})
    (found,) = reports_from_json(written(extracted_record(report, "zh")), "x.json")
    assert (found.file, found.form, found.agency, found.year) == (
        "x.json", report.form, report.agency, report.year,
    )  # fmt: skip
    told = {a: (c.state, c.value, c.raw, c.note) for a, c in found.cells.items()}
    assert told == {a: (c.state, c.value, c.raw, c.note) for a, c in report.cells.items()}
    assert {k: (t.status, t.rows) for k, t in found.tables.items()} == {
        k: (t.status, t.rows) for k, t in report.tables.items()
    }


def test_many_reports_keep_their_own_names() -> None:
    found = reports_from_json(written(record(), record()), "x.json")
    assert [report.file for report in found] == [str(DOCUMENT)] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"cells": {"applications/new/nobody": {"value": 1, "state": "value"}}},
        {"cells": {"applications/new/total": {"value": "1e", "state": "value"}}},
        {"cells": {"applications/new/total": {"value": "NaN", "state": "value"}}},
        {"cells": {"applications/new/total": {"value": True, "state": "value"}}},
        {"cells": {"applications/new/total": {"value": 1, "state": "blank"}}},
        {"cells": {"applications/new/total": {"value": 1, "state": "other"}}},
        {"cells": {"applications/new/total": {"value": 1}}},
        {"cells": {"applications/new/total": 1}},
        {"cells": []},
        {"form": "2020"},
        {"year": "2023"},
        {"tables": {"applications": {"status": "whole"}}},
    ],
)
def test_what_is_no_extraction_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UnreadableError) as refusal:
        reports_from_json(written({**record(), **change}), "x.json")
    assert "x.json" in refusal.value.wording.zh


@pytest.mark.parametrize("content", [b"", b"{", b"3", b"[3]", b"{}", b"\xff\xfe{"])
def test_what_is_no_json_at_all(content: bytes) -> None:
    assert not is_extraction(content)
    with pytest.raises(UnreadableError):
        reports_from_json(content, "x.json")


def test_other_json_and_documents_are_told_apart() -> None:
    assert is_extraction(written(record()))
    assert is_extraction(written(record(), record()))
    assert not is_extraction(json.dumps({"reports": []}).encode())
    assert not is_extraction(DOCUMENT.read_bytes())
