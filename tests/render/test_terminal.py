"""In: a checked report. Out: every digit of every operand, whatever the width and the encoding."""

import io
import re

import pytest
from rich.cells import cell_len

from auditor.explain.summary import Summary
from auditor.model import Language
from auditor.render.console import Page
from auditor.render.terminal import Detail, TerminalReport
from tests.render.samples import checked, finding


def rendered(
    width: int = 80, encoding: str = "utf-8", lang: Language = "zh", detail: Detail = "normal"
) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    output = TerminalReport(Page(stream, width), lang, detail)
    output.report(checked())
    output.close(Summary().plus(checked()).conclude())
    stream.flush()
    return raw.getvalue().decode(encoding)


def unwrapped(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_operand_survives(width: int, encoding: str, lang: Language) -> None:
    text = rendered(width, encoding, lang)
    shown = finding()
    amounts = [shown.expected, shown.actual, *(t.value for t in shown.terms if t.value)]
    assert [a for a in amounts if f"{a:,}" not in text] == []
    assert "1,200,402" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_gbk_needs_no_escape(width: int) -> None:
    assert "\\x" not in rendered(width, "gbk")
    assert "\\u" not in rendered(width, "gbk")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_fit_the_width(width: int) -> None:
    assert max(cell_len(line) for line in rendered(width).splitlines()) <= width


def test_the_shape_of_a_finding() -> None:
    lines = rendered().splitlines()
    at = lines.index("某局2024年报告.pdf  第4页  表三 收到和处理政府信息公开申请情况")
    assert lines[at + 1].startswith("  错误 T302  （七）总计应等于（一）至（六）各项之和")
    assert lines[at + 1].endswith("自然人 列")
    assert lines[at + 2] == "      应为 1,200,402    实为 1,200,403    差额 +1"
    assert lines[at + 3].startswith("      1,200,345 [（一）予以公开] + 30 [（二）部分公开]")
    assert "      依据 《格式》（国办公开办函〔2021〕30号）表三" in lines
    suggestion = "      建议 （七）总计 1,200,403 → 1,200,402；同时消除 T301"
    assert suggestion in lines


def test_zeros_of_a_long_sum_are_counted_with_the_blanks_among_them() -> None:
    assert "0 [其余16项，其中1项空白按0计]" in unwrapped(rendered())


def test_verbose_names_every_operand() -> None:
    text = unwrapped(rendered(detail="verbose"))
    assert "空白(按0计) [" in text
    assert "其余" not in text


def test_what_was_not_audited_is_said_with_its_reason() -> None:
    assert "  未能核验  表四  第6-7页，列数不一致  3例  T401" in rendered()


def test_totals_add_up() -> None:
    line = next(line for line in rendered(120).splitlines() if line.startswith("检查"))
    total, *states = map(int, re.findall(r" (\d+)", line.partition("规则实例")[2]))
    assert total == sum(states) == 59


def test_no_colour_where_the_output_is_no_terminal() -> None:
    assert "\x1b" not in rendered()


def test_colour_can_be_forced_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in rendered()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31" not in rendered()
    assert "\x1b[1;31" not in rendered()
