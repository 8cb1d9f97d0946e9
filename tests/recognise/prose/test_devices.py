"""Devices of official prose, each in several sentences: what every number of them counts."""

import pytest

from tests.recognise.prose.test_sentences import sentences

DEVICES = {
    "the reason is the number's own words": [
        ("属于国家秘密而不予公开的58件。", ["refused+refused.state_secret"]),
        ("因属行政执法案卷未予公开4件。", ["refused+refused.enforcement_file"]),
        ("牵涉到第三方合法权益没有公开的3件。", ["refused+refused.third_party"]),
    ],
    "a header says what holds of each number after it": [
        ("信息公开类案件获维持的,行政复议2件、行政诉讼1件。", ["upheld", "upheld"]),
        ("信息公开案件尚未审结的,行政复议3件、行政诉讼2件。", ["pending", "pending"]),
        ("政府信息公开案件在审的有:行政复议3宗,行政诉讼2宗。", ["pending", "pending"]),
        ("信息公开案件被纠正的,行政复议4件、行政诉讼1件。", ["corrected", "corrected"]),
    ],
    "the former and the latter": [
        ("涉政府信息公开的复议、诉讼案件合计9件,前者5件,后者4件。", ["cases"] * 3),
        (
            "自然人和法人申请共30件,前者25件,后者5件。",
            ["applications", "natural_person", "organisations"],
        ),
        ("行政复议和行政诉讼共7件,前者4件,后者3件。", ["cases"] * 3),
    ],
    "the rest, whatever the reason": [
        (
            "申请已答复28件;尚有2件因需征求第三方意见,转至下一年度办理。",
            ["handled", "carried_out"],
        ),
        ("申请已答复28件,其余2件因正在听证,结转下年度办理。", ["handled", "carried_out"]),
        ("申请已办结28件,剩余2件因补正,顺延至下年度答复。", ["handled", "carried_out"]),
    ],
    "from where it is looked at": [
        ("政府信息公开行政复议9件;从审理结果看,维持5件。", ["cases", "upheld"]),
        ("按办理结果划分,予以公开20件,部分公开3件。", ["granted", "partly_granted"]),
        ("就答复类型而言,不予公开3件,无法提供2件。", ["refused", "unavailable"]),
    ],
    "how the work goes limits nothing": [
        ("企业关注度持续走高,商业企业申请7件。", ["company"]),
        ("坚持公开为常态,予以公开政府信息公开申请20件。", ["granted"]),
        ("依申请公开工作水平不断提升,部分公开3件。", ["partly_granted"]),
    ],
    "what is done with all of them limits nothing": [
        ("现行有效的行政规范性文件20件全部入库。", ["in_force"]),
        ("现行有效的规范性文件20件均已在门户网站集中列示。", ["in_force"]),
        ("信息公开行政复议8件逐案进行复盘。", ["cases"]),
    ],
    "the name stands before brackets that hold its parts": [
        (
            "政府信息公开行政诉讼(含直接起诉7件、复议后起诉2件)全年为9件。",
            ["cases", "cases", "cases"],
        ),
        ("政府信息公开行政诉讼(直接起诉7件、复议后起诉2件)共9件。", ["cases"] * 3),
        (
            "政府信息公开申请(自然人25件、法人5件)共30件。",
            ["natural_person", "organisations", "applications"],
        ),
    ],
    "the names stand one clause before": [
        (
            "行政许可、行政处罚、行政强制三项,全年处理决定依次为12件、13件、14件。",
            ["decided"] * 3,
        ),
        ("行政复议、行政诉讼两类信息公开案件,分别为3件、2件。", ["cases", "cases"]),
        ("予以公开、部分公开两类,依次是20件和3件。", ["granted", "partly_granted"]),
    ],
    "what ends a row of names holds of each": [
        ("尚有4件信息公开行政复议、3件信息公开行政诉讼未审结。", ["pending", "pending"]),
        ("被纠正的有2件信息公开行政复议和1件行政诉讼。", ["corrected", "corrected"]),
        ("信息公开行政复议30件、行政诉讼13件,均按期应诉。", ["cases", "cases"]),
    ],
    "published in the year, or in all": [
        (
            "新制作规范性文件3件,新公开2件,对外公开总数量9件。",
            ["issued", "newly_published", "published_in_all"],
        ),
        ("截至年底,对外公开规章总数12件。", ["published_in_all"]),
        ("全年公开规范性文件3件。", ["published"]),
    ],
    "telegraphic verbs": [
        ("依申请公开:收30件,结28件。", ["received", "handled"]),
        ("依申请公开:年初在手2件,年末在手4件。", ["carried_in", "carried_out"]),
        ("依申请公开:进件30件,出件28件。", ["received", "handled"]),
    ],
    "what a result involves": [
        ("不予处理的申请16件,主要涉及信访举报投诉类申请6件、重复申请9件等。",
         ["not_processed", "not_processed.petition", "not_processed.duplicate"]),
        ("申请不予公开6件,涉及第三方合法权益2件、行政执法案卷信息1件。",
         ["refused", "refused.third_party", "refused.enforcement_file"]),
        ("申请无法提供3件,主要是本机关不掌握3件。", ["unavailable", "unavailable.not_held"]),
    ],
    "distributed over a row of names": [
        ("涉及政府信息公开的复议、诉讼案件分别为8件、1件。", ["cases", "cases"]),
        ("不予公开、无法提供的申请依次是3件和2件。", ["refused", "unavailable"]),
        ("自然人与法人的申请各为25件、5件。", ["natural_person", "organisations"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "concepts"), [case for cases in DEVICES.values() for case in cases]
)
def test_what_the_numbers_count(text: str, concepts: list[str]) -> None:
    found = [item.concept for sentence in sentences(text) for item in sentence.items]
    assert [concept.name for concept in found] == concepts
    assert all(concept.is_certain for concept in found)


NONE = [
    ("没有人因为信息公开的事对全县申请行政复议。", "cases"),
    ("没有任何单位对信息公开答复提起行政诉讼。", "cases"),
    ("政府信息公开领域保持零复议、零诉讼。", "cases"),
    ("全年无一起因政府信息公开引起的行政复议和行政诉讼。", "cases"),
    ("不存在因政府信息公开被申请行政复议的情况。", "cases"),
    ("政府信息公开方面的复议、诉讼案件:无。", "cases"),
    ("信息公开复议案件、应诉案件,全县都没有。", "cases"),
    ("本年度无人向全县申请公开政府信息。", "applications"),
]


@pytest.mark.parametrize(("text", "concept"), NONE)
def test_that_there_was_none(text: str, concept: str) -> None:
    (sentence,) = sentences(text)
    said = [clause.concept for clause in sentence.clauses if clause.concept.is_certain]
    assert concept in [found.name for found in said]


def test_a_predicate_behind_names_may_be_that_of_the_last_alone() -> None:
    (sentence,) = sentences("信息公开行政复议4件、行政诉讼3件尚未审结。")
    assert [item.concept.is_certain for item in sentence.items] == [False, True]


NARROWED = [
    "口头申请3件,书面申请5件。",
    "当场答复申请3件。",
    "村级组织收到政府信息公开申请3件。",
    "因需征求第三方意见,结转下年度3件。",
    "已答复的3件申请均来自县外。",
    "重大复杂申请3件均经会商后答复。",
    "3件申请因内容重复合并答复。",
    "房屋征收类申请答复3件,其他类申请答复2件。",
    "信息涉密,不予公开申请3件。",
    "信息公开案件涉及征收的有:行政复议3宗,行政诉讼2宗。",
    "全年行政应诉案件3起,机关负责人出庭应诉2起。",
    "扎实推进征地信息公开,答复申请3件。",
    "应第三方要求不予公开申请3件。",
]


@pytest.mark.parametrize("text", NARROWED)
def test_what_is_narrower_is_not_taken_for_the_whole(text: str) -> None:
    found = [item.concept for sentence in sentences(text) for item in sentence.items]
    assert found
    assert not any(concept.name and concept.is_certain for concept in found)
