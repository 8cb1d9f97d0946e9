"""In: how rules ended on a report of which something was read from pictures. Out: the same, but
what a plausible misreading explains is no violation: it is unaudited, with what it may say.

What rests on words that were read from pictures alone (spellings, headings, prose) is no violation
either: an error is then unaudited; a lesser matter is not asked of such a text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, islice
from types import MappingProxyType

from auditor.check.misreadings import Misreadings, misreadings
from auditor.check.readings import cell_name
from auditor.check.recheck import recheck
from auditor.check.relatives import others_of, split_owner
from auditor.check.rule import Assertion, Rule
from auditor.model import Address, Amount, Cell, Outcome, OutcomeState, Report, Term, Wording

_Values = Mapping[Address, Amount]
_WAYS_MAX = 4
_MAY_SAY = Wording(
    "不确定的识别：{cells}；若是，则该勾稽成立，请对照原件",
    "an uncertain reading: {cells}; if so, it holds: compare with the original",
)
_CELL = Wording("{cell} 识别为 {read}，可能是 {true}", "{cell} was read as {read}, perhaps {true}")
_WORDS = Wording(
    "依据的文字由 OCR 识别，可能有误，请对照原件",
    "rests on text that was read by OCR, which may be wrong: compare with the original",
)
_NOT_ASKED = Wording(
    "文字由 OCR 识别，不据此判断写法", "the text was read by OCR, which says nothing of wording"
)


def has_pictures(report: Report) -> bool:
    """Tell whether anything of the report, or of one that it is compared with, was read by OCR."""
    return any(
        any(cell.confidence is not None for cell in each.cells.values())
        or any(paragraph.by_ocr for paragraph in each.paragraphs)
        for each in (report, *others_of(report).values())
    )


def doubt_violations(
    report: Report, rules: Sequence[Rule], outcomes: Sequence[Outcome]
) -> tuple[Outcome, ...]:
    """Give the outcomes, those violations as unaudited that may be but misreadings."""
    doubts = _Doubts(report, tuple(rules), tuple(outcomes))
    by_id = {rule.id: rule for rule in rules}
    return tuple(
        doubts.weighed(by_id[outcome.rule], outcome)
        if outcome.state is OutcomeState.VIOLATION
        else outcome
        for outcome in outcomes
    )


@dataclass(frozen=True)
class _Doubts:
    """A report and how the rules ended on it, to weigh misreadings against."""

    report: Report
    rules: tuple[Rule, ...]
    outcomes: tuple[Outcome, ...]

    @cached_property
    def table(self) -> Misreadings:
        return misreadings()

    @cached_property
    def ended(self) -> Mapping[tuple[str, str], OutcomeState]:
        return {(o.rule, o.instance): o.state for o in self.outcomes}

    def weighed(self, rule: Rule, outcome: Outcome) -> Outcome:
        """Give a violation as it is, or as what may be but a misreading."""
        if isinstance(rule.test, Assertion):
            ways = self._explanations(outcome)
            cells = dict.fromkeys(address for changes in ways for address in changes)
            return _unaudited(outcome, self._told(ways), cells) if ways else outcome
        if not self._rests_on_pictures(outcome):
            return outcome
        if rule.severity == "error":
            return _unaudited(outcome, _WORDS, dict.fromkeys(outcome.cells, 0))
        return Outcome(rule.id, outcome.instance, OutcomeState.NOT_APPLICABLE, _NOT_ASKED)

    def _rests_on_pictures(self, outcome: Outcome) -> bool:
        """Tell whether a finding about words, or about words and cells, was read by OCR."""
        if any((cell := self._cell(a)) and cell.confidence is not None for a in outcome.cells):
            return True
        pages = {p.place.page for p in self.report.paragraphs if p.by_ocr}
        cells = self.report.cells.values()
        pages |= {cell.place.page for cell in cells if cell.confidence is not None}
        return outcome.place is None or outcome.place.page in pages

    def _cell(self, address: Address) -> Cell | None:
        owner, own = split_owner(address)
        report = others_of(self.report).get(owner) if owner else self.report
        return report.cells.get(own) if report else None

    # -------------------------------------------------------------- one cell

    def _explanations(self, outcome: Outcome) -> list[_Values]:
        """Give the cells, with what they may say, that settle a violation: each way to do it.

        Two cells are only then supposed to be misread where no single one explains it.
        """
        single = [changes for changes in self._single(outcome) if self._settles(outcome, changes)]
        if single:
            return single[:_WAYS_MAX]
        pairs = (changes for changes in self._pairs(outcome) if self._settles(outcome, changes))
        return list(islice(pairs, 1))

    def _single(self, outcome: Outcome) -> Iterator[_Values]:
        sides = ((outcome.left, 1), (outcome.right, -1))
        for term, side in ((term, side) for terms, side in sides for term in terms):
            cell = self._cell(term.cell) if "/" in term.cell else None
            if cell is None or cell.confidence is None:
                continue
            for value in self._meant(outcome, term, side, cell):
                yield {term.cell: value}

    def _meant(self, outcome: Outcome, term: Term, side: int, cell: Cell) -> Iterator[Amount]:
        if outcome.difference is None:
            yield from self.table.may_say(cell)
            return
        value = term.value + side * term.sign * outcome.difference
        if self.table.may_be(cell, value):
            yield value

    def _settles(self, outcome: Outcome, changes: _Values) -> bool:
        """Tell whether the rule holds with these values, and none that held is broken by them."""
        own = {address: v for address, v in changes.items() if not split_owner(address)[0]}
        if len(own) < len(changes):  # another report's cell: its own rules are not at hand
            return True
        cells = {
            address: replace(self.report.cells[address], value=value)
            for address, value in own.items()
        }
        changed = replace(self.report, cells=MappingProxyType({**self.report.cells, **cells}))
        ends = {(o.rule, o.instance): o.state for o in recheck(changed, self.rules, own)}
        return ends.get((outcome.rule, outcome.instance)) is OutcomeState.PASS and not any(
            state is OutcomeState.VIOLATION and self.ended.get(key) is OutcomeState.PASS
            for key, state in ends.items()
        )

    # -------------------------------------------------------------- two cells

    def _pairs(self, outcome: Outcome) -> Iterator[_Values]:
        """Give pairs of cells of one equality that may both be misread, one of them unsure."""
        if outcome.difference is None:
            return
        weights = {t.cell: t.sign for t in outcome.left}
        weights |= {t.cell: -t.sign for t in outcome.right}
        cells = {a: c for a in weights if (c := self.report.cells.get(a)) and c.confidence}
        for one, other in combinations(cells, 2):
            if min(_confidence(cells[one]), _confidence(cells[other])) >= self.table.pair_below:
                continue
            for value in self.table.may_say(cells[one]):
                left = outcome.difference - weights[one] * (value - (cells[one].value or 0))
                meant = (cells[other].value or 0) + weights[other] * left
                if self.table.may_be(cells[other], meant):
                    yield {one: value, other: meant}

    def _told(self, ways: Sequence[_Values]) -> Wording:
        told = [[self._told_of(*change) for change in changes.items()] for changes in ways]
        return Wording(
            _MAY_SAY.zh.format(cells="；或 ".join("、".join(c.zh for c in way) for way in told)),
            _MAY_SAY.en.format(cells="; or ".join(" and ".join(c.en for c in w) for w in told)),
        )

    def _told_of(self, address: Address, value: Amount) -> Wording:
        cell = self._cell(address)
        name = cell_name(self.report.form or "", split_owner(address)[1])
        read = cell.raw.strip() if cell else ""
        return Wording(
            _CELL.zh.format(cell=name.zh, read=read, true=value),
            _CELL.en.format(cell=name.en, read=read, true=value),
        )


def _confidence(cell: Cell) -> float:
    return float(cell.confidence or 0)


def _unaudited(outcome: Outcome, reason: Wording, cells: Mapping[Address, object]) -> Outcome:
    return replace(outcome, state=OutcomeState.UNAUDITED, reason=reason, cells=tuple(cells))
