"""In: a folder of generated reports. Out: how well they are read and judged, by layout feature."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from auditor.explain.verdict import Status
from auditor.model import Cell, CellState, Report, TableStatus
from auditor.pipeline import check

from .render import MANIFEST


@dataclass(frozen=True, slots=True)
class Score:
    """What one report (or many) came to; `silent`: wrong, and nothing was said about it.

    `refused`: unreadable, where a trap was set. `lost`: missing though the table is called
    complete. `accused`: clean, yet an error was found. `overlooked`: faulty, yet none was.
    """

    reports: int = 0
    complete: int = 0
    cells: int = 0
    exact: int = 0
    refused: int = 0
    wrong: int = 0
    missing: int = 0
    silent: int = 0
    lost: int = 0
    accused: int = 0
    overlooked: int = 0
    crashed: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Add two scores up."""
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Score)))

    def is_flawless(self) -> bool:
        """Say whether everything was read, and nothing misjudged."""
        return (
            self.complete == self.reports
            and self.exact + self.refused == self.cells
            and not self.misjudged()
        )

    def misjudged(self) -> int:
        """Count what must never happen."""
        return self.silent + self.lost + self.accused + self.overlooked + self.crashed


def measure_report(file: Path, truth: Mapping[str, Any]) -> Score:
    """Read and check one report, and hold the result against its truth."""
    total = len(truth["cells"])
    try:
        verdict = check(file)
    except Exception as error:  # noqa: BLE001 - a crash is a result here
        print(f"{file.name}: {type(error).__name__}: {error}", file=sys.stderr)
        return Score(reports=1, cells=total, missing=total, crashed=1)
    report = verdict.report
    if report is None:
        return Score(reports=1, cells=total, missing=total)
    has_error = any(finding.severity == "error" for finding in verdict.findings)
    is_complete = _is_complete(report)
    return _measure_cells(report, truth) + Score(
        reports=1,
        complete=int(is_complete),
        accused=int(has_error and not truth["faults"]),
        overlooked=int(
            is_complete
            and not has_error
            and bool(truth["faults"])
            and verdict.status is not Status.INCOMPLETE  # an uncertain reading of a scan is said
        ),
    )


def _is_complete(report: Report) -> bool:
    tables = report.tables.values()
    return len(tables) == 3 and all(t.status is TableStatus.COMPLETE for t in tables)


def _measure_cells(report: Report, truth: Mapping[str, Any]) -> Score:
    score = Score(cells=len(truth["cells"]))
    for address, expected in truth["cells"].items():
        cell = report.cells.get(address)
        if cell and cell.state is CellState.UNREADABLE and address in truth["trapped"]:
            score += Score(refused=1)
        elif cell is None or cell.state in {CellState.UNREADABLE, CellState.COVERED}:
            score += Score(missing=1, lost=int(cell is None and not _is_doubted(report, address)))
        elif _is_exact(cell, expected, truth["states"].get(address)):
            score += Score(exact=1)
        else:
            score += Score(
                wrong=1, silent=int(not cell.assumed and not _is_doubted(report, address))
            )
    invented = [a for a, c in report.cells.items() if a not in truth["cells"] and c.value]
    return score + Score(wrong=len(invented), silent=len(invented))


def _is_exact(cell: Cell, expected: Decimal | int | None, state: str | None) -> bool:
    if expected is None:
        return cell.state == state
    return cell.state is CellState.VALUE and cell.value == expected


def _is_doubted(report: Report, address: str) -> bool:
    """Say whether a problem names the cell or its table, or the table is not called complete."""
    key = address.partition("/")[0]
    table = report.tables.get(key)
    named = any(address in p.cells or p.table == key for p in report.problems)
    return named or table is None or table.status is not TableStatus.COMPLETE


def read_truth(file: Path) -> dict[str, Any]:
    """Read a truth file, decimals exact."""
    truth: dict[str, Any] = json.loads(file.read_text("utf-8"), parse_float=Decimal)
    return truth


def measure_folder(folder: Path) -> list[tuple[Mapping[str, Any], Score]]:
    """Measure every report of the folder's manifest; gives its entry with its score."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    return [
        (entry, measure_report(folder / entry["file"], read_truth(folder / entry["truth"])))
        for entry in manifest
    ]


def by_feature(measured: Iterable[tuple[Mapping[str, Any], Score]]) -> dict[str, Score]:
    """Add the scores up by feature of the layout; plain layouts count as their engine alone."""
    scores: dict[str, Score] = {}
    for entry, score in measured:
        features = [f for f in entry["features"] if not f.startswith("engine=")]
        engine = entry["engine"]
        for name in ("all", f"form={entry['form']}", f"scale={entry['scale']}", engine):
            scores[name] = scores.get(name, Score()) + score
        for feature in features:
            name = f"{engine} {feature}"
            scores[name] = scores.get(name, Score()) + score
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of scores; fails where something that must never happen did."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.measure", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--files", action="store_true", help="name each report that is not flawless"
    )
    options = parser.parse_args(arguments)
    measured = measure_folder(options.folder)
    columns = [f.name for f in fields(Score)]
    print(f"{'':44}" + "".join(f"{c:>11}" for c in columns))
    for name, score in by_feature(measured).items():
        print(f"{name:44}" + "".join(f"{getattr(score, c):>11}" for c in columns))
    if options.files:
        for entry, score in measured:
            if not score.is_flawless():
                flaws = {f: v for f in columns[5:] if (v := getattr(score, f))}
                print(entry["file"], flaws, *entry["faults"], *entry["features"])
    return 1 if sum((s for _, s in measured), Score()).misjudged() else 0


if __name__ == "__main__":
    sys.exit(main())
