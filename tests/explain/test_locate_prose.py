"""Where the sums leave it open, what the prose says decides which cell is wrong."""

from collections.abc import Mapping

from auditor.explain.suggest import Key
from auditor.model import Address, Suggestion
from tests.check.reports import Value, report
from tests.explain.forms import application, firsts, numbers, suggested

TRUE = numbers(5, "city")
REVIEW = "review_litigation/review"
BLOCK = ("R401", "review")


def told(slips: Mapping[Address, Value], text: str = "") -> dict[Key, tuple[Suggestion, ...]]:
    return suggested(report(TRUE | slips, text=text))


def first_of_table_4(found: Mapping[Key, tuple[Suggestion, ...]]) -> Suggestion:
    (suggestion, *_) = found["T401", "review"]
    return suggestion


def readded(row: str, by: int) -> dict[Address, Value]:
    """Give an item of that row off by so much, with its totals added up over it."""
    cells = [(row, "company"), (row, "total"), ("handled_total", "company")]
    cells.append(("handled_total", "total"))
    return {application(*cell): int(str(TRUE[application(*cell)])) + by for cell in cells}


def test_a_part_is_told_from_its_total_by_the_total_in_the_prose() -> None:
    slip = {f"{REVIEW}/corrected": 21}
    without = first_of_table_4(told(slip))
    assert dict(without.cells) == {f"{REVIEW}/total": 74}
    assert not without.is_sure
    found = told(slip, "因政府信息公开被申请行政复议73件。")
    assert all(f"{REVIEW}/total" not in s.cells for s in found["T401", "review"])


def test_the_part_that_the_prose_states_is_the_answer_and_settles_the_prose_too() -> None:
    text = "因政府信息公开被申请行政复议73件，其中结果维持22件，结果纠正20件。"
    found = told({f"{REVIEW}/corrected": 21}, text.replace("，", ","))
    first = first_of_table_4(found)
    assert dict(first.cells) == {f"{REVIEW}/corrected": 20}
    assert first.is_sure
    assert set(first.settles) == {"T401", "P403"}
    assert [key for key, listed in found.items() if first in listed] == [
        ("T401", "review"),
        next(key for key in found if key[0] == "P403"),
    ]


def test_an_item_with_its_totals_is_told_from_the_others_of_its_column_by_the_prose() -> None:
    right = TRUE[application("granted", "total")]
    slips = readded("granted", 1)
    without = firsts(told(slips))
    assert application("granted", "company") not in without
    found = told(slips, f"共收到政府信息公开申请4935件,其中予以公开{right}件。")
    assert firsts(found) == {address: TRUE[address] for address in slips}


def test_against_the_prose_nothing_is_certain() -> None:
    address = application("new", "total")
    printed = int(str(TRUE[address])) + 1000
    certain = told({address: printed})["T303", "new"]
    assert certain[0].is_sure
    copied = told({address: printed}, f"全年共收到政府信息公开申请{printed}件。")["T303", "new"]
    assert dict(copied[0].cells) == dict(certain[0].cells)
    assert not copied[0].is_sure


def test_prose_that_no_explanation_meets_changes_nothing() -> None:
    slip = {application("granted", "company"): 7}
    text = "全年共收到政府信息公开申请12件,上年结转99件。"
    without, found = told(slip), told(slip, text)
    assert {key: found[key] for key in without} == without


def test_prose_that_may_repeat_the_slip_makes_no_answer_of_what_is_left() -> None:
    block = dict.fromkeys((f"{REVIEW}/{key}" for key in ("upheld", "corrected", "other")), 0)
    slip = block | {f"{REVIEW}/pending": 7, f"{REVIEW}/total": 70}
    first = first_of_table_4(told(slip, "因政府信息公开被申请行政复议70件。"))
    assert dict(first.cells) == {f"{REVIEW}/pending": 70}
    assert not first.is_sure
