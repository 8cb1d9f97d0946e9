"""Reports beside last year's and their children's, from Python and from real files."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from auditor import check, extract
from auditor.errors import UsageError
from auditor.explain.verdict import Status
from auditor.model import Report
from auditor.render.json import checked_record, extracted_record, write_json
from tests.generator.make_kin import SAMPLES, kept

REAL = Path(__file__).parents[2] / "shared" / "real"
DOCUMENT = Path(__file__).parent / "scenarios/documents/qingshi-2023.txt"
YEARS, AREA = SAMPLES / "years", SAMPLES / "area"


def extraction(report: Report, folder: Path, name: str = "last.json") -> Path:
    stream = io.StringIO()
    write_json(extracted_record(report, "zh"), stream)
    file = folder / name
    file.write_text(stream.getvalue(), "utf-8")
    return file


def last_of_huaian(**changed: int) -> dict[str, object]:
    """Make up a report of 2023 that what was published of 2024 follows from."""
    truth = json.loads((REAL / "huaian-2024.json").read_text("utf-8"), parse_float=Decimal)
    this, cells = truth["cells"], {}
    for address in this:
        table, row, column = address.split("/")
        value = this[f"applications/carried_in/{column}"] if row == "carried_out" else 0
        if column == "in_force":
            at = f"{table}/{row}/"
            value = this[address] - this[f"{at}issued"] + this[f"{at}repealed"]
        value += changed.get(f"{row}_{column}", 0)
        cells[address] = {"value": value, "state": "value", "raw": str(value)}
    tables = dict.fromkeys(("proactive_disclosure", "applications", "review_litigation"))
    return {
        "agency": truth["agency"],
        "year": truth["year"] - 1,
        "form": truth["form"],
        "tables": {key: {"status": "complete", "reason": None} for key in tables},
        "cells": cells,
    }


@pytest.mark.skipif(not REAL.is_dir(), reason="no real reports beside the repository")
@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, set()),
        ({"carried_out_total": 1}, {"Y101"}),
        ({"carried_out_company": 1}, {"Y102"}),
        ({"normative_documents_in_force": -2}, {"Y201"}),
    ],
)
def test_huaian_2024_beside_a_made_up_2023(
    changed: dict[str, int], found: set[str], tmp_path: Path
) -> None:
    last = tmp_path / "last.json"
    last.write_text(json.dumps(last_of_huaian(**changed)), "utf-8")
    checked = check(REAL / "huaian-2024.pdf", previous=last)
    assert {f.rule for f in checked.findings if f.rule.startswith("Y")} == found
    assert not [p for p in checked.problems if p.severity == "error"]


def test_the_samples_are_as_their_script_writes_them() -> None:
    for sample in kept():
        assert (SAMPLES / sample.file).read_text("utf-8") == sample.content()


def test_the_two_years_of_the_samples() -> None:
    assert check(YEARS / "2023.txt").is_clean()
    assert check(YEARS / "2024.txt").is_clean()
    found = check(YEARS / "2024.txt", previous=YEARS)
    assert [(f.rule, f.difference) for f in found.findings] == [("Y101", -1), ("Y102", -1)]
    assert found.exit_code == 1


def test_the_city_of_the_samples() -> None:
    city = AREA / "city-2024.md"
    assert check(city).is_clean()
    (finding,) = check(city, children=AREA).findings
    assert finding.rule == "H202"
    assert [s.kind for s in finding.suggestions] == ["child-left-out"]
    assert "西塘区" in finding.suggestions[0].message.zh


def test_a_report_may_be_given_as_file_or_json_or_value(tmp_path: Path) -> None:
    last = extract(YEARS / "2023.txt")
    file = extraction(last, tmp_path)
    for given in (last, [last], YEARS / "2023.txt", str(file), [file]):
        found = check(YEARS / "2024.txt", previous=given)
        assert [f.rule for f in found.findings] == ["Y101", "Y102"]


def test_json_names_the_other_reports_and_their_cells() -> None:
    last = YEARS / "2023.txt"
    record = checked_record(check(YEARS / "2024.txt", previous=last), "zh")
    assert record["previous"] == {
        "file": str(last), "agency": "云岭县人民政府", "year": 2023, "form": "2021",
    }  # fmt: skip
    findings = record["findings"]
    assert isinstance(findings, list)
    assert findings[0]["terms"] == [
        {"cell": "previous/applications/carried_out/total", "value": "5", "sign": 1}
    ]
    assert "children" not in record
    assert "previous" not in checked_record(check(last), "zh")


def test_an_extraction_of_nothing_is_unread(tmp_path: Path) -> None:
    last = tmp_path / "last.json"
    for content in ("{}", '{"form": null, "agency": null, "year": null, "cells": {}}'):
        last.write_text(content, "utf-8")
        found = check(DOCUMENT, previous=last)
        assert (found.status, found.exit_code) == (Status.INCOMPLETE, 3)


def test_a_table_that_last_year_s_report_lacks_leaves_its_rules_unaudited(tmp_path: Path) -> None:
    record = extracted_record(extract(YEARS / "2023.txt"), "zh")
    tables, cells = record["tables"], record["cells"]
    assert isinstance(tables, dict)
    assert isinstance(cells, dict)
    tables["applications"] = {"status": "not_found", "reason": None}
    kept_cells = {a: c for a, c in cells.items() if not a.startswith("applications/")}
    last = tmp_path / "last.json"
    last.write_text(json.dumps({**record, "cells": kept_cells}), "utf-8")
    found = check(YEARS / "2024.txt", previous=last)
    assert found.exit_code == 3
    assert {g.reason.zh for g in found.gaps if g.blocking} == {"上年报告：表三 未找到"}


def test_exact_needs_children() -> None:
    with pytest.raises(UsageError):
        check(DOCUMENT, children_exact=True)


def test_a_folder_without_reports_is_an_error_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check(DOCUMENT, previous=tmp_path)


def test_a_report_copied_from_last_year(tmp_path: Path) -> None:
    this = (YEARS / "2024.txt").read_text("utf-8")
    last = tmp_path / "2023.txt"
    last.write_text(this.replace("2024", "2023"), "utf-8")
    found = {f.rule: f for f in check(YEARS / "2024.txt", previous=last).findings}
    assert {"Y501", "Y502"} <= set(found)
    assert "100%" in found["Y502"].message.zh
    assert found["Y502"].quote in this

    figures_alone = extraction(extract(last), tmp_path)
    rules = {f.rule for f in check(YEARS / "2024.txt", previous=figures_alone).findings}
    assert "Y501" in rules
    assert "Y502" not in rules
    assert not {"Y501", "Y502"} & {
        f.rule for f in check(YEARS / "2024.txt", previous=YEARS / "2023.txt").findings
    }
