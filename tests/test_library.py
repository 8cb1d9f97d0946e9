"""In: `from auditor import check, extract`. Out: typed values and DataFrames."""

import importlib
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from auditor import check, extract
from auditor.errors import UnreadableError, UsageError
from auditor.model import OutcomeState

DOCUMENT = Path(__file__).parent / "scenarios/documents/qingshi-2023.txt"


def faulty() -> bytes:
    text = DOCUMENT.read_text("utf-8")
    return text.replace("12\t3\t2\t1\t18", "12\t3\t2\t1\t17").encode()


def test_a_table_is_a_frame_with_the_form_s_labels() -> None:
    frame = extract(DOCUMENT).table("applications")
    assert frame.shape == (25, 7)
    assert frame.loc["（七）总计", "自然人"] == 1176
    assert frame.columns[0] == "自然人"
    assert frame["总计"].iloc[0] == 1250
    assert frame.dtypes.unique().tolist() == [object]
    assert (
        extract(DOCUMENT).table("applications", lang="en").loc["3(7) total handled", "total"]
        == 1247
    )


def test_amounts_stay_exact() -> None:
    value = extract(DOCUMENT).cells["proactive_disclosure/fees/amount"].value
    assert value == Decimal("4215.37")
    assert isinstance(value, Decimal)


def test_a_blank_is_na_and_a_zero_is_zero() -> None:
    text = DOCUMENT.read_text("utf-8").replace("规章\t0\t0\t0", "规章\t\t0\t0")
    frame = extract(text.encode()).table("proactive_disclosure")
    assert frame.loc["规章", "本年制发件数"] is pd.NA
    assert frame.loc["规章", "本年废止件数"] == 0
    assert frame.loc["行政许可", "本年制发件数"] is None


def test_check_gives_the_verdict_with_its_evidence() -> None:
    checked = check(faulty(), file="青石县.txt")
    assert checked.file == "青石县.txt"
    assert checked.status == "fail"
    assert [finding.rule for finding in checked.findings] == ["T401"]
    assert checked.counts[OutcomeState.VIOLATION] == 1
    assert checked.table("review_litigation").loc["行政复议", "总计"] == 17
    assert check(DOCUMENT).status == "pass"


def test_the_step_of_the_same_name_can_be_called_alike() -> None:
    step = importlib.import_module("auditor.check")
    assert step(DOCUMENT).status == "pass"


def test_rules_can_be_chosen() -> None:
    assert check(faulty(), ignore=["T4"]).status == "pass"
    with pytest.raises(UsageError):
        check(faulty(), select=["T9"])


def test_what_cannot_be_read() -> None:
    with pytest.raises(UnreadableError):
        extract(b"")
    assert check(b"").status == "unreadable"
    with pytest.raises(KeyError):
        check(b"").table("applications")
    with pytest.raises(UsageError):
        extract("nothing.pdf")
    with pytest.raises(UsageError):
        extract(Path(__file__).parent)
