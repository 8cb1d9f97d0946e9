"""In: a finding. Out: what a note in a document says of it, as plain lines."""

from auditor.explain.verdict import CheckedReport
from auditor.model import Finding, Language
from auditor.render import words
from auditor.render.finding import finding_lines, note_lines, source_line, suggestion_lines
from auditor.render.told import lapsed_lines, waiver_line
from auditor.render.wrap import GLUE


def headline(finding: Finding, lang: Language) -> str:
    """Give severity, rule, title, and the row or column."""
    severity = words.SEVERITY[finding.severity].in_language(lang)
    parts = [f"{severity} {finding.rule}  {finding.title.in_language(lang)}"]
    if finding.instance:
        parts.append(finding.instance.in_language(lang))
    return "  ".join(parts)


def body(finding: Finding, lang: Language) -> tuple[str, ...]:
    """Give the sum, the notes and what to change."""
    lines = (
        *finding_lines(finding, lang),
        *note_lines(finding, lang),
        *suggestion_lines(finding, lang),
    )
    return tuple(line.replace(GLUE, " ") for line in lines)


def note_text(finding: Finding, lang: Language) -> str:
    """Give all of a finding, a line each."""
    return "\n".join((headline(finding, lang), *body(finding, lang), source_line(finding, lang)))


def waiver_lines(checked: CheckedReport, lang: Language) -> tuple[str, ...]:
    """Give the findings that are waived, each with the reason, and the waivers that lapsed."""
    waived = (
        f"{headline(known.finding, lang)}  {waiver_line(known, lang)}" for known in checked.waived
    )
    return (*waived, *lapsed_lines(checked, lang))
