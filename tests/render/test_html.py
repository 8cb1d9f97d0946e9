"""In: verdicts, hostile ones too. Out: a page that says the same, and in which nothing runs."""

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from auditor import check
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Status, unreadable
from auditor.explain.waivers import Waived, Waiver
from auditor.model import CellState, Language, Wording
from auditor.render.html_report import HtmlReport
from auditor.render.marks import marks

from .samples import address, checked, finding, report

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples/01-city-2024.pdf"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>](http://x)\x1b[31m\u202e'


class Outline(HTMLParser):
    """Collects elements and texts, and complains of what is not closed."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.texts.append(data)

    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(*reports: CheckedReport, lang: Language = "zh") -> str:
    stream = io.StringIO()
    page = HtmlReport(stream, lang, "sha256:0", many=len(reports) > 1)
    summary = Summary()
    for one in reports:
        page.report(one)
        summary = summary.plus(one)
    page.close(summary.conclude())
    return stream.getvalue()


@pytest.fixture(scope="module")
def sample() -> CheckedReport:
    return check(SAMPLE)


def test_the_wrong_cells_are_marked_with_what_they_should_be(sample: CheckedReport) -> None:
    outline = Outline(page_of(sample))
    classes = [cell.get("class", "").split() for cell in outline.named("td")]
    for role in ("suspect", "candidate", "violated"):
        expected = sum(mark.role == role for mark in marks(sample.findings).values())
        assert expected > 0
        assert sum(role in names for names in classes) == expected
    assert "16 → 61" in outline.text()


def test_every_anchor_that_is_named_is_there_once(sample: CheckedReport) -> None:
    outline = Outline(page_of(sample, check(ROOT / "samples/02-county-2023.pdf")))
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [a["href"][1:] for a in outline.named("a")]
    for _, attributes in outline.elements:
        named += [
            i for key in ("data-t", "data-s", "data-f") for i in attributes.get(key, "").split()
        ]
    assert len(named) > 50
    assert set(named) <= set(ids)


def test_every_finding_is_told_with_its_arithmetic_and_source(sample: CheckedReport) -> None:
    text = Outline(page_of(sample)).text()
    for found in sample.findings:
        assert f"{found.rule} {found.title.zh}" in text
        assert found.source.zh in text
    assert "应为 16" in text
    assert "差额 +45" in text
    assert f"规则实例 {sum(sample.counts.values())} = " in text


def test_the_page_needs_nothing_else(sample: CheckedReport) -> None:
    page = page_of(sample)
    assert "http" not in page.replace("http-equiv", "")
    assert not {"link", "img", "iframe"} & {tag for tag, _ in Outline(page).elements}
    assert "default-src 'none'" in page


def hostile() -> CheckedReport:
    base = report(f"{HOSTILE}.pdf")
    cell = replace(base.cells[address("new")], state=CellState.UNREADABLE, raw=HOSTILE)
    words = Wording(HOSTILE, HOSTILE)
    bad = replace(
        finding(),
        title=words,
        message=words,
        source=words,
        notes=(words,),
        labels={address("granted"): words},
    )
    waiver = Waiver("f" * 16, "T302", HOSTILE, (), {}, HOSTILE, HOSTILE)
    return replace(
        checked(),
        file=base.file,
        report=replace(base, agency=HOSTILE, cells={**base.cells, cell.address: cell}),
        findings=(bad,),
        waived=(Waived(bad, waiver),),
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_is_shown_and_never_becomes_an_element(lang: Language) -> None:
    page = page_of(hostile(), hostile(), lang=lang)
    outline = Outline(page)
    assert len(outline.named("script")) == 1
    assert outline.named("img") == []
    assert "<script>alert(1)</script>" in outline.text()
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_what_was_not_checked_stands_in_the_verdict() -> None:
    text = Outline(page_of(checked())).text()
    assert "未核验的内容与原因" in text
    assert "列数不一致" in text
    assert "第 12 页没有文字层" in text


def test_an_unreadable_file_is_no_pass() -> None:
    told = unreadable("x.pdf", "unreadable", Wording("文件是空的", "empty"), 3)
    text = Outline(page_of(told)).text()
    assert "无法读取" in text
    assert "文件是空的" in text
    assert "无错误" not in text


def test_remarks_are_not_hidden_behind_a_clean_verdict() -> None:
    remark = replace(checked(), status=Status.PASS, findings=(replace(finding(), severity="info"),))
    assert "无错误，另有提请注意之处" in Outline(page_of(remark)).text()


def test_many_files_have_an_overview_that_leads_to_each(sample: CheckedReport) -> None:
    clean = check(ROOT / "samples/11-township-2024.pdf")
    outline = Outline(page_of(sample, clean))
    heads = [attributes["href"] for attributes in outline.named("a")][:2]
    assert heads == ["#r1", "#r2"]
    assert "检查 2 份报告" in outline.text()


def test_a_waived_finding_stays_visible(sample: CheckedReport) -> None:
    known = sample.findings[0]
    waiver = Waiver("a" * 16, known.rule, "x", known.cells, {}, "原件如此", "张三")
    text = Outline(page_of(replace(sample, waived=(Waived(known, waiver),)))).text()
    assert "原件如此" in text
    assert "张三" in text


def test_five_hundred_findings_stay_below_a_megabyte() -> None:
    many = replace(checked(), findings=tuple(finding(f"T{n:03d}") for n in range(500)))
    page = page_of(many)
    assert page.count("<article") + page.count('class="same"') >= 1
    assert all(f"T{n:03d}" in page for n in range(500))
    assert len(page.encode()) < 1_000_000
    apart = tuple(replace(one, suggestions=()) for one in many.findings)
    page = page_of(replace(many, findings=apart))
    assert page.count("<article") == 500
    assert len(page.encode()) < 1_000_000


def test_same_input_same_page(sample: CheckedReport) -> None:
    assert page_of(sample) == page_of(sample)


def test_a_gbk_console_gets_a_page_that_any_browser_reads(sample: CheckedReport) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk")
    page = HtmlReport(stream, "zh", "sha256:0")
    page.report(sample)
    page.close(Summary().plus(sample).conclude())
    stream.flush()
    assert Outline(raw.getvalue().decode("ascii")).text() == Outline(page_of(sample)).text()
