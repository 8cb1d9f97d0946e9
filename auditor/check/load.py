"""In: rule files. Out: Rules; a file at fault is named with rule, key and what is allowed."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from auditor.check.grammar import parse_assertion
from auditor.check.load_prose import PROSE_KINDS, build_prose_test
from auditor.check.rule import (
    Agencies,
    Assertion,
    Example,
    Observes,
    Repeats,
    Rule,
    Source,
    Test,
    Text,
)
from auditor.check.validate import check_against_form, located
from auditor.errors import UsageError
from auditor.form import rules_dir
from auditor.model import Wording
from auditor.recognise.prose import check_words

KINDS = ("assert", "observes", "text", "repeats", *PROSE_KINDS)


def load_rules(extra: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Give the rules that come with the program, then those of further files or folders."""
    own = _shipped()
    added = tuple(rule for path in rule_files(extra) for rule in read_rules(path))
    return _without_duplicates((*own, *added)) if added else own


@cache
def _shipped() -> tuple[Rule, ...]:
    """Their files were held against form and schema by the tests; `auditor test` does it again."""
    files = sorted(rules_dir().glob("*.toml"))
    return _without_duplicates(rule for path in files for rule in _build(path, parse_toml(path)))


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read one rule file whole, checked against the schema. Raises UsageError."""
    from auditor.check.schema import check_schema  # noqa: PLC0415 - jsonschema is slow to import

    content = parse_toml(path)
    check_schema(path, content)
    rules = _without_duplicates(_build(path, content))
    for rule in rules:
        check_against_form(path, rule)
    return rules


def rule_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give the rule files that are meant by files and folders."""
    return tuple(file for path in paths for file in _files_of(path))


def _files_of(path: Path) -> tuple[Path, ...]:
    if not path.is_dir():
        return (path,)
    found = tuple(sorted(path.glob("*.toml")))
    if not found:
        raise UsageError(
            f"{path}：文件夹内没有 .toml 规则文件", f"{path}: no .toml rule file in it"
        )
    return found


def parse_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, amounts exact. Raises UsageError with the line at fault."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise UsageError(
            f"{path}：无法读取规则文件（{why}）", f"{path}: cannot be read ({why})"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{path}：规则文件须为 UTF-8 编码", f"{path}: a rule file must be UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as fault:
        raise UsageError(
            f"{path}：TOML 语法错误：{fault}", f"{path}: TOML syntax error: {fault}"
        ) from None


# ------------------------------------------------------------------ building


def _build(path: Path, content: Mapping[str, Any]) -> tuple[Rule, ...]:
    if any(kind in table for table in content["rule"] for kind in PROSE_KINDS):
        check_words()  # else each such rule would be at fault for what none of them says
    return tuple(_rule(path, table) for table in content["rule"])


def _rule(path: Path, data: Mapping[str, Any]) -> Rule:
    key = next(kind for kind in KINDS if kind in data)
    try:
        test = _test(data)
        key = "when"
        when = tuple(parse_assertion(text) for text in _listed(data.get("when", ())))
        key = "agencies"
        agencies = _agencies(data.get("agencies"))
    except UsageError as fault:
        raise located(path, data["id"], key, fault) from None
    return Rule(
        id=data["id"],
        name=data["name"],
        title=Wording(**data["title"]),
        message=Wording(**data["message"]),
        severity=data["severity"],
        test=test,
        source=_source(data["source"]),
        each=data.get("each", "once"),
        table=data.get("table"),
        editions=tuple(data.get("editions", ())),
        rows=tuple(data.get("rows", ())),
        columns=tuple(data.get("columns", ())),
        note=Wording(**data["note"]) if "note" in data else None,
        years=(data.get("years", {}).get("from"), data.get("years", {}).get("to")),
        agencies=agencies,
        when=when,
        tags=tuple(data.get("tags", ())),
        examples=tuple(_example(example) for example in data.get("examples", ())),
        file=path.name,
    )


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def _test(data: Mapping[str, Any]) -> Test:
    if "assert" in data:
        return Assertion(parse_assertion(data["assert"]), Decimal(data.get("tolerance", 0)))
    if "observes" in data:
        return Observes(data["observes"])
    if "repeats" in data:
        return Repeats(**data["repeats"])
    if "text" not in data:
        return build_prose_test(data)
    text = data["text"]
    return Text(
        forbid=_patterns(text.get("forbid", ())),
        require=_patterns(text.get("require", ())),
        section=text.get("section"),
    )


def _patterns(texts: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(text) for text in texts)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as fault:
        raise UsageError(
            f"正则表达式“{text}”有误：{fault}", f"bad regular expression '{text}': {fault}"
        ) from None


def _agencies(data: Mapping[str, Any] | None) -> Agencies | None:
    return Agencies(_patterns(data["like"]), _patterns(data.get("unlike", ()))) if data else None


def _source(data: Mapping[str, str]) -> Source:
    number, clause = data.get("number"), data.get("clause")
    line = f"《{data['document']}》" + (f"（{number}）" if number else "") + (clause or "")
    return Source(data["document"], number, clause, data.get("url"), Wording(line, data["en"]))


def _example(data: Mapping[str, Any]) -> Example:
    return Example(
        state=data["is"],
        cells=data.get("cells", {}),
        facts=data.get("facts", {}),
        at=data.get("at"),
        year=data.get("year"),
        form=data.get("form"),
        agency=data.get("agency"),
        text=data.get("text", ""),
        observed=data.get("observed"),
        previous=data.get("previous"),
        previous_text=data.get("previous_text", ""),
        children=tuple(data.get("children", ())),
        exact=data.get("exact", False),
    )


def _without_duplicates(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Refuse two rules of one id or name: a finding must name one rule."""
    seen: dict[str, Rule] = {}
    listed = tuple(rules)
    for rule in listed:
        for word in (rule.id, rule.name):
            if word in seen:
                first = seen[word].file
                raise UsageError(
                    f"{rule.file} {rule.id}：“{word}”与 {first} 中的规则重复",
                    f"{rule.file} {rule.id}: '{word}' is already a rule of {first}",
                )
            seen[word] = rule
    return listed
