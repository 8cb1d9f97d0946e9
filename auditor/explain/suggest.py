"""In: a report, rules, how they ended. Out: for each violation, what to change so that it holds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from auditor.check.recheck import recheck
from auditor.check.relatives import others_of, owner_label, split_owner, with_other
from auditor.check.rule import Rule
from auditor.explain.labels import cell_label
from auditor.explain.locate.answers import Candidate, Cause
from auditor.explain.locate.locate import locate
from auditor.explain.locate.operations import Edit
from auditor.explain.locate.puzzle import Puzzle, Witness
from auditor.explain.locate.report import Key, number_said, puzzle_of
from auditor.explain.locate.story import kind_of, tell
from auditor.explain.locate.sums import cell_at
from auditor.model import (
    Address,
    Amount,
    CellState,
    Outcome,
    OutcomeState,
    Report,
    Suggestion,
    Wording,
)

CANDIDATES = 3
_ZEROS = (CellState.VALUE, CellState.BLANK, CellState.DASH)
TRIALS = 24
"""So many candidates are held against the rules that are no sums, to find those that break none."""


def suggest(
    report: Report, rules: tuple[Rule, ...], outcomes: tuple[Outcome, ...]
) -> Mapping[Key, tuple[Suggestion, ...]]:
    """Give the suggestions by violation: one is the answer, several are candidates in order.

    None at all for a sum that does not add up: too much is wrong to tell what.
    """
    violated = _keys(outcomes, OutcomeState.VIOLATION)
    if report.form is None or not violated:
        return {}
    puzzle = puzzle_of(report, rules, outcomes)
    passed = _keys(outcomes, OutcomeState.PASS)
    trial = _Trial(report, rules, violated, passed, tuple(_wrong_in_prose(outcomes)))
    suggestions: dict[Key, tuple[Suggestion, ...]] = {}
    for cause in locate(puzzle):
        for key, suggested in _of_cause(trial, cause):
            suggestions.setdefault(key, suggested)
    told = {cell for suggested in suggestions.values() for s in suggested for cell in s.cells}
    for outcome in outcomes:
        if outcome.state is OutcomeState.VIOLATION and told.isdisjoint(outcome.cells):
            suggestions |= _of_one_cell(trial, puzzle, outcome)
    sums = ((equality.rule, equality.instance) for equality in puzzle.equalities)
    return {key: () for key in sums if key in violated} | suggestions


def _keys(outcomes: tuple[Outcome, ...], state: OutcomeState) -> frozenset[Key]:
    return frozenset(_key(outcome) for outcome in outcomes if outcome.state is state)


def _key(outcome: Outcome) -> Key:
    return outcome.rule, outcome.instance


def _wrong_in_prose(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[Key, Witness]]:
    for outcome in outcomes:
        witness = number_said(outcome)
        if witness and outcome.state is OutcomeState.VIOLATION:
            yield _key(outcome), witness


@dataclass(frozen=True, slots=True)
class _Trial:
    """What the rules said of the report as it is, to be held against a changed one."""

    report: Report
    rules: tuple[Rule, ...]
    violated: frozenset[Key]
    passed: frozenset[Key]
    prose: tuple[tuple[Key, Witness], ...]

    def settled_by(self, changes: Mapping[Address, Amount]) -> tuple[Key, ...]:
        """Give the violations that the changes settle; none where they break what held."""
        changed = self.report
        for address, value in changes.items():
            changed = _with_value(changed, address, value)
        ended = recheck(changed, self.rules, changes)
        broken = _keys(ended, OutcomeState.VIOLATION)
        if broken & self.passed:
            return ()
        settled = (key for key in map(_key, ended) if key in self.violated - broken)
        return (*settled, *(key for key, witness in self.prose if witness.agrees(changes)))


def _with_value(report: Report, address: Address, value: Amount) -> Report:
    """Give the report with one number changed, in it or in one that it is compared with."""
    owner, own = split_owner(address)
    if owner:
        other = _with_value(others_of(report)[owner], own, value)
        return with_other(report, owner, other)
    written = CellState.VALUE if value else _zero_in(report, own)
    number = value if written is CellState.VALUE else None
    cell = replace(report.cells[own], state=written, value=number, raw=str(value))
    return replace(report, cells={**report.cells, own: cell})


def _zero_in(report: Report, address: Address) -> CellState:
    """Give how the table writes a zero: as a number, a blank or a dash, whichever is commonest."""
    table = address.partition("/")[0] + "/"
    cells = (cell for a, cell in report.cells.items() if a.startswith(table) and not cell.value)
    found = Counter(cell.state for cell in cells if cell.state in _ZEROS)
    return max(_ZEROS, key=lambda state: found[state])


def _of_cause(trial: _Trial, cause: Cause) -> Iterator[tuple[Key, tuple[Suggestion, ...]]]:
    """Keep the candidates that settle something; only the first of all can be the answer."""
    tried = ((c, trial.settled_by(c.changes)) for c in cause.candidates[:TRIALS])
    kept = [*islice((pair for pair in tried if pair[1]), CANDIDATES)]
    is_sure = cause.is_sure and bool(kept) and kept[0][0] is cause.candidates[0]
    suggestions = tuple(
        replace(
            _suggestion(trial.report, candidate, settled),
            is_sure=is_sure,
            margin=Decimal(cause.margin) / 100,
            ties=cause.ties,
        )
        for candidate, settled in kept[: 1 if is_sure else CANDIDATES]
    )
    for key in dict.fromkeys(key for _, settled in kept[:1] for key in settled):
        yield key, suggestions


def _suggestion(report: Report, candidate: Candidate, settled: tuple[Key, ...]) -> Suggestion:
    cells = {address: cell_at(report, address) for address in candidate.changes}
    printed = {address: cell.value if cell else None for address, cell in cells.items()}
    return Suggestion(
        cells=candidate.changes,
        kind=kind_of(candidate),
        message=tell(candidate, printed, lambda address: _label(report, address)),
        settles=tuple(dict.fromkeys(rule for rule, _ in settled)),
        behind=Decimal(candidate.behind) / 100,
    )


def _label(report: Report, address: Address) -> Wording:
    owner, own = split_owner(address)
    if not owner:
        return cell_label(report.form, own)
    other = others_of(report)[owner]
    label, whose = cell_label(other.form, own), owner_label(report, owner)
    return Wording(f"{whose.zh} {label.zh}", f"{whose.en} {label.en}")


def _of_one_cell(
    trial: _Trial, puzzle: Puzzle, outcome: Outcome
) -> dict[Key, tuple[Suggestion, ...]]:
    """Put right what one cell shows alone: a minus before a count, a total of zeros left blank."""
    if len(outcome.cells) != 1 or outcome.cells[0] not in trial.report.cells:
        return {}
    cell = trial.report.cells[outcome.cells[0]]
    if cell.value is not None and cell.value < 0:
        edit = Edit({cell.address: -cell.value}, "sign", 0)
    elif cell.address in puzzle.blanks and cell.address in puzzle.parts:
        edit = Edit({cell.address: 0}, "total-never-filled", 0)
    else:
        return {}
    candidate = Candidate((edit,))
    settled = trial.settled_by(candidate.changes)
    return dict.fromkeys(settled, (_suggestion(trial.report, candidate, settled),))
