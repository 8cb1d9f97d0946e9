"""In: drafts in PDF, turned and cropped. Out: a copy whose notes stand at the cells in question."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pypdf.generic import RectangleObject

from auditor import check
from auditor.errors import UnreadableError
from auditor.explain.verdict import CheckedReport
from auditor.model import Address
from auditor.render.marked_pdf import mark_pdf
from auditor.render.marks import marks

from .samples import finding

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples/01-city-2024.pdf"


def turned(rotation: int, margin: float) -> bytes:
    """Give the sample with its pages turned, and cut by a crop box."""
    writer = pypdf.PdfWriter(clone_from=SAMPLE)
    for page in writer.pages:
        box = page.mediabox
        page.cropbox = RectangleObject(
            (box.left + margin, box.bottom + margin / 2, box.right - margin, box.top - margin)
        )
        if rotation:
            page.rotate(rotation)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def notes_of(copy: bytes) -> Iterator[tuple[int, pypdf.generic.DictionaryObject]]:
    """Give the page (1-based, as in the draft) and each highlight on it."""
    reader = pypdf.PdfReader(io.BytesIO(copy))
    summaries = len(reader.pages) - len(pypdf.PdfReader(SAMPLE).pages)
    assert summaries >= 1
    for number, page in enumerate(reader.pages):
        for reference in page.get("/Annots", []):
            yield number - summaries + 1, reference.get_object()


def text_under(copy: bytes, page_no: int, rect: list[float]) -> str:
    """Give what another library reads within a rectangle of the page as stored."""
    pdf = pypdfium2.PdfDocument(copy)
    summaries = len(pdf) - len(pypdf.PdfReader(SAMPLE).pages)
    page = pdf[page_no + summaries - 1]
    page.set_rotation(0)  # text that stands on its head is read backwards
    x0, y0, x1, y1 = rect
    text = page.get_textpage().get_text_bounded(left=x0, bottom=y0, right=x1, top=y1)
    pdf.close()
    return str(text).strip()


def cells_said(checked: CheckedReport) -> dict[Address, str]:
    return {address: checked.cells[address].raw for address in marks(checked.findings)}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("margin", [0, 20])
def test_each_note_stands_on_its_cell(rotation: int, margin: float) -> None:
    draft = turned(rotation, margin)
    checked = check(draft, file="draft.pdf")
    expected = sorted(cells_said(checked).values())
    assert len(expected) > 5
    copy = mark_pdf(draft, checked, "zh")
    found = [text_under(copy, page_no, note["/Rect"]) for page_no, note in notes_of(copy)]
    assert sorted(found) == expected


def test_a_note_says_what_the_cell_should_be_in_chinese() -> None:
    checked = check(str(SAMPLE))
    said = [
        str(note["/Contents"]) for _, note in notes_of(mark_pdf(SAMPLE.read_bytes(), checked, "zh"))
    ]
    (swapped,) = [text for text in said if "应改为 61" in text]
    assert swapped.startswith("【此格有误】")
    assert "T301" in swapped
    assert "T303" in swapped
    assert "依据" in swapped


def test_notes_are_drawn_print_and_leave_the_text_readable() -> None:
    for _, note in notes_of(mark_pdf(SAMPLE.read_bytes(), check(str(SAMPLE)), "zh")):
        assert note["/Subtype"] == "/Highlight"
        assert int(note["/F"]) & 4
        drawn = note["/AP"]["/N"].get_object()
        assert b" re f" in drawn.get_data()
        assert drawn["/Resources"]["/ExtGState"]["/M"]["/BM"] == "/Multiply"


def test_the_summary_page_opens_the_copy() -> None:
    pdf = pypdfium2.PdfDocument(mark_pdf(SAMPLE.read_bytes(), check(str(SAMPLE)), "zh"))
    text = pdf[0].get_textpage().get_text_range()
    assert "有错误，需更正" in text
    assert "规则实例" in text
    assert all(rule in text for rule in ("T301", "T302", "T303", "T401"))
    pdf.close()


def test_the_copy_reads_as_the_draft_and_comes_out_the_same_twice() -> None:
    content = SAMPLE.read_bytes()
    checked = check(str(SAMPLE))
    copy = mark_pdf(content, checked, "zh")
    assert (
        hashlib.sha256(copy).digest() == hashlib.sha256(mark_pdf(content, checked, "zh")).digest()
    )
    before = {address: cell.raw for address, cell in checked.cells.items()}
    assert {a: c.raw for a, c in check(copy, file="copy.pdf").cells.items()} == before


def test_a_clean_draft_gets_a_summary_and_no_note() -> None:
    clean = ROOT / "samples/11-township-2024.pdf"
    copy = mark_pdf(clean.read_bytes(), check(str(clean)), "en")
    assert not [
        note for page in pypdf.PdfReader(io.BytesIO(copy)).pages for note in page.get("/Annots", [])
    ]


def test_what_is_no_pdf_cannot_be_marked() -> None:
    with pytest.raises(UnreadableError):
        mark_pdf(b"%PDF-1.7 broken", check(str(SAMPLE)), "zh")


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_finding_of_the_prose_is_told_at_its_paragraph(rotation: int) -> None:
    draft = turned(rotation, 10)
    checked = check(draft, file="draft.pdf")
    assert checked.report
    paragraph = next(p for p in checked.report.paragraphs if len(p.text) > 60)
    told = replace(finding("P999"), quote=paragraph.raw, place=paragraph.place, suggestions=())
    copy = mark_pdf(draft, replace(checked, findings=(replace(told, cells=()),)), "zh")
    ((page_no, note),) = notes_of(copy)
    found = "".join(text_under(copy, page_no, note["/Rect"]).split())
    assert found.startswith("".join(paragraph.text.split())[:15])
    assert "P999" in note["/Contents"]
