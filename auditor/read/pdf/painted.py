"""In: nothing. Out: the values that the steps of the PDF reader hand on to each other.

All coordinates are points in the upright frame of a page: from its top left, y downwards, turned
so that most of its text reads from left to right.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from auditor.model import Bbox

Colour = tuple[int, int, int, int]
"""Red, green, blue, opacity, each 0 to 255."""


class Quarter(Enum):
    """The way in which a line of text runs."""

    RIGHT = (1, 0)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    UP = (0, -1)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own coordinates become upright ones: x' = a x + b y + e, y' = c x + d y + f."""

    a: int
    b: int
    c: int
    d: int
    e: float
    f: float
    width: float
    height: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Bbox:
        """Give a rectangle in this frame."""
        ax, ay = self.a * x0 + self.b * y0 + self.e, self.c * x0 + self.d * y0 + self.f
        bx, by = self.a * x1 + self.b * y1 + self.e, self.c * x1 + self.d * y1 + self.f
        if ax > bx:
            ax, bx = bx, ax
        return (ax, ay, bx, by) if ay <= by else (ax, by, bx, ay)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Give a vector in this frame."""
        return self.a * x + self.b * y, self.c * x + self.d * y

    def turned(self, quarter: Quarter) -> "Frame":
        """Give the frame in which text that runs that way here runs to the right."""
        a, b, c, d, e, f, w, h = (
            self.a, self.b, self.c, self.d, self.e, self.f, self.width, self.height
        )  # fmt: skip
        match quarter:
            case Quarter.RIGHT:
                return self
            case Quarter.DOWN:
                return Frame(c, d, -a, -b, f, w - e, h, w)
            case Quarter.LEFT:
                return Frame(-a, -b, -c, -d, w - e, h - f, w, h)
            case Quarter.UP:
                return Frame(-c, -d, a, b, h - f, e, h, w)

    def inverse(self) -> "Frame":
        """Give the frame that undoes this one (its own size is of no use)."""
        det = self.a * self.d - self.b * self.c  # 1 or -1
        a, b, c, d = self.d * det, -self.b * det, -self.c * det, self.a * det
        return Frame(a, b, c, d, -(a * self.e + b * self.f), -(c * self.e + d * self.f), 0, 0)

    def after(self, first: "Frame") -> "Frame":
        """Give the frame that leads through the first one and then through this one."""
        return Frame(
            a=self.a * first.a + self.b * first.c,
            b=self.a * first.b + self.b * first.d,
            c=self.c * first.a + self.d * first.c,
            d=self.c * first.b + self.d * first.d,
            e=self.a * first.e + self.b * first.f + self.e,
            f=self.c * first.e + self.d * first.f + self.f,
            width=self.width,
            height=self.height,
        )


class Fault(Enum):
    """Why what a cell shows, or seems to show, cannot be taken for its content."""

    UNMAPPED = "unmapped"
    INVISIBLE = "invisible"
    COVERED = "covered"
    STRUCK = "struck"
    RAISED = "raised"
    OVERPRINTED = "overprinted"
    OVERFLOW = "overflow"
    BORDERS = "borders"
    CUT = "cut"
    UNSURE = "unsure"  # read from a picture, in two ways
    UNREAD = "unread"  # on a picture, and no character


class Glyph(NamedTuple):  # a page has thousands; a dataclass takes four times as long to make
    """A drawn character; `ink` is what it blackens, in the upright frame of the page.

    `x0` to `x1` (its advance) and `baseline` are in the frame of its own line: that of the page,
    turned by `quarter`. `order` counts painted objects, so that of two the greater one was
    painted later. `unmapped`: the font does not say what the glyph means.
    """

    char: str
    x0: float
    x1: float
    baseline: float
    size: float
    ink: Bbox
    order: int
    colour: Colour
    quarter: Quarter | None  # None: slanted
    painted: bool  # False: a text rendering mode that leaves no ink
    unmapped: bool
    clip: Bbox | None = None
    fault: Fault | None = None
    confidence: float = 1.0  # that it was read rightly, on a picture


class Piece(NamedTuple):
    """A painted straight line or the side of a filled rectangle; `weak`: such a side."""

    at: float
    start: float
    end: float
    thickness: float
    colour: Colour
    horizontal: bool
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area that is no rule: cell shading, text background, picture (`colour` None).

    `shaped`: it does not fill its box, such as a letter painted as a path.
    """

    box: Bbox
    colour: Colour | None
    order: int
    opaque: bool
    shaped: bool = False


@dataclass(frozen=True, slots=True)
class PageInk:
    """Everything that a page paints, in upright coordinates; `to_shown` leads back."""

    page_no: int
    width: float
    height: float
    to_shown: Frame
    glyphs: tuple[Glyph, ...]
    pieces: tuple[Piece, ...]
    fills: tuple[Fill, ...]
    is_scan: bool = False  # its glyphs were read from a picture
