"""In: a count and a seed. Out: how well the same reports are read from every format, as a table."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from .catalogue import random_layout
from .docx import write_docx
from .html import to_html
from .measure import Score, measure_report, read_truth
from .office import convert_all
from .plain import to_markdown, to_text
from .render import missing_program, write_truth
from .specimen import Specimen, draw_specimen
from .workbook import to_csv, write_workbook

Writer = Callable[[Specimen, Path], object]

WRITERS: Mapping[str, Writer] = {
    "docx": write_docx,
    "html": lambda specimen, file: file.write_text(to_html(specimen), "utf-8"),
    "xlsx": write_workbook,
    "csv": lambda specimen, file: file.write_text(to_csv(specimen), "utf-8-sig"),
    "txt": lambda specimen, file: file.write_text(to_text(specimen), "utf-8"),
    "md": lambda specimen, file: file.write_text(to_markdown(specimen), "utf-8"),
}
CONVERTED = {"odt": "docx", "doc": "docx", "rtf": "docx", "xls": "xlsx", "ods": "xlsx"}
_ENGINES = {"docx": "libreoffice", "html": "chromium", "md": "markdown"}
_SHOWN = [field.name for field in fields(Score)]


def specimen_for(seed: int, suffix: str, *, beyond: bool = False) -> Specimen:
    """Draw a report for a format; the same seed gives the same numbers in every format."""
    engine = _ENGINES.get(suffix, "text")
    layout = random_layout(seed, engine, beyond=beyond)  # type: ignore[arg-type]
    if suffix in {"xlsx", "csv"}:  # a sheet has no pages
        layout = replace(layout, breaks=(), review_break=0)
    return draw_specimen(seed, layout)


def write_all(seeds: Sequence[int], suffix: str, folder: Path, *, beyond: bool) -> list[Path]:
    """Write a report for each seed, its truth beside it."""
    files = []
    for seed in seeds:
        specimen = specimen_for(seed, suffix, beyond=beyond)
        file = folder / f"{seed:06d}.{suffix}"
        WRITERS[suffix](specimen, file)
        write_truth(file.with_suffix(".json"), specimen)
        files.append(file)
    return files


def measure_files(files: Sequence[Path], *, verbose: bool) -> Score:
    """Read and check the files against the truth beside them."""
    total = Score()
    for file in files:
        score = measure_report(file, read_truth(file.with_suffix(".json")))
        total += score
        if verbose and not score.is_flawless():
            print("  ", file.name, score)
    return total


def scores(
    count: int, seed: int, converted: int, *, beyond: bool, verbose: bool
) -> Iterator[tuple[str, Score]]:
    """Measure format after format; the slow conversions with fewer reports."""
    for suffix in WRITERS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = write_all(range(seed, seed + count), suffix, folder, beyond=beyond)
            yield suffix, measure_files(files, verbose=verbose)
            if not converted or missing_program("libreoffice"):
                continue
            for target, source in CONVERTED.items():
                if source == suffix:
                    made = convert_all(files[:converted], target)
                    yield target, measure_files(made, verbose=verbose)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; fails where a cell was wrong and nothing was said, or worse."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.formats", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--converted", type=int, default=10, help="reports by way of LibreOffice")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beyond", action="store_true", help="also struck, hidden, raised text")
    parser.add_argument("--files", action="store_true", help="name what is not flawless")
    options = parser.parse_args(arguments)
    print(f"{'format':8}" + "".join(f"{c:>11}" for c in _SHOWN))
    misjudged = 0
    for name, score in scores(
        options.count,
        options.seed,
        options.converted,
        beyond=options.beyond,
        verbose=options.files,
    ):
        print(f"{name:8}" + "".join(f"{getattr(score, c):>11}" for c in _SHOWN), flush=True)
        misjudged += score.misjudged()
    return 1 if misjudged else 0


if __name__ == "__main__":
    sys.exit(main())
