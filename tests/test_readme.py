"""In: the two READMEs. Out: what they show is what the program does."""

import re
import tomllib
from pathlib import Path

import click
import pytest

from auditor.check.load import read_rules
from auditor.check.selftest import run_examples
from auditor.cli import cli, main

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PICTURES = ROOT / "tests/generator/make_pictures.py"


@pytest.fixture(params=READMES, ids=lambda path: path.name)
def readme(request: pytest.FixtureRequest) -> str:
    return request.param.read_text("utf-8")


def block(readme: str, kind: str) -> str:
    return re.search(rf"```{kind}\n(.*?)```", readme, re.DOTALL)[1]


def test_the_picture_tells_what_its_command_prints(
    readme: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, file = re.search(r"^!\[(.*?)\]\((.*?)\)$", readme, re.MULTILINE).groups()
    assert (ROOT / file).is_file()
    command = re.search(r"`auditor (.*?)`", words)[1]
    assert f'"auditor {command}"' in PICTURES.read_text("utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        main(command.split())
    assert ended.value.code == 1
    suggestion = re.search(r"“(.*?)”", words)[1]
    assert f"建议 {suggestion}；同时消除 T302、T303" in capsys.readouterr().out


def test_the_rule_in_ten_lines_proves_itself(readme: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(block(readme, "toml"), "utf-8")
    cases = run_examples(read_rules(file))
    assert [case.passed for case in cases] == [True, True]


def test_every_command_and_option_that_is_named_exists(readme: str) -> None:
    commands = set(re.findall(rf"auditor ({'|'.join(cli.commands)})\b", readme))
    assert commands == set(cli.commands)
    options = {
        name
        for command in cli.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    assert set(re.findall(r"--[a-z][a-z-]+", readme)) <= options | {"--help"}


def test_every_make_target_that_is_named_exists(readme: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)", readme)) - {"and"} <= targets


def test_both_tell_the_same_exit_statuses() -> None:
    for readme in READMES:
        assert re.findall(r"^\| (\d) \|", readme.read_text("utf-8"), re.MULTILINE) == list("01234")


def test_the_version_is_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
