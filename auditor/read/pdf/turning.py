"""In: what a page paints. Out: the same as one sees it who turns the page by a quarter.

On a page that holds a table lying on its side, prose and small tables may stand upright: each way
of reading sees its own part.
"""

from dataclasses import replace

from auditor.read.pdf.painted import Fill, Frame, Glyph, PageInk, Piece, Quarter


def turn_ink(ink: PageInk, quarter: Quarter) -> PageInk:
    """Give the page turned so that text that runs that way runs to the right."""
    turn = Frame(1, 0, 0, 1, 0, 0, ink.width, ink.height).turned(quarter)
    return PageInk(
        page_no=ink.page_no,
        width=turn.width,
        height=turn.height,
        to_shown=ink.to_shown.after(turn.inverse()),
        glyphs=tuple(turn_glyph(glyph, turn) for glyph in ink.glyphs),
        pieces=tuple(_turn_piece(piece, turn) for piece in ink.pieces),
        fills=tuple(_turn_fill(fill, turn) for fill in ink.fills),
    )


def turn_glyph(glyph: Glyph, turn: Frame) -> Glyph:
    """Give a glyph in the turned frame; its place on its own line stays."""
    if glyph.quarter is None:
        return glyph
    x, y = turn.direction(*glyph.quarter.value)
    clip = turn.box(*glyph.clip) if glyph.clip else None
    return glyph._replace(quarter=Quarter((x, y)), ink=turn.box(*glyph.ink), clip=clip)


def _turn_piece(piece: Piece, turn: Frame) -> Piece:
    ends = (piece.start, piece.at, piece.end, piece.at)
    x0, top, x1, bottom = turn.box(
        *(ends if piece.horizontal else (piece.at, piece.start, piece.at, piece.end))
    )
    lies = x1 - x0 > bottom - top
    at, start, end = (top, x0, x1) if lies else (x0, top, bottom)
    return piece._replace(at=at, start=start, end=end, horizontal=lies)


def _turn_fill(fill: Fill, turn: Frame) -> Fill:
    return replace(fill, box=turn.box(*fill.box))
