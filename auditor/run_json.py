"""In: the JSON of `auditor check`. Out: the findings in it, for waivers and for comparing runs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import UsageError
from auditor.model import Address


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding as a run told it."""

    fingerprint: str
    rule: str
    severity: str
    document: str
    message: str
    cells: tuple[Address, ...]
    values: Mapping[Address, str]


@dataclass(frozen=True, slots=True)
class RecordedReport:
    """A document of a run: whether it was read and checked whole, and what was found."""

    document: str
    is_whole: bool
    findings: tuple[RecordedFinding, ...]
    waived: tuple[RecordedFinding, ...]


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run as its JSON tells it."""

    reports: tuple[RecordedReport, ...]

    def findings(self) -> Iterator[RecordedFinding]:
        """Give all findings, the waived ones too."""
        for report in self.reports:
            yield from (*report.findings, *report.waived)


def read_run(path: str) -> RecordedRun:
    """Read the JSON of a run. Raises: UsageError where it is none."""
    try:
        content = json.loads(Path(path).read_text("utf-8-sig"))
        return recorded_run(content["reports"])
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{path}: 打不开 ({why})", f"{path}: cannot open ({why})") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path}: 不是 auditor check --format json 的结果",
            f"{path}: is no result of auditor check --format json",
        ) from error


def recorded_run(records: Iterable[Mapping[str, Any]]) -> RecordedRun:
    """Give a run by the records of its reports."""
    return RecordedRun(tuple(_report(record) for record in records))


def _report(record: Mapping[str, Any]) -> RecordedReport:
    document = str(record["document"])
    grave = any(problem["severity"] == "error" for problem in record["problems"])
    return RecordedReport(
        document=document,
        is_whole=record["status"] in {"pass", "fail"} and not grave,
        findings=tuple(_finding(document, finding) for finding in record["findings"]),
        waived=tuple(_finding(document, finding) for finding in record["waived"]),
    )


def _finding(document: str, record: Mapping[str, Any]) -> RecordedFinding:
    return RecordedFinding(
        fingerprint=str(record["fingerprint"]),
        rule=str(record["rule"]),
        severity=str(record["severity"]),
        document=document,
        message=str(record["message"]),
        cells=tuple(str(cell) for cell in record["cells"]),
        values={str(name): str(value) for name, value in record["values"].items()},
    )
