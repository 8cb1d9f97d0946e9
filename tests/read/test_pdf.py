"""The PDF reader on small drawings: each shows one trap that a real producer sets."""

import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from auditor.errors import UnreadableError
from auditor.model import Document, Grid, GridCell, Paragraph
from auditor.read.pdf import read_pdf

from .drawing import COLUMNS, ROWS, fill, line, make_pdf, rules, text, words

NUMBERS = (("a", "10", "2"), ("b", "305", "0"), ("c", "7", "11"))


def read(*pages: str, **boxes: object) -> Document:
    return read_pdf(make_pdf(*pages, **boxes), "drawing.pdf")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(cell.text for cell in grid.cells if cell.row == row) for row in range(grid.row_count)
    )


def only_table(document: Document) -> tuple[tuple[str, ...], ...]:
    (grid,) = grids(document)
    assert [cell.doubt for cell in grid.cells if cell.doubt] == []
    return table(grid)


def cell_at(document: Document, row: int, column: int) -> GridCell:
    (grid,) = grids(document)
    return next(c for c in grid.cells if (c.row, c.column) == (row, column))


# ---------------------------------------------------------------- borders


def dots(x0: float, y0: float, x1: float, y1: float, step: float, size: float) -> str:
    count = int(max(x1 - x0, y1 - y0) / step)
    dx, dy = (step, 0) if x1 > x0 else (0, step)
    return "".join(
        fill(x0 + k * dx, y0 + k * dy, x0 + k * dx + size, y0 + k * dy + size)
        for k in range(count + 1)
    )


def dashes(x0: float, y0: float, x1: float, y1: float) -> str:
    horizontal, length = x1 > x0, max(x1 - x0, y1 - y0)
    return "".join(
        line(x0 + k, y0, min(x0 + k + 4, x1), y0)
        if horizontal
        else line(x0, y0 + k, x0, min(y0 + k + 4, y1))
        for k in range(0, int(length), 7)
    )


def double(x0: float, y0: float, x1: float, y1: float) -> str:
    dx, dy = (0, 2.2) if x1 > x0 else (2.2, 0)
    return line(x0, y0, x1, y1, 0.5) + line(x0 + dx, y0 + dy, x1 + dx, y1 + dy, 0.5)


BORDERS = {
    "stroked": line,
    "thick": lambda *b: line(*b, 3),
    "hairline": lambda *b: line(*b, 0),
    "dash pattern": lambda *b: f"[2 3] 0 d {line(*b)} [] 0 d\n",
    "dashes": dashes,
    "dots": lambda *b: dots(*b, 1.5, 0.75),
    "wide dots": lambda *b: dots(*b, 3, 1),
    "double": double,
    "thin area": lambda x0, y0, x1, y1: fill(x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5),
    "picture": lambda x0, y0, x1, y1: (
        f"q {x1 - x0 + 1} 0 0 {y1 - y0 + 1} {x0 - 0.5} {y0 - 0.5} cm /I Do Q\n"
    ),
}


@pytest.mark.parametrize("border", BORDERS)
def test_a_border_of_any_kind_parts_cells(border: str) -> None:
    draw = BORDERS[border]
    across = "".join(draw(COLUMNS[0], y, COLUMNS[-1], y) for y in ROWS)
    down = "".join(draw(x, ROWS[-1], x, ROWS[0]) for x in COLUMNS)
    assert only_table(read(across + down + words(NUMBERS))) == NUMBERS


def test_shaded_cells_without_a_line_are_a_table() -> None:
    tiles = "".join(
        fill(x0 + 0.5, y1 + 0.5, x1 - 0.5, y0 - 0.5, "0.8 g")
        for x0, x1 in pairwise(COLUMNS)
        for y0, y1 in pairwise(ROWS)
    )
    assert only_table(read(tiles + words(NUMBERS))) == NUMBERS


def test_white_cells_on_a_black_ground_are_a_table() -> None:
    tiles = fill(COLUMNS[0], ROWS[-1], COLUMNS[-1], ROWS[0]) + "".join(
        fill(x0 + 0.5, y1 + 0.5, x1 - 0.5, y0 - 0.5, "1 g")
        for x0, x1 in pairwise(COLUMNS)
        for y0, y1 in pairwise(ROWS)
    )
    assert only_table(read(tiles + words(NUMBERS))) == NUMBERS


