"""Any consistent table passes; any single changed cell that breaks an equality is caught."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.check.evaluate import check
from auditor.check.linear import check_many, linear_equalities, matrix
from auditor.check.load import load_rules
from auditor.model import OutcomeState
from tests.check.consistent import SHAPES, consistent_values, edition
from tests.check.reports import Value, report

# Table 2 is drawn freely: its rules are about plausibility, not sums.
ERRORS = tuple(
    r for r in load_rules() if r.severity == "error" and r.table != "proactive_disclosure"
)
few = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def broken(values: dict[str, Value], shape: str) -> set[tuple[str, str]]:
    outcomes = check(report(values, edition(shape)), ERRORS)
    assert not any(o.state is OutcomeState.RULE_ERROR for o in outcomes)
    return {(o.rule, o.instance) for o in outcomes if o.state is OutcomeState.VIOLATION}


def rows_of(values: dict[str, Value]) -> dict[str, set[str]]:
    rows: dict[str, set[str]] = {}
    for address in values:
        table, row, _ = address.split("/")
        rows.setdefault(table, set()).add(row)
    return rows


@pytest.mark.parametrize("shape", SHAPES)
@few
@given(data=st.data())
def test_any_consistent_table_passes(shape: str, data: st.DataObject) -> None:
    values = data.draw(consistent_values(shape))
    assert broken(values, shape) == set()


@pytest.mark.parametrize("shape", SHAPES)
@few
@given(data=st.data())
def test_any_changed_cell_of_an_equality_is_caught(shape: str, data: st.DataObject) -> None:
    values = data.draw(consistent_values(shape))
    equalities = linear_equalities(ERRORS, edition(shape), rows_of(values))
    address = data.draw(st.sampled_from(sorted({a for e in equalities for a in e.coefficients})))
    changed = data.draw(st.integers(0, 10**7).filter(lambda n: n != values[address]))
    expected = {(e.rule, e.instance) for e in equalities if address in e.coefficients}
    assert expected
    assert broken(values | {address: changed}, shape) == expected


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_of_tables_three_and_four_is_in_an_equality(shape: str) -> None:
    form = edition(shape)
    rows = {"applications": {"other_handling"}} if shape not in {"2019", "2021"} else {}
    covered = {a for e in linear_equalities(ERRORS, form, rows) for a in e.coefficients}
    assert len(covered) == (175 if shape == "2021" else 161) + 15


@pytest.mark.parametrize("shape", SHAPES)
@few
@given(data=st.data())
def test_matrix_and_evaluation_agree(shape: str, data: st.DataObject) -> None:
    values = data.draw(consistent_values(shape))
    addresses = data.draw(st.lists(st.sampled_from(sorted(values)), max_size=4, unique=True))
    faulty = values | {address: data.draw(st.integers(0, 99)) for address in addresses}
    equalities = linear_equalities(ERRORS, edition(shape), rows_of(values))
    found = check_many(matrix(equalities), (values, faulty))
    assert not found.violated[0].any()
    assert found.decided.all()
    by_matrix = {
        (e.rule, e.instance)
        for e, is_violated in zip(equalities, found.violated[1], strict=True)
        if is_violated
    }
    assert by_matrix == broken(faulty, shape)
