"""In: docs/ and what it is made from. Out: what it says is what the program does."""

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from auditor.check.load import load_rules
from auditor.cli import cli
from auditor.config import defaults, read_config
from auditor.render.rules_page import write_rules_page

ROOT = Path(__file__).parent.parent
NAMED_BY_DATA = {"cells", "values", "tables", "place", "summary"}
CI = (ROOT / "docs/ci.md").read_text("utf-8")


def keys_in(document: object) -> set[str]:
    """Give the names of all fields but those named by data: cells, tables, severities."""
    if isinstance(document, list):
        return {key for item in document for key in keys_in(item)}
    if not isinstance(document, dict):
        return set()
    below = (v for k, v in document.items() if k not in NAMED_BY_DATA)
    return {*document, *(key for value in below for key in keys_in(value))}


@pytest.mark.parametrize("command", ["check", "extract"])
def test_each_field_of_the_json_is_told(command: str) -> None:
    told = (ROOT / "docs/json.md").read_text("utf-8")
    sample = str(ROOT / "samples/01-city-2024.pdf")
    ended = CliRunner().invoke(cli, [command, sample, "--format", "json"])
    fields = keys_in(json.loads(ended.stdout))
    assert {"suggestions", "behind"} <= fields or command == "extract"
    assert {field for field in fields if f"`{field}`" not in told} == set()


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", CI, re.DOTALL)


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    page = io.StringIO()
    write_rules_page(page, load_rules())
    assert (ROOT / "docs/rules.md").read_text("utf-8") == page.getvalue(), "stale: run `make docs`"


def test_every_option_that_is_named_exists() -> None:
    options = {
        name
        for command in cli.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    commands = "\n".join(
        line for line in CI.splitlines() if "auditor " in line and not line.startswith("docker")
    )
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", commands)) <= options | {"--help"}


def test_the_configuration_that_is_shown_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "auditor.toml"
    check = cli.commands["check"]
    for block in blocks("toml"):
        if "[[waiver]]" not in block:
            file.write_text(block, "utf-8")
            assert defaults(read_config(str(file)), check, check)


def test_the_yaml_that_is_shown_is_yaml() -> None:
    texts = blocks("yaml")
    assert len(texts) >= 3
    for text in texts:
        assert yaml.safe_load(text)


def test_the_action_calls_the_program_as_it_is() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert action["runs"]["using"] == "composite"
    named = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert named == set(action["inputs"])
    for step in action["runs"]["steps"]:
        assert "uses" in step or step["shell"] == "bash"


def test_the_glossary_names_every_exit_status_and_state() -> None:
    glossary = CI.partition("## Glossary")[2]
    for word in ("0", "1", "2", "3", "4", "130", "141"):
        assert f"| {word} |" in glossary
    for state in ("pass", "violation", "not_applicable", "unaudited", "rule_error"):
        assert f"`{state}`" in glossary
    for state in ("fail", "incomplete", "unreadable", "complete", "partial", "not_found"):
        assert f"`{state}`" in glossary


@pytest.mark.parametrize("name", [".pre-commit-hooks.yaml", "docs/ci/gitlab.yml"])
def test_files_for_other_tools_are_yaml(name: str) -> None:
    assert yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_the_container_installs_what_the_package_declares() -> None:
    recipe = (ROOT / "docs/ci/Dockerfile").read_text("utf-8")
    version = re.search(r"^FROM python:(\d+)\.(\d+)", recipe, re.MULTILINE)
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    minor = int(needed["requires-python"].rpartition(".")[2])
    assert int(version[2]) >= minor


def test_the_script_of_the_action_checks_what_its_inputs_name(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (step,) = [s for s in action["runs"]["steps"] if s.get("id") == "check"]
    for name in ("a b.txt", "$(touch owned).txt"):
        document = (ROOT / "tests/scenarios/documents/qingshi-2023.txt").read_text("utf-8")
        (tmp_path / name).write_text(document.replace("12\t3\t2\t1\t18", "12\t3\t2\t1\t17"))
    program = tmp_path / "bin/auditor"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "AUDITOR_PATHS": "a b.txt\n$(touch owned).txt\n",
        "AUDITOR_ARGS": "--fail-on=warning\n--lang=en",
        "AUDITOR_SARIF": "out.sarif",
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("\n::error file=") == 2
    assert (tmp_path / "output").read_text("utf-8") == "status=1\n"
    assert len(json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    assert "| reports 2 |" in (tmp_path / "summary.md").read_text("utf-8")
    assert not (tmp_path / "owned").exists()
