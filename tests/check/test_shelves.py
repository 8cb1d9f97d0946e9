"""Which of the reports given is last year's, and which are the children."""

from dataclasses import replace

import pytest

from auditor.check.children import find_children
from auditor.check.previous import find_previous
from auditor.check.shelf import Found, Shelf, Unread
from auditor.model import OutcomeState, Paragraph, Place, Report, Withheld, Wording
from tests.check.kin import body

NEW = "applications/new/total"
THIS = body({}, agency="青石县人民政府", year=2024, file="this.pdf")
LAST = body({}, agency="青石县人民政府", year=2023, file="last.pdf")
OTHER = body({}, agency="东屏县人民政府", year=2023, file="other.pdf")
BROKEN = Unread("broken.pdf", Wording("坏了", "broken"))


def said(found: Found) -> list[tuple[str, str]]:
    return [(p.severity, p.message.zh) for p in found.problems]


def why(found: Found) -> tuple[OutcomeState, str]:
    assert isinstance(found.given, Withheld)
    return found.given.state, found.given.reason.zh


# ---------------------------------------------------------------- last year's


def test_the_one_of_the_same_body_and_the_year_before() -> None:
    assert find_previous(THIS, Shelf((LAST,))) == Found(LAST)
    older = replace(LAST, year=2022)
    assert find_previous(THIS, Shelf((older, OTHER, LAST, THIS), (BROKEN,))) == Found(LAST)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (
            replace(LAST, year=2022),
            "last.pdf 是 青石县人民政府 2022 年度报告，不是 2023 年度，未与之核对",
        ),
        (OTHER, "other.pdf 是 东屏县人民政府 2023 年度报告，不是 青石县人民政府 的，未与之核对"),
    ],
)
def test_somebody_else_s_leaves_what_was_asked_unaudited(given: Report, reason: str) -> None:
    assert why(find_previous(THIS, Shelf((given,)))) == (OutcomeState.UNAUDITED, reason)


def test_none_among_many() -> None:
    found = find_previous(THIS, Shelf((OTHER, THIS)))
    assert why(found) == (
        OutcomeState.NOT_APPLICABLE,
        "所给文件中没有 青石县人民政府 2023 年度报告",
    )
    assert [severity for severity, _ in said(found)] == ["warning"]


@pytest.mark.parametrize(
    "shelf",
    [
        Shelf((), (BROKEN,)),
        Shelf((OTHER, THIS), (BROKEN,)),
        Shelf((replace(LAST, form=None),)),
        Shelf((replace(LAST, year=None),)),
        Shelf((LAST, replace(body({NEW: 1}, agency=LAST.agency, year=2023), file="b.pdf"))),
    ],
)
def test_what_could_not_be_read_or_told_is_not_passed_over(shelf: Shelf) -> None:
    found = find_previous(THIS, shelf)
    assert why(found)[0] is OutcomeState.UNAUDITED
    assert "pdf" in why(found)[1]


def test_the_same_figures_twice_are_one_report() -> None:
    assert find_previous(THIS, Shelf((LAST, replace(LAST, file="last.json")))) == Found(LAST)


def test_a_report_of_just_that_name_goes_before_one_with_its_superior() -> None:
    namesake = body({NEW: 9}, agency="平陵市青石县人民政府", year=2023)
    assert find_previous(THIS, Shelf((namesake, LAST))) == Found(LAST)


def test_without_a_name_the_file_given_is_taken_and_that_is_said() -> None:
    nameless = replace(LAST, agency=None)
    found = find_previous(THIS, Shelf((nameless,)))
    assert found.given is nameless
    assert [severity for severity, _ in said(found)] == ["info"]
    nobody = replace(THIS, agency=None)
    assert why(find_previous(nobody, Shelf((LAST, OTHER))))[0] is OutcomeState.UNAUDITED


def test_without_a_year_nothing_is_known_to_be_last_year_s() -> None:
    timeless = replace(THIS, year=None)
    assert why(find_previous(timeless, Shelf((LAST,))))[0] is OutcomeState.UNAUDITED
    assert why(find_children(timeless, Shelf((LAST,))))[0] is OutcomeState.UNAUDITED