def test_a_table_without_outer_side_rules_keeps_its_outer_columns() -> None:
    across = "".join(line(COLUMNS[0], y, COLUMNS[-1], y) for y in ROWS)
    down = "".join(line(x, ROWS[-1], x, ROWS[0]) for x in COLUMNS[1:-1])
    assert only_table(read(across + down + words(NUMBERS))) == NUMBERS


def test_a_row_left_open_by_the_page_break_is_read() -> None:
    across = "".join(line(COLUMNS[0], y, COLUMNS[-1], y) for y in ROWS[:-1])
    down = "".join(line(x, ROWS[-1], x, ROWS[0]) for x in COLUMNS)
    assert only_table(read(across + down + words(NUMBERS))) == NUMBERS


def test_merged_cells_are_merges_not_holes() -> None:
    across = "".join(line(20, y, 260, y) for y in (180, 120, 90)) + line(100, 150, 260, 150)
    down = "".join(line(x, 180, x, 90) for x in (20, 100, 260)) + line(180, 150, 180, 90)
    document = read(across + down + text(25, 145, "label") + text(105, 160, "head"))
    label, head = cell_at(document, 0, 0), cell_at(document, 0, 1)
    assert (label.text, label.row_span, label.column_span) == ("label", 2, 1)
    assert (head.text, head.row_span, head.column_span) == ("head", 1, 2)
    assert cell_at(document, 2, 2).text == ""


def test_underlines_in_cells_are_no_borders() -> None:
    underlined = rules() + words(NUMBERS) + line(105, 158, 116, 158) + line(25, 128, 32, 128)
    assert only_table(read(underlined)) == NUMBERS


def test_underlines_as_wide_as_their_narrow_cells_are_no_borders() -> None:
    xs = (20, 38, 56, 74)
    numbers = [(x + 0.7, 168, "123") for x in xs[:3]] + [
        (xs[0] + 6, 156, "4"),
        (xs[2] + 6, 156, "5"),
    ]
    lines = "".join(line(x, y - 1.1, x + 5.56 * len(n), y - 1.1, 0.6) for x, y, n in numbers)
    page = rules(xs) + lines + "".join(text(*number) for number in numbers)
    assert only_table(read(page))[0] == ("1234", "123", "1235")


def test_borders_drawn_cell_by_cell_right_below_the_text_are_no_underlines() -> None:
    xs = (20, 36.68, 53.36, 70.04)
    frame = "".join(line(x, 180, x, 120) for x in xs)
    sides = "".join(line(a, y, b, y) for a, b in pairwise(xs) for y in (180, 150, 120))
    numbers = [text(x, y + 2, n) for y, n in ((150, "123"), (120, "456")) for x in xs[:3]]
    grid = grids(read(frame + sides + "".join(numbers)))[0]
    assert table(grid) == (("123",) * 3, ("456",) * 3)


def test_the_ground_of_a_word_is_no_cell() -> None:
    grounds = fill(104, 157, 118, 170, "0.9 g") + fill(101, 127, 179, 141, "1 g")
    assert only_table(read(rules() + grounds + words(NUMBERS))) == NUMBERS


def test_white_boxes_behind_text_are_no_table_even_where_they_touch_one() -> None:
    boxes = fill(18, 180, 262, 190, "1 g") + fill(18, 190, 262, 199, "1 g")
    page = boxes + rules() + words(NUMBERS) + text(20, 192, "first line") + text(20, 182, "second")
    document = read(page)
    assert only_table(document) == NUMBERS
    assert "".join(prose(document)).startswith("first line")


def test_white_boxes_on_nearly_white_paper_part_the_tables_between_them() -> None:
    paper = fill(20, 5, 260, 195, "1 1 0.99 rg")
    boxes = "".join(fill(20, y, 260, y + 15, "1 g") for y in (180, 105, 15))
    upper = rules((20, 260), (180, 120)) + rules((20, 100, 260), (180, 150, 120))
    lower = rules((20, 180, 260), (105, 75, 45))
    said = "".join(text(25, y, f"line at {y}") for y in (184, 109, 19))
    values = "".join(
        text(x, y, str(x + y)) for x, y in ((25, 160), (105, 130), (185, 85), (25, 55))
    )
    document = read(paper + boxes + upper + lower + said + values)
    assert [table(grid) for grid in grids(document)] == [
        (("185", ""), ("", "235")),
        (("", "270"), ("80", "")),
    ]
    assert prose(document) == ["line at 184", "line at 109", "line at 19"]


