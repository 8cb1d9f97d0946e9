"""In: the findings on a document. Out: the same, each with a fingerprint that outlives its numbers.

It names the rule, the document and the cells; neither values nor lines, so that a corrected figure
or a page more does not make a known finding a new one.
"""

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from auditor.model import Address, Amount, Finding, Report

LENGTH = 16
TEXT = "text"
"""The name under which a finding without cells keeps what it is about."""


def document_name(file: str, root: Path | None = None) -> str:
    """Name a document by its path below the root (else the working folder), alike everywhere."""
    path = Path(file)
    absolute = Path(os.path.realpath(path.parent)) / path.name
    base = Path(os.path.realpath(root or Path()))
    below = absolute.is_relative_to(base)
    name = absolute.relative_to(base) if below else absolute
    return unicodedata.normalize("NFC", name.as_posix())


def with_fingerprints(findings: Iterable[Finding], document: str) -> tuple[Finding, ...]:
    """Give the findings with their fingerprints; two that name the same are told by their order."""
    seen: Counter[str] = Counter()
    told: list[Finding] = []
    for finding in findings:
        identity = _identity(finding)
        seen[identity] += 1
        parts = (document, identity, str(seen[identity]))
        digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        told.append(replace(finding, fingerprint=digest[:LENGTH]))
    return tuple(told)


def values_of(finding: Finding, report: Report | None) -> Mapping[Address, str]:
    """Give what stands in the cells of a finding, or what it says where it names none."""
    terms = (*finding.terms, *finding.actual_terms)
    values = {term.cell: "" if term.blank else _written(term.value) for term in terms}
    cells = report.cells if report else {}
    for address in finding.cells:
        cell = cells.get(address)
        if cell is not None and address not in values:
            values[address] = _written(cell.value) if cell.value is not None else cell.raw
    sides = {"expected": finding.expected, "actual": finding.actual}
    values |= {name: _written(side) for name, side in sides.items() if side is not None}
    return values or {TEXT: finding.message.zh}


def _written(value: Amount) -> str:
    """Write a number in one way, however many zeros its source prints behind the point."""
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"
    return str(value)


def _identity(finding: Finding) -> str:
    """Give the rule and the cells; where there are none, the words less their digits."""
    cells = finding.cells or tuple(term.cell for term in finding.terms)
    if cells:
        return "\n".join((finding.rule, *sorted(set(cells))))
    instance = finding.instance.zh if finding.instance else ""
    words = "".join(char for char in finding.message.zh if not char.isdigit())
    return f"{finding.rule}\n{instance}\n{words}"
