"""In: a finding, a problem or a file. Out: the plain lines and paths that every CI format shares.

Texts of a document are data: what a terminal, an XML reader or a runner would obey is taken out.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.explain.verdict import CheckedReport, Gap
from auditor.explain.waivers import Waived
from auditor.model import Finding, Language, Problem
from auditor.render import words
from auditor.render.finding import finding_lines, note_lines, source_line, suggestion_lines
from auditor.render.places import place_text
from auditor.render.wrap import GLUE, printable

_GAP = "  "


def plain(text: str) -> str:
    """Give the text as one line without characters that anything obeys or cannot encode.

    A space parts what SARIF viewers, and whatever else reads Markdown, would take for a link.
    """
    whole = (
        printable(text).replace(GLUE, " ").replace("](", "] (").encode("utf-8", "replace").decode()
    )
    return "".join(char for char in whole if not _is_noncharacter(char))


def _is_noncharacter(char: str) -> bool:
    """Tell the code points that no XML may hold."""
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def headline(finding: Finding, lang: Language) -> str:
    """Give the finding in one line: the rule's title, and the row or column."""
    parts = [finding.title.in_language(lang)]
    if finding.instance:
        parts.append(finding.instance.in_language(lang))
    return plain(_GAP.join(parts))


def details(finding: Finding, lang: Language) -> list[str]:
    """Give the arithmetic, the notes, the source and what would settle it, a line each."""
    where = place_text(finding.place, lang)
    lines = [where] if where else []
    lines += finding_lines(finding, lang, every_term=True)
    lines += note_lines(finding, lang)
    lines.append(source_line(finding, lang))
    lines += suggestion_lines(finding, lang)
    return [plain(line) for line in lines]


def waiver_line(waived: Waived, lang: Language) -> str:
    """Say why a finding is waived, by whom and until when."""
    waiver = waived.waiver
    parts = [words.WAIVED.fill(reason=waiver.reason).in_language(lang)]
    if waiver.who:
        parts.append(waiver.who)
    if waiver.expires:
        parts.append(words.UNTIL.fill(date=waiver.expires.isoformat()).in_language(lang))
    return plain(_GAP.join(parts))


def lapsed_lines(checked: CheckedReport, lang: Language) -> list[str]:
    """Name the waivers that hold no longer."""
    return [
        plain(
            words.LAPSED.in_language(lang).format(
                fingerprint=lapsed.waiver.fingerprint,
                rule=lapsed.waiver.rule,
                why=lapsed.why.in_language(lang),
            )
        )
        for lapsed in checked.lapsed
    ]


def problem_line(problem: Problem, lang: Language) -> str:
    """Say what kept the tool from reading or deciding."""
    where = place_text(problem.place, lang)
    message = problem.message.in_language(lang)
    return plain(f"{where}{_GAP}{message}" if where else message)


def gap_line(gap: Gap, lang: Language) -> str:
    """Say why rule instances were not decided."""
    return plain(
        f"{gap.reason.in_language(lang)}{_GAP}{words.INSTANCES.fill(count=gap.count).in_language(lang)}"
    )


def totals_line(counts: Sequence[tuple[str, int]]) -> str:
    """Set names and counts side by side."""
    return _GAP.join(f"{name} {count}" for name, count in counts)


def state_counts(checked: CheckedReport, lang: Language) -> Iterator[tuple[str, int]]:
    """Give the five states by name with their counts."""
    for state, count in checked.counts.items():
        yield words.OUTCOME[state].in_language(lang), count


def artifact_path(file: str) -> str:
    """Give a file's path below the working folder with slashes; absolute where it is elsewhere."""
    path = Path(os.path.normpath(file))
    if path.is_absolute():
        base = Path(os.path.realpath(Path()))
        resolved = Path(os.path.realpath(path.parent)) / path.name
        path = resolved.relative_to(base) if resolved.is_relative_to(base) else path
    return path.as_posix()