def test_a_table_narrower_than_the_white_box_above_it_keeps_its_last_column() -> None:
    box = fill(5, 180, 295, 195, "1 g") + fill(5, 75, 295, 90, "1 g")
    across = "".join(line(20, y, 260, y) for y in (180, 150, 90)) + line(20, 120, 180, 120)
    down = "".join(line(x, 90, x, 180) for x in COLUMNS)
    document = read(box + across + down + text(185, 130, "7") + text(185, 160, "total"))
    assert (cell_at(document, 1, 2).text, cell_at(document, 1, 2).row_span) == ("7", 2)
    assert cell_at(document, 0, 2).text == "total"


def test_the_paper_beside_a_narrow_table_is_no_column() -> None:
    paper = fill(20, 5, 290, 195, "1 1 0.99 rg") + fill(20, 180, 290, 195, "1 g")
    assert only_table(read(paper + rules() + words(NUMBERS))) == NUMBERS


def test_a_box_around_prose_is_a_paragraph() -> None:
    sentence = "A sentence in a frame is prose, however many lines are drawn around it here."
    document = read(rules((10, 290), (190, 20)) + text(15, 150, sentence, 6))
    assert grids(document) == []
    assert prose(document) == [sentence]


def test_a_frame_around_the_page_does_not_swallow_the_table() -> None:
    assert only_table(read(rules((5, 295), (195, 5)) + rules() + words(NUMBERS))) == NUMBERS


def test_a_clipped_line_ends_where_the_clip_ends() -> None:
    clipped = f"q 20 90 160 90 re W n {rules()} Q\n" + line(180, 90, 180, 180)
    assert only_table(read(clipped + words([row[:2] for row in NUMBERS]))) == tuple(
        row[:2] for row in NUMBERS
    )


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_are_on_the_page_as_shown(rotate: int) -> None:
    document = read(rules() + words(NUMBERS), rotate=rotate)
    shown = {
        0: (20, 20, 100, 50),
        90: (150, 20, 180, 100),
        180: (200, 150, 280, 180),
        270: (20, 200, 50, 280),
    }
    assert only_table(document) == NUMBERS
    assert cell_at(document, 0, 0).place.bbox == pytest.approx(shown[rotate], abs=0.6)
    assert cell_at(document, 0, 0).place.page == 1


@pytest.mark.parametrize(
    ("matrix", "first_cell"),
    [("0 1 -1 0 200 0", (20, 200, 50, 280)), ("0 -1 1 0 0 300", (150, 20, 180, 100))],
)
def test_a_table_set_sideways_is_read_upright(
    matrix: str, first_cell: tuple[float, float, float, float]
) -> None:
    page = f"q {matrix} cm {rules()}{words(NUMBERS)} Q"
    document = read(page, media=(0, 0, 200, 300))
    assert only_table(document) == NUMBERS
    assert cell_at(document, 0, 0).place.bbox == pytest.approx(first_cell, abs=0.6)


def test_what_stands_upright_beside_a_table_that_lies_on_its_side_is_read_too() -> None:
    lying = f"q 0 1 -1 0 200 0 cm {rules()}{words(NUMBERS)} Q\n"
    xs = (20, 90, 180)
    small = rules(xs, (390, 370, 350)) + text(24, 376, "fee") + text(94, 376, "12.5")
    page = lying + small + text(24, 356, "more") + text(20, 320, "heading of the lying table")
    document = read(page, media=(0, 0, 200, 400))
    assert [table(grid) for grid in grids(document)] == [(("fee", "12.5"), ("more", "")), NUMBERS]
    assert prose(document) == ["heading of the lying table"]
    assert isinstance(document.blocks[1], Paragraph)
    fee = next(cell for cell in grids(document)[0].cells if cell.text == "12.5")
    assert fee.place.bbox == pytest.approx((90, 10, 180, 30), abs=0.6)


def test_a_crop_box_moves_the_places_and_hides_what_is_outside() -> None:
    page = rules() + words(NUMBERS) + text(5, 5, "outside")
    document = read(page, media=(-50, -50, 400, 400), crop=(10, 80, 300, 200))
    assert only_table(document) == NUMBERS
    assert cell_at(document, 0, 0).place.bbox == pytest.approx((10, 20, 90, 50), abs=0.6)
    assert prose(document) == []


