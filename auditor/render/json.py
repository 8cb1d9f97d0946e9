"""In: checked or extracted reports. Out: JSON of schema version 1, the same for the same input."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TextIO

from auditor import __version__
from auditor.explain.fingerprint import values_of
from auditor.explain.locate.sums import cell_at, value_of
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.explain.waivers import Lapsed, Waived
from auditor.model import (
    Address,
    Amount,
    Cell,
    CellState,
    Finding,
    Language,
    OutcomeState,
    Place,
    Problem,
    Relatives,
    Report,
    Suggestion,
    Term,
    Withheld,
)

SCHEMA_VERSION = "1"
Record = dict[str, object]


@dataclass(slots=True)
class JsonReport:
    """Collects the reports of a run and writes them as one JSON document at its end."""

    stream: TextIO
    lang: Language
    rules_digest: str
    reports: list[Record] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.reports.append(checked_record(checked, self.lang))

    def close(self, summary: Summary) -> None:
        """Write the document."""
        document: Record = {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "auditor", "version": __version__, "rules": self.rules_digest},
            "reports": self.reports,
            "summary": summary_record(summary),
        }
        write_json(document, self.stream)


def write_json(document: object, stream: TextIO) -> None:
    """Write JSON that any reader can decode: escapes where the stream is not Unicode."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    text = json.dumps(document, ensure_ascii=not encoding.startswith("utf"), indent=2)
    stream.write(text + "\n")


def extracted_record(report: Report, lang: Language) -> Record:
    """Give what was recognised in a report."""
    return {
        "schema_version": SCHEMA_VERSION,
        **_identity(report.file, report),
        "tables": {
            table.key: {
                "status": str(table.status),
                "reason": table.reason.in_language(lang) if table.reason else None,
            }
            for table in report.tables.values()
        },
        "cells": {address: _cell(cell) for address, cell in report.cells.items()},
        "problems": [_problem(problem, lang) for problem in report.problems],
    }


def unread_record(file: str, problem: Problem, lang: Language) -> Record:
    """Give the record of a file of which nothing could be read."""
    return {
        "schema_version": SCHEMA_VERSION,
        **_identity(file, None),
        "tables": {},
        "cells": {},
        "problems": [_problem(problem, lang)],
    }


def checked_record(checked: CheckedReport, lang: Language) -> Record:
    """Give the verdict on a report."""
    return {
        **_identity(checked.file, checked.report),
        **_relatives(checked.report.relatives if checked.report else None),
        "status": str(checked.status),
        "counts": _counts(checked.counts),
        "document": checked.document,
        "findings": [_finding(finding, checked.report, lang) for finding in checked.findings],
        "waived": [_waived(waived, checked.report, lang) for waived in checked.waived],
        "lapsed_waivers": [_lapsed(lapsed, lang) for lapsed in checked.lapsed],
        "problems": [_problem(problem, lang) for problem in checked.problems],
    }


def summary_record(summary: Summary) -> Record:
    """Give the totals of a run."""
    return {
        "reports": summary.reports,
        "refused": summary.refused,
        "statuses": {str(status): count for status, count in summary.statuses.items()},
        "counts": _counts(summary.counts),
        "findings": dict(summary.severities),
        "waived": summary.waived,
        "lapsed_waivers": summary.lapsed,
        "exit_code": summary.exit_code,
    }


