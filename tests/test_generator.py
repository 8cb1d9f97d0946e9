"""In: the generator of reports. Out: proof that its truth is true and its reports show it."""

import json
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tests.generator import make_samples
from tests.generator.catalogue import named_layouts, random_layout
from tests.generator.faults import KINDS, NoSuchSlipError, inject
from tests.generator.layout import Break, Container, Layout, PageBox
from tests.generator.plain import to_markdown, to_text
from tests.generator.render import missing_program, render_all, report_file
from tests.generator.sheet import cut_row, split
from tests.generator.specimen import ABSENT, Specimen, draw_specimen
from tests.generator.tables import application_sheets, disclosure_sheets, review_sheets
from tests.generator.truth import FORMS, SCALES, broken, consistent_truth

SEEDS = st.integers(0, 10_000)
CELL_COUNTS = {"2019": 198, "2021": 200, "2021-legacy-row": 186}
BALANCE = ("new", "carried_in", "handled_total", "carried_out")
ENGINES = ("chromium", "libreoffice")


def rows_of(truth):
    """Read 表三 as rows of seven numbers, without help from the generator's own sums."""
    rows = {}
    for address, value in truth.items():
        table, row, _ = address.split("/")
        if table == "applications":
            rows.setdefault(row, []).append(value)
    return rows


@given(SEEDS, st.sampled_from(FORMS), st.sampled_from(SCALES))
@settings(max_examples=60)
def test_every_truth_satisfies_the_form(seed, form, scale):
    truth = consistent_truth(seed, form, scale)
    rows = rows_of(truth)
    outcomes = [r for k, r in rows.items() if k not in BALANCE]
    assert len(truth) == CELL_COUNTS[form]
    assert all(sum(row[:6]) == row[6] for row in rows.values())
    for ix in range(7):
        handled = rows["handled_total"][ix]
        assert sum(row[ix] for row in outcomes) == handled
        assert rows["new"][ix] + rows["carried_in"][ix] == handled + rows["carried_out"][ix]
    for block in ("review", "suit_direct", "suit_after_review"):
        *parts, total = (v for a, v in truth.items() if f"review_litigation/{block}/" in a)
        assert sum(parts) == total
    assert all(value >= 0 for a, value in truth.items() if not a.endswith("/change"))


def test_a_village_is_mostly_zeros_and_a_province_counts_millions():
    villages = [v for s in range(20) for v in consistent_truth(s, "2021", "village").values()]
    assert villages.count(0) > 0.85 * len(villages)
    assert all(max(consistent_truth(s, "2021", "province").values()) > 10**6 for s in range(20))


@given(SEEDS, st.sampled_from(KINDS), st.sampled_from(FORMS), st.sampled_from(SCALES))
@settings(max_examples=80)
def test_an_injected_fault_breaks_what_it_says(seed, kind, form, scale):
    truth = consistent_truth(seed, form, scale)
    try:
        fault = inject(truth, kind, seed, form)
    except NoSuchSlipError:
        assert scale in {"village", "county"}  # larger bodies have a place for every slip
        return
    assert fault.broken
    assert fault.broken == broken(fault.truth, form)
    differing = {a: (truth[a], v) for a, v in fault.truth.items() if v != truth[a]}
    assert differing == {a: pair for a, pair in fault.changed.items() if pair[0] != pair[1]}


def test_items_under_the_wrong_applicant_leave_the_totals_in_balance():
    fault = inject(consistent_truth(3, "2021", "city"), "neighbour-column", 1, "2021")
    assert sum(after - before for before, after in fault.changed.values()) == 0
    assert not any(name.endswith("/total") for name in fault.broken)


def numbers_in(specimen: Specimen) -> list[str]:
    return sorted(specimen.written(address) for address in specimen.truth)


@given(SEEDS)
@settings(max_examples=60)
def test_the_drawn_tables_hold_every_number_once(seed):
    specimen = draw_specimen(seed, random_layout(seed, beyond=True))
    sheets = (
        *disclosure_sheets(specimen),
        *application_sheets(specimen),
        *review_sheets(specimen),
    )
    drawn = sorted(s.text for sheet in sheets for s in sheet.squares if s.role == "number")
    absent = ABSENT.get(specimen.layout.zeros)
    if absent == "":  # the lower half of a row cut in two is blank as well
        assert [t for t in drawn if t] == [t for t in numbers_in(specimen) if t]
    else:
        assert [t for t in drawn if t] == numbers_in(specimen)


@given(SEEDS)
@settings(max_examples=60)
def test_drawn_tables_have_no_hole_and_no_overlap(seed):
    specimen = draw_specimen(seed, random_layout(seed, beyond=True))
    for sheet in (*application_sheets(specimen), *review_sheets(specimen)):
        squares = [
            (row, column)
            for s in sheet.squares
            for row in range(s.row, s.row + s.row_span)
            for column in range(s.column, s.column + s.column_span)
        ]
        assert len(squares) == len(set(squares)) == sheet.row_count * len(sheet.widths)


def test_a_break_cuts_the_group_label_in_two():
    (sheet,) = application_sheets(draw_specimen(1, Layout()))
    first, rest = split(sheet, 16)
    label_cut = [s.text for s in first.squares if s.column == 1 and s.row < 16][-1]
    label_rest = [s.text for s in rest.squares if s.column == 1 and s.row == 0]
    assert [label_cut + label_rest[0]] == ["（四）无法提供"]
    assert label_cut
    assert label_rest[0]


