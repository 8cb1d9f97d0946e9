"""In: rules. Out: the catalogue as Markdown, in both languages; docs/rules.md is made by it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from auditor.check.rule import Rule
from auditor.explain.labels import table_name
from auditor.form import editions
from auditor.model import Wording
from auditor.render import words
from auditor.render.markdown_text import as_code, as_markdown

_TITLE = "# 规则目录 / The rules"
_INTRO = (
    "由 `make docs` 按 `rules/` 生成，请勿手改；`auditor explain ID` 在终端查看一条。  \n"
    "Made from `rules/` by `make docs`; not to be edited. "
    "`auditor explain ID` shows one in the terminal."
)
_COUNT = Wording("共 {count} 条规则。", "{count} rules.")


def write_rules_page(stream: TextIO, rules: Sequence[Rule]) -> None:
    """Write the rules, those of one file together, in the order of their ids."""
    blocks = [_TITLE, _INTRO, _both(_COUNT.fill(count=len(rules)))]
    blocks.append("\n".join(_overview(rules)))
    for file, group in groupby(sorted(rules, key=_by_file), key=lambda rule: rule.file):
        blocks.append(f"## {as_code(file.rsplit('/', 1)[-1])}")
        blocks += [_entry(rule) for rule in group]
    stream.write("\n\n".join(blocks) + "\n")


def _by_file(rule: Rule) -> tuple[str, str]:
    return rule.file, rule.id


def _both(wording: Wording) -> str:
    return f"{as_markdown(wording.zh)} / {as_markdown(wording.en)}"


def _overview(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| | | |"
    yield "| --- | --- | --- |"
    for rule in sorted(rules, key=lambda rule: rule.id):
        severity = words.SEVERITY[rule.severity].zh
        yield f"| [{rule.id}](#{rule.id.lower()}) | {severity} | {as_markdown(rule.title.zh)} |"


def _entry(rule: Rule) -> str:
    lines = [f"- {name}: {text}" for name, text in _facts(rule) if text]
    return "\n\n".join((f"### {rule.id}", _both(rule.title), "\n".join(lines)))


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    name = table_name((rule.editions or editions())[-1], rule.table)
    where = [name.zh] if name else []
    yield "名称 / name", as_code(rule.name)
    yield "级别 / severity", _both(words.SEVERITY[rule.severity])
    yield "范围 / where", as_markdown("，".join((*where, words.EACH[rule.each].zh)))
    yield "检查 / tests", as_code(rule.assertion) if rule.assertion else ""
    yield "条件 / when", "; ".join(as_code(comparison.text) for comparison in rule.when)
    yield "格式 / editions", ", ".join(rule.editions or editions())
    yield "说明 / note", _both(rule.note) if rule.note else ""
    yield "依据 / source", _both(rule.source.line)
    yield "网址 / url", f"<{rule.source.url}>" if rule.source.url else ""
    yield "标签 / tags", ", ".join(as_code(tag) for tag in rule.tags)
    yield "示例 / examples", str(len(rule.examples))
