"""In: the totals of a run. Out: its conclusion as one sentence, with the exit status."""

from auditor.explain.summary import Summary
from auditor.model import Language
from auditor.render import words


def conclusion_text(summary: Summary, lang: Language) -> str:
    """Say what the run came to; a clean exit status is no clean report."""
    end = words.LAPSED_FAIL if summary.fails_by_waivers else words.END[summary.verdict_code]
    text = end.in_language(lang)
    if summary.verdict_code == 0:
        text += besides(summary, lang)
    if summary.exit_code != summary.verdict_code:
        text = words.FORGIVEN.in_language(lang).format(text=text)
    return words.CONCLUSION.in_language(lang).format(text=text, code=summary.exit_code)


def besides(summary: Summary, lang: Language) -> str:
    """Name what was found below the threshold, and what was waived."""
    told = [
        words.COUNTED.in_language(lang).format(
            count=count, severity=words.SEVERITY[severity].in_language(lang)
        )
        for severity, count in summary.severities.items()
        if count
    ]
    if summary.waived:
        told.append(words.WAIVED_COUNT.fill(count=summary.waived).in_language(lang))
    listed = words.LIST.in_language(lang).join(told)
    return words.WITH_FINDINGS.in_language(lang).format(list=listed) if told else ""