def test_text_and_rules_in_a_form_object_are_read() -> None:
    inner = rules() + words(NUMBERS)
    pdf = make_pdf("q 0.5 0 0 0.5 100 50 cm /X Do Q", extra="/X 9 0 R")
    form = (
        f"9 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 300 200]/Length {len(inner)}"
        "/Resources<</Font<</F 3 0 R>>>>>>"
        f"stream\n{inner}\nendstream\nendobj\n"
    )
    document = read_pdf(pdf.replace(b"xref\n0", form.encode() + b"xref\n0", 1), "form.pdf")
    assert only_table(document) == NUMBERS
    assert cell_at(document, 0, 0).place.bbox == pytest.approx((110, 60, 150, 75), abs=0.6)


# ---------------------------------------------------------------- text in cells


def test_a_number_that_overflows_its_cell_stays_whole_and_in_place() -> None:
    xs = (20, 40, 60, 80)
    page = rules(xs) + text(41, 160, "12345") + text(61, 130, "8") + text(21, 100, "77")
    (grid,) = grids(read(page))
    assert table(grid) == (("", "12345", ""), ("", "", "8"), ("77", "", ""))


def test_numbers_that_run_into_each_other_are_doubted() -> None:
    xs = (20, 40, 60, 80)
    document = read(rules(xs) + text(22, 160, "123456") + text(42, 160, "789"))
    assert cell_at(document, 0, 0).doubt or cell_at(document, 0, 1).doubt


def test_numbers_of_neighbouring_cells_are_not_run_together() -> None:
    xs = (20, 40, 60, 80)
    page = rules(xs) + text(21, 160, "100") + text(41, 160, "200") + text(61, 160, "300")
    assert only_table(read(page))[0] == ("100", "200", "300")


def each(x: float, y: float, characters: str, pitch: float = 5.56) -> str:
    """Paint every digit by itself, as browsers and word processors do."""
    return "".join(text(x + pitch * ix, y, digit) for ix, digit in enumerate(characters))


def test_numbers_that_fill_their_cells_are_told_apart_by_the_gap_at_the_border() -> None:
    xs = (20, 43, 66, 89)
    page = rules(xs) + "".join(
        each(x + 0.4, 160, n) for x, n in zip(xs[:3], ("2624", "5656", "17"), strict=True)
    )
    assert only_table(read(page))[0] == ("2624", "5656", "17")


def test_numbers_that_touch_are_told_apart_by_what_was_painted_between_them() -> None:
    xs = (20, 42.24, 64.48, 89)
    below = [each(xs[0] + 6, 152, "7"), each(xs[1] + 6, 152, "8")]
    page = rules(xs) + each(xs[0], 160, "1024") + below[0] + each(xs[1], 160, "2056") + below[1]
    assert only_table(read(page))[0] == ("10247", "20568", "")


def test_a_small_digit_alone_in_its_cell_is_a_note_mark_cut_from_its_number() -> None:
    document = read(rules() + words((("a", "10", ""), *NUMBERS[1:])) + text(185, 163, "1", 7))
    assert cell_at(document, 0, 2).doubt is not None
    assert cell_at(document, 0, 1).doubt is None


def test_a_white_digit_over_a_picture_is_doubted() -> None:
    page = "q 80 0 0 30 100 150 cm /I Do Q " + rules() + text(105, 160, "5", how="1 g")
    assert cell_at(read(page + text(112, 160, "0")), 0, 1).doubt is not None


def test_a_white_digit_beside_a_letter_painted_as_a_path_is_doubted() -> None:
    letter = "q 0.7 g 102 178 m 102 152 170 152 178 152 c 104 154 l f Q\n"
    hidden = text(150, 165, "5", how="1 g") + text(157, 165, "0")
    assert cell_at(read(letter + rules() + hidden), 0, 1).doubt is not None
    assert cell_at(read(letter + rules() + text(157, 165, "0")), 0, 1).doubt is None


def test_a_number_painted_digit_by_digit_over_borders_stays_whole() -> None:
    xs = (20, 37, 54, 71)
    document = read(rules(xs) + each(21, 160, "1234567"))
    texts = [cell.text for cell in grids(document)[0].cells if cell.text]
    assert texts == ["1234567"]


