"""In: `--report pdf=, docx=, xlsx=, html=`. Out: the files, or one line that says what to do."""

import hashlib
import shutil
import sys
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest

from auditor.cli import main
from tests.generator.catalogue import random_layout
from tests.generator.docx import write_docx
from tests.generator.specimen import draw_specimen

ROOT = Path(__file__).parent.parent
FAULTY = ROOT / "samples/01-city-2024.pdf"
CLEAN = ROOT / "samples/11-township-2024.pdf"
TEXT = ROOT / "samples/03-district-2020.txt"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as end:
        main(["check", *map(str, arguments)])
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.fixture
def word(tmp_path: Path) -> Path:
    file = tmp_path / "draft.docx"
    write_docx(draw_specimen(4, random_layout(4, "libreoffice"), faulty=True), file)
    return file


def test_all_four_in_one_run(tmp_path: Path, word: Path) -> None:
    targets = {name: tmp_path / f"out.{name}" for name in ("pdf", "html", "xlsx")}
    reports = [f"--report={name}={path}" for name, path in targets.items()]
    assert run(FAULTY, *reports) == 1
    assert len(pypdf.PdfReader(targets["pdf"]).pages) > len(pypdf.PdfReader(FAULTY).pages)
    assert "T401" in targets["html"].read_text("utf-8")
    assert len(openpyxl.load_workbook(targets["xlsx"]).sheetnames) == 5
    copy = tmp_path / "copy.docx"
    assert run(word, f"--report=docx={copy}") == 1
    assert len([*docx.Document(str(copy)).comments]) > 1


def test_the_draft_is_never_touched(tmp_path: Path, word: Path) -> None:
    pdf = shutil.copy(FAULTY, tmp_path / "draft.pdf")
    before = [hashlib.sha256(Path(p).read_bytes()).digest() for p in (pdf, word)]
    assert run(pdf, f"--report=pdf={tmp_path}/m.pdf") == 1
    assert run(word, f"--report=docx={tmp_path}/m.docx") == 1
    assert run(pdf, f"--report=pdf={pdf}") == 2
    (tmp_path / "link.docx").symlink_to(word)
    assert run(word, f"--report=docx={tmp_path}/link.docx") == 2
    assert [hashlib.sha256(Path(p).read_bytes()).digest() for p in (pdf, word)] == before


def test_several_drafts_need_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FAULTY, CLEAN, f"--report=pdf={tmp_path}/m.pdf") == 2
    assert "文件夹" in capsys.readouterr().err
    assert run(FAULTY, CLEAN, f"--report=pdf={tmp_path}/marked/") == 1
    found = sorted(path.name for path in (tmp_path / "marked").iterdir())
    assert found == ["01-city-2024-marked.pdf", "11-township-2024-marked.pdf"]


def test_drafts_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder, source in (("a", FAULTY), ("b", CLEAN)):
        (tmp_path / folder).mkdir()
        shutil.copy(source, tmp_path / folder / "report.pdf")
    assert run(tmp_path / "a", tmp_path / "b", f"--report=pdf={tmp_path}/out/") == 1
    assert len([*(tmp_path / "out").iterdir()]) == 2


def test_what_has_another_format_is_passed_over_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FAULTY, TEXT, f"--report=pdf={tmp_path}/out/") == 1
    assert "1 份不是可标注的 PDF" in capsys.readouterr().err


def test_nothing_to_mark_is_told_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(TEXT, f"--report=pdf={tmp_path}/m.pdf") == 2
    assert "没有可标注的 PDF" in capsys.readouterr().err
    assert not (tmp_path / "m.pdf").exists()


def test_one_report_that_cannot_be_written_keeps_none_of_the_others_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = [f"--report={name}={tmp_path}/m.{name}" for name in ("docx", "pdf", "json", "xlsx")]
    assert run(TEXT, *outputs) == 2
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["m.json", "m.xlsx"]
    told = capsys.readouterr().err
    assert "没有可标注的 DOCX" in told
    assert "没有可标注的 PDF" in told


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx", "html"])
def test_a_folder_that_is_not_there_is_told_before_any_work(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(FAULTY, f"--report={name}={tmp_path}/none/x.{name}") == 2
    output = capsys.readouterr()
    assert str(tmp_path) in output.err
    assert output.out == ""


@pytest.mark.parametrize(
    ("name", "library"), [("pdf", "pypdf"), ("docx", "docx"), ("xlsx", "openpyxl")]
)
def test_a_missing_library_is_told_with_what_installs_it(
    name: str,
    library: str,
    tmp_path: Path,
    word: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for module in ("marked_pdf", "marked_docx", "workbook", "pdf_summary"):
        monkeypatch.delitem(sys.modules, f"auditor.render.{module}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    draft = word if name == "docx" else FAULTY
    assert run(draft, f"--report={name}={tmp_path}/out.{name}") == 2
    assert "pip install 'auditor[marks]'" in capsys.readouterr().err