def amount_json(value: Amount) -> int | str:
    """Give an integer, or a decimal string where there is a fraction: no reader makes a float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else f"{value:f}"
    return value


def _identity(file: str, report: Report | None) -> Record:
    return {
        "file": file,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "form": report.form if report else None,
    }


def _relatives(relatives: Relatives | None) -> Record:
    """Name the reports whose cells terms may name: `previous/…`, `children/<file>/…`."""
    if relatives is None:
        return {}
    record: Record = {}
    if isinstance(relatives.previous, Report):
        record["previous"] = _identity(relatives.previous.file, relatives.previous)
    if not isinstance(relatives.children, Withheld):
        record["children"] = [_identity(child.file, child) for child in relatives.children]
        record["children_exact"] = relatives.exact
    return record


def _counts(counts: Mapping[OutcomeState, int]) -> Record:
    return {str(state): counts.get(state, 0) for state in OutcomeState}


def _cell(cell: Cell) -> Record:
    # A square under a merge has no content that could be read: to a consumer it is unreadable.
    state = CellState.UNREADABLE if cell.state is CellState.COVERED else cell.state
    return {
        "value": None if cell.value is None else amount_json(cell.value),
        "state": str(state),
        "raw": cell.raw,
        "note": cell.note,
        "place": place_record(cell.place),
        **({} if cell.confidence is None else {"confidence": str(cell.confidence)}),
    }


def place_record(place: Place) -> Record:
    """Give the parts of a place that its source has."""
    parts: Record = {
        "page": place.page,
        "bbox": [round(float(edge), 1) for edge in place.bbox] if place.bbox else None,
        "line": place.line,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "sheet": place.sheet,
        "ref": place.ref,
        "path": place.path,
    }
    return {name: part for name, part in parts.items() if part is not None}


def _problem(problem: Problem, lang: Language) -> Record:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message.in_language(lang),
        "table": problem.table,
        "cells": list(problem.cells),
    }


def _waived(waived: Waived, report: Report | None, lang: Language) -> Record:
    waiver = waived.waiver
    return {
        **_finding(waived.finding, report, lang),
        "waiver": {
            "reason": waiver.reason,
            "who": waiver.who,
            "expires": waiver.expires.isoformat() if waiver.expires else None,
        },
    }


def _lapsed(lapsed: Lapsed, lang: Language) -> Record:
    return {
        "fingerprint": lapsed.waiver.fingerprint,
        "rule": lapsed.waiver.rule,
        "cells": list(lapsed.waiver.cells),
        "code": lapsed.code,
        "message": lapsed.why.in_language(lang),
    }


def _finding(finding: Finding, report: Report | None, lang: Language) -> Record:
    record: Record = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message.in_language(lang),
        "fingerprint": finding.fingerprint,
        "cells": list(finding.cells),
        "values": dict(values_of(finding, report)),
        "expected": _written(finding.expected),
        "actual": _written(finding.actual),
        "difference": _written(finding.difference),
        "terms": [_term(term) for term in finding.terms],
        "suggestions": [_suggestion(s, report, lang) for s in finding.suggestions],
    }
    if finding.quote is not None:
        record["quote"] = finding.quote
    if finding.place is not None:
        record["place"] = place_record(finding.place)
    if finding.notes:
        record["notes"] = [note.in_language(lang) for note in finding.notes]
    if finding.actual_terms:
        record["actual_terms"] = [_term(term) for term in finding.actual_terms]
    return record


def _written(value: Amount | None) -> str | None:
    """Give an amount of a finding as the contract spells it: always a string."""
    return None if value is None else str(amount_json(value))


def _term(term: Term) -> Record:
    return {"cell": term.cell, "value": _written(term.value), "sign": term.sign}


def _suggestion(suggestion: Suggestion, report: Report | None, lang: Language) -> Record:
    """Give a suggestion; `sure`: this is the answer, else one of the candidates in order."""
    return {
        "cells": {address: _written(value) for address, value in suggestion.cells.items()},
        "changes": [_change(report, *change) for change in suggestion.cells.items()],
        "kind": suggestion.kind,
        "settles": list(suggestion.settles),
        "message": suggestion.message.in_language(lang),
        "sure": suggestion.is_sure,
        "margin": None if suggestion.margin is None else f"{suggestion.margin:.2f}",
        "ties": suggestion.ties,
        "behind": f"{suggestion.behind:.2f}",
    }


def _change(report: Report | None, address: Address, new: Amount) -> Record:
    """Give a cell with what is printed there (null: nothing) and what should be."""
    cell = cell_at(report, address) if report else None
    return {"cell": address, "old": _written(value_of(cell)), "new": _written(new)}
