"""The PDF reader on whole reports: published ones, and ones printed by Chromium and LibreOffice."""

import json
import re
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.model import Document, Grid, Paragraph
from auditor.read.pdf import read_pdf
from tests.generator.catalogue import named_layouts
from tests.generator.render import missing_program, render_all
from tests.generator.specimen import draw_specimen

from .drawing import make_pdf, rules, text, words

REAL = Path(__file__).parents[3] / "shared" / "real"
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")

LAYOUTS = (
    "base",
    "break-group",
    "break-three-pages",
    "landscape",
    "narrow",
    "watermark",
    "border-dotted",
    "border-double",
    "border-shaded",
    "body-glued",
    "turn-flag_90",
    "turn-sideways",
    "vertical-turned",
    "numbers-fullwidth",
)


def numbers_in(document: Document) -> Counter[Decimal]:
    """Count the cells that hold nothing but a number, as a person would copy them."""
    return Counter(
        Decimal(number.group(0))
        for block in document.blocks
        if isinstance(block, Grid)
        for cell in block.cells
        for number in [NUMBER.match(cell.text.replace(",", ""))]
        if number and cell.doubt is None
    )


def numbers_of(truth: Iterable[int | float | str | None]) -> Counter[Decimal]:
    return Counter(Decimal(str(value)) for value in truth if value is not None)


@pytest.mark.parametrize("name", ["huaian-2024", "hongze-2023"])
def test_every_number_of_a_published_report_is_in_a_cell(name: str) -> None:
    file = REAL / f"{name}.pdf"
    if not file.exists():
        pytest.skip(f"no published report {file.name} beside the repository (../shared/real)")
    document = read_pdf(file.read_bytes(), file.name)
    truth = json.loads((REAL / f"{name}.json").read_text("utf-8"))
    cells = [c for b in document.blocks if isinstance(b, Grid) for c in b.cells]
    numbers = Counter(
        Decimal(c.text) for c in cells if NUMBER.fullmatch(c.text) and c.doubt is None
    )
    assert numbers == numbers_of(truth["cells"].values())
    assert [c.doubt for c in cells if c.doubt] == []
    assert document.problems == ()


def test_paragraphs_of_a_published_report_are_whole() -> None:
    file = REAL / "hongze-2023.pdf"
    if not file.exists():
        pytest.skip(f"no published report {file.name} beside the repository (../shared/real)")
    document = read_pdf(file.read_bytes(), file.name)
    prose = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert "洪泽区人民政府" in prose
    assert "二、主动公开政府信息情况" in prose
    assert any("2023年1月1日起至2023年12月31日止" in paragraph for paragraph in prose)
    assert any("严格执行“分级审核、先审后发”程序" in paragraph for paragraph in prose)


def printed(engine: str, folder: Path) -> Iterator[tuple[str, Document, Counter[Decimal]]]:
    layouts = named_layouts()
    specimens = {
        f"{engine}-{name}": draw_specimen(seed, layouts[f"{engine}/{name}"], faulty=False)
        for seed, name in enumerate(LAYOUTS, start=50)
        if f"{engine}/{name}" in layouts
    }
    for name, file in zip(specimens, render_all(specimens, folder), strict=True):
        document = read_pdf(file.read_bytes(), file.name)
        yield name, document, numbers_of(specimens[name].printed_truth().values())


@pytest.mark.parametrize("engine", ["chromium", "libreoffice"])
def test_every_number_of_a_printed_report_is_in_a_cell(engine: str, tmp_path: Path) -> None:
    program = missing_program(engine)
    if program:
        pytest.skip(f"{program} is not installed")
    read = list(printed(engine, tmp_path))
    lost = {name: truth - numbers_in(document) for name, document, truth in read}
    assert {name: numbers for name, numbers in lost.items() if numbers} == {}
    assert len(read) >= 10


def test_a_long_document_is_read_within_bounds() -> None:
    prose = "".join(text(20, y, "a line of words that goes on and on", 8) for y in range(20, 90, 9))
    page = rules() + words((("a", "10", "2"), ("b", "305", "0"), ("c", "7", "11"))) + prose
    content = make_pdf(*[page] * 200)
    tracemalloc.start()
    start = time.perf_counter()
    document = read_pdf(content, "long.pdf")
    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(isinstance(block, Grid) for block in document.blocks) == 200
    assert seconds < 60
    assert peak < 100 * 2**20
