"""In: a count and a seed, or names of layouts. Out: a folder of reports with their truth."""

import argparse
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import get_args

from .catalogue import named_layouts, random_layout
from .layout import Engine
from .render import missing_program, render_all
from .specimen import Specimen, draw_specimen
from .truth import FORMS


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10, help="reports to draw")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=get_args(Engine), help="only this one")
    parser.add_argument("--form", choices=FORMS, help="only this form")
    parser.add_argument("--layout", help="layouts by name (glob), each --count times")
    parser.add_argument(
        "--beyond", action="store_true", help="also layouts nobody promised to read"
    )
    parser.add_argument("--clean", action="store_true", help="no injected faults")
    parser.add_argument("--keep-sources", action="store_true", help="keep HTML and DOCX files")
    parser.add_argument("--list", action="store_true", help="print the names of layouts and stop")
    return parser.parse_args(arguments)


def draw_all(options: argparse.Namespace) -> dict[str, Specimen]:
    """Draw the reports that the options ask for, by file name."""
    faulty = False if options.clean else None
    seeds = range(options.seed, options.seed + options.count)
    if not options.layout:
        return {
            f"{seed:06d}": draw_specimen(
                seed,
                random_layout(seed, options.engine, beyond=options.beyond),
                faulty=faulty,
                form=options.form,
            )
            for seed in seeds
        }
    return {
        f"{name.replace('/', '-')}-{seed:03d}": draw_specimen(
            seed, layout, faulty=faulty, form=options.form
        )
        for name, layout in named_layouts().items()
        if fnmatch(name, options.layout)
        for seed in seeds
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Render the reports; engines whose program is missing are left out and named."""
    options = parse_arguments(arguments)
    if options.list:
        print("\n".join(named_layouts()))
        return 0
    drawn = draw_all(options)
    lacking = {missing_program(s.layout.engine) for s in drawn.values()} - {None}
    for program in lacking:
        print(f"left out: reports that need {program}", file=sys.stderr)
    chosen = {n: s for n, s in drawn.items() if not missing_program(s.layout.engine)}
    files = render_all(chosen, options.out, keep_sources=options.keep_sources)
    print(f"{len(files)} reports in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
