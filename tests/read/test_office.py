"""In: DOC, RTF and others, with and without LibreOffice. Out: a document, or what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.errors import UnreadableError
from auditor.read import office, read_document
from tests.generator.printing import find_office
from tests.read.word import grids, prose

RTF = (
    rb"{\rtf1\ansi\ansicpg936 \'d7\'dc\'cc\'e5\'c7\'e9\'bf\'f6\par"
    rb"\trowd\cellx2000\cellx4000 \intbl \'bc\'d7\cell 12\cell\row"
    rb"\trowd\cellx2000\cellx4000 \intbl \'d2\'d2\cell 34\cell\row\pard\par}"
)
NEEDS_OFFICE = pytest.mark.skipif(not find_office(), reason="needs LibreOffice")


@pytest.fixture
def office_named(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    office.find_office.cache_clear()
    yield monkeypatch
    office.find_office.cache_clear()


@NEEDS_OFFICE
def test_rich_text_is_read() -> None:
    document = read_document(RTF, "draft.doc")
    assert prose(document) == ["总体情况"]
    assert [c.text for c in grids(document)[0].cells] == ["甲", "12", "乙", "34"]


def test_without_libreoffice_it_is_said_what_to_do(office_named, tmp_path: Path) -> None:
    office_named.setenv("PATH", str(tmp_path))
    office_named.setattr(office, "_PROGRAMS", ("soffice",))
    with pytest.raises(UnreadableError, match="另存为 DOCX"):
        read_document(RTF, "draft.rtf")


def program(folder: Path, script: str) -> str:
    file = folder / "office"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_a_program_that_makes_nothing_is_said(office_named, tmp_path: Path) -> None:
    office_named.setenv(office.PROGRAM_VARIABLE, program(tmp_path, "exit 0"))
    with pytest.raises(UnreadableError, match="无法转换"):
        read_document(RTF, "draft.rtf")


def test_a_program_that_takes_too_long_is_ended_with_all_it_started(
    office_named, tmp_path: Path
) -> None:
    mark = tmp_path / "pid"
    script = f"sleep 60 & echo $! > {mark}; wait"
    office_named.setenv(office.PROGRAM_VARIABLE, program(tmp_path, script))
    office_named.setattr(office, "_SECONDS", 1)
    with pytest.raises(UnreadableError, match="无法转换"):
        read_document(RTF, "draft.rtf")
    child = int(mark.read_text())
    status = Path(f"/proc/{child}/stat")
    assert not status.exists() or status.read_text().split()[2] in {"Z", "X"} or not _runs(child)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@NEEDS_OFFICE
def test_macros_are_off_and_the_network_leads_nowhere(tmp_path: Path) -> None:
    office._write_settings(tmp_path / "profile")
    settings = (tmp_path / "profile/user/registrymodifications.xcu").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    assert '"ooInetHTTPProxyPort" oor:op="fuse"><value>9<' in settings


@NEEDS_OFFICE
@pytest.mark.parametrize(
    "head", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0\0\0"]
)
def test_a_broken_file_is_unreadable(head: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_document(head + b"\0" * 3000, "draft.doc")
