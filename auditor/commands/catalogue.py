"""In: the options of `auditor rules` and `auditor explain`. Out: the catalogue, or one rule."""

import sys
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from auditor.check.catalogue import find_rule, select
from auditor.check.load import load_rules
from auditor.commands.words import split_words
from auditor.model import Language
from auditor.render.catalogue import write_rule, write_rules, write_rules_json
from auditor.render.console import Page


class RulesOptions(TypedDict):
    """The options as click gives them."""

    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    format_: Literal["text", "json"]
    lang: Language
    debug: bool


class ExplainOptions(TypedDict):
    """The options as click gives them."""

    rule_id: str
    rules: tuple[str, ...]
    lang: Language
    debug: bool


def run_rules(**options: Unpack[RulesOptions]) -> int:
    """List the rules that a check with the same options would use."""
    known = load_rules(tuple(Path(path) for path in options["rules"]))
    chosen = select(known, split_words(options["select"]), split_words(options["ignore"]))
    if options["format_"] == "json":
        write_rules_json(sys.stdout, chosen, options["lang"])
    else:
        write_rules(Page(sys.stdout), chosen, options["lang"])
    return 0


def run_explain(**options: Unpack[ExplainOptions]) -> int:
    """Show one rule whole. Raises: UsageError where there is none of that id."""
    known = load_rules(tuple(Path(path) for path in options["rules"]))
    write_rule(Page(sys.stdout), find_rule(known, options["rule_id"]), options["lang"])
    return 0
