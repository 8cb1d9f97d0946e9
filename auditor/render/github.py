"""In: checked reports, one by one. Out: workflow commands by which GitHub annotates files.

GitHub shows ten errors and ten warnings of a step: the first ten are told, the rest is counted.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Literal, TextIO

from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.model import SEVERITIES, Finding, Language, Place, Problem, Severity
from auditor.render import words
from auditor.render.conclusion import conclusion_text
from auditor.render.told import artifact_path, details, headline, lapsed_lines, problem_line

MOST = 10
Command = Literal["error", "warning", "notice"]
_COMMAND: dict[Severity, Command] = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(slots=True)
class GithubReport:
    """Collects the annotations of a run and writes the first of each kind at its end."""

    stream: TextIO
    lang: Language
    commands: dict[Command, list[str]] = field(default_factory=dict)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        path = artifact_path(checked.file)
        for problem in checked.problems:
            self._problem(path, problem)
        for finding in checked.findings:
            self._finding(path, finding)
        for line in lapsed_lines(checked, self.lang):
            title = words.WAIVER.in_language(self.lang)
            self._add("warning", command("warning", line, file=path, title=title))

    def close(self, summary: Summary) -> None:
        """Write the annotations, the gravest first."""
        for kind in (_COMMAND[severity] for severity in SEVERITIES):
            found = self.commands.get(kind, [])
            for line in found[:MOST]:
                self.stream.write(line + "\n")
            if len(found) > MOST:
                rest = words.NOT_ANNOTATED.fill(count=len(found) - MOST, kind=kind)
                self.stream.write(rest.in_language(self.lang) + "\n")
        self.stream.write(conclusion_text(summary, self.lang) + "\n")

    def _add(self, kind: Command, line: str) -> None:
        self.commands.setdefault(kind, []).append(line)

    def _problem(self, path: str, problem: Problem) -> None:
        kind, title = _COMMAND[problem.severity], words.PROBLEM.in_language(self.lang)
        text = problem_line(problem, self.lang)
        self._add(kind, command(kind, text, file=path, title=title, line=_line(problem.place)))

    def _finding(self, path: str, finding: Finding) -> None:
        kind = _COMMAND[finding.severity]
        title = f"{finding.rule} {headline(finding, self.lang)}"
        text = "\n".join(details(finding, self.lang))
        self._add(kind, command(kind, text, file=path, title=title, line=_line(finding.place)))


def command(kind: str, text: str, **properties: str) -> str:
    """Give a workflow command in which nothing of the text is a command or a property itself."""
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{kind} {written}::{_text(text)}"


def fenced(text: str) -> str:
    """Give output in which the runner sees no commands, whatever a document says.

    The word that ends the fence is drawn from the output, so that no document can say it.
    """
    word = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"::stop-commands::{word}\n{text.rstrip()}\n::{word}::\n"


def _line(place: Place | None) -> str:
    return str(place.line) if place and place.line else ""


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