def test_labels_that_touch_at_a_border_belong_to_their_cells() -> None:
    xs = (20, 42, 64, 89)
    page = rules(xs) + text(20.2, 160, "abcd", 10) + text(42.4, 160, "efgh", 10)
    assert only_table(read(page))[0][:2] == ("abcd", "efgh")


def test_a_figure_that_touches_a_label_wider_than_its_cell_stays_in_its_own() -> None:
    xs = (20, 42, 64, 89)
    page = rules(xs) + text(21.8, 160, "abcd", 10) + text(43.6, 160, "2", 10)
    assert only_table(read(page))[0][:2] == ("abcd", "2")


def test_a_figure_painted_together_with_the_label_beside_it_is_doubted() -> None:
    xs = (20, 42, 64, 89)
    document = read(rules(xs) + text(20.4, 160, "abcd2", 10))
    assert cell_at(document, 0, 1).doubt is not None


def test_a_number_wrapped_by_its_cell_is_one_number() -> None:
    xs = (20, 48, 100, 180)
    page = rules(xs) + text(25, 168, "1178") + text(25, 157, "904")
    assert only_table(read(page))[0][0] == "1178904"


def test_digits_set_wider_than_their_font_says_are_measured_as_set() -> None:
    xs = (20, 44, 100, 180)
    page = rules(xs) + each(22, 168, "830", 5.9) + text(29, 157, "5") + each(20.4, 130, "1111", 5.8)
    assert only_table(read(page))[0][0] == "8305"


def test_two_numbers_in_a_wide_cell_stay_two() -> None:
    page = rules() + text(25, 168, "117") + text(25, 157, "890")
    assert only_table(read(page))[0][0] == "117\n890"


def test_two_numbers_stay_two_where_the_column_holds_wider_ones() -> None:
    xs = (20, 48, 100, 180)
    page = rules(xs) + text(25, 168, "11") + text(25, 157, "89") + text(25, 130, "1234")
    assert only_table(read(page))[0][0] == "11\n89"


def test_a_gap_between_digits_is_kept_as_a_space() -> None:
    document = read(rules() + text(25, 160, "12") + text(45, 160, "34"))
    assert cell_at(document, 0, 0).text == "12 34"


def test_text_turned_in_its_cell_is_read_along_its_line() -> None:
    turned = "q BT /F 10 Tf 0 1 -1 0 60 152 Tm (abc) Tj ET Q\n"
    document = read(rules() + turned + words((("", "1", "2"), *NUMBERS[1:])))
    assert cell_at(document, 0, 0).text == "abc"
    assert cell_at(document, 0, 0).doubt is None


def test_a_slanted_watermark_is_no_content() -> None:
    mark = "q 0.8 g BT /F 60 Tf 0.7 0.7 -0.7 0.7 60 60 Tm (888) Tj ET Q\n"
    assert only_table(read(mark + rules() + words(NUMBERS))) == NUMBERS


def test_a_watermark_laid_over_the_table_is_no_content() -> None:
    mark = text(30, 100, "888", 110, "0.9 g")
    assert only_table(read(mark + rules() + words(NUMBERS))) == NUMBERS


# ---------------------------------------------------------------- never silently wrong


@pytest.mark.parametrize("shift", [(0, 0), (0.3, 0), (1.5, -1.5), (0, 2)])
def test_text_drawn_twice_counts_once(shift: tuple[float, float]) -> None:
    once = words((("a", "1", "2"), ("b", "", "0"), ("c", "7", "1")))
    double_ = text(105, 130, "333") + text(105 + shift[0], 130 + shift[1], "333")
    assert only_table(read(rules() + once + double_))[1][1] == "333"


DOUBTFUL = {
    "struck through": text(105, 160, "305") + line(104, 163.5, 123, 163.5, 0.7),
    "struck by a thin area": text(105, 160, "305") + fill(104, 163, 123, 164),
    "invisible mode": text(105, 160, "305", how="3 Tr"),
    "white on white": text(105, 160, "305", how="1 g"),
    "covered": text(105, 160, "305") + fill(103, 155, 125, 172, "1 g"),
    "clipped away": f"q 0 0 20 20 re W n {text(105, 160, '305')} Q\n",
    "half clipped": f"q 100 150 14 30 re W n {text(105, 160, '305')} Q\n",
    "superscript": text(105, 160, "30") + text(116.2, 164, "5", 6),
    "large superscript": text(105, 160, "30") + text(116.2, 163.3, "5", 8.3),
    "superscript of full size": text(105, 160, "30") + text(116.2, 163, "5"),
    "small digit on the line": text(105, 160, "30") + text(116.2, 160, "5", 6),
    "subscript": text(105, 160, "30") + text(116.2, 157, "5", 6),
    "two texts at one place": text(105, 160, "305") + text(105, 160, "417"),
    "font without a map": "q BT /T 10 Tf 1 0 0 1 105 160 Tm <0102> Tj ET Q\n",
    "dark on dark": fill(101, 151, 179, 179) + text(105, 160, "305"),
}


