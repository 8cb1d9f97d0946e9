"""In: checked reports, one by one. Out: JUnit XML as GitLab and Jenkins read it, without times.

A report is a suite. Reading it is a case, each finding is one, and each rule that held is one.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.explain.waivers import Waived
from auditor.model import Finding, Language, OutcomeState
from auditor.render import words
from auditor.render.told import (
    artifact_path,
    details,
    gap_line,
    headline,
    lapsed_lines,
    plain,
    problem_line,
    waiver_line,
)

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


@dataclass(slots=True)
class JunitReport:
    """Collects the suites of a run and writes them as one document at its end."""

    stream: TextIO
    lang: Language
    suites: list[ET.Element] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        name = plain(artifact_path(checked.file))
        cases = list(self._cases(checked, name))
        counts = {
            key: str(sum(c.find(tag) is not None for c in cases)) for key, tag in _COUNTED.items()
        }
        suite = ET.Element("testsuite", {"name": name, "tests": str(len(cases)), **counts})
        suite.extend(cases)
        self.suites.append(suite)

    def close(self, summary: Summary) -> None:  # noqa: ARG002 - what every renderer takes
        """Write the document."""
        totals = {
            key: str(sum(int(suite.get(key, "0")) for suite in self.suites))
            for key in ("tests", "failures", "errors")
        }
        root = ET.Element("testsuites", {"name": "auditor", **totals})
        root.extend(self.suites)
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode" if self._is_unicode() else "us-ascii")
        text = text if isinstance(text, str) else text.decode("ascii")
        self.stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n')

    def _is_unicode(self) -> bool:
        """Whether the stream holds what the document declares; else references stand in ASCII."""
        return (getattr(self.stream, "encoding", None) or "utf-8").lower().startswith("utf")

    def _cases(self, checked: CheckedReport, suite: str) -> Iterator[ET.Element]:
        yield self._reading(checked, suite)
        for finding in checked.findings:
            yield self._finding(finding, suite)
        for waived in checked.waived:
            yield self._waived(waived, suite)
        for gap in checked.gaps:
            if gap.state is OutcomeState.NOT_APPLICABLE or not gap.blocking:
                case = _case(
                    suite,
                    f"{', '.join(gap.rules)} {words.OUTCOME[gap.state].in_language(self.lang)}",
                )
                ET.SubElement(case, "skipped", {"message": gap_line(gap, self.lang)})
                yield case
        for line in lapsed_lines(checked, self.lang):
            case = _case(suite, line)
            ET.SubElement(case, "skipped", {"message": line})
            yield case
        for rule in checked.held:
            yield _case(suite, rule)

    def _reading(self, checked: CheckedReport, suite: str) -> ET.Element:
        """Give the case of reading the report whole: what is amiss is an error, not a failure."""
        case = _case(suite, words.READING.in_language(self.lang))
        told = [problem_line(problem, self.lang) for problem in checked.problems]
        grave = [p for p in checked.problems if p.severity == "error"]
        if grave:
            message = problem_line(grave[0], self.lang)
            error = ET.SubElement(case, "error", {"type": grave[0].code, "message": message})
            error.text = "\n".join(told)
        elif told:
            ET.SubElement(case, "system-out").text = "\n".join(told)
        return case

    def _finding(self, finding: Finding, suite: str) -> ET.Element:
        """Give a finding as a case; an advice (info) fails nothing."""
        case = _case(suite, self._name(finding))
        text = "\n".join((*details(finding, self.lang), f"fingerprint {finding.fingerprint}"))
        if finding.severity == "info":
            ET.SubElement(case, "system-out").text = text
            return case
        message = plain(finding.message.in_language(self.lang))
        failure = ET.SubElement(case, "failure", {"type": finding.severity, "message": message})
        failure.text = text
        return case

    def _waived(self, waived: Waived, suite: str) -> ET.Element:
        case = _case(suite, self._name(waived.finding))
        ET.SubElement(case, "skipped", {"message": waiver_line(waived, self.lang)})
        ET.SubElement(case, "system-out").text = "\n".join(details(waived.finding, self.lang))
        return case

    def _name(self, finding: Finding) -> str:
        return f"{finding.rule} {headline(finding, self.lang)}"


def _case(suite: str, name: str) -> ET.Element:
    return ET.Element("testcase", {"classname": suite, "name": plain(name)})
