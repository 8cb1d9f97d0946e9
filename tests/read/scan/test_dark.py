"""White text on a dark ground is turned round; what is blacked out is not."""

import pytest

pytest.importorskip("cv2", reason="needs the extra ocr")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from auditor.model import Grid
from auditor.read import read_document
from auditor.read.scan.dark import lighten
from auditor.read.scan.ruling import find_rules
from tests.read.scan.pictures import DPI, PX_PT, draw_table, px, saved


def dark_head(ground: int, text: str) -> np.ndarray:
    """Draw a table of which the upper cells are dark, with light letters in them."""
    page = draw_table([["", "", ""], ["5", "7", "12"]])
    pen = ImageDraw.Draw(page)
    for column in range(3):
        left, top = px(40 + 80 * column) + 2, px(60) + 2
        pen.rectangle((left, top, left + px(80) - 4, top + px(26) - 4), fill=ground)
        middle = (left + px(40), top + px(13))
        pen.text(middle, text, fill=255, font=ImageFont.load_default(px(11)), anchor="mm")
    return np.asarray(page)


def test_light_letters_become_dark_ones_and_the_rules_stay() -> None:
    turned = lighten(dark_head(60, "A"), PX_PT)
    inside = turned[px(62) : px(84), px(42) : px(118)]
    assert np.median(inside) > 240
    assert inside.min() < 30
    across = [p for p in find_rules(turned, PX_PT).pieces if p.horizontal]
    down = [p for p in find_rules(turned, PX_PT).pieces if not p.horizontal]
    assert {round(p.at / 2) for p in across} >= {30, 43, 56}
    assert {round(p.at / 2) for p in down} >= {20, 60, 100, 140}


def test_what_is_blacked_out_stays_black() -> None:
    blacked = dark_head(0, "")
    assert (lighten(blacked, PX_PT) == blacked).all()


def test_a_page_without_dark_areas_is_left_as_it_is() -> None:
    page = np.asarray(draw_table([["1", "2"], ["3", "4"]], below="SOME PROSE"))
    assert (lighten(page, PX_PT) == page).all()


def test_a_seal_is_left_as_it_is() -> None:
    page = draw_table([["1", "2"], ["3", "4"]])
    pen = ImageDraw.Draw(page)
    pen.ellipse((px(60), px(40), px(180), px(160)), outline=90, width=px(7))
    pen.rectangle((px(80), px(90), px(150), px(102)), fill=90)
    drawn = np.asarray(page)
    assert (lighten(drawn, PX_PT) == drawn).all()


def test_the_heavy_letters_of_a_title_are_no_dark_area() -> None:
    page = draw_table([["1", "2"], ["3", "4"]])
    pen = ImageDraw.Draw(page)
    heavy = ImageFont.load_default(px(22))
    pen.text((px(40), px(20)), "HEAVY TITLE", fill=0, font=heavy, stroke_width=px(0.8))
    drawn = np.asarray(page)
    assert (lighten(drawn, PX_PT) == drawn).all()


def test_a_table_with_a_dark_head_is_read() -> None:
    page = Image.fromarray(dark_head(60, "A"))
    document = read_document(saved([page], "PNG", dpi=(DPI, DPI)), "dark.png")
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells] == ["A", "A", "A", "5", "7", "12"]
    assert not any(cell.doubt for cell in grid.cells)
