"""In: the verdicts of a run. Out: one page that needs nothing else, for screen, phone and paper."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TextIO

from auditor import __version__
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Status
from auditor.model import SEVERITIES, Language, OutcomeState
from auditor.render import html_words, words
from auditor.render.html_section import report_section, verdict_text
from auditor.render.markup import Markup, joined, tag

_LANG = {"zh": "zh-CN", "en": "en"}
_SHORT_DIGEST = 19  # "sha256:" and twelve digits


@dataclass(slots=True)
class HtmlReport:
    """Collects the sections of a run and writes the page at its end."""

    stream: TextIO
    lang: Language
    rules_digest: str
    many: bool = False
    sections: list[Markup] = field(default_factory=list)
    rows: list[Markup] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        number = len(self.sections) + 1
        self.sections.append(report_section(checked, number, self.lang, in_list=self.many))
        self.rows.append(_overview_row(checked, number, self.lang))

    def close(self, summary: Summary) -> None:
        """Write the page."""
        overview = _overview(self.rows, summary, self.lang) if self.many else None
        main = tag("main", _title(self.lang), overview, *self.sections, id="top")
        made = html_words.MADE_BY.fill(
            version=__version__, rules=self.rules_digest[:_SHORT_DIGEST]
        ).in_language(self.lang)
        body = tag(
            "body", main, tag("footer", made), Markup(f"<script>{_asset('html.js')}</script>")
        )
        page = tag("html", _head(self.lang), body, lang=_LANG[self.lang])
        self.stream.write(_readable_anywhere(f"<!DOCTYPE html>\n{page}\n", self.stream))


def _readable_anywhere(page: str, stream: TextIO) -> str:
    """Give the page with references for all but ASCII where the stream is not Unicode."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    if encoding.startswith("utf"):
        return page.encode("utf-8", "replace").decode()
    return page.encode("ascii", "xmlcharrefreplace").decode()


@cache
def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _head(lang: Language) -> Markup:
    """Allow this style and this script alone: nothing that a document says can ever run or load."""
    policy = (
        f"default-src 'none'; style-src '{_digest(_asset('html.css'))}'; "
        f"script-src '{_digest(_asset('html.js'))}'; base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", html_words.TITLE.in_language(lang)),
        Markup(f"<style>{_asset('html.css')}</style>"),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _title(lang: Language) -> Markup:
    return tag("h1", html_words.TITLE.in_language(lang))


def _overview(rows: list[Markup], summary: Summary, lang: Language) -> Markup:
    names = (
        html_words.FILE.in_language(lang),
        html_words.AGENCY.in_language(lang),
        html_words.YEAR.in_language(lang),
        html_words.RESULT.in_language(lang),
        *(words.SEVERITY[severity].in_language(lang) for severity in SEVERITIES),
        words.OUTCOME[OutcomeState.UNAUDITED].in_language(lang),
    )
    heads = [tag("th", name, scope="col") for name in names]
    return tag(
        "section",
        tag("h2", html_words.OVERVIEW.in_language(lang)),
        tag("p", " · ".join(_totals(summary, lang))),
        tag(
            "div",
            tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable"),
            class_="scroll",
            role="region",
            aria_label=html_words.OVERVIEW.in_language(lang),
            tabindex=0,
        ),
        class_="overview",
    )


def _totals(summary: Summary, lang: Language) -> Iterator[str]:
    yield words.REPORTS.fill(count=summary.reports).in_language(lang)
    for status, count in summary.statuses.items():
        if count:
            named = words.STATUS[status].in_language(lang)
            yield words.BY_STATUS.fill(count=count, status=named).in_language(lang)
    yield words.END[summary.verdict_code].in_language(lang)


def _overview_row(checked: CheckedReport, number: int, lang: Language) -> Markup:
    report = checked.report
    found = [finding.severity for finding in checked.findings]
    numbers = (
        *(found.count(severity) for severity in SEVERITIES),
        checked.counts.get(OutcomeState.UNAUDITED, 0),
    )
    agency, year = (report.agency, report.year) if report else (None, None)
    rank = list(Status).index(checked.status)
    return tag(
        "tr",
        tag("th", tag("a", checked.file, href=f"#r{number}"), scope="row"),
        tag("td", agency or words.NO_AGENCY.in_language(lang)),
        tag("td", str(year) if year else words.NO_YEAR.in_language(lang)),
        tag("td", verdict_text(checked, lang), class_=checked.status, data_sort=rank),
        joined(tag("td", str(count), class_="number", data_sort=count) for count in numbers),
    )
