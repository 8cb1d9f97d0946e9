"""In: nothing. Out: the frozen values that flow from a file to a verdict, shared by all steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Amount = int | Decimal
Language = Literal["zh", "en"]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Bbox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left of the page as it is shown."""

Address = str
"""A cell's name, `table/row/column`, as in the form's vocabulary."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the languages that the tool speaks."""

    zh: str
    en: str

    def in_language(self, lang: Language) -> str:
        """Give the text in that language."""
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> "Wording":
        """Give the same text with its `{placeholders}` filled in."""
        return Wording(self.zh.format(**values), self.en.format(**values))


# ---------------------------------------------------------------- read: Document


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source; a format fills in the parts that it has."""

    page: int | None = None  # 1-based
    bbox: Bbox | None = None
    line: int | None = None  # 1-based, plain text
    table: int | None = None  # 1-based, word processor
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    ref: str | None = None  # "B7"
    path: str | None = None  # of an HTML element


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of prose between tables; `text` is normalised, `raw` as it was found.

    `by_ocr`: read from a picture, so that any character may be another one.
    """

    text: str
    raw: str
    place: Place
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid; spans greater than 1 are merges (a covered square has no cell of its own).

    `text` is normalised and keeps its line breaks; "" is a blank cell. `doubt` says why the text
    cannot be trusted (struck through, drawn invisibly, garbled font ...); None: trusted.
    `confidence`: of the reading from a picture, 0 to 1; None: it was no picture.
    """

    row: int
    column: int
    text: str
    raw: str
    place: Place
    row_span: int = 1
    column_span: int = 1
    doubt: Wording | None = None
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as the source draws it; a table broken over pages is several grids.

    `ragged`: the rows do not share columns (tab-separated text), so a column index means nothing
    beyond its own row.
    """

    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int
    place: Place
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept the tool from reading or understanding; never the author's arithmetic."""

    code: str
    severity: Severity
    message: Wording
    table: str | None = None
    cells: tuple[Address, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives, the same for every format: prose and grids in reading order."""

    file: str
    blocks: tuple[Paragraph | Grid, ...]
    problems: tuple[Problem, ...] = ()


# ---------------------------------------------------------------- recognise: Report


class CellState(StrEnum):
    """What stands in a cell; only VALUE carries a number."""

    VALUE = "value"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    COVERED = "covered"


class TableStatus(StrEnum):
    """How far a statutory table was recognised."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Cell:
    """A named cell of the form with what stands in it.

    `value` is in the unit of the form (件, 万元); `unit` is the unit written in the cell, if any.
    `assumed`: the label did not match, only the position.
    """

    address: Address
    state: CellState
    raw: str
    place: Place
    value: Amount | None = None
    note: str | None = None
    unit: str | None = None
    assumed: bool = False
    reason: Wording | None = None  # why it is unreadable
    confidence: Decimal | None = None  # of its reading from a picture; None: it was no picture


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table as recognised: its status, and the rows that this report really has."""

    key: str
    status: TableStatus
    rows: tuple[str, ...] = ()
    reason: Wording | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value found outside the tables (title year, statistics period), with its words."""

    name: str
    value: Amount | str
    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class Observation:
    """A deviation from the form that recognition noticed; rules say whether and how it matters.

    `code` is what a rule names in `observes`; `details` fill the placeholders of its message.
    """

    code: str
    details: Mapping[str, str]
    table: str | None = None
    cells: tuple[Address, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A document understood: its cells by name, its facts, and what was odd or unread."""

    file: str
    form: str | None  # edition, "2019" or "2021"; None: no table was recognised
    agency: str | None = None
    year: int | None = None
    tables: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))
    cells: Mapping[Address, Cell] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    paragraphs: tuple[Paragraph, ...] = ()
    sections: Mapping[str, tuple[Paragraph, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The prose below each heading, by section number ("一"); "": what stands before the first."""
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    relatives: "Relatives | None" = None

    def table(self, key: str, *, lang: Language = "zh") -> "pd.DataFrame":
        """Give a statutory table as a DataFrame; raises KeyError where it was not recognised."""
        from auditor.frames import table_frame  # noqa: PLC0415 - pandas only when asked for

        return table_frame(self, key, lang)


# ---------------------------------------------------------------- check: Outcome


class OutcomeState(StrEnum):
    """How one rule instance ended; the five add up to all instances."""

    PASS = "pass"  # noqa: S105 - not a password
    VIOLATION = "violation"
    NOT_APPLICABLE = "not_applicable"
    UNAUDITED = "unaudited"
    RULE_ERROR = "rule_error"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why there is no report to compare with, and how the rules that need it end for that."""

    state: Literal[OutcomeState.NOT_APPLICABLE, OutcomeState.UNAUDITED]
    reason: Wording


@dataclass(frozen=True, slots=True)
class Relatives:
    """The reports that a report is compared with: last year's, and its subordinate bodies'.

    `exact`: it says itself that it is the sum of just these children.
    """

    previous: Report | Withheld
    children: tuple[Report, ...] | Withheld
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of a checked sum: a cell (or fact) with its sign and the value that it counted."""

    cell: Address
    value: Amount
    sign: int = 1
    blank: bool = False  # a blank (or dash) that counted as zero


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rule ended on one row, column or report.

    For a comparison, `left` are the terms of the side that was computed (`expected`) and `right`
    those of the side that it is compared with (`actual`); difference = actual - expected.
    `all_blank`: unaudited only because nothing at all is written in the cells of this instance.
    `meanings`: of a whole number in the prose, the addends of everything that it may rightly be.
    """

    rule: str
    instance: str  # row or column key, "" where the rule is evaluated once
    state: OutcomeState
    reason: Wording | None = None
    cells: tuple[Address, ...] = ()
    expected: Amount | None = None
    actual: Amount | None = None
    difference: Amount | None = None
    left: tuple[Term, ...] = ()
    right: tuple[Term, ...] = ()
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    place: Place | None = None
    all_blank: bool = False
    meanings: tuple[tuple[Term, ...], ...] = ()


# ---------------------------------------------------------------- explain: Finding


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Cells and the values that would settle findings; values as they should be printed.

    `is_sure`: this is the answer; else one of several candidates, which stand in their order.
    `margin`: ln of the odds of the first candidate against all others together; `ties`: how many
    are as good as it, itself among them; `behind`: ln of its odds against this one.
    """

    cells: Mapping[Address, Amount]
    kind: str
    message: Wording
    settles: tuple[str, ...]
    is_sure: bool = True
    margin: Decimal | None = None
    ties: int = 1
    behind: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation as a person reads it: the sentence, the arithmetic, the place, the source."""

    rule: str
    severity: Severity
    title: Wording
    message: Wording
    source: Wording
    table: str | None = None
    instance: Wording | None = None  # "自然人 列"
    cells: tuple[Address, ...] = ()
    expected: Amount | None = None
    actual: Amount | None = None
    difference: Amount | None = None
    terms: tuple[Term, ...] = ()  # what makes up `expected`
    actual_terms: tuple[Term, ...] = ()  # what makes up `actual`, where that is a sum too
    labels: Mapping[Address, Wording] = field(default_factory=lambda: MappingProxyType({}))
    place: Place | None = None
    suggestions: tuple[Suggestion, ...] = ()
    quote: str | None = None  # the sentence of the prose that it is about, as printed
    notes: tuple[Wording, ...] = ()  # when it may be right all the same; what else it is about
    fingerprint: str = ""  # of rule, document and cells; the same whatever the numbers are
