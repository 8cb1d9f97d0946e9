"""In: a report's findings. Out: the cells to mark, each with how far it is suspected and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.explain.findings import amount_text
from auditor.model import SEVERITIES, Address, Amount, Finding, Severity


class Role(StrEnum):
    """How far a cell is suspected; the gravest comes first."""

    SUSPECT = "suspect"  # this cell is wrong
    CANDIDATE = "candidate"  # one of several that may be
    VIOLATED = "violated"  # its sum does not hold; which cell is wrong is told elsewhere, or open
    NOTED = "noted"  # a remark that is not about a sum


_SAID_AT_EACH = 6
"""Above this many cells a remark is said at the first of them only."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to mark: `findings` are positions in the report's findings, `values` proposals.

    `told`: those of the findings that a note at this cell tells.
    """

    address: Address
    role: Role
    severity: Severity
    findings: tuple[int, ...]
    told: tuple[int, ...]
    values: tuple[Amount, ...] = ()

    @property
    def proposed(self) -> str:
        """What the cell should say, where one value is proposed; else ""."""
        return amount_text(self.values[0]) if len(self.values) == 1 else ""


def marks(findings: Sequence[Finding]) -> Mapping[Address, Mark]:
    """Give a mark for each cell that a finding is about, in the order of the findings."""
    found: dict[Address, list[tuple[Role, int, Amount | None]]] = {}
    for number, finding in enumerate(findings):
        for address, role, value in _accused(finding):
            found.setdefault(address, []).append((role, number, value))
    return {address: _mark(address, said, findings) for address, said in found.items()}


def operands(finding: Finding) -> tuple[Address, ...]:
    """Give every cell that takes part in the sum of a finding, each once."""
    terms = (*finding.terms, *finding.actual_terms)
    return tuple(dict.fromkeys((*(term.cell for term in terms), *finding.cells)))


def _accused(finding: Finding) -> Iterator[tuple[Address, Role, Amount | None]]:
    for suggestion in finding.suggestions:
        role = Role.SUSPECT if suggestion.is_sure else Role.CANDIDATE
        for address, value in suggestion.cells.items():
            yield address, role, value
    for address in finding.cells:
        yield address, Role.NOTED if finding.difference is None else Role.VIOLATED, None


def _mark(
    address: Address, said: Iterable[tuple[Role, int, Amount | None]], findings: Sequence[Finding]
) -> Mark:
    known = list(said)
    roles = [role for role, _, _ in known]
    numbers = tuple(dict.fromkeys(number for _, number, _ in known))
    role = min(roles, key=list(Role).index)
    return Mark(
        address=address,
        role=role,
        severity=min((findings[n].severity for n in numbers), key=SEVERITIES.index),
        findings=numbers,
        told=tuple(n for n in numbers if _is_told_at(address, findings[n])),
        values=tuple(dict.fromkeys(v for r, _, v in known if r is role and v is not None)),
    )


def _is_told_at(address: Address, finding: Finding) -> bool:
    if len(finding.cells) <= _SAID_AT_EACH or address == finding.cells[0]:
        return True
    return any(address in suggestion.cells for suggestion in finding.suggestions)
