import pytest

from auditor.recognise.facts import find_facts
from tests.recognise.grids import document


def facts(*paragraphs):
    found = find_facts(document(*paragraphs).blocks)
    return {name: fact.value for name, fact in found.items()}


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (("淮安市人民政府2024年政府信息公开工作年度报告",), "淮安市人民政府", 2024),
        (("某县财政局", "2023年度政府信息公开工作年度报告"), "某县财政局", 2023),
        (("某区教育局", "2021年政府信息公开", "工作年度报告"), "某区教育局", 2021),
        (("某镇人民政府2022年度政府信息公开年报",), "某镇人民政府", 2022),
        (("某市统计局政府信息公开工作年度报告(2023年度)",), "某市统计局", 2023),
        (("某市 2020 年 政府信息公开工作年度报告",), "某市", 2020),
        (("某厅二〇二二年政府信息公开工作年度报告",), "某厅", 2022),
    ],
)
def test_titles_name_the_agency_and_the_year(lines, agency, year):
    found = facts(*lines)
    assert (found["agency"], found["title_year"]) == (agency, year)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023-01-01", "2023-12-31"),
        ("所列数据的统计期限自2023年1月1日起至2023年12月31日止。", "2023-01-01", "2023-12-31"),
        ("统计时限:2023年1月1日--2023年12月31日", "2023-01-01", "2023-12-31"),
        ("本报告中所列数据统计期限为 2020 年 1 月 1 日至 12 月 31 日", "2020-01-01", "2020-12-31"),
        ("统计期限为2023年1月1日至11月30日", "2023-01-01", "2023-11-30"),
        ("统计期限自2023年2月1日起至2023年12月31日止。", "2023-02-01", "2023-12-31"),
        ("所列数据统计时间为2023年01月10日—12月31日。", "2023-01-10", "2023-12-31"),
    ],
)
def test_the_statistics_period_is_read(sentence, start, end):
    found = facts(sentence)
    assert (found["period_start"], found["period_end"]) == (start, end)
    assert found["period_year"] == int(start[:4])


def test_other_dates_are_no_statistics_period():
    assert facts("2023年1月1日至12月31日，开展专项整治。") == {}
    assert facts("答复期限自2023年3月1日至2023年3月20日。") == {}


def test_what_is_not_written_is_absent():
    assert facts("一、总体情况", "本年度共公开信息2024条。") == {}
