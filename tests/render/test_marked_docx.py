"""In: drafts in Word. Out: a copy with comments at the cells in question, else unchanged."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from auditor import check
from auditor.errors import UnreadableError
from auditor.explain.verdict import CheckedReport
from auditor.render.docx_cells import squeezed, text_of
from auditor.render.marked_docx import mark_docx
from auditor.render.marks import marks
from tests.generator.catalogue import random_layout
from tests.generator.docx import write_docx
from tests.generator.specimen import draw_specimen

from .samples import finding

SEEDS = [3, 4, 6]


@pytest.fixture(params=SEEDS)
def draft(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "draft.docx"
    layout = random_layout(request.param, "libreoffice")
    write_docx(draw_specimen(request.param, layout, faulty=True), file)
    return file


def marked(draft: Path) -> tuple[CheckedReport, bytes]:
    checked = check(draft)
    return checked, mark_docx(draft.read_bytes(), checked, "zh")


def commented_cells(document: Document) -> dict[int, str]:
    """Give the text of the cell in which each comment begins; those in prose have none."""
    starts = document.element.body.iter(qn("w:commentRangeStart"))
    found = {}
    for start in starts:
        cell = next(start.iterancestors(qn("w:tc")), None)
        if cell is not None:
            found[int(start.get(qn("w:id")))] = text_of(cell)
    return found


def test_each_marked_cell_has_its_comment(draft: Path) -> None:
    checked, copy = marked(draft)
    told = {a: mark for a, mark in marks(checked.findings).items() if mark.told}
    document = docx.Document(io.BytesIO(copy))
    at_cells = commented_cells(document)
    assert sorted(at_cells.values()) == sorted(
        squeezed(checked.cells[address].raw) for address in told
    )
    texts = {comment.comment_id: comment.text for comment in document.comments}
    for mark in told.values():
        rule = checked.findings[mark.told[0]].rule
        assert any(rule in texts[number] for number in at_cells)


def test_every_finding_is_said_somewhere(draft: Path) -> None:
    checked, copy = marked(draft)
    said = "\n".join(comment.text for comment in docx.Document(io.BytesIO(copy)).comments)
    assert checked.findings
    for told in checked.findings:
        assert told.rule in said
        assert told.source.zh in said


def test_the_copy_reads_as_the_draft_and_comes_out_the_same_twice(draft: Path) -> None:
    checked, copy = marked(draft)
    again = check(copy, file="copy.docx")
    assert {a: c.raw for a, c in again.cells.items()} == {
        a: c.raw for a, c in checked.cells.items()
    }
    assert [f.rule for f in again.findings] == [f.rule for f in checked.findings]
    assert mark_docx(draft.read_bytes(), checked, "zh") == copy


def test_a_cell_that_reads_otherwise_is_left_and_told_on_top(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice"), faulty=True), file)
    checked = check(file)
    other = docx.Document()
    other.add_paragraph("另一份文件")
    out = io.BytesIO()
    other.save(out)
    document = docx.Document(io.BytesIO(mark_docx(out.getvalue(), checked, "zh")))
    (comment,) = document.comments
    assert all(finding.rule in comment.text for finding in checked.findings)


def test_what_is_no_word_file_cannot_be_marked(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice")), file)
    with pytest.raises(UnreadableError):
        mark_docx(b"PK\3\4 broken", check(file), "zh")


def test_libreoffice_opens_the_copy_with_its_comments(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice, which opens the copy, is not installed")
    file, copy = tmp_path / "draft.docx", tmp_path / "copy.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice"), faulty=True), file)
    checked, content = marked(file)
    copy.write_bytes(content)
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*command, "--convert-to", "odt", "--outdir", str(tmp_path), str(copy)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shutil.unpack_archive(tmp_path / "copy.odt", tmp_path / "odt", "zip")
    text = (tmp_path / "odt/content.xml").read_text("utf-8")
    assert text.count("<office:annotation ") == len([*docx.Document(copy).comments])
    assert checked.findings[0].rule in text


def test_a_finding_of_the_prose_is_told_at_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice")), file)
    checked = check(file)
    assert checked.report
    sentence = next(p.text for p in checked.report.paragraphs if len(p.text) > 40)
    told = replace(finding("P999"), cells=(), suggestions=(), quote=sentence[:20])
    copy = mark_docx(file.read_bytes(), replace(checked, findings=(told,)), "zh")
    document = docx.Document(io.BytesIO(copy))
    (number,) = [c.comment_id for c in document.comments if "P999" in c.text]
    starts = document.element.body.iter(qn("w:commentRangeStart"))
    (start,) = [start for start in starts if int(start.get(qn("w:id"))) == number]
    assert squeezed(sentence[:20]) in text_of(start.getparent())


def test_a_finding_of_a_label_is_told_at_its_cell(tmp_path: Path) -> None:
    file = tmp_path / "draft.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice")), file)
    checked = check(file)
    place = checked.cells["applications/new/total"].place
    told = replace(finding("F999"), cells=(), suggestions=(), place=place)
    copy = mark_docx(file.read_bytes(), replace(checked, findings=(told,)), "zh")
    document = docx.Document(io.BytesIO(copy))
    expected = squeezed(checked.cells["applications/new/total"].raw)
    assert [*commented_cells(document).values()] == [expected]
