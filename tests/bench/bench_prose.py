"""In: sentences of tests/generator. Out: how many slips of the prose are found, none invented.

python tests/bench/bench_prose.py [--seeds N] [--start N] [--missed]
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.check.rule import Rule
from auditor.model import Amount, Outcome, OutcomeState
from auditor.read.normalise import normalise
from tests.check.reports import report
from tests.generator.compose import sentences
from tests.generator.prose import Agency, agencies
from tests.generator.sentences import (
    SHARE_BASES,
    claims,
    numbers_of,
    stated,
    stock,
    tell_claim,
    tell_trap,
    with_slip,
)
from tests.generator.truth import BLOCKS, Scale, Truth, consistent_truth, edition_of

REAL = Path(__file__).parents[3] / "shared" / "real"
RULES = tuple(rule for rule in load_rules() if "prose" in rule.tags and rule.id.startswith("P"))
FREE = "P601"  # a fee drawn at random is not within a village's
SEVERITY = {rule.id: rule.severity for rule in RULES}
FILES = [
    "sentences.toml",
    *(f"sentences_{number}.toml" for number in (*range(2, 22), 25, 26)),
    "composed.toml",
]
FRESH = [f"sentences_{number}.toml" for number in (22, 23, 24, 27, 28, 29, 30)]
"""Read but not learned from: what is missed there is not worked on, nobody may be accused."""
FOUND, FOUND_OF_ALL, SILENT = 0.9, 0.95, 0  # of each set; of all of them together


@dataclass(slots=True)
class Tally:
    """What came of the sentences of one kind."""

    clean: int = 0
    agreed: int = 0
    accused: int = 0
    noted: int = 0  # info on a clean sentence
    wrong: int = 0
    found: int = 0
    found_as_info: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def outcomes_of(text: str, truth: Truth, agency: Agency, year: int) -> tuple[Outcome, ...]:
    told = report(
        truth,
        edition_of("2021"),
        sections={"一": normalise(text)},
        agency=agency.name,
        year=year,
    )
    return check(told, RULES)


def violations(outcomes: tuple[Outcome, ...]) -> Counter[str]:
    return Counter(SEVERITY[o.rule] for o in outcomes if o.state is OutcomeState.VIOLATION)


def cases(seeds: range) -> Iterator[tuple[int, random.Random, Agency, int, Truth]]:
    for seed in seeds:
        rng = random.Random(f"prose-bench/{seed}")
        scale: Scale = rng.choice(("county", "county", "city", "province"))
        agency = rng.choice(agencies(scale))
        yield seed, rng, agency, rng.randint(2021, 2024), consistent_truth(seed, "2021", scale)


def without_cases(truth: Truth, none: str | None) -> Truth:
    """Give a report to which a "nothing happened" sentence is true."""
    if none is None:
        return truth
    head = "review_litigation/" if none == "cases" else "applications/"
    return {a: 0 if a.startswith(head) else value for a, value in truth.items()}


def with_one(truth: Truth, none: str, rng: random.Random) -> Truth:
    """Give a report to which it is not."""
    if none == "cases":
        address = f"review_litigation/{rng.choice(BLOCKS)}/total"
    else:
        address = "applications/new/total"
    return {**truth, address: rng.randint(1, 9)}


def run_claims(seeds: range, file: str) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for _, rng, agency, year, truth in cases(seeds):
        names = names_of(agency, year)
        numbers = numbers_of(truth, rng)
        for entry, text in claims(file):
            tally = tallies.setdefault(text, Tally())
            if entry.get("none"):
                tell_nothing(tally, entry, text, truth, agency, year, rng)
            elif all(numbers[name] for name in stated(text)):
                tell(tally, entry, text, numbers, truth, agency, names, rng)
    return tallies


def run_noughts(seeds: range, file: str) -> dict[str, Tally]:
    """Tell all sentences, true, at villages, where most numbers are nought."""
    tallies: dict[str, Tally] = {}
    for seed, rng, agency, year, _ in cases(seeds):
        truth = consistent_truth(seed, "2021", "village")
        numbers, names = numbers_of(truth, rng), names_of(agency, year)
        for entry, text in claims(file):
            if entry.get("none") or not has_shares(text, numbers):
                continue
            told = tell_claim(text, numbers, names, entry.get("head", ""))
            outcomes = outcomes_of(told, truth, agency, year)
            kept = tuple(o for o in outcomes if o.rule != FREE)
            count(tallies.setdefault(text, Tally()), told, kept, is_wrong=False)
    return tallies


def has_shares(text: str, numbers: Mapping[str, Amount]) -> bool:
    """Tell whether all of which a sentence gives a share, or growth, is more than nought."""
    named = {name.removesuffix("_share") for name in stated(text) if name.endswith("_share")}
    grown = {"increase", "previous", "growth"} & set(stated(text))
    bases = {SHARE_BASES[name] for name in named} | ({"previous"} if grown else set())
    bases |= {"new"} if "part_ignored" in stated(text) else set()
    return all(numbers[base] > 0 for base in bases)


def run_composed(seeds: range, file: str) -> dict[str, Tally]:
    """Draw sentences and sections from a grammar; the tallies are by kind."""
    tallies: dict[str, Tally] = {}
    for _, rng, agency, year, truth in cases(seeds):
        names = names_of(agency, year)
        numbers = numbers_of(truth, rng)
        for kind, text in sentences(rng, file):
            tally = tallies.setdefault(kind, Tally())
            if all(numbers[name] for name in stated(text)):
                tell(tally, {}, text, numbers, truth, agency, names, rng)
    return tallies


def names_of(agency: Agency, year: int) -> dict[str, object]:
    return {"year": year, "last_year": year - 1, "next_year": year + 1, "own": agency.own}


def tell_nothing(
    tally: Tally,
    entry: Mapping[str, Any],
    text: str,
    truth: Truth,
    agency: Agency,
    year: int,
    rng: random.Random,
) -> None:
    told = entry.get("head", "") + text.format(**names_of(agency, year))
    calm = without_cases(truth, entry["none"])
    count(tally, told, outcomes_of(told, calm, agency, year), is_wrong=False)
    busy = with_one(calm, entry["none"], rng)
    count(tally, told, outcomes_of(told, busy, agency, year), is_wrong=True)


def tell(
    tally: Tally,
    entry: Mapping[str, Any],
    text: str,
    numbers: Mapping[str, Amount],
    truth: Truth,
    agency: Agency,
    names: Mapping[str, object],
    rng: random.Random,
) -> None:
    head = entry.get("head", "")
    year = int(str(names["year"]))
    right = tell_claim(text, numbers, names, head)
    count(tally, right, outcomes_of(right, truth, agency, year), is_wrong=False)
    slipped = with_slip(text, numbers, rng, entry.get("free", ()))
    if slipped:
        wrong = tell_claim(text, slipped[0], names, head)
        count(
            tally, f"{wrong}  {slipped[1]}", outcomes_of(wrong, truth, agency, year), is_wrong=True
        )


def count(tally: Tally, text: str, outcomes: tuple[Outcome, ...], *, is_wrong: bool) -> None:
    found = violations(outcomes)
    if is_wrong:
        tally.wrong += 1
        tally.found += bool(found)
        tally.found_as_info += bool(found) and not found["warning"] and not found["error"]
        if not found:
            tally.missed.append(text)
        return
    tally.clean += 1
    tally.agreed += any(o.state is OutcomeState.PASS for o in outcomes)
    tally.noted += bool(found["info"])
    if found["warning"] + found["error"]:
        tally.accused += 1
        fired = [o.rule for o in outcomes if o.state is OutcomeState.VIOLATION]
        tally.invented.append(f"{text}  {' '.join(fired)}")


def run_traps(seeds: range, file: str) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for _, rng, agency, year, truth in cases(seeds):
        for entry in stock(file).get("trap", ()):
            for text in entry["texts"]:
                told = "（二）依申请公开情况。" + tell_trap(text, rng, names_of(agency, year))
                tally = tallies.setdefault(text, Tally())
                count(tally, told, outcomes_of(told, truth, agency, year), is_wrong=False)
    return tallies


def real_reports(rules: tuple[Rule, ...]) -> Iterator[str]:
    from auditor import extract  # noqa: PLC0415 - only where the real reports are

    for path in sorted(p for p in REAL.glob("*") if p.suffix in {".pdf", ".txt"}):
        told = extract(path)
        check(told, rules)
        started = time.perf_counter()
        outcomes = check(told, rules)
        ms = (time.perf_counter() - started) * 1000
        states = Counter(o.state for o in outcomes)
        sums = sum(o.state is OutcomeState.PASS for o in outcomes if o.rule.startswith("P7"))
        yield (
            f"{path.name:<20} agree {states[OutcomeState.PASS]:>3} (sums {sums})  "
            f"contradict {states[OutcomeState.VIOLATION]:>2}  {ms:5.1f} ms"
        )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--start", type=int, default=1000)
    parser.add_argument("--file", action="append")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    seeds = range(options.start, options.start + options.seeds)
    good, wrong, found = True, 0, 0
    for file in options.file or FILES:
        is_good, *counts = show(file, seeds, missed=options.missed)
        good, wrong, found = good and is_good, wrong + counts[0], found + counts[1]
    print(f"all: {wrong} contradictions injected, {found} found ({found / wrong:.1%})")
    for line in real_reports(RULES) if REAL.is_dir() else ():
        print(line)
    return 0 if good and found >= FOUND_OF_ALL * wrong else 1


def show(file: str, seeds: range, *, missed: bool) -> tuple[bool, int, int]:
    """Print how a set fares; give whether it reaches the mark, what was injected and found."""
    is_grammar = "grammar" in stock(file)
    told = run_composed(seeds, file) if is_grammar else run_claims(seeds, file)
    traps = {} if is_grammar else run_traps(seeds, file)
    noughts = {} if is_grammar else run_noughts(seeds, file)
    for text, tally in [*told.items(), *traps.items(), *noughts.items()]:
        for line in [*tally.invented[:2], *tally.missed[:2]] if missed else ():
            print("  missed " if line in tally.missed else "  INVENTED", line)
        if tally.wrong and tally.found < tally.wrong * 0.9:
            print(f"  {tally.found}/{tally.wrong}  {text}")
    wrong, found = sum(t.wrong for t in told.values()), sum(t.found for t in told.values())
    clean = sum(t.clean for t in told.values())
    accused = sum(t.accused for t in [*told.values(), *traps.values(), *noughts.values()])
    info = sum(t.found_as_info for t in told.values())
    print(f"{file}: {len(told)} phrasings, {len(traps)} traps, seeds {seeds[0]}-{seeds[-1]}")
    print(f"  contradictions injected {wrong}, found {found} ({found / wrong:.1%}), {info} as info")
    print(
        f"  clean {clean}: agreed {sum(t.agreed for t in told.values())}, "
        f"falsely accused {sum(t.accused for t in told.values())}, "
        f"noted {sum(t.noted for t in told.values())}"
    )
    print(
        f"  traps {sum(t.clean for t in traps.values())}: "
        f"falsely accused {sum(t.accused for t in traps.values())}, "
        f"noted {sum(t.noted for t in traps.values())}"
    )
    print(
        f"  noughts {sum(t.clean for t in noughts.values())}: "
        f"falsely accused {sum(t.accused for t in noughts.values())}"
    )
    return found >= FOUND * wrong and accused == SILENT, wrong, found


if __name__ == "__main__":
    sys.exit(main())
