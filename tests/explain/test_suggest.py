"""What a check suggests: on reports, through the rules themselves."""

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.check.relatives import ALONE
from auditor.explain.suggest import Key
from auditor.model import Address, Observation, Suggestion
from auditor.pipeline import check as check_file
from tests.check.kin import body, with_children
from tests.check.reports import Value, report
from tests.explain.forms import application, firsts, numbers, posed_by, suggested, violations
from tests.generator.kin import sum_of, year_before
from tests.generator.truth import APPLICANTS, consistent_truth

ROOT = Path(__file__).parents[2]
HONGZE = ROOT.parent / "shared" / "real" / "hongze-2023.pdf"
COLUMNS = (*APPLICANTS, "total")


def carried_over(values: dict[Address, Value]) -> dict[Address, Value]:
    """Give last year's numbers, which these start from."""
    out = {application("carried_out", c): values[application("carried_in", c)] for c in COLUMNS}
    return values | out


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6), place=st.integers(0, 10**6), digit=st.integers(1, 9))
def test_what_is_suggested_settles_what_it_says_and_breaks_nothing(
    seed: int, place: int, digit: int
) -> None:
    values = numbers(seed, ("village", "county", "city", "province")[seed % 4])
    covered = [a for a in values if a.startswith("applications")]
    address = covered[place % len(covered)]
    made = report(values | {address: int(f"{values[address]}{digit}")})
    found = suggested(made)
    assert found
    assert firsts(found) == {address: values[address]}
    for key, (first, *_) in found.items():
        after = violations(report(values | {address: 0} | dict(first.cells)))
        assert key not in after
        assert after <= violations(made)


def test_one_change_settles_each_violation_that_it_causes() -> None:
    values = numbers(5, "city")
    address = application("handled_total", "natural_person")
    found = suggested(report(values | {address: int(values[address]) - 1}))
    assert set(found) == {
        ("T301", "natural_person"), ("T302", "natural_person"), ("T303", "handled_total"),
    }  # fmt: skip
    assert len({id(listed) for listed in found.values()}) == 1
    ((suggestion,),) = {id(v): v for v in found.values()}.values()
    assert suggestion.settles == ("T301", "T302", "T303")
    assert suggestion.kind == "total-not-updated"
    assert suggestion.message.zh.endswith("（总计未随分项更新）")


def test_a_blank_total_is_filled_in() -> None:
    values = numbers(5, "city") | {application("handled_total", "company"): None}
    found = suggested(report(values))
    assert ("T306", "company") in found
    assert firsts(found) == {
        application("handled_total", "company"): numbers(5, "city")[
            application("handled_total", "company")
        ]
    }


def test_a_warning_of_the_blank_does_not_suggest_another_number() -> None:
    total = application("handled_total", "company")
    blank = Observation("cell_blank", {"count": "1"}, "applications", (total,))
    found = suggested(report(numbers(5, "city") | {total: None}, observations=(blank,)))
    right = {total: numbers(5, "city")[total]}
    assert ("T306", "company") in found
    assert all(suggestion.cells == right for listed in found.values() for suggestion in listed)


def test_a_blank_total_of_zeros_is_zero() -> None:
    block = {f"review_litigation/review/{key}": 0 for key in ("upheld", "corrected", "other")}
    values = numbers() | block | {"review_litigation/review/pending": 0}
    found = suggested(report(values | {"review_litigation/review/total": None}))
    assert firsts(found) == {"review_litigation/review/total": 0}
    assert set(found) == {("T404", "review")}


def test_a_minus_that_no_sum_shows_is_taken_away() -> None:
    address = "proactive_disclosure/penalties/decisions"
    found = suggested(report(numbers() | {address: -12}))
    assert firsts(found) == {address: 12}


def test_a_body_that_fills_in_totals_only_is_left_alone() -> None:
    values = numbers(5, "city")
    blank: dict[str, Value] = {
        a: None for a in values if a.startswith("applications") and not a.endswith("/total")
    }
    assert suggested(report(values | blank)) == {}


def test_blanks_that_stand_for_zero_are_no_slips() -> None:
    values = {a: v or None for a, v in numbers(7, "county").items()}
    assert suggested(report(values)) == {}


