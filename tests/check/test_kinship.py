"""Whose reports they are, and what one says of those below it."""

from dataclasses import replace

import pytest

from auditor.check.kinship import SumClaim, same_agency, says_sum
from auditor.model import Paragraph, Place
from tests.check.kin import body


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("淮安市人民政府", "淮安市人民政府"),
        ("淮安市人民政府", "淮安市政府"),
        ("中卫市沙坡头区", "沙坡头区人民政府"),
        ("淮安市洪泽区人民政府", "洪泽区人民政府"),
        ("江苏省淮安市人民政府", "淮安市人民政府"),
        ("澄江区柳塘街道办事处", "澄江区柳塘街道"),
        ("青石县 人民政府", "青石县人民政府"),
        ("某某县教育局", "某某市某某县教育局"),
    ],
)
def test_names_of_one_body(one: str, other: str) -> None:
    assert same_agency(one, other)
    assert same_agency(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("淮安市人民政府", "淮安市人民政府办公室"),
        ("淮安市人民政府", "洪泽区人民政府"),
        ("淮安市洪泽区人民政府", "淮安市人民政府"),
        ("教育局", "某某县教育局"),
        ("某某县教育局", "某某县体育局"),
        ("东安县人民政府", "安县人民政府"),
        (None, "某某县教育局"),
        (None, None),
    ],
)
def test_names_of_two_bodies(one: str | None, other: str | None) -> None:
    assert not same_agency(one, other)
    assert not same_agency(other, one)


def saying(text: str) -> SumClaim | None:
    return says_sum(replace(body({}), paragraphs=(Paragraph(text, text, Place()),)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("本报告各项数据由所辖3个县区的年度报告汇总而成，不含市本级各部门数据。", 3),
        ("本报告数据仅由 12 个县（市、区）报告数据汇总。", 12),
        ("以上数据为全市十二个区县数据之和，不包括本级。", 12),
        ("表中数据只包括所属各单位报告的合计。", None),
        ("报告中的数据由全市3个县（区）政府信息公开工作年度报告加总得出。", 3),
        ("本报告数据系2个县（区）上报数据汇总而成。", 2),
    ],
)
def test_a_report_says_that_it_is_a_sum(text: str, count: int | None) -> None:
    assert saying(text) == SumClaim(count)


@pytest.mark.parametrize(
    "text",
    [
        "本报告由东林县、西河区的年度报告汇总形成，未包含市直部门。",
        "本报告数据为东林县和西河区2个县（区）数据之和。",
        "所列数据系东林县、西河区两地数据的合计数。",
    ],
)
def test_and_whose(text: str) -> None:
    assert saying(text) == SumClaim(2, ("东林县", "西河区"))


@pytest.mark.parametrize(
    "text",
    [
        "报告汇总全市数据。",
        "本报告根据各县（市、区）人民政府和市政府各部门年度报告汇总编制。",
        "全市各县区共办理申请 30 件，其中市本级 12 件。",
        "本报告数据由市本级和3个县（区）数据汇总而成。",
        "报告数据由3个县区和20个部门汇总而成。",
        "统计数据中由3个县区汇总的有20件。",
        "本报告由东林县人民政府办公室根据各乡镇、各部门的年度报告汇总编制。",
        "",
    ],
)
def test_or_does_not(text: str) -> None:
    assert saying(text) is None
