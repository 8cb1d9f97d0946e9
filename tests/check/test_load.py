"""Rule files of users: what they may say, and one clear line where they go wrong."""

import tomllib
from pathlib import Path

import pytest

from auditor.check.catalogue import find_rule, select
from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.check.selftest import self_test
from auditor.errors import UsageError
from auditor.model import OutcomeState
from tests.check.reports import report, zeros

GOOD = """
[[rule]]
id = "U001"
name = "granted-share"
title = { zh = "予以公开不多于办理总数", en = "no more granted than handled" }
message = { zh = "{column}：{left} 多于 {right}", en = "{column}: {left} exceeds {right}" }
severity = "warning"
table = "applications"
each = "column"
columns = ["total"]
assert = "予以公开 <= 三（七）"
source = { document = "本单位内部规定", en = "house rule" }
tags = ["house"]
examples = [
  { is = "pass", cells = { "予以公开" = 3, handled_total = 3 } },
  { is = "violation", cells = { granted = 4, handled_total = 3 } },
]
"""
FAULTS = tomllib.loads(Path(__file__).with_name("faults.toml").read_text("utf-8"))["fault"]


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def message(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load_rules((path,))
    error = caught.value
    assert error.exit_code == 2
    assert "\n" not in error.wording.zh + error.wording.en
    assert str(path.name) in error.wording.zh
    return error.wording.en


def test_a_rule_of_a_user_runs_beside_the_others(tmp_path: Path) -> None:
    rules = load_rules((write(tmp_path, GOOD),))
    assert len(rules) == len(load_rules()) + 1
    values = zeros() | {"applications/granted/total": 1}
    found = [o for o in check(report(values), rules) if o.rule == "U001"]
    assert [o.state for o in found] == [OutcomeState.VIOLATION]
    assert found[0].details["left"] == "1"
    assert all(result.passed for result in self_test(tmp_path))


def test_a_folder_of_rule_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("U001", "U002").replace("granted-share", "other"), "more.toml")
    assert [rule.id for rule in load_rules((tmp_path,))][-2:] == ["U001", "U002"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["written"])
def test_a_fault_is_named_with_rule_key_and_what_is_allowed(
    tmp_path: Path, fault: dict[str, str]
) -> None:
    assert fault["in_place_of"] in GOOD
    text = GOOD.replace(fault["in_place_of"], fault["written"], 1)
    assert fault["said"] in message(write(tmp_path, text))


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    assert "line 3" in message(write(tmp_path, GOOD.replace('id = "U001"', "id = U001", 1)))


def test_no_such_file_no_rule_and_no_text(tmp_path: Path) -> None:
    assert "cannot be read" in message(tmp_path / "absent.toml")
    assert "no .toml rule file" in message(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes("a = 'é'".encode("latin-1"))
    assert "must be UTF-8" in message(latin)
    assert "rule is missing" in message(write(tmp_path, ""))


def test_an_unknown_cell_in_an_example_is_a_fault_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("cells = { granted", "cells = { grantde"))
    with pytest.raises(UsageError) as caught:
        self_test(path)
    assert "grantde" in caught.value.wording.en
    assert "U001" in caught.value.wording.en


# ---------------------------------------------------------------- selection


def test_selection_by_prefix_name_and_tag() -> None:
    rules = load_rules()
    assert {r.id[:2] for r in select(rules, ["T4"])} == {"T4"}
    assert [r.id for r in select(rules, ["results-sum"])] == ["T401"]
    assert {r.id for r in select(rules, ["balance", "t302"])} == {"T301", "T302"}
    assert not any(r.id.startswith("F") for r in select(rules, (), ["F"]))
    assert [r.id for r in select(rules, ["sum"], ["T3"])] == ["T401"]
    assert select(rules) == rules


@pytest.mark.parametrize("word", ["T9", "blance", "", "reslts-sum"])
def test_an_unknown_rule_is_never_silently_nothing(word: str) -> None:
    for arguments in (([word], ()), ((), [word])):
        with pytest.raises(UsageError):
            select(load_rules(), *arguments)


def test_did_you_mean() -> None:
    with pytest.raises(UsageError, match="是否想写 balance"):
        select(load_rules(), ["blance"])
    with pytest.raises(UsageError, match="T301"):
        find_rule(load_rules(), "T3O1")
    assert find_rule(load_rules(), "t301").name == "application-balance"
