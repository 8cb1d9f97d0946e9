"""In: *.scenario files. Out: each run gives what it says, in its words and its exit status."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.documents import MAKERS

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCENARIOS = sorted(HERE.glob("*.scenario"))


@dataclass(frozen=True, slots=True)
class Part:
    head: str
    body: str


def read_scenario(file: Path) -> list[Part]:
    pieces = re.split(r"^--- (.*)\n", file.read_text("utf-8"), flags=re.MULTILINE)
    return [Part(head.strip(), body) for head, body in zip(pieces[1::2], pieces[2::2], strict=True)]


def make_document(folder: Path, part: Part) -> None:
    words = part.head.split()
    target = folder / words[1]
    target.parent.mkdir(parents=True, exist_ok=True)
    match words[2:]:
        case ["from", source]:
            target.write_text(changed((HERE / "documents" / source).read_text("utf-8"), part.body))
        case ["made", "by", maker]:
            target.write_bytes(MAKERS[maker]())
        case []:
            target.write_text(part.body, "utf-8")
        case _:
            pytest.fail(f"cannot make a document: {part.head}")


def changed(text: str, replacements: str) -> str:
    for line in replacements.splitlines():
        old, new = line.removeprefix("replace ").replace("\\t", "\t").split(" => ")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "auditor"
    environment = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "FORCE_COLOR"}}
    return subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def pattern(expected: str) -> re.Pattern[str]:
    lines = []
    for line in expected.splitlines():
        if line.strip() == "[...]":
            lines.append(r"(?:.*\n)*?")
        else:
            words = re.escape(line.rstrip()).replace("<n>", r"[\d,]+")
            lines.append(words.replace(re.escape("[...]"), ".*") + r" *\n")
    return re.compile("".join(lines))


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_scenario(file: Path, tmp_path: Path) -> None:
    parts = read_scenario(file)
    sections = {part.head: part.body for part in parts}
    for part in parts:
        if part.head.startswith("document"):
            make_document(tmp_path, part)
    done = run(tmp_path, sections["command"].strip())
    for name, said in (("stdout", done.stdout), ("stderr", done.stderr)):
        expected = sections.get(name, "")
        if not pattern(expected).fullmatch(said):
            pytest.fail(f"{file.name}: {name} was:\n{said}", pytrace=False)
    assert done.returncode == int(sections["status"]), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) >= 15
