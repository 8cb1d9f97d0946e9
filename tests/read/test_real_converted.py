"""In: published reports in other formats. Out: the truth, or word of what was not read."""

import json
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.model import Address, Amount, CellState, TableStatus
from auditor.pipeline import extract
from tests.generator.formats import WRITERS
from tests.generator.layout import Engine, Layout
from tests.generator.printing import find_office
from tests.generator.prose import write_prose
from tests.generator.render import missing_program, render_all
from tests.generator.specimen import Specimen, draw_specimen
from tests.generator.truth import FormName

REAL = Path(__file__).parents[3] / "shared" / "real"
FORMS: dict[str, FormName] = {
    "huaian-2024": "2021",
    "hongze-2023": "2021-legacy-row",
    "shapotou-2020": "2019",
}
ENGINES: dict[str, Engine] = {"docx": "libreoffice", "html": "chromium", "md": "markdown"}
PRINTED: tuple[Engine, ...] = ("chromium", "libreoffice")

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="needs ../shared/real")


def truth_of(name: str) -> dict[Address, Amount | None]:
    text = (REAL / f"{name}.json").read_text("utf-8")
    cells: dict[Address, Amount | None] = json.loads(text, parse_float=Decimal)["cells"]
    return cells


def specimen(name: str, engine: Engine) -> Specimen:
    """The published numbers in a report of our own layout and prose."""
    truth, form = truth_of(name), FORMS[name]
    year = int(name[-4:])
    drawn = draw_specimen(1, Layout(engine=engine), form=form, faulty=False)
    prose = write_prose(drawn.agency, year, form, truth, 1)
    return replace(drawn, year=year, truth=truth, prose=prose)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", FORMS)
def test_published_numbers_come_out_of_every_format(name: str, suffix: str, tmp_path) -> None:
    file = tmp_path / f"{name}.{suffix}"
    WRITERS[suffix](specimen(name, ENGINES.get(suffix, "text")), file)
    report = extract(file)
    assert {a: c.value for a, c in report.cells.items()} == truth_of(name)
    assert {t.status for t in report.tables.values()} == {TableStatus.COMPLETE}
    assert report.year == int(name[-4:])


@pytest.mark.parametrize("engine", PRINTED)
def test_published_numbers_come_out_of_what_other_programs_print(engine, tmp_path) -> None:
    if program := missing_program(engine):
        pytest.skip(f"{program} is not installed")
    files = render_all({name: specimen(name, engine) for name in FORMS}, tmp_path)
    for name, file in zip(FORMS, files, strict=True):
        assert {a: c.value for a, c in extract(file).cells.items()} == truth_of(name), name


def is_true_or_said(file: Path, name: str) -> None:
    """No cell is wrong, and what is missing is an error that the report tells."""
    report, truth = extract(file), truth_of(name)
    read = {a: c.value for a, c in report.cells.items() if c.state is CellState.VALUE}
    assert {a: v for a, v in read.items() if truth.get(a) != v} == {}
    if read != truth:
        assert any(problem.severity == "error" for problem in report.problems)


@pytest.mark.skipif(not find_office(), reason="needs LibreOffice")
@pytest.mark.parametrize("name", ["huaian-2024", "hongze-2023"])
def test_a_published_pdf_that_libreoffice_makes_a_draft_of(name: str, tmp_path: Path) -> None:
    """Its import sets each line as a frame of its own: no table is left to be read."""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(find_office()), profile, "--headless", "--infilter=writer_pdf_import"]
    target = ["--convert-to", "docx", "--outdir", str(tmp_path), str(REAL / f"{name}.pdf")]
    subprocess.run([*command, *target], check=True, capture_output=True, timeout=120)
    is_true_or_said(tmp_path / f"{name}.docx", name)


@pytest.mark.skipif(not shutil.which("pdftohtml"), reason="needs poppler's pdftohtml")
@pytest.mark.parametrize("name", ["huaian-2024", "hongze-2023"])
def test_a_published_pdf_that_poppler_makes_a_page_of(name: str, tmp_path: Path) -> None:
    page = tmp_path / f"{name}.html"
    command = ["pdftohtml", "-s", "-noframes", "-q", str(REAL / f"{name}.pdf"), str(page)]
    subprocess.run(command, check=True, timeout=60)
    is_true_or_said(page, name)
