"""In: the options of `auditor test`. Out: how the rules ended on their own examples."""

import sys
from pathlib import Path
from typing import TypedDict, Unpack

from auditor.check.selftest import self_test
from auditor.model import Language
from auditor.render.console import Page
from auditor.render.selftest import write_cases


class TestOptions(TypedDict):
    """The options as click gives them."""

    folder: str | None
    verbose: bool
    lang: Language
    debug: bool


def run_test(**options: Unpack[TestOptions]) -> int:
    """Run the examples; a rule that fails one is at fault, which is an error of the rule file."""
    cases = self_test(Path(options["folder"]) if options["folder"] else None)
    write_cases(Page(sys.stdout), cases, options["lang"], every=options["verbose"])
    return 0 if cases and all(case.passed for case in cases) else 2
