"""In: checked reports, and the rules of the run. Out: SARIF 2.1.0, the same for the same input.

What could not be read is a notification of the invocation, which then was not successful: to a
consumer a log without results must not look like a clean report.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TextIO
from urllib.parse import quote

from auditor import __version__
from auditor.check.rule import Rule
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.explain.waivers import Waived
from auditor.model import Address, Finding, Language, Place, Problem, Severity
from auditor.render import words
from auditor.render.json import Record, amount_json, place_record, write_json
from auditor.render.markdown_text import as_markdown
from auditor.render.told import artifact_path, details, headline, lapsed_lines, plain, problem_line

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT = "auditor/v1"
_COMPLETE = {0, 1}


@dataclass(slots=True)
class SarifReport:
    """Collects the results of a run and writes them as one log at its end."""

    stream: TextIO
    lang: Language
    rules_digest: str
    rules: Sequence[Rule] = ()
    artifacts: list[Record] = field(default_factory=list)
    results: list[Record] = field(default_factory=list)
    notifications: list[Record] = field(default_factory=list)
    is_whole: bool = True  # everything was read and checked, whatever was found

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.is_whole &= all(problem.severity != "error" for problem in checked.problems)
        self.artifacts.append({"location": _artifact(checked.file)})
        self.results += [self._result(checked, finding) for finding in checked.findings]
        self.results += [self._waived(checked, waived) for waived in checked.waived]
        self.notifications += [
            _notification(checked, problem, self.lang) for problem in checked.problems
        ]
        self.notifications += [
            {
                "descriptor": {"id": "lapsed-waiver"},
                "level": "warning",
                "message": {"text": line},
                "locations": [_physical(checked.file, None)],
            }
            for line in lapsed_lines(checked, self.lang)
        ]

    def close(self, summary: Summary) -> None:
        """Write the log."""
        run: Record = {
            "tool": {"driver": self._driver()},
            "language": "zh-CN" if self.lang == "zh" else "en-US",
            "columnKind": "unicodeCodePoints",
            "invocations": [
                {
                    "executionSuccessful": self.is_whole and summary.verdict_code in _COMPLETE,
                    "exitCode": summary.exit_code,
                    "toolExecutionNotifications": self.notifications,
                }
            ],
            "artifacts": self.artifacts,
            "results": self.results,
            "properties": {
                "rules": self.rules_digest,
                "counts": {str(state): count for state, count in summary.counts.items()},
                "waived": summary.waived,
            },
        }
        write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, self.stream)

    def _driver(self) -> Record:
        return {
            "name": "auditor",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_descriptor(rule, self.lang) for rule in self.rules],
        }

    def _waived(self, checked: CheckedReport, waived: Waived) -> Record:
        suppression = {
            "kind": "external",
            "status": "accepted",
            "justification": plain(waived.waiver.reason),
        }
        return {**self._result(checked, waived.finding), "suppressions": [suppression]}

    def _result(self, checked: CheckedReport, finding: Finding) -> Record:
        lines = (headline(finding, self.lang), *details(finding, self.lang))
        index = next((n for n, rule in enumerate(self.rules) if rule.id == finding.rule), None)
        located = _physical(checked.file, finding.place)
        logical = [_logical(address, finding, self.lang) for address in finding.cells]
        return {
            "ruleId": finding.rule,
            **({} if index is None else {"ruleIndex": index}),
            "kind": "fail",
            "level": LEVEL[finding.severity],
            "message": {"text": "\n".join(lines)},
            "locations": [{**located, "logicalLocations": logical} if logical else located],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": _properties(finding),
        }


def _descriptor(rule: Rule, lang: Language) -> Record:
    """Give a rule as SARIF knows it; viewers show `help` beside the result."""
    title, source = rule.title.in_language(lang), rule.source.line.in_language(lang)
    note = [rule.note.in_language(lang)] if rule.note else []
    texts = [title, *note, f"{words.SOURCE.in_language(lang)} {source}"]
    record: Record = {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": plain(title)},
        "fullDescription": {"text": plain(" ".join((title, *note)))},
        "help": {
            "text": "\n".join(plain(text) for text in texts),
            "markdown": "\n\n".join(as_markdown(plain(text)) for text in texts),
        },
        "defaultConfiguration": {"level": LEVEL[rule.severity]},
        "properties": {"tags": list(rule.tags)},
    }
    return record | ({"helpUri": rule.source.url} if rule.source.url else {})


def _notification(checked: CheckedReport, problem: Problem, lang: Language) -> Record:
    return {
        "descriptor": {"id": problem.code},
        "level": LEVEL[problem.severity],
        "message": {"text": problem_line(problem, lang)},
        "locations": [_physical(checked.file, problem.place)],
    }


def _physical(file: str, place: Place | None) -> Record:
    """Give the file, and the line of a text; a page is no line, so it is a property."""
    record: Record = {"artifactLocation": _artifact(file)}
    if place and place.line:
        record["region"] = {"startLine": place.line}
    elif place and (parts := place_record(place)):
        record["properties"] = parts
    return {"physicalLocation": record}


def _artifact(file: str) -> Record:
    path = artifact_path(file)
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{quote(path)}"}
    if path[1:3] == ":/":  # a drive
        return {"uri": f"file:///{quote(path, safe='/:')}"}
    return {"uri": quote(path)}


def _logical(address: Address, finding: Finding, lang: Language) -> Record:
    """Name the cell: its address, and its table, row and column where it has them."""
    parts = address.split("/")
    label = finding.labels.get(address)
    record: Record = {"name": parts[-1], "fullyQualifiedName": address, "kind": "cell"}
    if label:
        record["decoratedName"] = plain(label.in_language(lang))
    if len(parts) == 3:
        record["properties"] = dict(zip(("table", "row", "column"), parts, strict=True))
    return record


def _properties(finding: Finding) -> Record:
    amounts = {
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": finding.difference,
    }
    return {
        "fingerprint": finding.fingerprint,
        **{name: str(amount_json(a)) for name, a in amounts.items() if a is not None},
    }
