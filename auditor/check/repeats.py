"""In: a report, last year's, and a rule on what they share. Out: an Outcome: how much is the same.

Source: domain.md Y8; 国办公开办函〔2021〕30号, which names 内容雷同 as a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.check.quoting import quote_near
from auditor.check.readings import Readings
from auditor.check.relatives import PREVIOUS, others_of
from auditor.check.rule import Repeats, Rule
from auditor.model import CellState, Outcome, OutcomeState, Place, Report, Wording
from auditor.recognise.prose import Sentence, find_sentences

_NO_PROSE = Wording("两年报告的正文未都读到", "the prose of both years was not read")
_UNREAD = Wording("有单元格未能读取", "some cells were not read")


@dataclass(frozen=True, slots=True)
class _Shared:
    """How much of this year's is last year's too: figures, or characters of whole sentences."""

    same: int
    of: int
    quote: str = ""
    place: Place | None = None


def check_repeats(rule: Rule, test: Repeats, readings: Readings) -> Iterator[Outcome]:
    """Measure what both years share; too little to judge is no repetition."""
    report, previous = readings.report, others_of(readings.report)[PREVIOUS]
    if test.what == "figures":
        if _is_unread(report) or _is_unread(previous):
            yield Outcome(rule.id, "", OutcomeState.UNAUDITED, _UNREAD)
            return
        shared = _figures(report, previous)
    else:
        if not (_has_prose(report) and _has_prose(previous)):
            yield Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, _NO_PROSE)
            return
        shared = _prose(readings, previous)
    yield _outcome(rule, test, shared)


def _outcome(rule: Rule, test: Repeats, shared: _Shared) -> Outcome:
    if shared.of < test.least:
        few = Wording(
            f"可比内容太少（{shared.of}）", f"there is too little to compare ({shared.of})"
        )
        return Outcome(rule.id, "", OutcomeState.NOT_APPLICABLE, few)
    share = 100 * shared.same // shared.of
    quoted = {"quote": shared.quote} if shared.quote else {}
    return Outcome(
        rule.id,
        "",
        OutcomeState.VIOLATION if share >= test.share else OutcomeState.PASS,
        details={
            "expected": str(test.share),
            "actual": str(share),
            "parts": str(shared.of),
            **quoted,
        },
        place=shared.place,
    )


# ------------------------------------------------------------------ figures


def _is_unread(report: Report) -> bool:
    return any(cell.state is CellState.UNREADABLE for cell in report.cells.values())


def _figures(report: Report, previous: Report) -> _Shared:
    """Compare what is not zero in either year; a cell of one edition alone has no counterpart."""
    pairs = [
        (cell.value or 0, previous.cells[address].value or 0)
        for address, cell in report.cells.items()
        if address in previous.cells
    ]
    filled = [pair for pair in pairs if any(pair)]
    return _Shared(sum(this == last for this, last in filled), len(filled))


# ------------------------------------------------------------------ prose


def _has_prose(report: Report) -> bool:
    """Tell of the form's sections; what stands before the first is the same every year."""
    return any(number and paragraphs for number, paragraphs in report.sections.items())


def _prose(readings: Readings, previous: Report) -> _Shared:
    """Compare whole sentences, each year called by its distance from the report's."""
    before = find_sentences(previous.sections, previous.agency, previous.year)
    known = {sentence.text for sentence in _whole(before)}
    this = list(_whole(readings.sentences))
    same = [sentence for sentence in this if sentence.text in known]
    longest = max(same, key=lambda s: len(s.text), default=None)
    return _Shared(
        _length(same),
        _length(this),
        quote_near(longest, longest.text) if longest else "",
        longest.place if longest else None,
    )


def _whole(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """Give the sentences of the form's sections; headings and rows of a list are none."""
    return (s for s in sentences if s.section and s.text.endswith("。"))


def _length(sentences: list[Sentence]) -> int:
    return sum(len(sentence.text) for sentence in sentences)
