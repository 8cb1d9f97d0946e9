"""Numbers of the prose: what must be found, what must be left alone. Sentences of our own."""

from collections.abc import Mapping

import pytest

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.check.slips import is_one_slip
from auditor.model import Outcome, OutcomeState
from auditor.read.normalise import normalise
from tests.bench.bench_prose import (
    FILES,
    FRESH,
    REAL,
    RULES,
    real_reports,
    run_claims,
    run_composed,
    run_traps,
)
from tests.check.reports import Value, report, zeros

APPLICATIONS: Mapping[str, Value] = {
    "applications/new/total": 30,
    "applications/new/natural_person": 25,
    "applications/new/company": 5,
    "applications/carried_in/total": 2,
    "applications/granted/total": 20,
    "applications/unavailable.not_held/total": 6,
    "applications/unavailable.unclear/total": 2,
    "applications/handled_total/total": 28,
    "applications/carried_out/total": 4,
}


def outcomes(text: str, values: Mapping[str, Value], agency: str = "某某局") -> list[Outcome]:
    told = report({**zeros(), **values}, sections={"一": normalise(text)}, agency=agency)
    return [o for o in check(told, RULES) if o.instance]


def fired(
    text: str, values: Mapping[str, Value] = APPLICATIONS, agency: str = "某某局"
) -> list[str]:
    return [o.rule for o in outcomes(text, values, agency) if o.state is OutcomeState.VIOLATION]


@pytest.mark.parametrize(
    "text",
    [
        "全年共收到政府信息公开申请30件，较上年增长，均已登记。",
        "收到政府信息公开申请32件（含上年结转2件）。",
        "收到30件政府信息公开申请，其中24件为主动公开范围，6件属于本机关不掌握。",
        "所有申请均按期答复。",
        "没有发生行政复议。",
        "收到申请数量较上年增加12件。",
        "通过信函收到申请12件。",
        "收到自然人申请25件。",
        "收到涉及征地的政府信息公开申请12件。",
        "近三年共收到政府信息公开申请90件，累计答复88件。",
        "2023年收到政府信息公开申请18件，答复17件。",
        "12345热线受理诉求300件，答复300件。",
        "根据国办公开办函〔2021〕30号和《条例》第二十条编制，电话0517-83605210。",
        "收到申请50余件。",
        "开展培训3次，发布解读12篇。",
        "依申请公开类文件12份，主动公开类文件30份。",
    ],
)
def test_right_or_not_comparable(text: str) -> None:
    assert fired(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全年共收到政府信息公开申请31件。", "P101"),
        ("已办结29件政府信息公开申请。", "P102"),
        ("收到申请30件，2023年结转3件。", "P103"),
        ("答复申请28件，另有5件顺延至2025年办理。", "P104"),
        ("收到申请30件，其中自然人26件。", "P105"),
        ("收到申请30件，其中法人或其他组织6件。", "P106"),
        ("答复申请28件，其中予以公开21件。", "P107"),
        ("答复申请28件，其中无法提供6件。", "P109"),
        ("答复申请28件，其中7件为本机关不掌握的信息。", "P111"),
        ("收到政府信息公开申请30件，均已办结。", "P114"),
        ("收到政府信息公开申请30件，均已按期办结。", "P112"),
        ("全年没有收到政府信息公开申请。", "P113"),
        ("因政府信息公开被申请行政复议1件。", "P401"),
        ("因政府信息公开被提起行政诉讼1件。", "P402"),
        ("制发行政规范性文件1件。", "P201"),
        ("作出行政许可决定1件。", "P203"),
        ("收取行政事业性收费1.5万元。", "P204"),
        ("收取信息处理费100元。", "P601"),
        ("公开信息20条，分别为网站12条、微信9条。", "P701"),
        ("收到申请5件，其中信函申请7件。", "P701"),
        ("公开信息20条，其中网站12条、微信7条。", "P702"),
        ("答复申请28件，其中予以公开20件（74.43%）。", "P703"),
        ("发布信息30条，较上年25条增加6条。", "P704"),
    ],
)
def test_contradictions(text: str, rule: str) -> None:
    assert rule in fired(text)


def test_a_finding_has_sentence_place_and_both_numbers() -> None:
    (found,) = [o for o in outcomes("全年收到申请31件。", APPLICATIONS) if o.rule == "P101"]
    assert found.details["quote"] == "全年收到申请31件。"
    assert (found.details["stated"], found.details["table"]) == ("31", "30")
    assert (found.expected, found.actual, found.difference) == (30, 31, 1)
    assert found.cells == ("applications/new/total",)
    assert found.place is not None


