"""What is a sentence, a number of something, a part; whose it is. Sentences of our own."""

import pytest

from auditor.model import Paragraph, Place
from auditor.recognise.prose import Item, Sentence, find_sentences
from auditor.recognise.prose.quantities import find_quantities, read_numerals

YEAR = 2024


def sentences(*texts: str, agency: str | None = "某某县人民政府") -> tuple[Sentence, ...]:
    paragraphs = tuple(Paragraph(text, text, Place(page=n)) for n, text in enumerate(texts, 1))
    return find_sentences({"一": paragraphs}, agency, YEAR)


def items(*texts: str, agency: str | None = "某某县人民政府") -> list[Item]:
    return [item for sentence in sentences(*texts, agency=agency) for item in sentence.items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到申请7件", [(7, "件")]),
        ("发布信息28,791条", [(28791, "条")]),
        ("发布信息1.2万条", [(12000, "条")]),
        ("收取3940元", [(0.394, "万元")]),
        ("收取7730.28万元、1亿元", [(7730.28, "万元"), (10000, "万元")]),
        ("收到申请三件、十二件、一百零五件", [(3, "件"), (12, "件"), (105, "件")]),
        ("部分公开67,占4.61%", [(67, "件")]),
        ("行政复议案件数为12,均已审结", [(12, "件")]),
        ("予以公开、部分公开分别为20、3件", [(20, "件"), (3, "件")]),
        ("收到申请一百零五份", [(105, "份")]),
        ("予以公开9件,占8%;部分公开67,占4.61%", [(9, "件"), (67, "件")]),
    ],
)
def test_numbers_with_units(text: str, found: list[tuple[float, str]]) -> None:
    assert [(float(q.value), q.unit) for q in find_quantities(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "国办公开办函〔2021〕30号",
        "第二十条第(一)项",
        "第3项、第20条",
        "2024年1月1日至12月31日",
        "电话:0517-83605210,邮编:223001",
        "12345政务服务便民热线",
        "推进“一件事一次办”",
        "未发生一起投诉,没有一件超期",
        "占4.5%,共6章",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize("text", ["5500余条", "约30件", "近30件", "30件以上", "30多件", "超过30件"])
def test_round_numbers_are_known_as_such(text: str) -> None:
    assert [q.is_exact for q in find_quantities(text)] == [False]


def test_numerals() -> None:
    assert [read_numerals(n) for n in ("两", "十", "二十", "三百一十", "二三")] == [
        2, 10, 20, 310, None,
    ]  # fmt: skip


def test_a_sentence_parted_by_a_page_break_is_whole_again() -> None:
    (found,) = sentences("全年共收到政府信息公开", "-1-", "申请7件,均已答复。")
    assert [item.text for item in found.items] == ["全年共收到政府信息公开申请#"]
    assert found.place.page == 1


def test_an_item_of_its_own_is_not_joined() -> None:
    found = sentences("(一)主动公开情况", "(二)依申请公开情况", "收到申请7件。")
    assert [s.text for s in found] == ["(一)主动公开情况", "(二)依申请公开情况", "收到申请7件。"]


def test_the_heading_tells_the_topic() -> None:
    assert [i.topic for i in items("(二)依申请公开", "全年答复28件。")] == ["applications"]


def test_the_quote_is_as_printed() -> None:
    raw = "全年收到申请７件，均已答复。无其他。"
    paragraph = Paragraph("全年收到申请7件,均已答复。无其他。", raw, Place(line=3))
    found = find_sentences({"一": (paragraph,)}, None, YEAR)
    assert [s.quote for s in found] == ["全年收到申请７件，均已答复。", "无其他。"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("予以公开5件、部分公开3件", ["予以公开#", "部分公开#"]),
        ("5件予以公开、3件部分公开", ["#予以公开", "#部分公开"]),
        ("共收到7件政府信息公开申请,其中5件为主动公开范围",
         ["共收到#政府信息公开申请", "#为主动公开范围"]),
        ("维持、纠正和其他结果分别为6件、1件和3件", ["维持#", "纠正#", "其他结果#"]),
        ("予以公开(含部分公开)18件", ["予以公开(含部分公开)#"]),
        ("8件政府信息公开行政复议中结果维持3件", ["#政府信息公开行政复议中", "结果维持#"]),
        ("政府信息公开申请,共7件", ["政府信息公开申请,共#"]),
    ],
)  # fmt: skip
def test_each_number_has_its_own_words(text: str, words: list[str]) -> None:
    assert [item.text for item in items(text)] == words


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("收到30件,其中网上20件,信函10件", [None, 0, 0]),
        ("公开50条,其中机构20条(职责15条,领导5条),公告30条", [None, 0, 1, 1, 0]),
        ("复议10件,其中维持6件;诉讼5件,其中维持4件", [None, 0, None, 2]),
        ("解读9次,其中文字3次;图解4次;视频2次", [None, 0, 0, 0]),
        ("收到30件,其中网上20件,答复28件", [None, 0, None]),
        ("答复28件,包括上年结转2件。其中,予以公开20件", [None, 0, 0]),
        ("予以公开、不予公开分别为3件、5件", [None, None]),
    ],
)
def test_parts_of_a_number(text: str, wholes: list[int | None]) -> None:
    assert [item.whole for item in items(text)] == wholes


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("政府信息公开行政复议10件,维持6件;行政诉讼5件,维持4件",
         ["review", "review", "suit", "suit"]),
        ("行政诉讼5件(未经复议直接起诉2件,复议后起诉3件),结果维持4件",
         ["suit", "suit_direct", "suit_after_review", "suit"]),
        ("收到行政复议申请3件,收到政府信息公开申请9件", ["review", "applications"]),
        ("行政复议、行政诉讼共8件", ["review_and_suit"]),
        ("收到申请9件,答复网民留言30件", ["applications", "other"]),
    ],
)  # fmt: skip
def test_topics(text: str, topics: list[str]) -> None:
    assert [item.topic for item in items(text)] == topics


