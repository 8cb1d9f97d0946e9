"""In: drafts. Out: pictures on which every cell has the colour of what it was taken for."""

import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from auditor.model import CellState, Report
from auditor.pipeline import extract
from auditor.render.sight.seen import Kind
from auditor.render.sight.words import COLOURS
from tests.read.drawing import make_pdf, rules, words

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
COUNTY = SAMPLES / "02-county-2023.pdf"


def draw(tmp_path: Path, *args: str) -> tuple[int, str, Path]:
    folder = tmp_path / "seen"
    command = [sys.executable, "-m", "auditor", "extract", *args, "--debug-images", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, folder


def tint(picture: Image.Image, report: Report, page: int, address: str) -> tuple[int, ...]:
    """The colour of a cell, just inside its upper left corner."""
    place = report.cells[address].place
    assert place.page == page
    assert place.bbox
    left, top, _, _ = place.bbox
    scale = min(3.0, 2400 / 841.89)
    colour = picture.getpixel((int((left + 2.5) * scale), int((top + 2.5) * scale)))
    assert isinstance(colour, tuple)
    return colour


def is_like(colour: tuple[int, ...], kind: Kind) -> bool:
    """Claim that a colour is that of a kind, seen through on white."""
    wanted = COLOURS[kind]
    order = sorted(range(3), key=lambda part: wanted[part])
    shown = sorted(range(3), key=lambda part: colour[part])
    return max(colour) - min(colour) > 20 and (order[0], order[2]) == (shown[0], shown[2])


def turned(tmp_path: Path) -> Path:
    writer = pypdf.PdfWriter()
    page = pypdf.PdfReader(COUNTY).pages[1]
    page.cropbox.lower_left, page.cropbox.upper_right = (60, 300), (560, 800)
    writer.add_page(page.rotate(90))
    writer.write(tmp_path / "turned.pdf")
    return tmp_path / "turned.pdf"


def test_each_page_of_a_pdf_is_drawn_with_its_cells(tmp_path: Path) -> None:
    code, said, folder = draw(tmp_path, str(COUNTY))
    assert code == 0
    report = extract(COUNTY)
    pages = sorted(folder.iterdir())
    assert [page.name for page in pages] == [f"02-county-2023-{n}.png" for n in (1, 2, 3, 4)]
    assert "4 页" in said
    numbers = [cell for cell in report.cells.values() if cell.state is CellState.VALUE]
    with Image.open(pages[1]) as picture:
        drawn = picture.convert("RGB")
    on_page = [cell.address for cell in numbers if cell.place.page == 2]
    assert len(on_page) > 40
    assert all(is_like(tint(drawn, report, 2, address), Kind.VALUE) for address in on_page)


def test_a_turned_and_cropped_page_is_drawn_as_it_is_shown(tmp_path: Path) -> None:
    file = turned(tmp_path)
    code, _, folder = draw(tmp_path, str(file))
    assert code == 3
    report = extract(file)
    with Image.open(folder / "turned-1.png") as picture:
        drawn = picture.convert("RGB")
    assert drawn.height == 1500  # 500 pt, three pixels each
    assert report.cells
    for address, cell in report.cells.items():
        assert cell.place.bbox
        left, top, _, _ = (int(edge * 3) for edge in cell.place.bbox)
        colour = drawn.getpixel((left + 7, top + 7))
        assert isinstance(colour, tuple)
        assert is_like(colour, Kind.VALUE), address


def test_a_cell_that_cannot_be_read_is_red(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    text = (SAMPLES / "03-district-2020.txt").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("二、上年结转"))
    fields = row.split("\t")
    file.write_text(text.replace(row, "\t".join([fields[0], "1O", *fields[2:]])), "utf-8")
    code, _, folder = draw(tmp_path, str(file))
    page = (folder / "words.html").read_text("utf-8")
    assert code == 3
    assert '<td class="unreadable">1O<small>applications/carried_in/natural_person' in page


def test_of_what_is_no_report_the_grids_are_drawn_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(make_pdf(rules() + words([["a", "1", "2"]])))
    code, _, folder = draw(tmp_path, str(file), "--lang", "en")
    assert code == 3
    assert [page.name for page in folder.iterdir()] == ["letter-1.png"]


@pytest.mark.parametrize("name", ["03-district-2020.txt", "15-subdistrict-2023.md"])
def test_of_formats_without_pages_the_grids_are_written_as_a_page(name, tmp_path) -> None:
    code, said, folder = draw(tmp_path, str(SAMPLES / name), "--lang", "en")
    report = extract(SAMPLES / name)
    page = (folder / Path(name).with_suffix(".html").name).read_text("utf-8")
    assert code == 0
    assert "has no pages to draw" in said
    assert all(f"<small>{address}</small>" in page for address in report.cells)
    assert page.count("<h2>") >= 3


def test_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "r.txt").write_bytes((SAMPLES / "03-district-2020.txt").read_bytes())
    _, _, folder = draw(tmp_path, str(tmp_path / "a/r.txt"), str(tmp_path / "b/r.txt"))
    assert sorted(page.name for page in folder.iterdir()) == ["r.html", "r_2.html"]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "seen").write_text("a file", "utf-8")
    code, said, _ = draw(tmp_path, str(COUNTY))
    assert code == 2
    assert "--debug-images" in said
    assert said.count("\n") == 1