@pytest.mark.parametrize(
    ("value", "state"),
    [("?", OutcomeState.UNAUDITED), ("", OutcomeState.UNAUDITED), (30, OutcomeState.PASS)],
)
def test_what_was_not_read_is_not_judged(value: Value, state: OutcomeState) -> None:
    values = dict.fromkeys(APPLICATIONS, value)
    (found,) = [o for o in outcomes("全年收到申请30件。", values) if o.rule == "P101"]
    assert found.state is state


def test_one_meaning_that_fits_is_enough_though_another_was_not_read() -> None:
    values = {**APPLICATIONS, "applications/carried_in/total": "?"}
    assert [o.state for o in outcomes("收到申请30件。", values) if o.rule == "P101"] == [
        OutcomeState.PASS
    ]


def test_the_old_row_of_other_handling_counts() -> None:
    old = {a: v for a, v in zeros().items() if "other_handling." not in a}
    old["applications/other_handling/total"] = 3
    told = report(old, sections={"一": "答复申请9件,其中其他处理3件。"}, agency="某某局")
    rule = next(r for r in RULES if r.id == "P110")
    assert [o.state for o in check(told, [rule])] == [OutcomeState.PASS]


@pytest.mark.parametrize(
    ("share", "right"),
    [
        ("17.46", True), ("17.47", False), ("17.45", False), ("17.5", True), ("17", True),
        ("18", False),
    ],
)  # fmt: skip
def test_shares_at_the_written_precision(share: str, *, right: bool) -> None:
    text = f"答复1191件，其中公告208件（{share}%）。"
    assert ("P703" not in fired(text)) == right


@pytest.mark.parametrize(
    "text",
    [
        "30.69%的办结申请获得予以公开的答复,即101件中的31件。",
        "作出部分公开答复14件,在办结的101件中占13.86%。",
        "网站与新媒体的发布量分别为11204条和332条,合计11536条,所占比重分别为97.12%和2.88%。",
    ],
)
def test_the_share_of_any_two_numbers_of_a_sentence_is_right(text: str) -> None:
    assert "P703" not in fired(text)


def test_a_whole_that_is_just_its_parts_is_not_held_against_a_table() -> None:
    text = "同意公开类答复23件，含全部公开20件、部分公开3件。"
    assert "P107" not in fired(text)
    assert "P107" in fired(text.replace("23件", "24件"))


def test_results_that_leave_one_out_are_no_wrong_sum() -> None:
    text = "政府信息公开行政复议1205件，结果维持的671件，其他结果的230件，还没有审结的204件。"
    assert "P701" not in fired(text)


def test_one_share_may_be_bent_to_make_a_hundred() -> None:
    text = "共3件，其中甲类1件（33%），乙类1件（33%），丙类1件（34%）。"
    assert "P703" not in fired(text)
    assert "P703" in fired(text.replace("34%", "35%"))


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        (81, 18, True), (105, 15, True), (1176, 1167, True), (12, 13, True), (12, 34, False),
        (5, 5, False), (7, -7, False), (100, 10, True),
    ],
)  # fmt: skip
def test_slips_of_the_pen(written: int, meant: int, *, slip: bool) -> None:
    assert is_one_slip(written, meant) == slip


def test_all_of_it_is_warning_or_less() -> None:
    assert {rule.severity for rule in load_rules() if "prose" in rule.tags} <= {"warning", "info"}


SEEDS = range(77_000, 77_002)


@pytest.mark.parametrize("file", FILES[:-1])
def test_slips_in_many_wordings_are_found_and_none_invented(file: str) -> None:
    told = run_claims(SEEDS, file)
    wrong, found = sum(t.wrong for t in told.values()), sum(t.found for t in told.values())
    assert found >= 0.9 * wrong > 30
    assert [text for tally in told.values() for text in tally.invented] == []


@pytest.mark.parametrize("file", FRESH)
def test_none_is_invented_in_wordings_that_were_not_learned(file: str) -> None:
    told = run_claims(SEEDS, file)
    assert sum(t.found for t in told.values()) > 30
    assert [text for tally in told.values() for text in tally.invented] == []


@pytest.mark.parametrize("file", [*FILES[:-1], *FRESH])
def test_traps_are_left_alone(file: str) -> None:
    traps = run_traps(SEEDS, file)
    assert len(traps) > 10
    assert [text for tally in traps.values() for text in tally.invented] == []


@pytest.mark.skipif(not REAL.is_dir(), reason="no real reports beside the repository")
def test_real_reports_do_not_contradict_themselves() -> None:
    lines = list(real_reports(RULES))
    assert len(lines) == 3
    assert all("contradict  0" in line for line in lines)


