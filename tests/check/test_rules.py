"""The rules that come with the program: their files, their examples, their catalogue."""

from dataclasses import replace
from pathlib import Path

import pytest

from auditor.check.catalogue import rules_digest
from auditor.check.load import load_rules, read_rules
from auditor.check.rule import Rule
from auditor.check.selftest import CaseResult, run_examples, self_test
from auditor.form import rules_dir
from auditor.model import OutcomeState

RULES = load_rules()
FILES = sorted(rules_dir().glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_rule_files_fit_schema_and_form(file: Path) -> None:
    assert read_rules(file)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_and_mutations(rule: Rule) -> None:
    results = run_examples((rule,))
    assert {r.found for r in results} >= {OutcomeState.PASS, OutcomeState.VIOLATION}
    assert [r for r in results if not r.passed] == []


def test_every_sum_is_mutated_in_each_operand() -> None:
    changed: dict[str, set[str]] = {}
    for result in self_test():
        if result.changed:
            changed.setdefault(result.rule, set()).add(result.changed)
    sizes = {rule: len(cells) for rule, cells in changed.items() if rule.startswith(("T3", "T4"))}
    # T302: 21 outcomes and their total, and the old row of the 2019 form
    assert sizes == {"T301": 4, "T302": 21 + 1 + 1, "T303": 7, "T401": 5}


def test_a_wrong_example_is_reported() -> None:
    rule = RULES[0]
    wrong = replace(rule, examples=(replace(rule.examples[0], state="not_applicable"),))
    assert [r.passed for r in run_examples((wrong,))] == [False]
    assert isinstance(run_examples((wrong,))[0], CaseResult)


def test_only_arithmetic_the_year_and_the_carry_over_are_errors() -> None:
    errors = " ".join(sorted(rule.id for rule in RULES if rule.severity == "error"))
    tables = "T204 T207 T208 T301 T302 T303 T304 T305 T306 T307 T310 T401 T402 T403 T404"
    assert errors == f"F401 {tables} Y101"


def test_every_rule_says_where_it_is_from_in_one_line() -> None:
    for rule in RULES:
        line = rule.source_line()
        assert line.zh.startswith("《")
        assert "\n" not in line.zh + line.en


def test_the_digest_is_of_the_data() -> None:
    assert rules_digest() == rules_digest()
    assert rules_digest().startswith("sha256:")
    assert rules_digest((FILES[0],)) != rules_digest()
