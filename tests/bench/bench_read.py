"""In: PDF files. Out: the time of reading them as a ratio to pdfplumber's extract_tables().

One process, imports done; each way reads every page of every file, in turn, several times, and
the best time of each counts. `python tests/bench/bench_read.py [--json] [FILE...]`
"""

import argparse
import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import pdfplumber  # noqa: E402

from auditor.pipeline import extract  # noqa: E402
from auditor.read.pdf import read_pdf  # noqa: E402

_ROUNDS = 3


def read_by_pdfplumber(files: Sequence[Path]) -> None:
    """Take every table of every page, as a script with pdfplumber would."""
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_tables()


def read_documents(files: Sequence[Path]) -> None:
    """Read the files without recognising anything."""
    for file in files:
        read_pdf(file.read_bytes(), file.name)


def extract_reports(files: Sequence[Path]) -> None:
    """Do what `auditor extract` does."""
    for file in files:
        extract(file)


def peak_mb() -> float:
    """Give the most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def best_seconds(ways: dict[str, Callable[[Sequence[Path]], None]], files: Sequence[Path]) -> dict:
    """Give each way's best time, and the peak of memory after its first run, ways interleaved."""
    best: dict[str, float] = {}
    peaks: dict[str, float] = {}
    for _ in range(_ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way(files)
            seconds = time.perf_counter() - start
            best[name] = min(seconds, best.get(name, seconds))
            peaks.setdefault(name, peak_mb())
    return {name: {"seconds": best[name], "peak_mb": peaks[name]} for name in ways}


def default_files() -> list[Path]:
    """Give the real reports beside the repository, and the samples."""
    real = ROOT.parent / "shared" / "real"
    return sorted([*real.glob("*.pdf"), *(ROOT / "samples").glob("*.pdf")])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; status 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    logging.disable()  # pdfminer complains of every font without a bounding box
    files = options.files or default_files()
    if not files:
        print("no PDF to measure", file=sys.stderr)
        return 2
    # least memory first: a process's peak never falls
    ways = {
        "read_pdf": read_documents,
        "extract": extract_reports,
        "pdfplumber": read_by_pdfplumber,
    }
    measured = best_seconds(ways, files)
    base = measured["pdfplumber"]["seconds"]
    for figures in measured.values():
        figures["ratio"] = figures["seconds"] / base
    if options.json:
        print(json.dumps(measured, indent=1))
        return 0
    print(f"{len(files)} files, best of {_ROUNDS}")
    for name, figures in measured.items():
        print(
            f"{name:12} {figures['seconds']:8.3f} s   ratio {figures['ratio']:.3f}"
            f"   peak {figures['peak_mb']:.0f} MB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