@pytest.mark.parametrize("trap", DOUBTFUL)
def test_text_that_is_not_plainly_there_is_doubted(trap: str) -> None:
    document = read(rules() + words((("a", "", "2"), *NUMBERS[1:])) + DOUBTFUL[trap])
    assert cell_at(document, 0, 1).doubt is not None
    others = [cell for cell in grids(document)[0].cells if (cell.row, cell.column) != (0, 1)]
    assert [cell.doubt for cell in others if cell.doubt] == []


TRUSTED = {
    "white on a dark ground": fill(101, 151, 179, 179) + text(105, 160, "305", how="1 g"),
    "on a light ground": fill(101, 151, 179, 179, "0.9 g") + text(105, 160, "305"),
    "underlined": text(105, 160, "305") + line(105, 158.4, 122, 158.4, 0.5),
    "stroked and filled": text(105, 160, "305", how="2 Tr 0.2 w"),
    "in red": text(105, 160, "305", how="1 0 0 rg"),
    "inside its clip": f"q 101 151 78 28 re W n {text(105, 160, '305')} Q\n",
}


@pytest.mark.parametrize("case", TRUSTED)
def test_text_that_is_plainly_there_is_trusted(case: str) -> None:
    document = read(rules() + words((("a", "", "2"), *NUMBERS[1:])) + TRUSTED[case])
    assert only_table(document)[0] == ("a", "305", "2")


# ---------------------------------------------------------------- over page ends


def test_a_wrapped_number_cut_by_the_page_is_one_number() -> None:
    xs = (20, 60, 82, 104)
    upper = rules(xs) + text(25, 100, "label") + text(66, 100, "267") + text(88, 100, "8")
    lower = rules(xs, (180, 150)) + text(66, 160, "1")
    (grid,) = grids(read(upper, lower))
    assert table(grid)[-1] == ("label", "2671", "8")


def test_a_first_row_of_a_page_with_a_label_is_a_row() -> None:
    xs = (20, 60, 82, 104)
    upper = rules(xs) + text(25, 100, "label") + text(66, 100, "267") + text(88, 100, "8")
    lower = rules(xs, (180, 150)) + text(25, 160, "next") + text(66, 160, "1")
    first, second = grids(read(upper, lower))
    assert table(first)[-1] == ("label", "267", "8")
    assert table(second) == (("next", "1", ""),)


def test_a_paragraph_goes_on_over_the_page_number() -> None:
    filler = "words that fill the whole line of this page up to its margin and"
    upper = text(20, 150, filler) + text(20, 136, filler) + text(140, 8, "- 1 -")
    document = read(upper, text(20, 180, "end here.") + text(20, 150, filler))
    assert prose(document)[0] == f"{filler} {filler} end here."
    assert "- 1 -" in prose(document)


# ---------------------------------------------------------------- what cannot be read


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("without_ocr")
def test_a_page_that_is_a_picture_is_a_problem() -> None:
    document = read("q 300 0 0 200 0 0 cm /I Do Q", rules() + words(NUMBERS))
    assert codes(document) == ["page_without_text"]
    assert document.problems[0].place is not None
    assert document.problems[0].place.page == 1
    assert "pip install 'auditor[ocr]'" in document.problems[0].message.en
    assert only_table(document) == NUMBERS


@pytest.mark.usefixtures("without_ocr")
def test_a_page_of_outlined_text_is_a_problem() -> None:
    shape = "{0} 100 m {0} 108 {1} 108 {1} 100 c f\n"
    outlines = "".join(shape.format(x, x + 5) for x in range(20, 200, 7))
    assert codes(read(outlines)) == ["page_without_text"]


@pytest.mark.usefixtures("without_ocr")
def test_a_picture_with_a_page_number_is_a_problem() -> None:
    assert codes(read("q 300 0 0 200 0 0 cm /I Do Q " + text(140, 5, "3"))) == ["page_is_picture"]