def test_unreadable_cells_take_their_sums_out_of_it() -> None:
    values = numbers(5, "city")
    spoilt = values | {application("granted", "company"): "?", application("new", "company"): 3}
    found = suggested(report(spoilt))
    assert all(application("granted", "company") not in s.cells for v in found.values() for s in v)
    assert firsts(found) == {application("new", "company"): values[application("new", "company")]}


def test_a_published_number_is_never_called_the_culprit() -> None:
    values = numbers()
    last = carried_over(values)
    last[application("carried_out", "total")] = int(last[application("carried_out", "total")]) + 40
    relatives = replace(ALONE, previous=report(last, year=2023))
    found = suggested(replace(report(values), relatives=relatives))
    (suggestion, *_) = found["Y101", "total"]
    assert not suggestion.is_sure
    assert "上年报告" in suggestion.message.zh


def test_carry_over_helps_to_tell_the_cell() -> None:
    values = numbers(5, "city")
    last = carried_over(values)
    address = application("carried_in", "total")
    made = report(values | {address: int(f"{values[address]}1")})
    relatives = replace(ALONE, previous=report(last, year=2023))
    found = suggested(replace(made, relatives=relatives))
    assert ("Y101", "total") in found
    assert firsts(found) == {address: values[address]}


def test_carry_over_by_column_tells_the_row_though_it_only_warns() -> None:
    values = numbers(5, "city")
    moved = {"company": -1, "natural_person": 1}
    slips = {application("carried_in", c): int(values[application("carried_in", c)]) + by
             for c, by in moved.items()}  # fmt: skip
    made = report(values | slips)
    assert not any(listed[0].is_sure for listed in suggested(made).values())
    relatives = replace(ALONE, previous=report(carried_over(values), year=2023))
    found = suggested(replace(made, relatives=relatives))
    assert firsts(found) == {address: values[address] for address in slips}
    assert all(listed[0].is_sure for listed in found.values())
    assert {rule for rule, _ in found} == {"T301", "Y102"}


def beside_last_year(
    slips: dict[Address, int], last_slips: dict[Address, int]
) -> dict[Key, tuple[Suggestion, ...]]:
    """Give what is suggested of two years that agree but for these slips, by how much each."""
    values = consistent_truth(5, "2021", "city")
    last = year_before(values, 6)
    this, before = ({a: v + by.get(a, 0) for a, v in numbers.items() if v is not None}
                    for numbers, by in ((values, slips), (last, last_slips)))  # fmt: skip
    relatives = replace(ALONE, previous=report(before, year=2023))
    return suggested(replace(report(this), relatives=relatives))


def test_last_year_s_own_sums_tell_that_its_total_is_wrong() -> None:
    total = application("carried_out", "total")
    ((suggestion,),) = beside_last_year({}, {total: 9}).values()
    assert [*suggestion.cells] == [f"previous/{total}"]
    assert not suggestion.is_sure


def test_last_year_s_own_sums_tell_that_an_item_is_wrong_with_its_total() -> None:
    cells = [application("carried_out", column) for column in ("company", "total")]
    found = beside_last_year({}, dict.fromkeys(cells, 7))
    assert {*firsts(found)} == {f"previous/{cell}" for cell in cells}
    assert not any(suggestion.is_sure for listed in found.values() for suggestion in listed)


def test_what_was_carried_in_and_counted_as_new_is_told() -> None:
    carried = {application("carried_in", column): 3 for column in ("company", "total")}
    new = {application("new", column): -3 for column in ("company", "total")}
    found = beside_last_year(carried | new, {})
    assert {rule for rule, _ in found} == {"Y101", "Y102"}
    assert {*firsts(found)} == {*carried, *new}
    first = found["Y101", "total"][0]
    assert first.kind == "misfiled-row+re-added"
    assert "（其中 3 件计入了另一行），总计随之加错：二、上年结转 · 总计" in first.message.zh


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("slip", [1, -1])
def test_the_children_tell_an_item_from_the_others_of_its_column(exact: bool, slip: int) -> None:
    districts = [consistent_truth(seed, "2021", "city") for seed in (1, 2, 3)]
    right = sum_of(districts)
    places = [(row, column) for row in ("granted", "handled_total") for column in COLUMNS[1::5]]
    slips = {application(*place): int(right[application(*place)] or 0) + slip for place in places}
    named = [body(d, agency=f"{n}区人民政府", file=f"{n}.pdf") for n, d in enumerate(districts)]
    found = suggested(with_children(body({**right, **slips}), *named, exact=exact))
    assert firsts(found) == {address: right[address] for address in slips}
    assert found["T301", "company"][0].is_sure


