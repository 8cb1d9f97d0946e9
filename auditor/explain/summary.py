"""In: the verdicts of a run, one by one. Out: its totals and its exit status."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from auditor.explain.verdict import CheckedReport, Status
from auditor.model import SEVERITIES, OutcomeState, Severity

GRAVITY = (0, 3, 1, 2, 4)
"""Exit statuses from the lightest to the one that wins when several hold in a run."""


def gravest(*codes: int) -> int:
    """Give the exit status that wins: 4, then 2, then 1, then 3."""
    return max(codes, key=GRAVITY.index)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to; `refused` are the paths that could not be looked at."""

    reports: int = 0
    refused: int = 0
    counts: Mapping[OutcomeState, int] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(OutcomeState, 0))
    )
    statuses: Mapping[Status, int] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(Status, 0))
    )
    severities: Mapping[Severity, int] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(SEVERITIES, 0))
    )
    waived: int = 0
    """Violations that somebody waived; they are among `counts`, but not among `severities`."""
    lapsed: int = 0
    """Waivers that hold no longer."""
    fails_by_waivers: bool = False
    """Nothing but waivers that hold no longer makes the exit status what it is."""
    verdict_code: int = 0
    """The exit status before options that forgive."""
    exit_code: int = 0

    @property
    def instances(self) -> int:
        """How many rule instances there were; the five states add up to it."""
        return sum(self.counts.values())

    def plus(self, checked: CheckedReport) -> "Summary":
        """Give the summary with one report more."""
        found = [finding.severity for finding in checked.findings]
        return replace(
            self,
            reports=self.reports + 1,
            counts={s: self.counts[s] + checked.counts[s] for s in OutcomeState},
            statuses={s: self.statuses[s] + (s is checked.status) for s in Status},
            severities={s: self.severities[s] + found.count(s) for s in SEVERITIES},
            waived=self.waived + len(checked.waived),
            lapsed=self.lapsed + len(checked.lapsed),
            verdict_code=gravest(self.verdict_code, checked.exit_code),
        )

    def refuse(self, exit_code: int) -> "Summary":
        """Give the summary with one path more that could not be looked at."""
        code = gravest(self.verdict_code, exit_code)
        return replace(self, refused=self.refused + 1, verdict_code=code)

    def lapse(self, count: int) -> "Summary":
        """Give the summary with so many more waivers that hold no longer."""
        return replace(self, lapsed=self.lapsed + count)

    def conclude(
        self, *, allow_incomplete: bool = False, exit_zero: bool = False, strict: bool = False
    ) -> "Summary":
        """Give the summary with its exit status; what forgives never hides a fault of the run.

        `strict`: a waiver that holds no longer is as bad as a violation.
        """
        verdict = gravest(self.verdict_code, 1) if strict and self.lapsed else self.verdict_code
        forgiven = {1, 3} if exit_zero else {3} if allow_incomplete else set()
        code = 0 if verdict in forgiven else verdict
        by_waivers = verdict != self.verdict_code
        return replace(self, verdict_code=verdict, exit_code=code, fails_by_waivers=by_waivers)
