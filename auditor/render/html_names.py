"""In: a checked report and its number in the run. Out: the anchors of its cells and findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.explain.verdict import CheckedReport
from auditor.model import Address, Finding


@dataclass(frozen=True, slots=True)
class Anchors:
    """Short anchors, since a page may hold thousands: `r1`, its cell `r1c7`, its finding `r1f2`."""

    report: str
    cells: Mapping[Address, str]
    findings: Mapping[int, str]  # by identity of the finding: equal ones are findings of their own

    def finding(self, finding: Finding) -> str:
        """Give the anchor of a finding of this report."""
        return self.findings[id(finding)]

    def lit_by(self, addresses: Iterable[Address]) -> str | None:
        """Give the anchors of cells as an attribute holds them; other reports' cells have none."""
        known = [self.cells[address] for address in addresses if address in self.cells]
        return " ".join(known) or None


def anchors(checked: CheckedReport, number: int) -> Anchors:
    """Name what can be linked to in a report's section."""
    report = f"r{number}"
    return Anchors(
        report,
        {address: f"{report}c{ix}" for ix, address in enumerate(checked.cells)},
        {id(finding): f"{report}f{ix}" for ix, finding in enumerate(checked.findings)},
    )