def test_children_tell_nothing_of_a_report_that_counts_more_than_them() -> None:
    districts = [consistent_truth(seed, "2021", "city") for seed in (1, 2, 3)]
    right, address = sum_of(districts), application("handled_total", "company")
    named = [body(d, agency=f"{n}区人民政府", file=f"{n}.pdf") for n, d in enumerate(districts[1:])]
    made = with_children(body(right | {address: int(right[address] or 0) + 1}), *named, exact=False)
    assert not posed_by(made).witnesses
    exact = with_children(
        body(right), *named, body(districts[0], agency="0区人民政府"), exact=False
    )
    assert posed_by(exact).witnesses


def test_two_rows_exchanged_are_told_by_their_names() -> None:
    values = numbers(5, "city")
    rows = ("handled_total", "carried_out")
    pairs = [tuple(application(row, column) for row in rows) for column in COLUMNS]
    found = suggested(report(values | {a: values[b] for p in pairs for a, b in (p, p[::-1])}))
    first = found["T302", "total"][0]
    assert first.message.zh == "（七）总计 ↔ 四、结转下年度 两行各列的数互换（两行填反）"
    assert first.cells == {a: values[a] for p in pairs for a in p if values[p[0]] != values[p[1]]}


def test_an_item_is_told_before_the_totals_added_up_over_it() -> None:
    values = numbers(5, "city")
    item = int(values[application("granted", "natural_person")])
    wrong = int(str(item)[::-1]) - item
    rows, columns = ("granted", "handled_total"), ("natural_person", "total")
    places = [application(row, column) for row in rows for column in columns]
    found = suggested(report(values | {a: int(values[a]) + wrong for a in places}))
    told = found["T301", "total"][0].message
    assert told.zh.startswith(f"（一）予以公开 · 自然人 {item + wrong:,} → {item:,}（")
    assert "），总计随之加错：（七）总计 · 自然人 " in told.zh
    assert "), and the totals added up over it: " in told.en


def test_a_number_beyond_all_counting_is_left_alone() -> None:
    for value in (10**400, Decimal("1E+500")):
        address = application("granted", "company")
        assert suggested(report(numbers(5, "city") | {address: value})) == {}


def test_a_fraction_of_an_application_is_put_right() -> None:
    values, address = numbers(5, "city"), application("granted", "company")
    found = suggested(report(values | {address: Decimal("3.5")}))
    assert firsts(found) == {address: values[address]}


def test_the_same_whatever_the_order_of_hashes() -> None:
    code = (
        "from tests.explain.forms import *\n"
        "v = numbers(5, 'city')\n"
        "for a, d in (('carried_in', 1), ('granted', 2), ('refused.third_party', 1)):\n"
        "    v[application(a, 'natural_person')] += d\n"
        "v['review_litigation/review/total'] += 1\n"
        "for key, listed in suggested(report(v)).items():\n"
        "    print(key, [(s.cells, s.kind, s.margin, s.ties) for s in listed])\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
    assert answers.pop().count("T401") == 1


@pytest.mark.skipif(not HONGZE.exists(), reason="needs the real reports in ../shared/real")
def test_the_two_totals_left_zero_in_a_published_report() -> None:
    checked = check_file(HONGZE)
    errors = [f for f in checked.findings if f.severity == "error"]
    told = [f.suggestions[0] for f in errors]
    assert [dict(s.cells) for s in told] == [
        {"review_litigation/review/total": 11},
        {"review_litigation/suit_after_review/total": 5},
    ]
    assert {s.kind for s in told} == {"total-never-filled"}
    assert all("总计未填写" in s.message.zh for s in told)