def test_a_row_cut_inside_keeps_its_numbers_above_and_parts_its_label():
    (sheet,) = application_sheets(draw_specimen(1, Layout(), form="2021"))
    row = next(s.row for s in sheet.squares if s.text.startswith("5.要求行政机关"))
    cut = cut_row(sheet, row)
    below = [s for s in cut.squares if s.row == row + 1]
    assert cut.row_count == sheet.row_count + 1
    assert {s.text for s in below if s.role == "number"} == {""}
    (rest,) = (s.text for s in below if s.role == "label")
    assert "5.要求行政机关确认或重新出具已获取信息".endswith(rest)
    assert rest


def test_a_broken_table_is_as_many_sheets_as_pages():
    layout = Layout(breaks=(Break(5), Break(16)))
    assert len(application_sheets(draw_specimen(1, layout))) == 3


def test_text_and_markdown_hold_every_number():
    for seed in range(6):
        specimen = draw_specimen(seed, Layout(engine="text", numbers="separators"))
        for report in (to_text(specimen), to_markdown(specimen)):
            fields = [field.strip() for field in re.split(r"[\t|\n]", report)]
            for written in set(numbers_in(specimen)):
                assert fields.count(written) >= numbers_in(specimen).count(written)


def test_the_truth_says_what_is_printed_as_blank_or_dash():
    truth = draw_specimen(1, Layout(zeros="long_dash"), faulty=False).truth_file()
    absent = [a for a, value in truth["cells"].items() if value is None]
    assert absent
    assert {truth["states"][a] for a in absent} == {"dash"}


def test_a_seed_draws_the_same_report_and_layout_again():
    assert random_layout(8) == random_layout(8)
    assert draw_specimen(8, random_layout(8)) == draw_specimen(8, random_layout(8))
    assert len({random_layout(seed) for seed in range(50)}) > 45


def test_samples_are_as_their_script_writes_them():
    specimens = {sample.name: sample.specimen() for sample in make_samples.ALL}
    kept = make_samples.SAMPLES
    assert (kept / "README.md").read_text("utf-8") == make_samples.write_readme(specimens)
    text, markdown = specimens["03-district-2020"], specimens["15-subdistrict-2023"]
    assert (kept / "03-district-2020.txt").read_text("utf-8") == to_text(text)
    assert (kept / "15-subdistrict-2023.md").read_text("utf-8") == to_markdown(markdown)
    for sample in make_samples.ALL:
        specimen = specimens[sample.name]
        assert report_file(sample.name, specimen, kept).is_file()
        assert bool(broken(specimen.truth, specimen.form)) == bool(sample.slips)
        assert bool(sample.slips or sample.misprints) == sample.name.startswith("0")


def test_named_layouts_differ_from_the_plain_one_as_they_say():
    named = named_layouts()
    assert named["chromium/border-dashed"].features() == ("border=dashed",)
    assert named["libreoffice/narrow"].features() == ("engine=libreoffice", "narrow=True")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_printed_report_holds_every_number(engine, tmp_path):
    if program := missing_program(engine):
        pytest.skip(f"needs {program}")
    specimen = draw_specimen(11, Layout(engine=engine, lead_in=9), form="2021")
    (file,) = render_all({"report": specimen}, tmp_path)
    with PdfDocument(file) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    found = re.findall(r"\d[\d.]*", text)
    for written in set(numbers_in(specimen)):
        assert found.count(written) >= numbers_in(specimen).count(written), written
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["cells"]


def test_pages_drawn_sideways_are_turned(tmp_path):
    if program := missing_program("chromium"):
        pytest.skip(f"needs {program}")
    if not shutil.which("qpdf"):
        pytest.skip("needs qpdf")
    layouts = {"flag": Layout(turn="flag_90"), "sideways": Layout(turn="sideways")}
    specimens = {name: draw_specimen(2, layout) for name, layout in layouts.items()}
    flag, sideways = render_all(specimens, tmp_path)
    assert first_page(flag) == (90, True)
    assert first_page(sideways) == (0, True)


def test_pdf_files_are_written_as_the_layout_says(tmp_path):
    if program := missing_program("chromium"):
        pytest.skip(f"needs {program}")
    if not shutil.which("qpdf"):
        pytest.skip("needs qpdf")
    kinds = [*get_args(Container)[1:], *get_args(PageBox)[1:], "overlay"]
    layouts = {
        kind: Layout(layer="overlay")
        if kind == "overlay"
        else Layout(page_box=kind)
        if kind in get_args(PageBox)
        else Layout(container=kind)
        for kind in kinds
    }
    specimens = {name: draw_specimen(2, layout) for name, layout in layouts.items()}
    files = dict(zip(kinds, render_all(specimens, tmp_path), strict=True))
    assert files["pdf_2"].read_bytes().startswith(b"%PDF-2.0")
    assert b"/ObjStm" in files["object_streams"].read_bytes()
    assert b"/Linearized" in files["linearized"].read_bytes()
    assert PdfReader(files["owner_password"]).is_encrypted
    cropped, shifted = (PdfReader(files[kind]).pages[0] for kind in ("cropped", "shifted"))
    assert cropped.cropbox.width < cropped.mediabox.width
    assert shifted.mediabox.left == 150
    assert "/Fx" in str(PdfReader(files["overlay"]).pages[0]["/Resources"])


def first_page(file: Path) -> tuple[int, bool]:
    """Give the page's flag, and whether it is shown wide."""
    with PdfDocument(file) as pdf:
        return pdf[0].get_rotation(), pdf[0].get_width() > pdf[0].get_height()
