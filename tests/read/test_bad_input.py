"""In: broken, hostile and misnamed files of every format. Out: one clear line, never a pass."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor.errors import UnreadableError
from auditor.pipeline import check
from auditor.read import read_document
from tests.generator.formats import WRITERS, specimen_for
from tests.read.word import package, paragraph

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
SECONDS = 20  # generous: other work may share the machine


def utf_16(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def long_workbook(rows: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(rows):
        sheet.append((row, 1))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PART = b"--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
MHT = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
BOMB = packed({"[Content_Types].xml": b"", "word/document.xml": b" " * (70 * 1024 * 1024)})
XML_TABLE = b"<w:tbl>" * 10_000

BAD = {
    "encrypted.docx": OLE + utf_16("EncryptedPackage"),
    "empty.docx": b"",
    "truncated.docx": package(paragraph("甲") * 99)[:400],
    "no-text.docx": packed({"[Content_Types].xml": b"<x/>", "word/other.xml": b"<x/>"}),
    "bomb.docx": BOMB,
    "deep.docx": package(XML_TABLE.decode()),
    "not-xml.docx": packed({"[Content_Types].xml": b"", "word/document.xml": b"\0\1\2"}),
    "truncated.xls": OLE + utf_16("Workbook"),
    "no-book.xlsx": packed({"[Content_Types].xml": b"<x/>", "xl/other.xml": b"<x/>"}),
    "bomb.xlsx": packed(
        {
            "[Content_Types].xml": b"",
            "xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a '1'>]><workbook>&a;</workbook>",
        }
    ),
    "archive.zip": packed({"a.pdf": b"%PDF-"}),
    "picture.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
    "slides.ppt": OLE + utf_16("PowerPoint Document"),
    "large.html": b"<html>" + b"<p>x</p>\n" * 1_500_000,
    "deep.html": b"<div>" * 200_000 + b"x",
    "wide.html": b"<table><tr>" + b"<td>1" * 50_000,
    "rows.csv": b"1,2,3,4\n" * 60_000,
    "laughs.docx": packed(
        {
            "[Content_Types].xml": b"",
            "word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
        }
    ),
    "external.docx": packed(
        {
            "[Content_Types].xml": b"",
            "word/document.xml": b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hosts'>]><x>&e;</x>",
        }
    ),
    "large.txt": b"a\tb\tc\n" * 9_000_000,
    "rows.txt": b"a\tb\tc\n" * 60_000,
    "wide.txt": b"1\t" * 60_000,
    "line.txt": b"1" * 50_000_000,
    "rows.md": b"| a | b |\n" * 60_000,
    "parts.mht": MHT + PART * 40_000,
    "no-page.mht": MHT + b"--x\r\nContent-Type: text/plain\r\n\r\nx\r\n--x--",
    "archive.rar": b"Rar!\x1a\x07\x00" + b"\0" * 99,
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_in_one_line(name: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        read_document(BAD[name], name)
    for text in (caught.value.wording.zh, caught.value.wording.en):
        assert text.startswith(name)
        assert "\n" not in text
        assert len(text) < 200
    assert time.monotonic() - start < SECONDS


def test_a_sheet_of_many_rows_is_left_out_within_seconds() -> None:
    content = long_workbook(100_000)
    start = time.monotonic()
    verdict = check(content, file="rows.xlsx")
    assert time.monotonic() - start < 2 * SECONDS
    assert verdict.exit_code == 3
    assert "sheet_too_large" in [problem.code for problem in verdict.problems]


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "csv"])
def test_a_file_cut_anywhere_never_passes_and_never_crashes(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"whole.{suffix}"
    WRITERS[suffix](specimen_for(7_300, suffix), file)
    whole = file.read_bytes()
    for tenth in range(1, 8):
        verdict = check(whole[: len(whole) * tenth // 10], file=f"cut.{suffix}")
        assert verdict.exit_code in {1, 3}, tenth


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html"])
def test_damaged_bytes_never_crash(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"whole.{suffix}"
    WRITERS[suffix](specimen_for(7_301, suffix), file)
    whole = file.read_bytes()
    rng = random.Random(1)
    for _ in range(40):
        content = bytearray(whole)
        for _ in range(rng.choice((1, 20, 400))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        check(bytes(content), file=f"damaged.{suffix}")  # any verdict, no exception


@pytest.mark.parametrize(
    ("suffix", "name"),
    [("docx", "a.doc"), ("html", "a.xls"), ("xlsx", "a.xls"), ("csv", "a.txt"), ("docx", "a.pdf")],
)
def test_the_content_decides_not_the_name(suffix: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"whole.{suffix}"
    WRITERS[suffix](specimen_for(7_302, suffix), file)
    assert check(file.read_bytes(), file=name).report is not None
    assert len(check(file.read_bytes(), file=name).cells) > 180
