"""Every cell of real published reports, where they are at hand beside the repository."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.model import CellState
from auditor.read import read_document
from auditor.recognise import recognise

REAL = Path(__file__).parents[3] / "shared" / "real"
NAMES = ("huaian-2024.pdf", "hongze-2023.pdf", "shapotou-2020.txt")


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_exact(name):
    path = REAL / name
    if not path.exists():
        pytest.skip("the real reports are not beside the repository (../shared/real)")
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"), parse_float=Decimal)
    report = recognise(read_document(path.read_bytes(), name))
    found = {
        address: None if cell.state is CellState.BLANK else cell.value
        for address, cell in report.cells.items()
    }
    assert found == truth["cells"]
    assert (report.form, report.year, report.agency) == (
        truth["form"],
        truth["year"],
        truth["agency"],
    )
