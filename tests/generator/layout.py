"""In: nothing. Out: how a report can be laid out, every trait a parameter."""

from dataclasses import asdict, dataclass
from typing import Literal

Engine = Literal["chromium", "libreoffice", "text", "markdown"]
Font = Literal["serif", "sans", "hei"]
Border = Literal[
    "solid",
    "thin",
    "thick",
    "dashed",
    "dotted",
    "double",
    "shaded",
    "dark_head",  # white text on dark blue
    "white_on_black",  # no rules: white squares on a black ground
    "rectangles",  # every side of every square a filled rectangle
    "open_sides",
    "three_line",
    "none",
]
Orientation = Literal["portrait", "landscape", "landscape_table", "sideways_table"]
"""landscape_table: 表三 stands on landscape pages; sideways_table: it lies on a portrait page."""
Turn = Literal[
    "none",
    "flag_90",  # the viewer turns the page
    "flag_180",
    "flag_270",
    "upright_by_flag",  # drawn turned, the flag sets it right
    "sideways",  # drawn turned, no flag
    "wide_sideways",  # the same for landscape pages alone
    "wide_by_flag",
]
Disclosure = Literal["one_grid", "grids", "broken"]
BreakText = Literal["cut", "first", "repeat"]
Vertical = Literal["none", "stacked", "narrow", "turned"]
Body = Literal["plain", "boxed", "white_boxes", "underlined", "glued", "framed"]
Decoy = Literal["metadata", "chart", "signature", "previous_year", "second_report"]
Footer = Literal["none", "dashes", "long_dashes", "of_pages"]
Numbers = Literal["plain", "separators", "fullwidth", "spaced"]
Zeros = Literal["zero", "blank", "dash", "slash", "long_dash", "fullwidth_dash", "blank_columns"]
Labels = Literal["official", "variants", "spaced", "short"]
Extra = Literal[
    "caption",  # a first row with body, year, unit
    "heading_row",  # the section's heading is the table's first row
    "empty_last",
    "note",  # a last row with a sentence
    "sentence",  # a paragraph between heading and table
    "diagonal",  # a line across the corner
    "empty_column",
    "footnote",  # a sentence with numbers below the table
]
Units = Literal["form", "cell", "yuan", "header"]
Stretch = Literal["leaf", "parent"]
Covered = Literal["ragged", "empty", "repeat"]
Style = Literal["plain", "bold_totals", "bold_by_stroke", "shadow", "underlined"]
Trap = Literal["none", "struck", "hidden", "note_mark"]
Layer = Literal["text", "no_unicode", "image", "overlay"]
"""overlay: the text lies in a second layer over the rules."""
Seal = Literal["none", "ring", "star", "picture"]
Stray = Literal["none", "foot", "head"]
Container = Literal["plain", "pdf_2", "object_streams", "owner_password", "linearized"]
PageBox = Literal["plain", "cropped", "shifted"]


@dataclass(frozen=True, slots=True)
class Break:
    """A page break in 表三 before data row `row` (0-based), or inside it.

    `text`: what becomes of a merged label that spans the break: cut in two, left on the first
    page, or printed on both.
    """

    row: int
    inside: bool = False
    text: BreakText = "cut"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report is laid out; the default is the plain official look."""

    engine: Engine = "chromium"
    font: Font = "serif"
    font_pt: int = 9
    border: Border = "solid"
    orientation: Orientation = "portrait"
    turn: Turn = "none"
    disclosure: Disclosure = "one_grid"
    breaks: tuple[Break, ...] = ()
    repeat_header: bool = False
    lead_in: int = 0  # sentences more before 表三: where the page ends by itself
    new_page: bool = False  # 表三 starts on a page of its own
    split_rows: bool = True  # a row may be cut where the page ends by itself
    vertical: Vertical = "stacked"
    body: Body = "plain"
    decoys: tuple[Decoy, ...] = ()
    footer: Footer = "dashes"
    running_head: bool = False
    watermark: bool = False
    numbers: Numbers = "plain"
    zeros: Zeros = "zero"
    labels: Labels = "official"
    extras: tuple[Extra, ...] = ()
    units: Units = "form"
    narrow: bool = False  # columns so narrow that labels and long numbers wrap
    total_inside: bool = True  # 总计 stands under 申请人情况
    review_head: Stretch = "leaf"  # in 表四 the results or the blocks fill the spare head row
    review_break: int = 0  # 表四 is cut by a page's end before this row; 3: before its numbers
    style: Style = "plain"  # how the numbers are set; all of it is readable
    trap: Trap = "none"  # ink beside some numbers that is no digit of theirs
    layer: Layer = "text"  # what the PDF says about its glyphs
    covered: Covered = "ragged"  # text: what stands for a square that a merge covers
    seal: Seal = "none"  # a red seal over the table's last numbers
    stray: Stray = "none"  # a page number or running head within the table's area
    container: Container = "plain"  # how the PDF file is written
    page_box: PageBox = "plain"  # cropped: less is shown than drawn; shifted: no origin at 0, 0

    def features(self) -> tuple[str, ...]:
        """Name what differs from the plain look, `border=dashed`; what measurements group by."""
        plain = asdict(Layout())
        differing = {k: v for k, v in asdict(self).items() if v != plain[k]}
        return tuple(f"{k}={part}" for k, v in differing.items() for part in _told(v))

    def echo(self) -> dict[str, object]:
        """Give the layout as JSON values."""
        return asdict(self)


def _told(value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple):
        return (str(value),)
    if all(isinstance(part, str) for part in value):
        return value
    pages = f"{len(value) + 1}_pages"
    return (pages, "inside") if any(part["inside"] for part in value) else (pages,)
