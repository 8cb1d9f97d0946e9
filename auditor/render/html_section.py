"""In: a checked report. Out: its section: verdict, tables, findings, what was not read."""

from collections.abc import Collection, Iterable, Iterator

from auditor.explain.labels import table_name
from auditor.explain.verdict import CheckedReport, Gap, Status
from auditor.form import load_form
from auditor.model import Language, OutcomeState, Problem
from auditor.render import html_words, words
from auditor.render.head import relatives_lines, report_head, table_lines
from auditor.render.html_findings import finding_cards
from auditor.render.html_names import Anchors, anchors
from auditor.render.html_tables import TableView, table_sections
from auditor.render.marks import Role, marks
from auditor.render.markup import Markup, tag
from auditor.render.notes import waiver_lines
from auditor.render.places import place_text

_GAP = "  "


def verdict_text(checked: CheckedReport, lang: Language) -> str:
    """Give the verdict in words that promise no more than was checked."""
    wording = html_words.VERDICT[checked.status]
    if checked.status is Status.PASS and not checked.is_clean():
        wording = html_words.WITH_REMARKS
    text = wording.in_language(lang)
    if checked.status is Status.FAIL and any(p.severity == "error" for p in checked.problems):
        text += html_words.FAIL_BUT_UNREAD.in_language(lang)
    return text


def report_section(checked: CheckedReport, number: int, lang: Language, *, in_list: bool) -> Markup:
    """Give all that is to be said of a report; in a list the clean ones are told without tables."""
    names = anchors(checked, number)
    brief = in_list and checked.is_clean()
    return tag(
        "section",
        _verdict(checked, lang),
        *(() if brief else _detail(checked, names, lang)),
        _waived(checked, lang),
        _not_applicable(checked, lang),
        tag("p", tag("a", html_words.BACK.in_language(lang), href="#top"), class_="back")
        if in_list
        else None,
        id=names.report,
        class_="report",
    )


def counts_text(checked: CheckedReport, lang: Language) -> str:
    """Give the five states, which add up."""
    parts = (
        f"{words.OUTCOME[state].in_language(lang)} {checked.counts.get(state, 0)}"
        for state in OutcomeState
    )
    total = sum(checked.counts.values())
    return html_words.INSTANCES.fill(total=total, parts=" + ".join(parts)).in_language(lang)


def _verdict(checked: CheckedReport, lang: Language) -> Markup:
    lines = (*table_lines(checked.report, lang), *relatives_lines(checked.report, lang))
    kind = "remarks" if checked.status is Status.PASS and not checked.is_clean() else checked.status
    return tag(
        "header",
        tag("h2", report_head(checked.file, checked.report, lang)),
        tag("p", verdict_text(checked, lang), class_="conclusion"),
        tag("p", counts_text(checked, lang)),
        tag("ul", *(tag("li", line) for line in lines), class_="read") if lines else None,
        _not_checked(checked, lang),
        class_=f"verdict {kind}",
    )


def _detail(checked: CheckedReport, names: Anchors, lang: Language) -> Iterator[Markup]:
    marked = marks(checked.findings)
    if marked:
        yield _legend({mark.role for mark in marked.values()}, lang)
    if checked.report:
        yield from table_sections(checked, TableView(checked.report, marked, names, lang))
    shown = _shown_tables(checked)
    outside = [finding for finding in checked.findings if finding.table not in shown]
    if outside:
        yield tag(
            "section",
            tag("h3", html_words.OTHER_FINDINGS.in_language(lang)),
            finding_cards(checked, outside, names, lang),
        )


def _shown_tables(checked: CheckedReport) -> set[str | None]:
    form = checked.report.form if checked.report else None
    return {table.key for table in load_form(form).tables} if form else set()


def _legend(used: Collection[Role], lang: Language) -> Markup:
    shown = [role for role in Role if role in used]
    roles = [tag("span", html_words.ROLE[role].in_language(lang), class_=role) for role in shown]
    operand = tag("span", html_words.OPERAND.in_language(lang), class_="lit")
    return tag("p", *roles, operand, class_="legend")


def _not_checked(checked: CheckedReport, lang: Language) -> Markup | None:
    gaps = [gap for gap in checked.gaps if gap.state is not OutcomeState.NOT_APPLICABLE]
    items = [*_problems(checked.problems, lang), *(_gap(checked, gap, lang) for gap in gaps)]
    if not items:
        return None
    heading = tag("h3", html_words.NOT_CHECKED.in_language(lang))
    return tag("div", heading, tag("ul", *items), class_="gaps")


def _problems(problems: Iterable[Problem], lang: Language) -> Iterator[Markup]:
    """Give what kept the tool from reading; what is told as a gap anyway is left to it."""
    for problem in problems:
        if problem.code in {OutcomeState.UNAUDITED, OutcomeState.RULE_ERROR}:
            continue
        where, message = place_text(problem.place, lang), problem.message.in_language(lang)
        yield tag("li", f"{where}{_GAP}{message}" if where else message, class_=problem.severity)


def _waived(checked: CheckedReport, lang: Language) -> Markup | None:
    """Keep in sight what somebody has waived."""
    lines = waiver_lines(checked, lang)
    if not lines:
        return None
    heading = tag("h3", html_words.WAIVED.in_language(lang))
    return tag("section", heading, tag("ul", *(tag("li", line) for line in lines)))


def _not_applicable(checked: CheckedReport, lang: Language) -> Markup | None:
    gaps = [gap for gap in checked.gaps if gap.state is OutcomeState.NOT_APPLICABLE]
    if not gaps:
        return None
    return tag(
        "details",
        tag("summary", html_words.NOT_APPLICABLE.in_language(lang)),
        tag("ul", *(_gap(checked, gap, lang) for gap in gaps)),
    )


def _gap(checked: CheckedReport, gap: Gap, lang: Language) -> Markup:
    form = checked.report.form if checked.report else None
    name = table_name(form, gap.table)
    parts = (
        words.OUTCOME[gap.state].in_language(lang),
        name.in_language(lang) if name else "",
        gap.reason.in_language(lang),
        words.INSTANCES.fill(count=gap.count).in_language(lang),
        words.LIST.in_language(lang).join(gap.rules),
    )
    text = _GAP.join(part for part in parts if part)
    return tag("li", text, class_="error" if gap.blocking else "info")
