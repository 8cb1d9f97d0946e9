"""In: nothing. Out: how often the wrong cell and its value are found, by class of slip.

Consistent reports from village to province, slips injected, base lines on the same records:
`python tests/bench/bench_locate.py [--cases N] [--seed S] [--only CLASS] [--base] [--json]`

detected: some rule fails. Of these: top-1, top-3: the first (one of the first three) explanations
changes exactly the wrong cells; fix: to the right values; unsure: candidates, none called the
answer; none: no suggestion; sure+wrong: an answer that is not the truth.
"""

import argparse
import gc
import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import pdfplumber  # noqa: E402

from auditor.check.evaluate import check  # noqa: E402
from auditor.check.load import load_rules  # noqa: E402
from auditor.explain.locate.puzzle import Puzzle  # noqa: E402
from auditor.explain.locate.report import puzzle_of  # noqa: E402
from auditor.explain.locate.sums import cell_at, value_of  # noqa: E402
from auditor.explain.suggest import suggest  # noqa: E402
from auditor.model import Address, Amount, Outcome, OutcomeState, Report, Suggestion  # noqa: E402
from tests.bench import baselines, ceilings, protocol, slips, years  # noqa: E402
from tests.check.reports import report as report_of  # noqa: E402
from tests.generator import faults  # noqa: E402
from tests.generator.truth import (  # noqa: E402
    FORMS,
    SCALES,
    FormName,
    Truth,
    consistent_truth,
    edition_of,
)

