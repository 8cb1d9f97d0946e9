"""What the marks of a cell show, whatever is read of them."""

import pytest

pytest.importorskip("cv2", reason="needs the extra ocr")

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from auditor.read.pdf.lattice import Lattice
from auditor.read.pdf.tables import find_tables
from auditor.read.scan.engine import Box
from auditor.read.scan.level import find_skew
from auditor.read.scan.marks import (
    InkLine,
    count_crossed,
    count_slashes,
    find_ink_lines,
    is_struck,
)
from auditor.read.scan.mending import mended
from auditor.read.scan.ruling import Ruled, find_rules
from tests.read.scan.pictures import PX_PT, draw_table, px


def ruled(page: Image.Image) -> Ruled:
    return find_rules(np.asarray(page), PX_PT)


def lattice_of(page: Image.Image) -> Lattice:
    (lattice,) = find_tables(ruled(page).pieces)
    return lattice


def only_line(text: str, extra: tuple[int, int, int, int] | None = None) -> tuple[Ruled, InkLine]:
    page = draw_table([["", text], ["", ""]])
    if extra:
        ImageDraw.Draw(page).rectangle(extra, fill=0)
    seen = ruled(page)
    ((line,),) = find_ink_lines(seen.text, [lattice_of(page)], PX_PT).values()
    return seen, line


def test_rules_make_the_table_and_no_letter_does() -> None:
    lattice = lattice_of(draw_table([["1", "20", "H"], ["E", "F", "7"]], below="THE LETTERS HIT"))
    assert (len(lattice.xs) - 1, len(lattice.ys) - 1, len(lattice.cells)) == (3, 2, 6)


@pytest.mark.parametrize("skew", [-4.0, -0.7, 0.0, 1.3])
def test_the_skew_of_a_page_is_found(skew: float) -> None:
    page = draw_table([["1", "20", "300"], ["4", "5", "6"]], below="some prose", skew=skew)
    assert abs(find_skew(np.asarray(page)) + skew) < 0.1


def test_dashed_rules_are_rules() -> None:
    page = draw_table([["1", "20", "300"], ["4", "5", "6"]])
    dashed = np.asarray(page).copy()
    for at in range(0, dashed.shape[1], 24):
        dashed[px(60) - 4 : px(60) + 5, at : at + 8] = 255  # the uppermost rule, in dashes of 6 pt
    lattice = lattice_of(Image.fromarray(dashed))
    assert len(lattice.ys) == 3


def test_a_slash_is_told_from_a_one() -> None:
    seen, slash = only_line("/")
    assert count_slashes(seen.text, slash) == 1
    for text in ("1", "7", "11", "4", "0"):
        seen, line = only_line(text)
        assert count_slashes(seen.text, line) == 0, text


def test_a_small_raised_mark_is_no_digit() -> None:
    x, y = px(40 + 80 * 1.5), px(60 + 13)
    assert only_line("12")[1].raised_count() == 0
    note = (x + px(9), y - px(5), x + px(11), y - px(2))
    assert only_line("12", note)[1].raised_count() == 1


def test_numbers_far_apart_are_two() -> None:
    assert not only_line("1234")[1].has_gap()
    assert only_line("12    34")[1].has_gap()


def test_a_stroke_through_a_number_is_seen() -> None:
    x, y = px(40 + 80 * 1.5), px(60 + 13)
    seen, line = only_line("1288", (x - px(14), y - 1, x + px(14), y + 1))
    assert is_struck(seen.text, line)
    for text in ("1288", "77", "2"):
        seen, line = only_line(text)
        assert not is_struck(seen.text, line), text


def test_a_point_between_digits_is_seen() -> None:
    assert only_line("96.5")[1].point_count() == 1
    assert only_line("965")[1].point_count() == 0


def test_a_cell_without_ink_is_blank_and_one_with_a_dash_is_not() -> None:
    page = draw_table([["", "-"], ["5", ""]])
    found = find_ink_lines(ruled(page).text, [lattice_of(page)], PX_PT)
    assert len(found) == 2


def test_a_row_of_thin_digits_is_no_dashed_rule() -> None:
    page = Image.new("L", (px(200), px(60)), 255)
    pen = ImageDraw.Draw(page)
    for ix in range(8):  # as 7 is set in a thin face: a stroke across, a stroke down
        x, y = px(40 + 6 * ix), px(20)
        pen.line([(x, y), (x + px(4), y), (x + px(2), y + px(8))], fill=0, width=2)
    seen = ruled(page)
    assert seen.pieces == ()
    assert seen.text.any()


def broken(*marks: tuple[int, int, int, int], points: tuple[Box, ...] = ()) -> InkLine:
    boxes = tuple(Box(*mark) for mark in marks)
    return InkLine(boxes[0], boxes, points)


def test_the_pieces_of_a_digit_are_no_raised_mark_and_no_point() -> None:
    five = broken((0, 0, 30, 20), (12, 8, 24, 20), (14, 0, 22, 8))
    assert five.raised_count() == 0
    assert broken((0, 0, 10, 20), (12, 0, 20, 8)).raised_count() == 1
    foot = Box(10, 16, 14, 20)
    assert broken((0, 0, 12, 20), (20, 0, 30, 20), points=(foot,)).point_count() == 0
    assert broken((0, 0, 8, 20), (20, 0, 30, 20), points=(foot,)).point_count() == 1


