"""In: files that hold more than one report. Out: the cells of one alone, and word of the rest."""

import io
from pathlib import Path

import pypdf
import pytest

from auditor.model import TableStatus
from auditor.pipeline import check, extract
from auditor.recognise import recognise
from auditor.recognise.volume import parts_of
from tests.generator.formats import WRITERS
from tests.generator.layout import Layout
from tests.generator.specimen import Specimen, draw_specimen
from tests.generator.story import second_report
from tests.recognise.grids import applications, document, part

SAMPLES = Path(__file__).parents[2] / "samples"
ENGINES = {"docx": "libreoffice", "html": "chromium", "md": "markdown"}
TITLE = "南江市民政局2024年政府信息公开工作年度报告"
OTHER = "北江市民政局2024年政府信息公开工作年度报告"
HEAD = "2023年政府信息公开工作年度报告"
WHOLE = applications()
FIVES = applications(lambda row, column: "5")


def specimen(suffix: str, decoy: str, **traits) -> Specimen:
    engine = ENGINES.get(suffix, "text")
    return draw_specimen(31, Layout(engine=engine, decoys=(decoy,), **traits), faulty=False)


def codes(report) -> list[str]:
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("zeros", ["zero", "blank"])
def test_of_two_reports_in_a_file_one_is_read_and_the_other_named(suffix, zeros, tmp_path):
    drawn = specimen(suffix, "second_report", zeros=zeros)
    file = tmp_path / f"bound.{suffix}"
    WRITERS[suffix](drawn, file)
    report = extract(file)
    assert {a: c.value for a, c in report.cells.items()} == drawn.printed_truth()
    assert report.agency == drawn.agency.name
    assert codes(report) == ["several_reports"]
    assert second_report(drawn).agency.name in report.problems[0].message.zh


def test_a_file_of_two_reports_is_never_passed(tmp_path):
    file = tmp_path / "bound.txt"
    WRITERS["txt"](specimen("txt", "second_report"), file)
    assert check(file).exit_code == 3


def test_pdf_files_bound_together_are_told_apart() -> None:
    names = ("01-city-2024.pdf", "14-bureau-2022.pdf")
    writer = pypdf.PdfWriter()
    for name in names:
        writer.append(str(SAMPLES / name))
    out = io.BytesIO()
    writer.write(out)
    bound, alone = extract(out.getvalue()), extract(SAMPLES / names[0])
    assert bound.cells == alone.cells
    assert bound.facts == alone.facts
    other = extract(SAMPLES / names[1])
    (problem,) = bound.problems
    assert problem.code == "several_reports"
    assert other.agency
    assert other.agency in problem.message.zh
    first = len(pypdf.PdfReader(SAMPLES / names[0]).pages)
    assert problem.place
    assert problem.place.page
    assert problem.place.page > first


@pytest.mark.parametrize("suffix", WRITERS)
def test_last_year_s_table_in_an_appendix_is_left_out_with_a_word(suffix, tmp_path):
    drawn = specimen(suffix, "previous_year")
    file = tmp_path / f"appendix.{suffix}"
    WRITERS[suffix](drawn, file)
    checked = check(file)
    assert {a: c.value for a, c in checked.cells.items()} == drawn.printed_truth()
    assert [(p.code, p.severity) for p in checked.problems] == [
        ("table_of_earlier_year", "warning")
    ]
    assert checked.exit_code == 0


def test_last_year_s_table_alone_is_never_taken_for_this_year_s_silently() -> None:
    for caption in ("附:2023年度申请办理情况", "上年度收到和处理申请情况"):
        report = recognise(document(TITLE, caption, FIVES))
        assert codes(report)[0] == "table_of_earlier_year"
        assert report.problems[0].severity == "error"
    assert "table_of_earlier_year" not in codes(recognise(document(TITLE, "2024年度", FIVES)))
    assert "table_of_earlier_year" not in codes(recognise(document(TITLE, "2025年1月", FIVES)))


def test_a_table_behind_the_prose_that_follows_the_tables_is_doubted(tmp_path):
    """As where this year's table is a picture, and last year's stands in an appendix."""
    drawn = draw_specimen(31, Layout(engine="text"), faulty=False)
    text = tmp_path / "report.txt"
    WRITERS["txt"](drawn, text)
    blocks = text.read_text("utf-8").split("\n\n")
    table = next(ix for ix, block in enumerate(blocks) if "本年新收" in block and "\t" in block)
    moved = [*blocks[:table], *blocks[table + 1 :], "附表", blocks[table]]
    text.write_text("\n\n".join(moved), "utf-8")
    report = extract(text)
    assert report.tables["applications"].status is TableStatus.COMPLETE
    assert [(p.code, p.severity) for p in report.problems] == [("table_misplaced", "error")]


def test_the_same_report_twice_is_no_other_report(tmp_path):
    drawn = draw_specimen(31, Layout(engine="text"), faulty=False)
    file = tmp_path / "twice.txt"
    WRITERS["txt"](drawn, file)
    file.write_text(2 * file.read_text("utf-8"), "utf-8")
    assert len(parts_of(document(TITLE, FIVES))) == 1
    assert check(file).is_clean()


def test_reports_of_zeros_are_told_apart_by_their_titles() -> None:
    report = recognise(document(TITLE, WHOLE, OTHER, WHOLE))
    assert report.agency == "南江市民政局"
    assert codes(report)[0] in {"several_reports", "table_not_read"}


def test_a_running_head_of_last_year_parts_no_report() -> None:
    upper, lower = part(WHOLE, 0, 14, 1), part(WHOLE, 14, WHOLE.row_count, 2)
    assert len(parts_of(document(TITLE, HEAD, upper, HEAD, lower, "附表", FIVES))) == 1
