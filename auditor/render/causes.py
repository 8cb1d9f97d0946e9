"""In: findings. Out: stories, one a cause: a finding told whole, and those that fall with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model import Finding


@dataclass(frozen=True, slots=True)
class Story:
    """A finding, and the others that the same change would settle."""

    lead: Finding
    others: tuple[Finding, ...] = ()


def stories(findings: Iterable[Finding], *, apart: bool = False) -> tuple[Story, ...]:
    """Put the findings together that have one cause, at the place of the first of them."""
    told: list[list[Finding]] = []
    for finding in findings:
        same = (story for story in told if story[0].suggestions == finding.suggestions)
        story = next(same, None) if finding.suggestions and not apart else None
        if story:
            story.append(finding)
        else:
            told.append([finding])
    return tuple(Story(lead, tuple(others)) for lead, *others in told)
