"""In: slips by cell. Out: the report that has them, the puzzle it poses, and what is suggested.

The reports are those of the generator: consistent, with slips set on top by the test.
"""

from collections.abc import Mapping

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.explain.locate.puzzle import Puzzle
from auditor.explain.locate.report import puzzle_of
from auditor.explain.suggest import Key, suggest
from auditor.model import Address, OutcomeState, Report, Suggestion
from tests.check.reports import Value, report
from tests.generator.truth import consistent_truth

RULES = load_rules()


def numbers(seed: int = 5, scale: str = "county") -> dict[Address, Value]:
    return dict(consistent_truth(seed, "2021", scale))


def application(row: str, column: str) -> Address:
    return f"applications/{row}/{column}"


def posed(values: Mapping[Address, Value]) -> Puzzle:
    return posed_by(report(values))


def posed_by(made: Report) -> Puzzle:
    return puzzle_of(made, RULES, check(made, RULES))


def violations(made: Report) -> set[Key]:
    return {(o.rule, o.instance) for o in check(made, RULES) if o.state is OutcomeState.VIOLATION}


def suggested(made: Report) -> dict[Key, tuple[Suggestion, ...]]:
    return dict(suggest(made, RULES, check(made, RULES)))


def firsts(found: Mapping[Key, tuple[Suggestion, ...]]) -> dict[Address, Value]:
    """Give all that the first suggestions change."""
    return {a: v for listed in found.values() for s in listed[:1] for a, v in s.cells.items()}
