"""Scans and pictures by way of the real models: what is read, what is refused, what is said."""

import io
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("rapidocr", reason="needs the extra ocr")
pytest.importorskip("onnxruntime", reason="needs the extra ocr")

from PIL import Image

from auditor.errors import UnreadableError
from auditor.model import Document, Grid, GridCell, Paragraph
from auditor.pipeline import check, extract
from auditor.read import read_document
from tests.generator.scans import Scan, scan_pdf
from tests.read.drawing import make_pdf, rules, words
from tests.read.scan.pictures import DPI, draw_table, saved

ROOT = Path(__file__).parents[3]
ROWS = (
    ("A", "B", "C", "total"),
    ("305", "0", "17", "322"),
    ("1,288", "/", "96.5", ""),
    ("8", "-", "60", "1001"),
)
PROSE = "THESE ARE THE NUMBERS\nOF ALL THE REQUESTS\nRECEIVED IN THE YEAR"


def cells_of(document: Document) -> dict[tuple[int, int], GridCell]:
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    return {(cell.row, cell.column): cell for cell in grid.cells}


def texts_of(document: Document) -> tuple[tuple[str, ...], ...]:
    cells = cells_of(document)
    assert not [cell for cell in cells.values() if cell.doubt]
    return tuple(tuple(cells[row, column].text for column in range(4)) for row in range(len(ROWS)))


@pytest.mark.parametrize(("format_", "skew", "quarters"), [("JPEG", 1.0, 0), ("TIFF", -0.6, 1)])
def test_a_table_is_read_from_a_picture(format_: str, skew: float, quarters: int) -> None:
    page = draw_table(ROWS, below=PROSE, skew=skew)
    turned = page.rotate(90 * quarters, expand=True)
    document = read_document(saved([turned], format_, dpi=(DPI, DPI)), "scan")
    assert texts_of(document) == ROWS
    prose = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert all(paragraph.by_ocr for paragraph in prose)
    said = "".join(paragraph.text for paragraph in prose)
    assert "".join(said.split()) == "".join(PROSE.split())
    assert [(p.code, p.severity) for p in document.problems] == [("read_by_ocr", "info")]


def test_places_are_those_on_the_page_as_it_was_scanned() -> None:
    page = draw_table(ROWS, below=PROSE, skew=1.0).rotate(90, expand=True)
    document = read_document(saved([page], "PNG", dpi=(DPI, DPI)), "scan")
    bbox = cells_of(document)[1, 0].place.bbox
    assert bbox is not None
    x, y = (bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2
    assert abs(x - 101) < 6  # the second row, which runs upwards now
    assert abs(y - (595 - 81)) < 6


def test_pages_of_a_pdf_are_read_each_by_what_it_has() -> None:
    scan = saved([draw_table(ROWS)], "PDF", resolution=DPI)
    plain = make_pdf(rules() + words((("a", "10", "2"), ("b", "305", "0"), ("c", "7", "11"))))
    document = read_document(_joined(plain, scan), "mixed.pdf")
    first, second = (block for block in document.blocks if isinstance(block, Grid))
    assert {cell.confidence for cell in first.cells} == {None}
    assert all(cell.confidence is not None for cell in second.cells)
    (number,) = (cell for cell in second.cells if cell.text == "305")
    assert number.confidence is not None
    assert Decimal("0.9") < number.confidence <= 1
    assert [cell.text for cell in second.cells] == [text for row in ROWS for text in row]
    assert "2" in document.problems[0].message.zh


def _joined(*files: bytes) -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    for file in files:
        writer.append(io.BytesIO(file))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_several_pages_of_a_tiff() -> None:
    pages = [draw_table(ROWS[:2]), draw_table(ROWS[2:])]
    document = read_document(saved(pages, "TIFF", dpi=(DPI, DPI)), "scan.tif")
    assert [b.place.page for b in document.blocks if isinstance(b, Grid)] == [1, 2]


def test_ink_that_says_nothing_is_not_blank() -> None:
    page = draw_table((("5", "7"), ("", "0")))
    page.paste(70, (140, 260, 190, 285))  # a blot in the cell that is blank
    cell = cells_of(read_document(saved([page], "PNG", dpi=(DPI, DPI)), "blot.png"))[1, 0]
    assert cell.doubt is not None


def test_a_picture_too_coarse_is_refused_aloud() -> None:
    page = draw_table(ROWS).resize((595, 420), Image.Resampling.LANCZOS)
    document = read_document(saved([page], "PNG", dpi=(72, 72)), "coarse.png")
    assert [p.code for p in document.problems] == ["picture_too_coarse"]
    assert not document.blocks


def test_a_scanned_report_says_what_its_original_says(tmp_path: Path) -> None:
    original = ROOT / "samples/02-county-2023.pdf"
    scanned = scan_pdf(original, tmp_path / "scan", Scan(skew=0.6, noise=4, jpeg=75), seed=3)
    read, expected = extract(scanned), extract(original)
    assert {a: (c.state, c.value) for a, c in read.cells.items()} == {
        a: (c.state, c.value) for a, c in expected.cells.items()
    }
    assert (read.agency, read.year, read.form) == (expected.agency, expected.year, expected.form)
    assert {t.status for t in read.tables.values()} == {"complete"}


# ---------------------------------------------------------------- bad input


def bomb() -> bytes:
    return saved([Image.new("1", (20_000, 20_000))], "PNG")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(), "过大"),
        (saved([draw_table(ROWS)], "PNG")[:4000], "损坏"),
        (saved([draw_table(ROWS)], "JPEG")[:4000], "损坏"),
        (saved([draw_table(ROWS)], "TIFF")[:4000], "损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "损坏"),
        (b"II*\0" + b"\xff" * 99, "损坏"),
    ],
)
def test_a_bad_picture_is_one_line(content: bytes, says: str) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        read_document(content, "bad.png")
    assert time.monotonic() - start < 20
    assert says in caught.value.wording.zh
    assert "\n" not in caught.value.wording.en


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    verdict = check(saved([draw_table(ROWS)], "PNG"), file="scan.png")
    assert verdict.exit_code == 3
    assert "pip install 'auditor[ocr]'" in verdict.problems[0].message.en
