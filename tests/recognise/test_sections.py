from auditor.form import load_form
from auditor.recognise.sections import by_section, find_headings, section_observations
from tests.recognise.grids import document

SECTIONS = load_form("2021").sections
TITLES = tuple(f"{s.number}、{s.title}" for s in SECTIONS)


def observations(*paragraphs):
    headings = find_headings(document(*paragraphs).blocks, SECTIONS)
    return [(o.code, o.details.get("section")) for o in section_observations(headings, SECTIONS)]


def test_the_official_titles_raise_nothing():
    assert observations(*TITLES) == []


def test_known_variants_raise_nothing():
    varied = list(TITLES)
    varied[0] = "一、 总体概述"
    varied[4] = "五、政府信息公开工作存在的主要问题及改进措施"
    assert observations(*varied) == []


def test_a_missing_section_is_noted():
    assert observations(*TITLES[:3], *TITLES[4:]) == [("section_missing", "四")]


def test_sections_out_of_order_are_noted():
    swapped = (*TITLES[:3], TITLES[4], TITLES[3], TITLES[5])
    assert ("section_order", None) in observations(*swapped)


def test_sentences_are_no_headings():
    assert (
        observations(*TITLES, "二、主动公开政府信息情况良好,全年公开信息一千余条,群众满意。") == []
    )


def test_prose_is_kept_by_section():
    blocks = document("前言", TITLES[0], "甲", "乙", TITLES[1], "丙").blocks
    parts = by_section(blocks, find_headings(blocks, SECTIONS))
    assert [p.text for p in parts[""]] == ["前言"]
    assert [p.text for p in parts["一"]] == ["甲", "乙"]
    assert [p.text for p in parts["二"]] == ["丙"]
