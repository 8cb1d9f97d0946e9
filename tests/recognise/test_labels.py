import pytest

from auditor.recognise.labels import best_similarity, parse_label, same_core, same_letters


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（三）不予公开", ("paren", "三")),
        ("(三) 不予公开", ("paren", "三")),
        ("㈢不予公开", ("paren", "三")),
        ("三、本年度办理结果", ("chinese", "三")),
        ("1.属于国家秘密", ("digit", "1")),
        ("1、属于国家秘密", ("digit", "1")),
        ("属于国家秘密", None),
        ("1.5万元", None),
    ],
)
def test_the_item_number_is_kept_apart(text, number):
    assert parse_label(text).number == number


def test_spaces_line_breaks_and_punctuation_do_not_count():
    assert same_letters("3.危及\n“三安全 一稳定”", "3.危及三安全一稳定")
    assert same_letters("自\n然\n人", "自然人")
    assert not same_letters("2.其他法律行政止公开", "2.其他法律行政法规禁止公开")


def test_a_note_in_brackets_is_no_other_label():
    assert same_core("规章（县级无此项）", "规章")
    assert best_similarity("规章（县级无此项）", ("规章",)) > 0.9


def test_lost_letters_are_still_alike_and_other_labels_are_not():
    official = ("2.其他法律行政法规禁止公开",)
    assert best_similarity("2.其他法律行政止公开", official) > 0.8
    assert best_similarity("行政处罚", ("行政许可",)) < 0.6
