"""In: a count and a seed. Out: how well the same reports are read from every format, as a table."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from .catalogue import PAPER, named_layouts, random_layout
from .docx import write_docx
from .html import to_html
from .layout import Engine
from .measure import Score, measure_report, read_truth
from .office import convert_all
from .plain import to_markdown, to_text
from .render import missing_program, render_all, write_truth
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


def format_scores(options: argparse.Namespace) -> Iterator[tuple[str, Score]]:
    """Measure format after format; the slow conversions with fewer reports."""
    seeds = range(options.seed, options.seed + options.count)
    for suffix in WRITERS:
        with tempfile.TemporaryDirectory() as name:
            files = write_all(seeds, suffix, Path(name), beyond=options.beyond)
            yield suffix, measure_files(files, verbose=options.files)
            if not options.converted or missing_program("libreoffice"):
                continue
            for target, source in CONVERTED.items():
                if source == suffix:
                    made = convert_all(files[: options.converted], target)
                    yield target, measure_files(made, verbose=options.files)
    for engine in PAPER:
        if not missing_program(engine):
            drawn = {f"{engine}-{s}": _printed(s, engine, beyond=options.beyond) for s in seeds}
            yield f"pdf by {engine}", _measure_drawn(drawn, verbose=options.files)


def _printed(seed: int, engine: Engine, *, beyond: bool) -> Specimen:
    return draw_specimen(seed, random_layout(seed, engine, beyond=beyond))


def layout_scores(options: argparse.Namespace) -> Iterator[tuple[str, Score]]:
    """Measure each layout of PDF files by itself, printed by Chromium and by LibreOffice."""
    by_name: dict[str, dict[str, Specimen]] = {}
    for name, layout in named_layouts().items():
        engine, _, trait = name.partition("/")
        if engine in PAPER and not missing_program(engine):
            for seed in range(options.seed, options.seed + options.layouts):
                file = f"{name.replace('/', '-')}-{seed}"
                by_name.setdefault(trait, {})[file] = draw_specimen(seed, layout)
    for trait, drawn in sorted(by_name.items()):
        yield f"pdf {trait}", _measure_drawn(drawn, verbose=options.files)


def _measure_drawn(drawn: Mapping[str, Specimen], *, verbose: bool) -> Score:
    with tempfile.TemporaryDirectory() as name:
        return measure_files(render_all(drawn, Path(name)), verbose=verbose)


_COLUMNS: Mapping[str, Callable[[Score], str]] = {
    "reports": lambda score: str(score.reports),
    "complete": lambda score: _share(score.complete, score.reports),
    "cells": lambda score: str(score.cells),
    "exact": lambda score: _share(score.exact, score.cells),
    "refused": lambda score: str(score.refused),
    "unread": lambda score: str(score.missing - score.lost),
    "wrong, said": lambda score: str(score.wrong - score.silent),
    "wrong, unsaid": lambda score: str(score.silent + score.lost),
    "misjudged": lambda score: str(score.accused + score.overlooked + score.crashed),
}
"""refused: cells beside which a trap was set; misjudged: whole reports."""


def _share(part: int, whole: int) -> str:
    """Give a share, never rounded up to all."""
    return f"{int(1000 * part / whole) / 10:.1f}%" if whole else "-"


def table_line(name: str, score: Score | None = None) -> str:
    """Give a line of the table; its head where there is no score."""
    fields = (column if score is None else tell(score) for column, tell in _COLUMNS.items())
    return f"{name:28}" + "".join(
        f"{field:>{max(9, len(c) + 2)}}" for field, c in zip(fields, _COLUMNS, strict=True)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; fails where a cell was wrong and nothing was said, or worse."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.formats", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="reports of each format")
    parser.add_argument("--converted", type=int, default=10, help="reports by way of LibreOffice")
    parser.add_argument("--layouts", type=int, default=2, help="reports of each layout of PDF")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beyond", action="store_true", help="also struck, hidden, raised text")
    parser.add_argument("--files", action="store_true", help="name what is not flawless")
    options = parser.parse_args(arguments)
    print(table_line("format or layout"))
    total = Score()
    for name, score in chain(format_scores(options), layout_scores(options)):
        print(table_line(name, score), flush=True)
        total += score
    print(table_line("all", total))
    return 1 if total.misjudged() else 0


if __name__ == "__main__":
    sys.exit(main())
