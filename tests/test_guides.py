"""In: the guides for officials and for authors of rules. Out: what they show works as they say."""

import re
import shlex
from pathlib import Path

import click
import pytest
from PIL import Image

from auditor.check.load import read_rules
from auditor.check.selftest import run_examples
from auditor.cli import cli

ROOT = Path(__file__).parent.parent
RULES, OFFICIALS = ROOT / "docs/writing-rules.md", ROOT / "docs/officials.zh-CN.md"
GUIDES = [RULES, OFFICIALS]


def blocks(guide: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)


def commands(guide: Path) -> list[list[str]]:
    shown = re.findall(r"^\$ (.+)$", "\n".join(blocks(guide, "console")), re.MULTILINE)
    shown += re.findall(r"`(auditor [^`]+)`", guide.read_text("utf-8"))
    return [shlex.split(line)[1:] for line in shown if line.startswith("auditor ")]


@pytest.mark.parametrize("block", blocks(RULES, "toml"), ids=["first", "last-year"])
def test_the_rules_shown_prove_themselves(block: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(block, "utf-8")
    results = run_examples(read_rules(file))
    assert len(results) >= 2
    assert all(result.passed for result in results)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_command_shown_is_one(guide: Path) -> None:
    shown = commands(guide)
    assert len(shown) >= 3
    for name, *arguments in shown:
        command = cli.commands[name]
        options = {name for p in command.params if isinstance(p, click.Option) for name in p.opts}
        written = {word.partition("=")[0] for word in arguments if word.startswith("--")}
        assert written <= options, (name, arguments)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", guide.read_text("utf-8")):
        assert (guide.parent / target).exists(), target


def test_the_pictures_are_small() -> None:
    for picture in sorted((ROOT / "docs/pictures").glob("*.png")):
        assert picture.stat().st_size < 150_000
        with Image.open(picture) as opened:
            assert opened.width >= 800


def test_the_exit_statuses_are_told() -> None:
    told = re.findall(r"^\| .+ \((\d)\) \|", OFFICIALS.read_text("utf-8"), re.MULTILINE)
    assert told == list("01234")