def test_a_digit_struck_out_beside_another_number_is_seen() -> None:
    page = draw_table([["", "5 20"], ["", ""]])
    seen = ruled(page)
    ((line,),) = find_ink_lines(seen.text, [lattice_of(page)], PX_PT).values()
    assert count_crossed(seen.text, line, "520") == 0
    first = min(line.marks, key=lambda mark: mark.x0)
    middle = (first.y0 + first.y1) // 2
    ImageDraw.Draw(page).rectangle((first.x0 - 2, middle - 1, first.x1 + 2, middle + 1), fill=0)
    seen = ruled(page)
    ((line,),) = find_ink_lines(seen.text, [lattice_of(page)], PX_PT).values()
    assert count_crossed(seen.text, line, "520") == 1


def test_a_lone_stroke_across_amid_its_cell_is_a_dash() -> None:
    assert only_line("-")[1].is_dash
    assert not only_line("1")[1].is_dash
    assert not only_line("1-")[1].is_dash


def test_letters_of_a_watermark_are_no_ink_of_a_cell_and_pale_digits_are() -> None:
    page = draw_table([["", ""], ["", ""]])
    behind = Image.new("L", page.size, 255)
    large = ImageFont.load_default(px(60))
    ImageDraw.Draw(behind).text((px(60), px(50)), "HO", fill=215, font=large)
    page = ImageChops.darker(page, behind)
    assert not find_ink_lines(ruled(page).pale, [lattice_of(page)], PX_PT)
    pale = draw_table([["", "305"], ["", ""]], ink=190)
    assert find_ink_lines(ruled(pale).pale, [lattice_of(pale)], PX_PT)


@pytest.mark.parametrize("text", ["6", "5", "8", "9"])
def test_a_heavy_digit_is_not_struck_by_its_own_belly(text: str) -> None:
    digit = Box(0, 0, 14, 20)
    mask = np.zeros((20, 14), np.uint8)
    mask[2:18, 0:4] = mask[2:18, 10:14] = mask[8:11] = mask[0:3, 2:12] = mask[17:20, 2:12] = 255
    line = InkLine(digit, (digit,), ())
    assert count_crossed(mask, line, text) == 0
    assert count_crossed(mask, line, "0") == 1


def test_a_point_as_wide_as_a_digit_makes_no_gap() -> None:
    left, right, point = Box(0, 0, 14, 20), Box(60, 0, 74, 20), Box(24, 16, 28, 20)
    around = Box(0, 0, 74, 20)
    assert InkLine(around, (left, right), ()).has_gap()
    assert not InkLine(around, (left, right), (point,)).has_gap()
    assert not InkLine(around, (left, right, point), ()).has_gap()


def test_small_frames_and_low_rows_of_dots_are_rules() -> None:
    page = Image.new("L", (px(200), px(80)), 255)
    pen = ImageDraw.Draw(page)
    for x in (20, 50):  # each cell in a frame of its own, as double rules are drawn
        pen.rectangle((px(x), px(20), px(x + 28), px(36)), outline=0, width=2)
    assert len(ruled(page).pieces) == 8
    low = Image.new("L", (px(200), px(80)), 255)
    pen = ImageDraw.Draw(low)
    for y in (20, 33):
        pen.line((px(20), px(y), px(150), px(y)), fill=0, width=2)
    for y in range(px(20), px(33), 6):
        pen.rectangle((px(80), y, px(80) + 2, y + 2), fill=0)
    assert [piece.horizontal for piece in ruled(low).pieces] == [True, True, False]


def test_pieces_of_a_digit_that_a_pale_stroke_joins_are_one_mark() -> None:
    pale, ink = np.zeros((40, 60), np.uint8), np.zeros((40, 60), np.uint8)
    pale[5:25, 10:22] = pale[5:25, 24:36] = 255
    ink[5:8, 10:22] = ink[10:25, 12:20] = 255  # a 7 whose corner is pale
    ink[5:25, 24:27] = ink[5:25, 33:36] = 255  # the sides of a 0: none stands above the other
    whole = mended(ink, pale, PX_PT)
    assert (whole[5:25, 10:22] == 255).all()
    assert (whole[:, 23:] == ink[:, 23:]).all()
    assert (mended(ink, ink, PX_PT) == ink).all()


def test_a_stroke_through_one_of_two_digits_that_touch_is_seen() -> None:
    both = Box(0, 0, 34, 20)
    mask = np.zeros((20, 34), np.uint8)
    for x in (2, 20):  # two zeros
        mask[0:3, x : x + 12] = mask[17:20, x : x + 12] = 255
        mask[:, x : x + 3] = mask[:, x + 9 : x + 12] = 255
    line = InkLine(both, (both,), ())
    assert count_crossed(mask, line, "00") == 0
    mask[9:11, 0:21] = 255
    assert count_crossed(mask, line, "00") == 1