def test_sentences_and_sections_drawn_from_a_grammar() -> None:
    told = run_composed(range(77_000, 77_012), FILES[-1])
    wrong, found = sum(t.wrong for t in told.values()), sum(t.found for t in told.values())
    assert found >= 0.95 * wrong > 150
    assert [text for tally in told.values() for text in tally.invented] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到申请30件。全年受理政府信息公开申请30件。", False),
        ("收到申请30件。全年受理政府信息公开申请32件。", False),  # those carried in among them
        ("收到申请30件。通过信函收到申请12件。", False),
        ("收到申请30件。2023年收到申请40件。", False),
        ("收到申请30件。收到申请约40件。", False),
        ("收到申请30件。全年受理政府信息公开申请31件。", True),
        ("收到申请30件。答复申请28件。依法答复政府信息公开申请27件。", True),
        ("予以公开申请20件。全年同意公开申请21件。", True),
    ],
)
def test_one_thing_said_twice(text: str, *, wrong: bool) -> None:
    assert ("P706" in fired(text)) == wrong


def test_said_twice_where_the_tables_were_not_read() -> None:
    unread = dict.fromkeys(APPLICATIONS, "?")
    assert fired("收到申请30件。全年受理政府信息公开申请31件。", unread) == ["P706"]


@pytest.mark.parametrize(
    "text",
    [
        "受理申请194件(含上年结转4件),其中自然人173件、法人21件。",
        "行政诉讼共42件(直接起诉19件,复议后起诉23件),其中维持34件,纠正5件,尚未审结3件。",
        "办结101件,结转下年度1件;办结的申请中,予以公开31件,部分公开70件。",
        "行政复议共8件,已审结7件,尚未审结1件;已审结案件中,维持3件,纠正2件。",
        "行政复议案件1205件,已审结1001件,尚未审结204件,审结案件中被纠正100件。",
        "发生行政复议217件、行政诉讼42件,其中复议被纠正30件,诉讼被纠正13件。",
        "行政复议案件217件,行政诉讼案件42件,其中尚未审结的分别为45件和8件。",
        "予以公开33宗,部分公开5宗,不予公开6宗,其余各类情形27宗。",
        "主动公开信息1200条,其中网站800条,新媒体600条(含重复发布)。",
        "接待群众2404人次,其中查询信息1905人次,咨询政策495人次,办理事项4人次。",
        "推送信息800条,阅读最高的两类为民生600条和教育150条。",
        "收到申请120件,较上年增加12件(11.11%)。",
    ],
)
def test_what_is_no_sum_of_parts_is_left_alone(text: str) -> None:
    assert {"P701", "P702", "P703"}.isdisjoint(fired(text, {}))


@pytest.mark.parametrize(
    "text",
    [
        "微博发布51条,微信发布653条,客户端发布135条,三个平台发布量总计639条。",
        "项目公示6704条,审批类511条,其余6653条均为备案类,累计无误。",
        "微信、微博全年推送信息6204条,微信推送51条,微博推送6653条。",
        "两大平台发布信息11536条:网站11204条,占比97.12%;新媒体323条,占比2.80%。",
        "公开信息达6839条;网站计15条;政务新媒体计6653条;政府公报计135条。",
        "发布量由微信395条和视频号548条构成,总量843条。",
        "公开信息7514条,各平台数量为:网站51条、微信6653条、抖音13条、报纸675条。",
    ],
)
def test_parts_that_nothing_announces_add_up(text: str) -> None:
    assert "P701" in fired(text, {})


