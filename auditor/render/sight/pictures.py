"""In: a PDF and what was seen of it. Out: its pages as PNG pictures with all that drawn on them."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from auditor.model import Bbox, Language, Paragraph, Report
from auditor.render.chinese_fonts import chinese_font_files
from auditor.render.sight import words
from auditor.render.sight.panel import PanelLine, panel_lines
from auditor.render.sight.seen import Kind, Seen, SeenCell, SeenGrid
from auditor.render.sight.words import Colour

_LONG_SIDE_PX = 2400
_SCALE_MAX = 3.0  # pixels for a point
_PANEL_PX = 720
_PANEL_FONT_PX = 22
_MARK_PX = 18
_FILL, _FAINT = 70, 28  # opacity of 255
_SMALLEST_PX, _LARGEST_PX = 8, 18
_MARGIN_PX = 16
_LINE = 1.35
_NOTE_SHARE = 0.45  # of a cell's height

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
ToPixels = Callable[[Bbox], Bbox]


def draw_pages(
    content: bytes, report: Report, blocks: Sequence[Seen], lang: Language
) -> Iterator[tuple[int, bytes]]:
    """Give the number of each page with its picture."""
    if not _has_chinese():
        lang = "en"
    pdf = pypdfium2.PdfDocument(content)  # type: ignore[no-untyped-call]
    try:
        for ix in range(len(pdf)):
            own = [block for block in blocks if _page_of(block) == ix + 1]
            picture, scale = _page_picture(pdf, ix)
            drawn = _draw_blocks(picture, own, scale, lang)
            lines = list(panel_lines(report, own, ix + 1, lang))
            yield ix + 1, _png(_with_panel(drawn, lines))
    finally:
        pdf.close()  # type: ignore[no-untyped-call]


def _page_of(block: Seen) -> int | None:
    return (block.grid if isinstance(block, SeenGrid) else block).place.page


def _page_picture(pdf: pypdfium2.PdfDocument, ix: int) -> tuple[Image.Image, float]:
    """Give a page as a viewer shows it; a blank one where it is damaged."""
    try:
        page = pdf[ix]
    except pypdfium2.PdfiumError:
        return Image.new("RGBA", (1200, 1700), "white"), 1.0
    try:
        scale = min(_SCALE_MAX, _LONG_SIDE_PX / max(*page.get_size(), 1.0))
        return page.render(scale=scale).to_pil().convert("RGBA"), scale
    finally:
        page.close()


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()


# ------------------------------------------------------------------ on the page


def _draw_blocks(
    picture: Image.Image, blocks: Sequence[Seen], scale: float, lang: Language
) -> Image.Image:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)

    def to_pixels(box: Bbox) -> Bbox:
        x0, top, x1, bottom = (edge * scale for edge in box)
        return x0, top, x1, bottom

    for block in blocks:
        if isinstance(block, SeenGrid):
            _draw_grid(draw, block, to_pixels, lang)
        else:
            _draw_paragraph(draw, block, to_pixels)
    return Image.alpha_composite(picture, layer)


def _draw_paragraph(draw: ImageDraw.ImageDraw, block: Paragraph, to_pixels: ToPixels) -> None:
    if block.place.bbox:
        draw.rectangle(to_pixels(block.place.bbox), outline=(*words.PARAGRAPH_COLOUR, 255), width=2)


def _draw_grid(
    draw: ImageDraw.ImageDraw, seen: SeenGrid, to_pixels: ToPixels, lang: Language
) -> None:
    for cell in seen.cells:
        if cell.cell.place.bbox:
            _draw_cell(draw, cell, to_pixels(cell.cell.place.bbox), lang)
    if seen.grid.place.bbox is None:
        return
    x0, top, x1, bottom = to_pixels(seen.grid.place.bbox)
    draw.rectangle(
        (x0 - 3, top - 3, x1 + 3, bottom + 3), outline=(*words.GRID_COLOUR, 255), width=3
    )
    name = words.GRID.fill(
        number=seen.number, rows=seen.grid.row_count, columns=seen.grid.column_count
    )
    text = name.in_language(lang)
    right = x1 - _font(_LARGEST_PX).getlength(text)
    _write(draw, (max(right, 0), max(top - 46, 0)), text, words.GRID_COLOUR, _LARGEST_PX)
    _number_lines(draw, seen, to_pixels)


def _number_lines(draw: ImageDraw.ImageDraw, seen: SeenGrid, to_pixels: ToPixels) -> None:
    """Write the numbers of rows and columns at the grid's edges; on a turned page these change."""
    placed = [
        (one.cell, to_pixels(one.cell.place.bbox)) for one in seen.cells if one.cell.place.bbox
    ]
    if seen.grid.place.bbox is None or not placed:
        return
    left, top, _, _ = to_pixels(seen.grid.place.bbox)
    rows = {cell.row: box for cell, box in reversed(placed) if cell.row_span == 1}
    columns = {cell.column: box for cell, box in reversed(placed) if cell.column_span == 1}
    down, across = (columns, rows) if _is_turned(rows) else (rows, columns)
    for number, box in down.items():
        _write(draw, (max(left - 28, 0), box[1] + 2), str(number), words.GRID_COLOUR, 15)
    for number, box in across.items():
        _write(draw, (box[0] + 2, max(top - 21, 0)), str(number), words.GRID_COLOUR, 15)


