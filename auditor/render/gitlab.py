"""In: checked reports, one by one. Out: GitLab's Code Quality report, a JSON list of issues."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.model import Finding, Language, Place, Severity
from auditor.render import words
from auditor.render.json import Record, write_json
from auditor.render.told import artifact_path, headline, plain, problem_line, waiver_line

_SEVERITY: Mapping[Severity, str] = {"error": "critical", "warning": "minor", "info": "info"}


@dataclass(slots=True)
class GitlabReport:
    """Collects the issues of a run; GitLab shows one of those that share a fingerprint."""

    stream: TextIO
    lang: Language
    issues: list[Record] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in; what could not be read is an issue too, or it would look clean."""
        path = artifact_path(checked.file)
        for finding in checked.findings:
            self.issues.append(self._finding(path, finding))
        for waived in checked.waived:
            text = f"{waiver_line(waived, self.lang)}: {self._text(waived.finding)}"
            record = self._finding(path, waived.finding)
            self.issues.append(record | {"severity": "info", "description": text})
        for number, problem in enumerate(checked.problems):
            text = problem_line(problem, self.lang)
            about = "\n".join(
                (path, problem.code, problem.table or "", *problem.cells, str(number))
            )
            identity = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()
            severity = "major" if problem.severity == "error" else _SEVERITY[problem.severity]
            label = words.PROBLEM.in_language(self.lang)
            self.issues.append(
                _issue(problem.code, f"{label} {text}", severity, identity, path, problem.place)
            )

    def close(self, summary: Summary) -> None:  # noqa: ARG002 - what every renderer takes
        """Write the list."""
        write_json(self.issues, self.stream)

    def _finding(self, path: str, finding: Finding) -> Record:
        severity = _SEVERITY[finding.severity]
        identity = hashlib.sha256(f"{path}\n{finding.fingerprint}".encode()).hexdigest()
        return _issue(finding.rule, self._text(finding), severity, identity, path, finding.place)

    def _text(self, finding: Finding) -> str:
        message = plain(finding.message.in_language(self.lang))
        return f"{headline(finding, self.lang)}: {message}"


def _issue(  # noqa: PLR0913, PLR0917 - the keys of an issue
    check: str, text: str, severity: str, identity: str, path: str, place: Place | None
) -> Record:
    line = place.line if place and place.line else 1  # the schema asks for one; a page is none
    return {
        "description": text,
        "check_name": check,
        "fingerprint": identity,
        "severity": severity,
        "location": {"path": plain(path), "lines": {"begin": line}},
    }