RULES = load_rules()
HANDS = {"third hand: ": False, "fourth hand: ": True}
"""Of the two hands of protocol.py, whether the rows and columns are all alike."""
Fix = Mapping[Address, Amount | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A report with slips, and what its wrong cells should say."""

    report: Report
    outcomes: tuple[Outcome, ...]
    right: Fix

    @property
    def detected(self) -> bool:
        """Whether an error rule fails."""
        grave = {rule.id for rule in RULES if rule.severity == "error"}
        return any(o.state is OutcomeState.VIOLATION and o.rule in grave for o in self.outcomes)


@dataclass(slots=True)
class Tally:
    """What came of the cases of one class."""

    cases: int = 0
    detected: int = 0
    top1: int = 0
    top3: int = 0
    fixed: int = 0
    several: int = 0
    none: int = 0
    sure_wrong: int = 0
    ties: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


Causes = list[tuple[Suggestion, ...]]
Locate = Callable[[Case], Causes]


def by_auditor(case: Case) -> Causes:
    """Give the candidates of each cause, as a check does."""
    found = suggest(case.report, RULES, case.outcomes).values()
    return [*{id(suggestions): suggestions for suggestions in found if suggestions}.values()]


def on_puzzle(method: Callable[[Puzzle], Causes]) -> Locate:
    """Give a base line the same sums that the search has."""
    return lambda case: method(puzzle_of(case.report, RULES, case.outcomes))


# ------------------------------------------------------------------ cases


def case_of(truth: Truth, right: Fix, printed: Mapping[Address, object], form: FormName) -> Case:
    """Print the report with its slips, and check it."""
    report = report_of({**truth, **printed}, edition_of(form))
    return Case(report, check(report, RULES), right)


def cases_of(name: str, made: Sequence[slips.Slip], count: int, seed: int) -> Iterator[Case]:
    """Draw reports of all forms and sizes in turn, each with these slips."""
    for number in range(count):
        form, scale = FORMS[number % len(FORMS)], SCALES[number // len(FORMS) % len(SCALES)]
        rng = random.Random(f"{seed}/{name}/{number}")
        for attempt in range(40):
            truth = consistent_truth(rng.randrange(10**9) + attempt, form, scale)
            printed = slips.slipped(rng, truth, made, form)
            if printed:
                right = {address: truth[address] for address in printed}
                yield case_of(truth, right, printed, form)
                break


def foreign_cases(kind: faults.FaultKind, count: int, seed: int) -> Iterator[Case]:
    """Draw slips of the generator that tests reading: another hand's."""
    for number in range(count):
        form, scale = FORMS[number % len(FORMS)], SCALES[number // len(FORMS) % len(SCALES)]
        truth = consistent_truth(seed * 1000 + number, form, scale)
        try:
            fault = faults.inject(truth, kind, number, form)
        except faults.NoSuchSlipError:
            continue
        right = {address: old for address, (old, new) in fault.changed.items() if old != new}
        yield case_of(truth, right, fault.truth, form)


def protocol_cases(name: str, count: int, seed: int, *, flat: bool) -> Iterator[Case]:
    """Draw numbers and slips by hands that know neither slips.py nor the generator."""
    drawn = protocol.draw_cases(name, count, seed, flat=flat)
    for number, (record, printed, right) in enumerate(drawn):
        values = protocol.as_printed(random.Random(f"{seed}/{number}"), record, printed)
        report = report_of(values, record.edition)
        yield Case(report, check(report, RULES), right)


def year_cases(name: str, count: int, seed: int) -> Iterator[Case]:
    """Draw slips that show beside last year's report."""
    for report, right in years.cases(years.SLIPS[name], count, seed):
        yield Case(report, check(report, RULES), right)


def classes(count: int, seed: int) -> Iterator[tuple[str, Iterator[Case]]]:
    """Give every class of slips with its cases."""
    yield (
        "no slip",
        (
            case_of(consistent_truth(seed + n, form, SCALES[n % 4]), {}, {}, form)
            for n in range(count)
            for form in FORMS[n % 3 : n % 3 + 1]
        ),
    )
    for name, slip in (slips.SINGLE | slips.SEVERAL_CELLS).items():
        yield name, cases_of(name, [slip], count, seed)
    for slip_count in (2, 3):
        name = f"{slip_count} typos"
        yield name, cases_of(name, [slips.TYPO] * slip_count, count, seed)
    yield "2 mixed", cases_of("2 mixed", [slips.TYPO, slips.SINGLE["wrong total"]], count, seed)
    mixed = [slips.TYPO, slips.SINGLE["total left 0"], slips.SEVERAL_CELLS["neighbour column"]]
    yield "3 mixed", cases_of("3 mixed", mixed, count, seed)
    for kind in faults.KINDS:
        yield f"other hand: {kind}", foreign_cases(kind, count, seed)
    for hand, flat in HANDS.items():
        for name in protocol.SLIPS:
            yield f"{hand}{name}", protocol_cases(name, count, seed, flat=flat)
    for name in years.SLIPS:
        yield f"two years: {name}", year_cases(name, count, seed)


def best_possible(name: str, count: int, seed: int) -> float | None:
    """Give what one who knows how the numbers were drawn would put right, if that is known."""
    hand = next((hand for hand in HANDS if name.startswith(hand)), "")
    slip = name.removeprefix(hand)
    return ceilings.ceiling(slip, count, seed, flat=HANDS[hand]) if hand else None


# ------------------------------------------------------------------ measures


def tally(cases: Sequence[Case], locate: Locate, *, show: bool = False) -> Tally:
    """Locate the slips of each case and compare with the truth."""
    counted = Tally()
    gc.collect()
    gc.disable()  # as timeit does: it is the other cases that would be collected
    for case in cases:
        counted.cases += 1
        if not case.detected:
            continue
        start = time.process_time()
        found = locate(case)
        counted.seconds.append(time.process_time() - start)
        _count(counted, case, found)
        if show and (
            any(not s[0].is_sure for s in found) or _merged([s[0] for s in found]) != case.right
        ):
            _show(case, found)
    gc.enable()
    return counted


def _show(case: Case, found: Causes) -> None:
    """Print a case that was not put right."""
    print("--", {a: (value_of(cell_at(case.report, a)), right) for a, right in case.right.items()})
    for suggestions in found:
        for suggestion in suggestions:
            sure = "sure" if suggestion.is_sure else f"{suggestion.ties} ties"
            print("   ", sure, suggestion.margin, suggestion.message.zh)


def _count(counted: Tally, case: Case, found: Causes) -> None:
    counted.detected += 1
    first = _merged([suggestions[0] for suggestions in found])
    counted.top1 += first.keys() == case.right.keys()
    counted.fixed += first == case.right
    counted.top3 += any(_merged(pick).keys() == case.right.keys() for pick in _picks(found))
    counted.none += not found
    counted.several += any(not suggestions[0].is_sure for suggestions in found)
    wrong = (
        s[0].cells for s in found if s[0].is_sure and not s[0].cells.items() <= case.right.items()
    )
    counted.sure_wrong += any(True for _ in wrong)
    counted.ties.append(max((suggestions[0].ties for suggestions in found), default=0))


def _merged(suggestions: Sequence[Suggestion]) -> dict[Address, Amount]:
    return {address: value for s in suggestions for address, value in s.cells.items()}


def _picks(found: Causes) -> Iterator[list[Suggestion]]:
    """Give the first, second and third explanation, each cause taking its own as far as it goes."""
    for place in range(3):
        for turned in range(len(found)):
            yield [s[min(place, len(s) - 1) if ix == turned else 0] for ix, s in enumerate(found)]


def page_seconds() -> float:
    """Give how long pdfplumber works on the tables of one page of a report, a real one if any."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    folders = (ROOT.parent / "shared/real", ROOT / "samples")
    file = next(file for folder in folders for file in sorted(folder.glob("*.pdf")))
    times = []
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            start = time.process_time()
            page.extract_tables()
            times.append(time.process_time() - start)
    return median(times)


def line(name: str, counted: Tally, page: float) -> str:
    """Give one line of the table; shares are of the detected cases."""
    found = counted.detected or 1
    shares = (counted.top1, counted.top3, counted.fixed, counted.several, counted.none)
    written = "".join(f"{100 * share / found:7.1f}" for share in (*shares, counted.sure_wrong))
    detected = 100 * counted.detected / max(counted.cases, 1)
    seconds = counted.seconds * 2 or [0.0, 0.0]
    slowest = quantiles(seconds, n=100, method="inclusive")[98]
    times = f"{median(seconds) / page:8.3f}{slowest / page:8.3f}"
    ties = sum(counted.ties) / found
    return f"{name:32}{counted.cases:6}{detected:7.1f}{written}{ties:7.1f}{times}"


HEAD = f"{'class':32}" + "".join(
    f"{word:>{width}}"
    for word, width in (
        ("cases", 6), ("found%", 7), ("top1", 7), ("top3", 7), ("fix", 7), ("unsure", 7),
        ("none", 7), ("s+w", 7), ("ties", 7), ("p50", 8), ("p99", 8),
    )
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--base", action="store_true", help="the base lines on the same records")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="the cases that went wrong")
    options = parser.parse_args()
    page = page_seconds()
    print(f"one page by pdfplumber: {page * 1000:.0f} ms; p50 and p99 are ratios to it")
    print(HEAD)
    methods: dict[str, Locate] = {"": by_auditor}
    if options.base:
        methods["  by parity"] = on_puzzle(baselines.by_parity)
        methods["  by Fellegi-Holt, HiGHS"] = on_puzzle(baselines.by_fellegi_holt)
    for name, made in classes(options.cases, options.seed):
        cases = list(made) if options.only in name else []
        for method, locate in methods.items() if cases else ():
            counted = tally(cases, locate, show=options.show and not method)
            record = json.dumps({method or name: asdict(counted)})
            print(record if options.json else line(method or name, counted, page), flush=True)
        best = best_possible(name, options.cases, options.seed) if cases else None
        if best is not None and not options.json:
            print(f"{'  at best, knowing the draws':45}{100 * best:7.1f}", flush=True)


if __name__ == "__main__":
    main()