def _is_turned(rows: dict[int, Bbox]) -> bool:
    """Tell whether rows stand beside each other rather than below each other."""
    lefts = [box[0] for box in rows.values()]
    tops = [box[1] for box in rows.values()]
    return bool(rows) and max(lefts) - min(lefts) > max(tops) - min(tops)


def _draw_cell(draw: ImageDraw.ImageDraw, seen: SeenCell, box: Bbox, lang: Language) -> None:
    colour = words.COLOURS[seen.kind]
    x0, top, x1, bottom = box
    if x1 - x0 < 3 or bottom - top < 3:
        return
    inner = (x0 + 1, top + 1, x1 - 1, bottom - 1)
    opacity = 0 if seen.kind is Kind.OTHER else _FILL if seen.name else _FAINT + _FILL
    draw.rectangle(inner, fill=(*colour, opacity), outline=(*colour, 255), width=2)
    merged = seen.cell.row_span * seen.cell.column_span > 1
    notes = list(seen.name[1:])
    if merged:
        spans = words.MERGED.fill(rows=seen.cell.row_span, columns=seen.cell.column_span)
        notes.append(spans.in_language(lang))
    _annotate(draw, notes, inner, colour)


def _annotate(draw: ImageDraw.ImageDraw, notes: Sequence[str], box: Bbox, colour: Colour) -> None:
    """Write a cell's name at its foot, as large as leaves its own text to be read."""
    x0, top, x1, bottom = box
    widest = max((_font(_LARGEST_PX).getlength(note) for note in notes), default=0.0)
    wide = _LARGEST_PX * (x1 - x0 - 6) / max(widest, 1)
    high = _NOTE_SHARE * (bottom - top) / max(len(notes), 1)
    size = max(_SMALLEST_PX, int(min(_LARGEST_PX, wide, high)))
    for ix, note in enumerate(reversed(notes)):
        _write(draw, (x0 + 3, bottom - 2 - (ix + 1) * size * 1.05), note, colour, size)


def _write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: Colour, size: int
) -> None:
    dark = tuple(part * 3 // 5 for part in colour)
    draw.text(
        at,
        text,
        fill=(*dark, 255),
        font=_font(size),
        stroke_width=1,
        stroke_fill=(255, 255, 255, 160),
    )


# ------------------------------------------------------------------ beside the page


def _with_panel(picture: Image.Image, lines: Sequence[PanelLine]) -> Image.Image:
    wrapped = [(line, _wrapped(line)) for line in lines]
    pitch = int(_PANEL_FONT_PX * _LINE)
    height = sum(
        len(parts) * pitch + (pitch // 2 if line.is_head else 0) for line, parts in wrapped
    )
    size = picture.width + _PANEL_PX, max(picture.height, height + 2 * _MARGIN_PX)
    sheet = Image.new("RGBA", size, (245, 245, 245, 255))
    sheet.paste(picture, (0, 0))
    draw = ImageDraw.Draw(sheet)
    x, y = picture.width + _MARGIN_PX, _MARGIN_PX
    for line, parts in wrapped:
        y += pitch // 2 if line.is_head else 0
        _draw_mark(draw, line, (x, y + 4))
        for part in parts:
            draw.text((x + 2 * _MARK_PX, y), part, fill="black", font=_font(_PANEL_FONT_PX))
            y += pitch
    return sheet


def _draw_mark(draw: ImageDraw.ImageDraw, line: PanelLine, at: tuple[int, int]) -> None:
    if line.colour is None:
        return
    box = (at[0], at[1], at[0] + _MARK_PX, at[1] + _MARK_PX)
    fill = (*line.colour, 255) if line.look == "filled" else None
    draw.rectangle(box, fill=fill, outline=(*line.colour, 255), width=3)


def _wrapped(line: PanelLine) -> list[str]:
    """Break a line of the panel where it reaches its edge; Chinese breaks anywhere."""
    font, room = _font(_PANEL_FONT_PX), _PANEL_PX - 2 * _MARK_PX - 2 * _MARGIN_PX
    parts = [""]
    for char in line.text:
        if font.getlength(parts[-1] + char) > room:
            parts.append("")
        parts[-1] += char
    return parts


@cache
def _font(size: int) -> Font:
    for file in chinese_font_files():
        try:
            return ImageFont.truetype(str(file), size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _has_chinese() -> bool:
    return next(chinese_font_files(), None) is not None
