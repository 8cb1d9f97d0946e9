"""The numbers of real published reports: two are right, one has exactly two wrong totals."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.model import OutcomeState
from tests.check.reports import report

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="no real reports beside the repository")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("huaian-2024", {}),
        ("shapotou-2020", {}),
        ("hongze-2023", {"review": (11, 0), "suit_after_review": (5, 0)}),
    ],
)
def test_published_numbers(name: str, wrong: dict[str, tuple[int, int]]) -> None:
    truth = json.loads((REAL / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    checked = report(truth["cells"], truth["form"], agency=truth["agency"], year=truth["year"])
    outcomes = check(checked, load_rules())
    found = {
        o.instance: (o.expected, o.actual) for o in outcomes if o.state is OutcomeState.VIOLATION
    }
    assert found == wrong
    assert {o.state for o in outcomes} <= {
        OutcomeState.PASS, OutcomeState.VIOLATION, OutcomeState.NOT_APPLICABLE,
    }  # fmt: skip