# ---------------------------------------------------------------- the children

CITY = body({}, agency="平陵市人民政府", year=2024, file="city.pdf")
EAST = body({NEW: 7}, agency="平陵市东区人民政府", year=2024, file="east.pdf")
WEST = body({NEW: 5}, agency="平陵市西区人民政府", year=2024, file="west.pdf")


def names(found: Found) -> list[str]:
    assert isinstance(found.given, tuple)
    return [child.file for child in found.given]


def test_all_of_the_same_year_but_the_report_itself() -> None:
    found = find_children(CITY, Shelf((CITY, EAST, replace(CITY, file="copy.pdf"), WEST)))
    assert names(found) == ["east.pdf", "west.pdf"]
    assert (said(found), found.exact) == ([], False)


def test_one_given_twice_counts_once() -> None:
    found = find_children(CITY, Shelf((EAST, WEST, replace(EAST, file="copy.docx"))))
    assert names(found) == ["east.pdf", "west.pdf"]
    assert said(found) == [("warning", "重复的下级报告只计一次：copy.docx = east.pdf")]


def test_two_different_reports_of_one_body_cannot_be_summed() -> None:
    found = find_children(CITY, Shelf((EAST, replace(WEST, agency=EAST.agency))))
    assert why(found) == (
        OutcomeState.UNAUDITED,
        "平陵市东区人民政府 有两份数据不同的报告：east.pdf、west.pdf",
    )


def test_other_years_are_left_out_and_a_missing_body_is_named() -> None:
    old_east, old_west = replace(EAST, year=2023, file="e23"), replace(WEST, year=2023, file="w23")
    found = find_children(CITY, Shelf((EAST, old_east, old_west)))
    assert names(found) == ["east.pdf"]
    assert said(found) == [
        (
            "warning",
            "下列机关没有 2024 年度报告，其他年度的未计入：平陵市西区人民政府 (2023, w23)",
        ),
        ("info", "其他年度的报告未计入：e23 (2023)"),
    ]
    none = find_children(CITY, Shelf((old_east,)))
    assert why(none)[0] is OutcomeState.UNAUDITED


def test_a_child_that_cannot_be_read_is_named() -> None:
    found = find_children(CITY, Shelf((EAST, replace(WEST, form=None)), (BROKEN,)))
    assert why(found) == (
        OutcomeState.UNAUDITED,
        "下级报告无法读取：broken.pdf（坏了）、west.pdf（未识别出法定表格）",
    )


def test_exact_by_its_own_words_or_by_the_user_s() -> None:
    text = "本报告数据由所辖2个区的报告汇总而成，不含市本级数据。"
    saying = replace(CITY, paragraphs=(Paragraph(text, text, Place()),))
    assert find_children(saying, Shelf((EAST, WEST))).exact
    assert find_children(CITY, Shelf((EAST, WEST)), exact=True).exact


def test_fewer_than_it_says_are_not_its_sum() -> None:
    text = "本报告数据由所辖3个区的报告汇总而成，不含市本级数据。"
    saying = replace(CITY, paragraphs=(Paragraph(text, text, Place()),))
    found = find_children(saying, Shelf((EAST, WEST)))
    assert not found.exact
    assert said(found) == [("warning", "正文称由 3 个下级机关汇总，给出的下级报告为 2 份")]


def test_those_that_it_names_and_that_were_not_given_are_named() -> None:
    text = "本报告由东区、西区和北区的年度报告汇总形成。"
    saying = replace(CITY, paragraphs=(Paragraph(text, text, Place()),))
    found = find_children(saying, Shelf((EAST, WEST)))
    assert not found.exact
    assert said(found) == [
        ("warning", "正文称由 3 个下级机关汇总，给出的下级报告为 2 份，没有：北区")
    ]


def test_files_of_one_name_stay_apart() -> None:
    found = find_children(CITY, Shelf((EAST, replace(WEST, file="east.pdf"))))
    assert names(found) == ["east.pdf", "east.pdf#2"]