def test_a_nought_is_held_against_what_its_clause_counts() -> None:
    cases: Mapping[str, Value] = {
        "review_litigation/review/total": 3,
        "review_litigation/review/upheld": 3,
    }
    assert fired("政府信息公开案件尚未审结的,行政复议0件,行政诉讼0件。", cases) == []
    assert "P405" in fired("政府信息公开行政复议0件,行政诉讼0件。", cases)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("答复占比(以办结总数为基数):予以公开71.43%,无法提供28.57%。", False),
        ("答复占比(以办结总数为基数):予以公开71.93%,无法提供28.57%。", True),
        ("以办结量28件为基数,予以公开的比例是71.43%。", False),
        ("以办结量28件为基数,予以公开的比例是71.93%。", True),
        ("自然人申请25件,占当年收件的83.33%。", False),
        ("自然人申请25件,占当年收件的83.83%。", True),
        ("网站和新媒体分别发布51条和6653条,合计6704条,占比分别为0.76%和99.24%。", False),
        ("网站和新媒体分别发布51条和6653条,合计6704条,占比分别为0.76%和99.42%。", True),
        ("通过网上渠道收到申请20件,占线上受理总数的35.12%。", False),
    ],
)
def test_shares_by_header_and_nearness(text: str, *, wrong: bool) -> None:
    assert ("P703" in fired(f"依申请公开。{text}")) == wrong


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("共12件、1950元,其中县本级3件、1050元,各乡镇9件、900元。", None),
        ("共12件、1950元,其中县本级6件、1050元,各乡镇9件、900元。", "6 + 9"),
        ("共12件、1950元,其中县本级3件、1050元,各乡镇9件、930元。", "1,050 + 930"),
        ("收取3101元,涉及申请10件,其中城管3件、660元,教育7件、2450元。", "660 + 2,450"),
        ("收取3110元,其中城管3件、660元,教育7件、2450元。", None),
    ],
)
def test_lists_of_counts_with_amounts_beside_them(text: str, parts: str | None) -> None:
    found = [o for o in outcomes(text, {}) if o.rule == "P701"]
    wrong = [o.details["parts"] for o in found if o.state is OutcomeState.VIOLATION]
    assert wrong == ([parts] if parts else [])


NARROWED = [
    "涉及征地拆迁的申请12件,涉及规划的申请9件。",
    "通过政务服务大厅窗口递交的申请共14件。",
    "其中外省申请人提出的申请11件。",
    "经上级机关协调后办结的申请13件。",
    "六月份收到申请16件,十一月份收到申请18件。",
    "由县档案馆代为答复的申请11件。",
    "以邮寄形式提出的申请12件,当面提出的9件。",
    "因申请材料不全要求补正的申请14件。",
    "为保障农民工权益优先办理的申请11件。",
    "涉企类申请办结12件。",
    "村务公开类申请收到14件。",
    "下属事业单位收到申请13件。",
    "县法院系统收到的申请11件不在统计之列。",
    "受疫情影响延期答复的申请12件。",
    "同一申请人一次性提交的申请11件。",
    "房屋征收领域不予公开的申请12件。",
    "教育系统予以公开的申请11件。",
    "对律师提出的申请,答复14件。",
    "上半年办结申请12件,下半年办结16件。",
    "经复核后改为予以公开的申请3件。",
    "近五年年均收到申请41件。",
    "针对老年人口头申请,代为填表办理12件。",
    "涉及两个以上部门的申请11件均会商办理。",
    "超过法定期限办结的申请1件。",
    "现场答复的申请占三成,约9件。",
    "不动产登记资料查询类申请11件,转相关窗口办理。",
    "按简易程序办理的申请12件。",
    "由法制科承办的申请11件,由办公室承办的申请13件。",
    "重大敏感申请12件经集体审议后答复。",
    "自然人通过网上平台提出的申请21件。",
    "商业企业就招投标事项提出的申请2件。",
    "因第三方不同意公开而部分公开的申请1件。",
    "对涉及历史遗留问题的申请,无法提供3件。",
    "乡镇(街道)承办的予以公开申请12件。",
    "主动与申请人沟通后撤回的申请3件。",
    "首次申请即获公开的11件。",
    "转由主动公开的申请3件。",
    "收到外国公民提出的申请1件。",
    "其中要求公开会议纪要的申请11件。",
    "在十个工作日内答复的申请21件。",
    "提前办结申请17件。",
    "涉及土地征收的行政复议3件。",
    "以我局为第三人的行政诉讼3件。",
    "经调解结案的政府信息公开行政复议1件。",
    "因不服行政处罚引发的行政复议13件。",
    "作为复议机关办理信息公开复议案件14件。",
    "负责人出庭应诉政府信息公开案件3件。",
    "涉及工伤认定的行政诉讼12件。",
    "上一年度延续审理的信息公开诉讼1件。",
    "撤回起诉的政府信息公开案件1件。",
    "牵头起草行政规范性文件3件。",
    "向市政府报备行政规范性文件2件。",
    "涉及营商环境的规范性文件清理11件。",
    "简易程序行政处罚115件。",
    "作出不予行政处罚决定21件。",
    "减轻行政处罚案件12件。",
    "公示行政许可信息1450条。",
    "通过告知承诺制办理的行政许可95件。",
    "对小微企业减免行政事业性收费95.2万元。",
    "重大行政处罚法制审核12件。",
]


@pytest.mark.parametrize("text", NARROWED)
def test_what_narrows_a_number_keeps_it_from_the_tables(text: str) -> None:
    assert [rule for rule in fired(f"依申请公开情况。{text}") if rule[:2] != "P7"] == []
