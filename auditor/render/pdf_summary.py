"""In: a verdict. Out: the page or pages that open the marked copy, a small PDF of their own."""

import io
from collections.abc import Iterable, Iterator

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from auditor.explain.verdict import CheckedReport
from auditor.model import Language, OutcomeState
from auditor.render import html_words
from auditor.render.head import relatives_lines, report_head, table_lines
from auditor.render.html_section import counts_text, verdict_text
from auditor.render.markup import escaped
from auditor.render.notes import body, headline, waiver_lines
from auditor.render.pdf_font import chinese_font
from auditor.render.places import place_text
from auditor.render.told import plain

_RED, _BLACK, _GREY = "#a3141b", "#1b1f24", "#4a525c"
_TOLD_MAX = 60
"""Findings told on the summary; the rest stand at their cells."""


def summary_pdf(checked: CheckedReport, lang: Language) -> bytes:
    """Give the verdict, what was not checked, and the findings, the gravest first."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=html_words.TITLE.in_language(lang), author="auditor", invariant=1
    )
    document.build([*_head(checked, lang), *_gaps(checked, lang), *_findings(checked, lang)])
    return out.getvalue()


def _head(checked: CheckedReport, lang: Language) -> Iterator[Flowable]:
    yield _line(html_words.TITLE.in_language(lang), 10, _GREY)
    yield _line(report_head(checked.file, checked.report, lang), 12)
    yield _line(verdict_text(checked, lang), 20, _RED if checked.exit_code else _BLACK)
    yield _line(counts_text(checked, lang))
    lines = (*table_lines(checked.report, lang), *relatives_lines(checked.report, lang))
    yield from (_line(line, colour=_GREY) for line in lines)


def _gaps(checked: CheckedReport, lang: Language) -> Iterator[Flowable]:
    gaps = [gap for gap in checked.gaps if not gap.blocking]  # the others are problems anyway
    told = [p.message.in_language(lang) for p in checked.problems]
    told += [gap.reason.in_language(lang) for gap in gaps if gap.state is OutcomeState.UNAUDITED]
    if told:
        yield Spacer(1, 8)
        yield _line(html_words.NOT_CHECKED.in_language(lang), 12)
        yield from (_line(text) for text in told)


def _findings(checked: CheckedReport, lang: Language) -> Iterator[Flowable]:
    for finding in checked.findings[:_TOLD_MAX]:
        yield Spacer(1, 8)
        where = place_text(finding.place, lang)
        yield _line(f"{headline(finding, lang)}  {where}".rstrip(), 11)
        yield from _indented(body(finding, lang))
    rest = len(checked.findings) - _TOLD_MAX
    if rest > 0:
        yield Spacer(1, 8)
        yield _line(html_words.MORE_FINDINGS.fill(count=rest).in_language(lang), 11)
    for text in waiver_lines(checked, lang):
        yield Spacer(1, 8)
        yield _line(text)


def _indented(lines: Iterable[str]) -> Iterator[Flowable]:
    yield from (_line(line, indent=12) for line in lines)


def _line(text: str, size: float = 9.5, colour: str = _BLACK, indent: float = 0) -> Flowable:
    style = ParagraphStyle(
        "line",
        fontName=chinese_font(),
        fontSize=size,
        leading=size * 1.5,
        textColor=HexColor(colour),
        leftIndent=indent,
        wordWrap="CJK",
    )
    return Paragraph(escaped(plain(text)), style)
