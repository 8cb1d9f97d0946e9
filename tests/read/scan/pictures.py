"""In: texts by row and column. Out: a picture of their table, as a scanner sees it."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

DPI = 200
PX_PT = DPI / 72
LEFT, TOP, WIDE, HIGH = 40, 60, 80, 26  # pt: where the table begins, and its cells
FONT_PT = 11


def px(pt: float) -> int:
    return round(pt * PX_PT)


def draw_table(
    rows: Sequence[Sequence[str]], *, below: str = "", skew: float = 0.0, ink: int = 0
) -> Image.Image:
    """Draw a table with all its rules on a page of A5, lying."""
    page = Image.new("L", (px(595), px(420)), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(px(FONT_PT))
    right, bottom = LEFT + WIDE * len(rows[0]), TOP + HIGH * len(rows)
    for row in range(len(rows) + 1):
        y = px(TOP + HIGH * row)
        draw.line((px(LEFT), y, px(right), y), fill=0, width=2)
    for column in range(len(rows[0]) + 1):
        x = px(LEFT + WIDE * column)
        draw.line((x, px(TOP), x, px(bottom)), fill=0, width=2)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            x, y = px(LEFT + WIDE * (column + 0.5)), px(TOP + HIGH * (row + 0.5))
            draw.text((x, y), text, fill=ink, font=font, anchor="mm")
    draw.text((px(LEFT), px(bottom + 30)), below, fill=0, font=font)
    return page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255) if skew else page


def saved(pages: Sequence[Image.Image], format_: str, **options: object) -> bytes:
    """Give pages as a file."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 else {}
    pages[0].save(out, format_, **more, **options)
    return out.getvalue()
