"""Rules on wording: real sentences that must be flagged, and real ones that must not."""

import pytest

from auditor.check.evaluate import check
from auditor.model import OutcomeState
from tests.check.reports import outcome, report, rule, zeros


def state(rule_id: str, text: str, *, year: int = 2023) -> OutcomeState:
    return outcome(rule_id, report(zeros(), text=text, year=year)).state


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2022年,全区受理政府信息公开申请21件。", True),
        ("2022年,全区受理政府信息公开申请22件。", False),
        ("2020年度我局共收到政府信息公开申请3件", True),
        ("现将2022年政府信息公开工作年度报告公布如下", True),
        ("2023年,全区受理政府信息公开申请21件。", False),
        ("2023年全市收到政府信息公开申请5件,2022年全市收到政府信息公开申请8件。", False),
        ("较2022年全市收到政府信息公开申请减少3件", False),
        ("截至2022年全市累计收到政府信息公开申请300件", False),
        ("公开2022年度部门决算和2024年部门预算。", False),
        ("2024年,我局将继续做好政府信息公开申请办理。", False),
        ("对2012年以来制发的52件行政规范性文件进行清理", False),
    ],
)
def test_year_of_the_prose(text: str, *, wrong: bool) -> None:
    values = {**zeros(), "applications/new/total": 3 if "申请3件" in text else 21}
    ended = check(report(values, text=text, year=2023), (rule("F501"),))
    (found,) = {outcome.state for outcome in ended}
    assert found is (OutcomeState.VIOLATION if wrong else OutcomeState.PASS)


@pytest.mark.parametrize(
    ("text", "left_over"),
    [
        ("(文字描述)", True),
        ("(文字描述,收取信息处理费情况在此处报告。)", True),
        ("该部分以表格形式报告。表格如下:", True),
        ("全年主动公开政府信息  条,同比增长。", True),
        ("XX局2023年工作", True),
        ("全年主动公开政府信息 1136 条。", False),
        ("学习宣传《政府信息公开条例》,公开信息 条目清晰", False),
        ("上述申请 件件有回音", False),
        ("EXX局域网", False),
    ],
)
def test_remains_of_the_template(text: str, *, left_over: bool) -> None:
    found = state("F503", text)
    assert found is (OutcomeState.VIOLATION if left_over else OutcomeState.PASS)


def test_the_finding_quotes_what_it_found() -> None:
    found = outcome("F502", report(zeros(), text="根据国办公开办函〔2019〕60号文件", year=2022))
    assert found.details == {
        "found": "国办公开办函〔2019〕60号",
        "year": "2022",
        "quote": "根据国办公开办函〔2019〕60号文件",
    }


def test_the_fee_is_looked_for_in_section_six_only() -> None:
    elsewhere = report(
        zeros(), text="收取信息处理费0元", sections={"一": "收取信息处理费0元", "六": "无"}
    )
    assert outcome("F504", elsewhere).state is OutcomeState.VIOLATION
    there = report(zeros(), sections={"六": "本年度未收取信息处理费。"})
    assert outcome("F504", there).state is OutcomeState.PASS
    empty = report(zeros(), sections={"六": ""})
    assert outcome("F504", empty).state is OutcomeState.VIOLATION
    lost = report(zeros(), sections={"五": "无"})
    assert outcome("F504", lost).state is OutcomeState.NOT_APPLICABLE


def test_no_prose_is_not_passed() -> None:
    assert state("F503", "") is OutcomeState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "rule", "found"),
    [
        ({"title_year": 2024, "period_year": 2024}, "F401", OutcomeState.PASS),
        ({"title_year": 2024, "period_year": 2023}, "F401", OutcomeState.VIOLATION),
        ({"title_year": 2024}, "F401", OutcomeState.NOT_APPLICABLE),
        ({"period_year": 2024, "period_start": "2024-01-01"}, "F402", OutcomeState.PASS),
        ({"period_year": 2024, "period_start": "2024-01-10"}, "F402", OutcomeState.VIOLATION),
        ({"period_year": 2024, "period_end": "2024-12-31"}, "F403", OutcomeState.PASS),
        ({"period_year": 2024, "period_end": "2025-12-31"}, "F403", OutcomeState.VIOLATION),
        ({"period_year": 2024, "period_end": "12月31"}, "F403", OutcomeState.NOT_APPLICABLE),
    ],
)
def test_years_and_period(facts: dict[str, int | str], rule: str, found: OutcomeState) -> None:
    assert outcome(rule, report(zeros(), facts=facts)).state is found


@pytest.mark.parametrize(
    ("form", "year", "rule", "found"),
    [
        ("2021", 2021, "F405", OutcomeState.PASS),
        ("2021", 2020, "F405", OutcomeState.VIOLATION),
        ("2019", 2020, "F404", OutcomeState.PASS),
        ("2019", 2021, "F404", OutcomeState.VIOLATION),
        ("2019", None, "F404", OutcomeState.NOT_APPLICABLE),
    ],
)
def test_edition_and_year(form: str, year: int | None, rule: str, found: OutcomeState) -> None:
    assert outcome(rule, report(zeros(form), form, year=year)).state is found
