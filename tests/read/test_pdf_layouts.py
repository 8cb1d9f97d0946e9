"""In: reports printed in layouts of their own. Out: every cell, or word of what was not read."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.generator.catalogue import named_layouts
from tests.generator.layout import Layout
from tests.generator.measure import Score, measure_report, read_truth
from tests.generator.render import missing_program, render_all
from tests.generator.specimen import draw_specimen

READ = (
    "container-pdf_2",
    "container-object_streams",
    "container-owner_password",
    "container-linearized",
    "page_box-cropped",
    "page_box-shifted",
    "layer-overlay",
    "extras-footnote",
    "border-none",
    "border-three_line",
    "border-open_sides",
)
SAID = ("seal-ring", "seal-star", "seal-picture", "stray-foot", "stray-head")


def measured(names: tuple[str, ...], folder: Path) -> dict[str, Score]:
    if program := missing_program("chromium"):
        pytest.skip(f"{program} is not installed")
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    layouts = named_layouts()
    return drawn({name: layouts[f"chromium/{name}"] for name in names}, folder)


def drawn(layouts: Mapping[str, Layout], folder: Path) -> dict[str, Score]:
    specimens = {
        name: draw_specimen(seed, layout)
        for seed, (name, layout) in enumerate(layouts.items(), start=860)
    }
    files = render_all(specimens, folder)
    return {
        file.stem: measure_report(file, read_truth(file.with_suffix(".json"))) for file in files
    }


def test_every_cell_is_read_however_the_file_and_its_pages_are_made(tmp_path: Path) -> None:
    assert {n: s for n, s in measured(READ, tmp_path).items() if not s.is_flawless()} == {}


def test_type_3_glyphs_in_a_form_stand_where_the_form_stands(tmp_path: Path) -> None:
    """Chromium sets some characters as Type 3 glyphs; other programs put pages into forms."""
    if missing_program("chromium") or not shutil.which("qpdf"):
        pytest.skip("needs Chromium and qpdf")
    layouts = {
        "shifted": Layout(layer="overlay", page_box="shifted"),
        "turned": Layout(layer="overlay", page_box="cropped", turn="upright_by_flag"),
    }
    assert {n: s for n, s in drawn(layouts, tmp_path).items() if not s.is_flawless()} == {}


def test_what_a_seal_or_a_stray_line_covers_is_said_and_never_wrong(tmp_path: Path) -> None:
    for name, score in measured(SAID, tmp_path).items():
        assert (score.wrong, score.misjudged()) == (0, 0), name
        assert score.exact > 0.85 * score.cells, name
