"""In: a draft that is saved again and again. Out: each time what is new and what is settled."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DRAFT = ROOT / "tests/scenarios/documents/qingshi-2023.txt"
WAITING = "等待文件保存"
PATIENCE_SECONDS = 60


class Watched:
    """A running watch whose output is read up to the next pause."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "auditor", "check", "--watch", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def until_it_waits(self) -> str:
        said = ""
        while WAITING not in said:
            said += self.lines.get(timeout=PATIENCE_SECONDS)
        return said

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    file = tmp_path / "draft.txt"
    file.write_bytes(DRAFT.read_bytes())
    return file


@pytest.fixture
def watched(draft: Path) -> Iterator[Watched]:
    running = Watched(str(draft))
    yield running
    if running.process.poll() is None:
        running.process.kill()
    running.process.wait()
    assert running.process.stdout
    running.process.stdout.close()


def save(draft: Path, content: bytes) -> None:
    """Save as editors do: a new file takes the place of the old one."""
    new = draft.with_suffix(".saving")
    new.write_bytes(content)
    new.replace(draft)


def with_a_wrong_total(content: bytes) -> bytes:
    text = content.decode("utf-8")
    line = next(part for part in text.splitlines() if "（七）总计" in part)
    head, _, last = line.rpartition("\t")
    return text.replace(line, f"{head}\t{int(last) + 1}").encode()


def test_a_slip_is_new_and_its_mending_settles_it(draft: Path, watched: Watched) -> None:
    whole = draft.read_bytes()
    first = watched.until_it_waits()
    assert "无错误" in first
    assert "与上次相比" not in first

    save(draft, with_a_wrong_total(whole))
    second = watched.until_it_waits()
    since = second.partition("与上次相比")[2]
    assert "T302" in since
    assert "新增" in since

    save(draft, whole)
    third = watched.until_it_waits().partition("与上次相比")[2]
    assert "已解决" in third
    assert "T302" in third
    assert watched.end() == 0


def test_what_is_gone_from_an_unreadable_draft_is_not_settled(
    draft: Path, watched: Watched
) -> None:
    whole = draft.read_bytes()
    watched.until_it_waits()
    save(draft, with_a_wrong_total(whole))
    watched.until_it_waits()
    save(draft, "只剩下一句话。".encode())
    said = watched.until_it_waits().partition("与上次相比")[2]
    assert "未再核验" in said
    assert "已解决 0" in said
    assert watched.end() == 3


def test_standard_input_cannot_be_watched() -> None:
    command = [sys.executable, "-m", "auditor", "check", "--watch", "-"]
    done = subprocess.run(command, cwd=ROOT, input=b"", capture_output=True, check=False)
    assert done.returncode == 2
    assert "--watch" in done.stderr.decode()
