"""In: the same reports in every format. Out: the same cells, all of them right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import TableStatus
from auditor.pipeline import extract
from tests.generator.formats import CONVERTED, WRITERS, specimen_for, write_all
from tests.generator.layout import Layout
from tests.generator.measure import measure_report, read_truth
from tests.generator.office import convert_all
from tests.generator.printing import find_office
from tests.generator.render import write_truth
from tests.generator.site import Site, to_site
from tests.generator.specimen import draw_specimen
from tests.generator.truth import FORMS

SEEDS = range(7_100, 7_112)
TRAPS = ("struck", "hidden", "note_mark")


@pytest.mark.parametrize("suffix", [s for s in WRITERS if s not in {"txt", "md"}])
def test_random_layouts_are_read_completely(suffix: str, tmp_path: Path) -> None:
    for file in write_all(SEEDS, suffix, tmp_path, beyond=False):
        score = measure_report(file, read_truth(file.with_suffix(".json")))
        assert score.is_flawless(), (file.name, score)


def test_pages_that_sites_publish_are_read_completely(tmp_path: Path) -> None:
    for seed in range(7_200, 7_230):
        specimen = specimen_for(seed, "html")
        file = tmp_path / "saved"
        file.write_bytes(to_site(specimen))
        write_truth(tmp_path / "saved.json", specimen)
        score = measure_report(file, read_truth(tmp_path / "saved.json"))
        assert score.is_flawless(), (Site.draw(seed), specimen.layout.features(), score)
        report = extract(file)
        assert (report.agency, report.year) == (specimen.agency.name, specimen.year)


@pytest.mark.parametrize("form", FORMS)
def test_one_truth_gives_the_same_cells_in_every_format(form, tmp_path: Path) -> None:
    specimen = draw_specimen(11, Layout(engine="text"), form=form, faulty=False)
    read = {}
    for suffix, write in WRITERS.items():
        file = tmp_path / f"report.{suffix}"
        write(specimen, file)
        report = extract(file)
        assert {t.status for t in report.tables.values()} == {TableStatus.COMPLETE}, suffix
        assert (report.agency, report.year) == (specimen.agency.name, specimen.year), suffix
        assert not report.problems
        read[suffix] = {a: (c.state, c.value) for a, c in report.cells.items()}
    assert all(cells == read["txt"] for cells in read.values())


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_ink_beside_a_number_never_becomes_a_digit(suffix: str, trap, tmp_path: Path) -> None:
    specimen = draw_specimen(5, Layout(engine="chromium", trap=trap), faulty=False)
    file = tmp_path / f"report.{suffix}"
    write: Callable[..., object] = WRITERS[suffix]
    write(specimen, file)
    cells = extract(file).cells
    truth = specimen.printed_truth()
    for address in specimen.trapped():
        assert cells[address].value is None
    rest = set(truth) - specimen.trapped()
    assert {a: cells[a].value for a in rest} == {a: truth[a] for a in rest}


@pytest.mark.skipif(not find_office(), reason="needs LibreOffice")
@pytest.mark.parametrize("target", CONVERTED)
def test_what_libreoffice_writes_is_read_the_same(target: str, tmp_path: Path) -> None:
    source = tmp_path / f"report.{CONVERTED[target]}"
    specimen = specimen_for(7_200, CONVERTED[target])
    WRITERS[CONVERTED[target]](specimen, source)
    (file,) = convert_all([source], target)
    report = extract(file)
    assert {t.status for t in report.tables.values()} == {TableStatus.COMPLETE}
    truth = specimen.printed_truth()
    assert {a: c.value for a, c in report.cells.items()} == truth


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_merged_value_repeated_as_its_header_is_read_for_certain(suffix, tmp_path: Path) -> None:
    layout = Layout(engine="text" if suffix == "txt" else "markdown", covered="repeat")
    for seed in range(30, 36):
        specimen = draw_specimen(seed, layout, form="2019", faulty=False)
        file = tmp_path / f"{seed}.{suffix}"
        WRITERS[suffix](specimen, file)
        report = extract(file)
        assert {t.status for t in report.tables.values()} == {TableStatus.COMPLETE}, seed
        assert {a: c.value for a, c in report.cells.items()} == specimen.printed_truth(), seed
