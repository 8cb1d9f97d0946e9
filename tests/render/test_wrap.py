"""In: sentences. Out: lines within the width, with nothing lost and no number cut."""

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from auditor.render.wrap import GLUE, flow, pad, printable, wrap

SENTENCE = (
    "应为 1,200,345，实为 59,237.2449（差额 -11）；依据《报告格式》（国办公开办函〔2021〕30号）。"
)


def test_no_line_is_wider_than_asked() -> None:
    for width in range(40, 201):
        assert all(cell_len(line) <= width for line in wrap(SENTENCE, width, indent="      "))


def test_no_number_is_cut() -> None:
    numbers = re.findall(r"[\d,.]*\d", SENTENCE)
    for width in range(12, 120):
        text = "\n".join(wrap(SENTENCE, width))
        assert [n for n in numbers if n not in text] == []


def test_closing_punctuation_never_opens_a_line() -> None:
    for width in range(20, 120):
        assert not any(line[0] in "，。；）》〕" for line in wrap(SENTENCE, width))


def test_a_further_line_is_indented_as_asked() -> None:
    first, second, *_ = wrap(SENTENCE, 40, indent="  ", hang="    ")
    assert first.startswith("  应")
    assert second.startswith("    ")


def test_glue_keeps_label_and_value_together() -> None:
    assert wrap("实为 差额 +1", 10) == ["实为 差额", "+1"]
    assert wrap(f"实为 差额{GLUE}+1", 10) == ["实为 差", "额 +1"]


def test_a_number_wider_than_the_line_stays_whole() -> None:
    assert "1" * 60 in wrap("共" + "1" * 60 + "件", 40)


def test_control_and_bidi_characters_never_reach_the_terminal() -> None:
    assert printable("a\x1b[31m\u202eb\x00\tc\nd") == "a[31mb c d"


def test_flow_breaks_between_items_only() -> None:
    assert flow(["规则实例 562", "通过 535", "规则故障 0"], 24, hang="  ") == [
        "规则实例 562  通过 535",
        "  规则故障 0",
    ]


def test_pad_counts_terminal_cells() -> None:
    assert pad("总计", 6) == "总计  "
    assert pad("总计", 6, right=True) == "  总计"


@given(st.text(max_size=200), st.integers(1, 60))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    def bare(words: str) -> str:
        return "".join(printable(words).split())

    assert bare("".join(wrap(text, width))) == bare(text)
