"""In: the options of `auditor rules` and `auditor explain`. Out: the catalogue, or one rule."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from auditor.check.catalogue import find_rule, select
from auditor.check.load import load_rules
from auditor.check.rule import Rule
from auditor.check.survey import survey
from auditor.commands.words import split_words
from auditor.form import editions
from auditor.model import Language
from auditor.render.catalogue import write_rule, write_rules, write_rules_json
from auditor.render.console import Page
from auditor.render.rules_page import write_rules_page
from auditor.render.survey import write_surveys, write_surveys_json


class RulesOptions(TypedDict):
    """The options as click gives them."""

    rules: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    identifiability: bool
    lint: bool
    format_: Literal["text", "json", "markdown"]
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
    if options["identifiability"] or options["lint"]:
        return _run_survey(chosen, options)
    if options["format_"] == "json":
        write_rules_json(sys.stdout, chosen, options["lang"])
    elif options["format_"] == "markdown":
        write_rules_page(sys.stdout, chosen)
    else:
        write_rules(Page(sys.stdout), chosen, options["lang"])
    return 0


def _run_survey(rules: Sequence[Rule], options: RulesOptions) -> int:
    """Say what the rules can locate, or what is odd in them; a contradiction is a rule's fault."""
    surveys = [survey(rules, form) for form in editions()]
    faulty = options["lint"] and any(found.faults.contradictory for found in surveys)
    asked = (options["identifiability"], options["lint"])
    if options["format_"] == "json":
        write_surveys_json(sys.stdout, surveys, *asked)
    else:
        write_surveys(Page(sys.stdout), surveys, *asked, options["lang"])
    return 2 if faulty else 0


def run_explain(**options: Unpack[ExplainOptions]) -> int:
    """Show one rule whole. Raises: UsageError where there is none of that id."""
    known = load_rules(tuple(Path(path) for path in options["rules"]))
    write_rule(Page(sys.stdout), find_rule(known, options["rule_id"]), options["lang"])
    return 0
