"""In: the findings of a report. Out: cards that say what is wrong, by what rule, what to change."""

from collections.abc import Iterable, Iterator

from auditor.explain.findings import amount_text, difference_text
from auditor.explain.labels import cell_label
from auditor.explain.verdict import CheckedReport
from auditor.model import Address, Finding, Language
from auditor.render import html_words, words
from auditor.render.causes import Story, stories
from auditor.render.finding import (
    finding_lines,
    note_lines,
    same_cause_line,
    source_line,
    suggestion_lines,
)
from auditor.render.html_names import Anchors
from auditor.render.marks import operands
from auditor.render.markup import Markup, joined, tag
from auditor.render.places import place_text


def finding_cards(
    checked: CheckedReport, findings: Iterable[Finding], names: Anchors, lang: Language
) -> Markup:
    """Give a card for each cause, with the findings that fall with it."""
    return joined(_story(checked, story, names, lang) for story in stories(findings))


def _story(checked: CheckedReport, story: Story, names: Anchors, lang: Language) -> Markup:
    finding = story.lead
    followers = [_follower(other, names, lang) for other in story.others]
    return tag(
        "article",
        tag("h4", *_heading(finding, lang)),
        *_figures(finding, lang),
        *(tag("p", line) for line in _sentences(finding, lang)),
        _advice(finding, lang),
        tag("ul", *followers, class_="same") if followers else None,
        _linked_cells(checked, finding, names, lang),
        *(tag("p", line, class_="fine") for line in note_lines(finding, lang)),
        tag("p", source_line(finding, lang), class_="fine"),
        id=names.finding(finding),
        class_=f"card {finding.severity}",
        data_t=names.lit_by(operands(finding)),
        data_s=names.lit_by(_suspects(finding)),
        tabindex=0,
    )


def _heading(finding: Finding, lang: Language) -> Iterator[Markup | str]:
    severity = words.SEVERITY[finding.severity].in_language(lang)
    yield tag("span", severity, class_="tag")
    yield f" {finding.rule} {finding.title.in_language(lang)}"
    where = (place_text(finding.place, lang), finding.instance)
    parts = [p if isinstance(p, str) else p.in_language(lang) for p in where if p]
    if parts:
        yield tag("span", " " + " · ".join(parts), class_="where")


def _figures(finding: Finding, lang: Language) -> Iterator[Markup]:
    """Give expected, actual and difference as figures of their own, where there are such."""
    if not _is_compared(finding):
        return
    figures = (
        (html_words.EXPECTED, finding.expected, amount_text),
        (html_words.ACTUAL, finding.actual, amount_text),
        (html_words.DIFFERENCE, finding.difference, difference_text),
    )
    yield tag(
        "dl",
        *(
            tag("div", tag("dt", name.in_language(lang)), tag("dd", write(value)))
            for name, value, write in figures
            if value is not None
        ),
    )


def _sentences(finding: Finding, lang: Language) -> list[str]:
    """Give the sum written out; its first line stands as figures already."""
    lines = [*finding_lines(finding, lang)]
    return lines[1:] if _is_compared(finding) else lines


def _is_compared(finding: Finding) -> bool:
    return finding.quote is None and finding.expected is not None and finding.actual is not None


def _advice(finding: Finding, lang: Language) -> Markup | None:
    lines = [tag("p", line) for line in suggestion_lines(finding, lang)]
    return tag("div", *lines, class_="advice") if lines else None


def _follower(finding: Finding, names: Anchors, lang: Language) -> Markup:
    return tag(
        "li",
        tag("p", same_cause_line(finding, lang)),
        *(tag("p", line, class_="fine") for line in finding_lines(finding, lang)),
        tag("p", source_line(finding, lang), class_="fine"),
        id=names.finding(finding),
        data_t=names.lit_by(operands(finding)),
        data_s=names.lit_by(_suspects(finding)),
        tabindex=0,
    )


def _linked_cells(
    checked: CheckedReport, finding: Finding, names: Anchors, lang: Language
) -> Markup | None:
    """Lead to the cells in question, for those who read without script."""
    form = checked.report.form if checked.report else None
    told = [a for a in dict.fromkeys((*_suspects(finding), *finding.cells)) if a in names.cells]
    links = [_link(form, address, names, lang) for address in told]
    return tag("p", *links, class_="cells") if links else None


def _link(form: str | None, address: Address, names: Anchors, lang: Language) -> Markup:
    label = cell_label(form, address).in_language(lang)
    return tag("a", label, href=f"#{names.cells[address]}")


def _suspects(finding: Finding) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(cell for s in finding.suggestions for cell in s.cells))
