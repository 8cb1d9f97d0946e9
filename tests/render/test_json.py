"""In: reports. Out: JSON as the contract of schema version 1 spells it."""

import io
import json

from auditor.explain.summary import Summary
from auditor.render.json import JsonReport, extracted_record, write_json
from tests.render.samples import address, checked, report


def document(encoding: str = "utf-8") -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    output = JsonReport(stream, "zh", "sha256:0")
    output.report(checked())
    output.close(Summary().plus(checked()).conclude())
    stream.flush()
    return raw.getvalue()


def test_checked_document() -> None:
    content = json.loads(document())
    assert list(content) == ["schema_version", "tool", "reports", "summary"]
    assert content["schema_version"] == "1"
    assert content["tool"]["rules"] == "sha256:0"
    (checked_,) = content["reports"]
    assert list(checked_) == [
        "file", "agency", "year", "form", "status", "counts", "document", "findings", "waived",
        "lapsed_waivers", "problems",
    ]  # fmt: skip
    assert checked_["status"] == "fail"
    assert checked_["counts"] == {
        "pass": 58, "violation": 1, "not_applicable": 0, "unaudited": 0, "rule_error": 0,
    }  # fmt: skip
    assert content["summary"]["exit_code"] == 1


def test_finding() -> None:
    (finding,) = json.loads(document())["reports"][0]["findings"]
    assert finding["rule"] == "T302"
    assert (finding["expected"], finding["actual"], finding["difference"]) == (
        "1200402", "1200403", "1",
    )  # fmt: skip
    assert finding["terms"][0] == {"cell": address("granted"), "value": "1200345", "sign": 1}
    assert sum(int(t["value"]) * t["sign"] for t in finding["terms"]) == int(finding["expected"])
    assert finding["suggestions"] == [
        {
            "cells": {address("handled_total"): "1200402"},
            "kind": "total-not-updated",
            "settles": ["T302", "T301"],
            "message": "（七）总计 1,200,403 → 1,200,402",
            "sure": True,
            "margin": None,
            "ties": 1,
            "behind": "0.00",
            "changes": [{"cell": address("handled_total"), "old": "0", "new": "1200402"}],
        }
    ]


def test_extracted_cells_keep_state_value_and_place() -> None:
    record = extracted_record(report(), "zh")
    cells = json.loads(json.dumps(record))["cells"]
    assert cells[address("new")] == {
        "value": 1234567,
        "state": "value",
        "raw": "1,234,567",
        "note": None,
        "place": {"page": 4, "bbox": [208.1, 325.0, 246.3, 345.2]},
    }
    assert cells[address("carried_in")]["state"] == "blank"
    assert cells[address("granted")]["state"] == "dash"
    assert cells[address("carried_out")]["state"] == "unreadable"
    assert cells["proactive_disclosure/fees/amount"]["value"] == "96171.6"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert document() == document()


def test_json_is_readable_whatever_the_console_speaks() -> None:
    assert json.loads(document("gbk").decode("ascii")) == json.loads(document())


def test_a_file_name_that_is_no_unicode_stays_json() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace")
    write_json({"file": "a\udcff.pdf"}, stream)
    stream.flush()
    assert json.loads(raw.getvalue()) == {"file": "a\udcff.pdf"}