def test_an_empty_page_is_no_problem() -> None:
    document = read("", rules() + words(NUMBERS))
    assert codes(document) == []


@pytest.mark.usefixtures("without_ocr")
def test_invisible_text_over_a_scan_is_a_problem() -> None:
    page = "q 300 0 0 200 0 0 cm /I Do Q " + rules() + text(25, 160, "305", how="3 Tr")
    document = read(page)
    assert codes(document) == ["invisible_text"]
    assert cell_at(document, 0, 0).doubt is not None


@pytest.mark.usefixtures("without_ocr")
def test_a_page_in_a_font_without_a_map_is_a_problem() -> None:
    page = "".join(f"BT /T 10 Tf 1 0 0 1 20 {y} Tm <01020102> Tj ET\n" for y in (20, 40, 60))
    assert codes(read(page)) == ["garbled_text"]


def test_a_page_that_paints_too_much_is_given_up_with_a_problem() -> None:
    hostile = "0 0 m 9 9 l S\n" * 70_000
    document = read(hostile, rules() + words(NUMBERS))
    assert codes(document) == ["page_too_complex"]
    assert only_table(document) == NUMBERS


def test_a_file_whose_end_is_missing_is_never_silently_whole() -> None:
    whole = make_pdf(rules() + words(NUMBERS), text(20, 100, "second"))
    for share in (0.3, 0.6, 0.9, 0.97):
        try:
            document = read_pdf(whole[: int(len(whole) * share)], "cut.pdf")
        except UnreadableError:
            continue
        assert {"truncated_file", "page_unreadable"} & set(codes(document))


@pytest.mark.parametrize(
    "content", [b"", b"plain text", b"\xff\xd8\xff\xe0 a picture", b"%PDF-1.7\n%%EOF"]
)
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="损坏"):
        read_pdf(content, "report.pdf")


def test_a_pdf_without_pages_is_unreadable() -> None:
    with pytest.raises(UnreadableError):
        read_pdf(make_pdf(), "report.pdf")


@pytest.fixture
def encrypt(tmp_path: Path):
    """Give a function that encrypts a PDF."""
    program = shutil.which("qpdf")
    if program is None:
        pytest.skip("qpdf is not installed")

    def encrypted(content: bytes, user: str) -> bytes:
        plain, locked = tmp_path / "plain.pdf", tmp_path / "locked.pdf"
        plain.write_bytes(content)
        command = [program, "--encrypt", user, "owner", "256", "--", plain, locked]
        subprocess.run(command, check=True)
        return locked.read_bytes()

    return encrypted


def test_a_pdf_that_needs_a_password_says_so(encrypt) -> None:
    with pytest.raises(UnreadableError, match="密码"):
        read_pdf(encrypt(make_pdf(rules() + words(NUMBERS)), "secret"), "locked.pdf")


def test_a_pdf_with_an_owner_password_is_read(encrypt) -> None:
    locked = encrypt(make_pdf(rules() + words(NUMBERS)), "")
    assert only_table(read_pdf(locked, "locked.pdf")) == NUMBERS


# ---------------------------------------------------------------- what is written on the page


def annotated(subtype: str, content: str, rect: str = "102 152 178 178") -> bytes:
    """Give the table with an empty cell and an annotation of that appearance over it."""
    pdf = make_pdf(rules() + words((("a", "", "2"), *NUMBERS[1:])))
    annotation = (
        f"9 0 obj\n<</Type/Annot/Subtype/{subtype}/F 4/Rect[{rect}]/AP<</N 10 0 R>>"
        f"/FT/Tx/T(x)/V(305)/QuadPoints[25 170 40 170 25 155 40 155]>>\nendobj\n"
        "10 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 76 26]"
        f"/Resources<</Font<</F 3 0 R>>>>/Length {len(content)}>>"
        f"stream\n{content}\nendstream\nendobj\nxref\n0"
    )
    return (
        pdf.replace(b"/Contents 8 0 R>>", b"/Contents 8 0 R/Annots[9 0 R]>>")
        .replace(b"xref\n0", annotation.encode(), 1)
    )  # fmt: skip


