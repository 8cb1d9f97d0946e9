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