@pytest.mark.parametrize(
    ("text", "agency", "foreign"),
    [
        ("2024年收到申请7件", "某某局", False),
        ("2023年收到申请7件", "某某局", True),
        ("较2023年增加,收到申请7件", "某某局", False),
        ("截至2024年底,累计收到申请70件", "某某局", False),
        ("全年累计收到申请7件", "某某局", False),
        ("今年以来收到申请7件", "某某局", False),
        ("2012年以来收到申请70件", "某某局", True),
        ("近三年收到申请70件", "某某局", True),
        ("上半年收到申请3件", "某某局", True),
        ("2024年1月1日至12月31日收到申请7件", "某某局", False),
        ("2024年6月收到申请3件", "某某局", True),
        ("全县收到申请7件", "某某县人民政府", False),
        ("全县收到申请7件", "某某县教育局", True),
        ("我局收到申请7件", "某某县教育局", False),
        ("本机关收到申请7件", "某某县人民政府", True),
        ("县政府办公室收到申请7件", "某某县人民政府", True),
        ("县政府办公室收到申请7件", "某某县人民政府办公室", False),
        ("县政府办公室收到申请2件,全县收到申请7件", "某某县人民政府", True),
        ("各乡镇收到申请7件", "某某县人民政府", True),
        ("代表县政府受理申请7件", "某某县司法局", True),
        ("我镇收到申请7件", "某某县某某镇人民政府", False),
        ("县市场监管局作出行政处罚5件", "某某县人民政府", True),
        ("全年县公安局实施行政强制5件", "某某县人民政府", True),
        ("县市场监管局作出行政处罚5件", "某某县市场监督管理局", False),
        ("县公安局作出行政处罚5件", "某某县市场监督管理局", True),
        ("全县各级行政机关共收到申请7件", "某某县人民政府", False),
        ("全县各乡镇、各部门共收到申请7件", "某某县人民政府", False),
        ("全市各级政府及其部门受理申请7件", "某某市人民政府", False),
        ("全县各乡镇、各部门共收到申请7件", "某某县人民政府办公室", True),
        ("全县各级行政机关共收到申请7件", "某某县教育局", True),
        ("全县各乡镇共收到申请7件", "某某县人民政府", True),
        ("全县各部门共收到申请7件", "某某县人民政府", True),
        ("结转上年申请2件,收到申请7件", "某某县人民政府", False),
        ("各乡镇收到申请3件,部门收到申请4件,以上合计7件", "某某县人民政府", True),
    ],
)
def test_whose_and_of_which_year(text: str, agency: str, *, foreign: bool) -> None:
    found = items(text, agency=agency)
    assert (found[0].foreign is not None) == foreign
    assert found[-1].foreign is None or len(found) == 1


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("全年收到申请70件", True),
        ("截至2024年底,累计收到申请70件", False),
        ("收到疑难申请70件", False),
        ("全年累计收到申请70件", True),
    ],
)
def test_words_that_may_narrow_a_number_down(text: str, *, certain: bool) -> None:
    (item,) = items(text)
    assert (item.concept.name, item.concept.is_certain) == ("received", certain)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("其中3件予以公开", ["granted"]),
        ("因国家秘密等原因不予公开3件", ["refused"]),
        ("因国家秘密不予公开3件", ["refused+refused.state_secret"]),
        ("上年结转和本年新收申请共32件", ["carried_in+received"]),
        ("另有3件因故未能办结,将于2025年继续办理", ["carried_out"]),
        ("予以公开、部分公开分别为5件、3件", ["granted", "partly_granted"]),
        ("自然人和法人或其他组织分别提出申请5件、3件", ["natural_person", "organisations"]),
        ("通过信函收到申请3件", [""]),
        ("申请人撤回申请3件", [""]),
        ("申请较上年增加3件", [""]),
    ],
)
def test_what_a_number_counts(text: str, concepts: list[str]) -> None:
    told = items("依申请公开。" + text)
    assert [item.concept.name for item in told] == concepts
