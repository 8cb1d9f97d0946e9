"""In: rules. Out: the catalogue, and one rule whole, as text or JSON."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from auditor.check.relatives import CHILDREN, EXACT, PREVIOUS
from auditor.check.rule import Example, Rule
from auditor.explain.labels import table_name
from auditor.form import editions
from auditor.model import Language, OutcomeState
from auditor.render import words
from auditor.render.console import Page
from auditor.render.json import SCHEMA_VERSION, Record, write_json
from auditor.render.wrap import pad

_GAP = "  "


def write_rules(page: Page, rules: Sequence[Rule], lang: Language) -> None:
    """Write one entry for each rule: id, severity, title."""
    for rule in rules:
        severity = words.SEVERITY[rule.severity].in_language(lang)
        lead = f"{pad(rule.id, 5)} {pad(severity, 7 if lang == 'en' else 4)}"
        text = f"{lead}{_GAP}{rule.title.in_language(lang)}"
        page.styled(text, len(lead), words.STYLE[rule.severity], hang=" " * (len(rule.id) + 9))
    page.line(words.RULE_COUNT.fill(count=len(rules)).in_language(lang))


def write_rule(page: Page, rule: Rule, lang: Language) -> None:
    """Write one rule whole, with what it asserts, its source and its examples."""
    severity = words.SEVERITY[rule.severity].in_language(lang)
    lead = f"{rule.id}  {rule.name}"
    page.styled(f"{lead}{_GAP}{severity}", len(lead), "bold")
    page.line(rule.title.in_language(lang), indent=_GAP, hang=_GAP)
    for name, text in _entries(rule, lang):
        if text:
            page.line(f"{name}{_GAP}{text}", indent=_GAP, hang=_GAP * 3)
    if rule.examples:
        page.line(words.EXAMPLES.in_language(lang), indent=_GAP)
    for example in rule.examples:
        page.line(_example(example, lang), indent=_GAP * 2, hang=_GAP * 3)


def write_rules_json(stream: TextIO, rules: Iterable[Rule], lang: Language) -> None:
    """Write the catalogue for other programs."""
    records = [_record(rule, lang) for rule in rules]
    write_json({"schema_version": SCHEMA_VERSION, "rules": records}, stream)


def _entries(rule: Rule, lang: Language) -> Iterable[tuple[str, str]]:
    form = (rule.editions or editions())[-1]
    name = table_name(form, rule.table)
    where = [name.in_language(lang)] if name else []
    where.append(words.EACH[rule.each].in_language(lang))
    yield words.ASSERTS.in_language(lang), rule.assertion
    yield words.WHEN.in_language(lang), " and ".join(c.text for c in rule.when)
    yield words.WHERE.in_language(lang), _GAP.join(where)
    yield words.EDITIONS.in_language(lang), ", ".join(rule.editions or editions())
    yield words.MESSAGE.in_language(lang), rule.message.in_language(lang)
    yield words.NOTE.in_language(lang), rule.note.in_language(lang) if rule.note else ""
    yield words.SOURCE.in_language(lang), rule.source.line.in_language(lang)
    yield words.URL.in_language(lang), rule.source.url or ""
    yield words.TAGS.in_language(lang), ", ".join(rule.tags)
    yield words.FILE.in_language(lang), rule.file


def _example(example: Example, lang: Language) -> str:
    told: dict[str, object] = {
        **{f"{PREVIOUS}.{name}": value for name, value in (example.previous or {}).items()},
        **{
            f"{CHILDREN}[{number}].{name}": value
            for number, cells in enumerate(example.children, start=1)
            for name, value in cells.items()
        },
        **({f"{CHILDREN}.{EXACT}": 1} if example.exact else {}),
        **example.cells,
        **example.facts,
    }
    blank = words.BLANK.in_language(lang)
    parts = [f"{name} = {blank if value == '' else value}" for name, value in told.items()]
    parts += [str(extra) for extra in (example.year, example.agency, example.text) if extra]
    parts += [f"{name}: {text}" for name, text in (example.observed or {}).items()]
    state = words.OUTCOME[OutcomeState(example.state)].in_language(lang)
    return f"{state}: {'; '.join(parts)}"


def _record(rule: Rule, lang: Language) -> Record:
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title.in_language(lang),
        "message": rule.message.in_language(lang),
        "note": rule.note.in_language(lang) if rule.note else None,
        "severity": rule.severity,
        "table": rule.table,
        "each": rule.each,
        "editions": list(rule.editions or editions()),
        "assertion": rule.assertion,
        "source": rule.source.line.in_language(lang),
        "tags": list(rule.tags),
        "file": rule.file,
    }
