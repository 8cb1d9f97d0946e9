"""In: nothing. Out: the frozen values of a rule, as its file states it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from auditor.check.grammar import Comparison
from auditor.check.statements import ProseTest, described
from auditor.model import Severity, Wording

Each = Literal["row", "column", "cell", "table", "once"]
EACH: tuple[Each, ...] = ("row", "column", "cell", "table", "once")

OBSERVATIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "section_missing": ("section", "title"),
        "section_order": ("found",),
        "section_title": ("found", "official"),
        "row_missing": ("row",),
        "column_missing": ("column",),
        "label_deviates": ("found", "official"),
        "label_variant": ("found", "official"),
        "legacy_row": ("row",),
        "cell_not_number": ("raw",),
        "cell_dash": ("raw", "count"),
        "cell_blank": ("count", "raw"),
        "unit_in_cell": ("unit", "header", "raw"),
        "unit_missing": ("raw",),
        "unit_in_count": ("unit", "raw"),
    }
)
"""What recognition may note, with the details that fill the placeholders of a rule's wording."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A comparison that must hold; a difference up to `tolerance` is none."""

    comparison: Comparison
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Observes:
    """Fires for each observation of that code."""

    code: str


@dataclass(frozen=True, slots=True)
class Text:
    """What the prose must not say, or must say somewhere."""

    forbid: tuple[re.Pattern[str], ...] = ()
    require: tuple[re.Pattern[str], ...] = ()
    section: str | None = None  # its number: 六


@dataclass(frozen=True, slots=True)
class Repeats:
    """At least this percentage must not be last year's again, where there is enough to compare.

    `least`: figures that are not zero; or characters of prose.
    """

    what: Literal["figures", "prose"]
    share: int
    least: int


Test = Assertion | Observes | Text | Repeats | ProseTest


@dataclass(frozen=True, slots=True)
class Agencies:
    """Which bodies a rule is for, by name: any of `like` and none of `unlike`."""

    like: tuple[re.Pattern[str], ...]
    unlike: tuple[re.Pattern[str], ...] = ()

    def include(self, name: str) -> bool:
        """Tell whether the rule is for the body of that name."""
        return any(p.search(name) for p in self.like) and not any(
            p.search(name) for p in self.unlike
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from; it prints as one line."""

    document: str
    number: str | None
    clause: str | None
    url: str | None
    line: Wording


@dataclass(frozen=True, slots=True)
class Example:
    """A small case and the state in which the rule must end on it.

    `previous`: cells of last year's report, `previous_text` its prose; `children`: cells of each
    subordinate body's.
    """

    state: str
    cells: Mapping[str, int | Decimal | str]
    facts: Mapping[str, int | str]
    at: str | None = None  # row, column or cell of the instance; else the first
    year: int | None = None
    form: str | None = None
    agency: str | None = None
    text: str = ""  # one paragraph a line
    observed: Mapping[str, str] | None = None
    previous: Mapping[str, int | Decimal | str] | None = None
    previous_text: str = ""
    children: tuple[Mapping[str, int | Decimal | str], ...] = ()
    exact: bool = False  # the report is exactly the sum of the children


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One check, whole: what must hold, where, how grave it is, what to say, where it is from.

    A rule is itself alone (no two share an id), so that its instances are worked out once.
    """

    id: str
    name: str
    title: Wording
    message: Wording
    severity: Severity
    test: Test
    source: Source
    each: Each = "once"
    table: str | None = None
    editions: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    note: Wording | None = None  # when what the rule finds may be right all the same
    years: tuple[int | None, int | None] = (None, None)
    agencies: Agencies | None = None
    when: tuple[Comparison, ...] = ()
    tags: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""

    def source_line(self) -> Wording:
        """Give where the rule comes from, as one line."""
        return self.source.line

    @property
    def assertion(self) -> str:
        """What the rule tests, as its file writes it."""
        match self.test:
            case Assertion(comparison):
                return comparison.text
            case Observes(code):
                return code
            case Text(forbid, require):
                return " | ".join(pattern.pattern for pattern in (*forbid, *require))
            case Repeats(what, share):
                return f"same {what} as last year < {share}%"
            case _:
                return described(self.test)