@pytest.mark.parametrize("subtype", ["Widget", "FreeText"])
def test_the_value_of_a_form_field_or_note_is_content(subtype: str) -> None:
    content = "BT /F 10 Tf 1 0 0 1 3 5 Tm (305) Tj ET"
    assert only_table(read_pdf(annotated(subtype, content), "form.pdf"))[0] == ("a", "305", "2")


def test_a_strike_out_mark_makes_a_cell_doubtful() -> None:
    mark = annotated("StrikeOut", "1 w 0 11.5 m 76 11.5 l S", rect="182 152 258 178")
    assert cell_at(read_pdf(mark, "marked.pdf"), 0, 2).doubt is not None


def test_a_highlight_over_a_cell_changes_nothing() -> None:
    mark = annotated("Highlight", "1 1 0 rg 0 0 76 26 re f", rect="182 152 258 178")
    assert only_table(read_pdf(mark, "marked.pdf"))[0] == ("a", "", "2")


def test_a_row_whose_label_and_number_are_cut_by_the_page_is_one_row() -> None:
    xs = (20, 48, 76, 104)
    upper = rules(xs) + words((("", "", ""), ("", "", ""), ("abcd", "267", "8")), xs)
    lower = rules(xs, (180, 150, 120)) + words((("ef", "1", ""), ("g", "5", "6")), xs)
    first, second = grids(read(upper, lower))
    assert table(first)[-1] == ("abcd\nef", "2671", "8")
    assert table(second) == (("g", "5", "6"),)


def test_a_number_cut_by_the_page_goes_on_below_a_repeated_header() -> None:
    xs = (20, 48, 76, 104)
    header = ("p", "q", "r")
    upper = rules(xs) + words((header, ("", "", ""), ("abcd", "267", "8")), xs)
    lower = rules(xs, (180, 150, 120)) + words((header, ("", "1", "")), xs)
    (grid,) = grids(read(upper, lower))
    assert table(grid) == (header, ("", "", ""), ("abcd", "2671", "8"))


def test_a_number_cut_by_the_page_goes_on_in_a_table_with_fewer_columns() -> None:
    xs = (20, 34, 62, 90)
    upper = rules(xs) + text(37, 160, "abc") + text(64, 160, "1234") + text(24, 100, "x")
    upper += text(37, 100, "abc") + text(64, 100, "2671")
    lower = rules((20, 62, 90), (180, 150, 120)) + text(64, 160, "9") + text(64, 130, "7")
    first, second = grids(read(upper, lower))
    assert table(first)[-1] == ("x", "abc", "26719")
    assert table(second) == (("", "7"),)


def test_dashes_below_a_header_at_the_page_end_are_a_row_of_their_own() -> None:
    xs = (20, 43, 66, 89)
    upper = rules(xs) + words((("", "", ""), ("", "", ""), ("abc", "def", "ghi")), xs)
    lower = rules(xs, (180, 150)) + words((("/", "-", "/"),), xs)
    first, second = grids(read(upper, lower))
    assert table(first)[-1] == ("abc", "def", "ghi")
    assert table(second) == (("/", "-", "/"),)


def cut_in_all_columns(*rest: str) -> Document:
    xs = (20, 48, 76, 104)
    upper = rules(xs) + words((("", "", ""), ("", "", ""), ("abcd", "2671", "8412")), xs)
    return read(upper, rules(xs, (180, 150)) + words((("ef", *rest),), xs))


def test_a_row_cut_in_all_its_cells_is_one_row_where_a_number_cannot_begin_so() -> None:
    (grid,) = grids(cut_in_all_columns("9", "03"))
    assert table(grid)[-1] == ("abcd\nef", "26719", "841203")


def test_a_row_that_may_be_cut_in_all_its_cells_is_doubted() -> None:
    document = cut_in_all_columns("9", "13")
    numbers = {c.text: c.doubt for grid in grids(document) for c in grid.cells if c.text}
    assert all(numbers[number] for number in ("2671", "8412", "9", "13"))


def test_white_boxes_below_a_coloured_table_head_are_no_rows() -> None:
    head = fill(20, 150, 260, 180, "0 0 0.5 rg")
    paper = fill(20, 5, 260, 195, "1 g") + fill(20, 60, 260, 90, "1 g")
    said = text(25, 70, "a line below")
    document = read(paper + head + rules() + words((("", "", ""), *NUMBERS[1:])) + said)
    assert only_table(document)[1:] == NUMBERS[1:]
    assert prose(document) == ["a line below"]
