"""The PDF reader on tables without rules: columns and rows are told by where the text stands."""

from collections.abc import Sequence

import pytest

from .drawing import line, rules, text
from .test_pdf import grids, prose, read, table

CENTRES = (110, 160, 210)
HEAD = ("new", "old", "sum")
ROWS = (("1.first", "10", "2", "12"), ("2.second", "305", "0", "305"), ("3.third", "7", "11", "18"))
WHOLE = (("", *HEAD), *ROWS)


def centred(x: float, y: float, words: str, size: float = 10) -> str:
    return text(x - 0.25 * size * len(words), y, words, size)


def row(y: float, cells: Sequence[str]) -> str:
    label = text(20, y, cells[0]) if cells[0] else ""
    return label + "".join(
        centred(x, y, cell) for x, cell in zip(CENTRES, cells[1:], strict=True) if cell
    )


def unruled(rows: Sequence[Sequence[str]] = ROWS, pitch: float = 20, top: float = 150) -> str:
    body = "".join(row(top - 20 - ix * pitch, cells) for ix, cells in enumerate(rows))
    return row(top, ("", *HEAD)) + body


def test_a_table_without_rules_is_read_by_its_columns() -> None:
    (grid,) = grids(read(unruled() + text(20, 185, "A line of prose above.", 14)))
    assert table(grid) == WHOLE
    assert [cell.doubt for cell in grid.cells if cell.doubt] == []


def test_a_three_line_table_is_read() -> None:
    lines = "".join(line(15, y, 240, y) for y in (162, 144, 80))
    assert table(grids(read(lines + unruled()))[0]) == WHOLE


def test_a_table_with_lines_between_its_rows_alone_is_read() -> None:
    lines = "".join(line(15, y, 240, y) for y in (162, 144, 124, 104, 84))
    assert table(grids(read(lines + unruled()))[0]) == WHOLE


def test_a_boxed_table_with_lines_between_its_rows_alone_is_read() -> None:
    box = rules((15, 240), (162, 144, 124, 104, 84))
    assert table(grids(read(box + unruled()))[0]) == WHOLE


def test_labels_of_several_lines_stand_around_their_numbers() -> None:
    page = unruled([("", *cells[1:]) for cells in ROWS], pitch=34)
    for y, label in ((130, ROWS[0][0]), (96, ROWS[1][0]), (62, ROWS[2][0])):
        page += text(20, y + 6, label) + text(20, y - 6, "more")
    labels = [cells[0] for cells in table(grids(read(page))[0])[1:]]
    assert labels == [f"{cells[0]}\nmore" for cells in ROWS]


def test_labels_of_groups_stand_left_of_those_of_rows() -> None:
    page = unruled([("", *cells[1:]) for cells in ROWS]) + text(5, 110, "group")
    page += "".join(text(45, 130 - 20 * ix, cells[0]) for ix, cells in enumerate(ROWS))
    (grid,) = grids(read(page))
    texts = {cell.text: (cell.row, cell.column) for cell in grid.cells}
    assert texts["group"] == (2, 0)
    assert texts["1.first"] == (1, 1)
    assert texts["305"][0] == texts["2.second"][0]


def test_a_blank_column_keeps_its_place() -> None:
    blank = [(label, one, "", three) for label, one, _, three in ROWS]
    (grid,) = grids(read(unruled(blank)))
    assert table(grid) == (("", *HEAD), *map(tuple, blank))


def test_a_blank_cell_keeps_its_place() -> None:
    rows = (ROWS[0], ("2.second", "", "0", "305"), ROWS[2])
    assert table(grids(read(unruled(rows)))[0]) == (("", *HEAD), *rows)


@pytest.mark.parametrize("stray", [row(98, ("", "4", "", "")), row(78, ("", "4", "", ""))])
def test_a_number_that_may_be_wrapped_makes_no_table(stray: str) -> None:
    document = read(unruled() + stray)
    assert grids(document) == []
    assert "305" in "".join(prose(document))


def test_a_row_of_many_numbers_in_no_table_is_a_problem() -> None:
    page = text(20, 150, "label") + "".join(text(60 + 30 * ix, 150, str(ix)) for ix in range(6))
    document = read(page)
    assert grids(document) == []
    assert [problem.code for problem in document.problems] == ["table_not_read"]


def test_a_struck_number_beside_another_is_doubted() -> None:
    page = unruled() + text(150, 110, "5") + line(149, 113, 157, 113)
    (grid,) = grids(read(page))
    assert [cell.text for cell in grid.cells if cell.doubt] == ["50"]


def test_numbers_that_overlap_other_columns_make_no_table() -> None:
    page = unruled() + centred(135, 70, "123456789012345") + text(20, 70, "4.fourth")
    assert all("123456789012345" not in str(table(grid)) for grid in grids(read(page)))


def test_a_label_between_two_rows_makes_no_table() -> None:
    rows = [("", *cells[1:]) for cells in ROWS]
    page = unruled(rows) + text(20, 120, "1.first") + text(20, 100, "2.second")
    assert grids(read(page)) == []


def test_prose_with_numbers_at_the_end_of_its_lines_is_no_table() -> None:
    page = text(20, 150, "We received in all 12") + text(20, 136, "and then there were 305")
    document = read(page)
    assert grids(document) == []


def test_a_page_number_is_no_row() -> None:
    document = read(text(20, 150, "words of a report") + text(140, 8, "- 4 -"))
    assert grids(document) == []
    assert "- 4 -" in prose(document)


def test_a_table_that_goes_on_keeps_the_columns_of_its_heading() -> None:
    lower = [("4.fourth", "5", "", "6"), ("5.fifth", "1", "", "1")]
    body = "".join(row(180 - 20 * ix, cells) for ix, cells in enumerate(lower))
    first, second = grids(read(unruled(), body))
    assert table(first) == WHOLE
    assert table(second) == tuple(lower)


def test_rows_without_any_heading_make_no_table() -> None:
    body = "".join(row(180 - 20 * ix, cells) for ix, cells in enumerate(ROWS))
    assert grids(read(body)) == []


def test_the_halves_of_a_wrapped_number_are_one() -> None:
    rows = [ROWS[0], ("2.second", "", "0", "305"), ROWS[2]]
    halves = centred(110, 117, "1234") + centred(110, 103, "56")
    (grid,) = grids(read(unruled(rows, pitch=20) + halves))
    assert table(grid) == (("", *HEAD), ROWS[0], ("2.second", "123456", "0", "305"), ROWS[2])
    assert [cell.doubt for cell in grid.cells if cell.doubt] == []


def test_two_numbers_of_a_cell_that_had_room_for_both_are_not_joined() -> None:
    rows = [("1.first", "123456", "2", "12"), ("2.second", "", "0", "305"), ROWS[2]]
    halves = centred(110, 117, "12") + centred(110, 103, "5")
    document = read(unruled(rows, pitch=20) + halves)
    assert "125" not in str([table(grid) for grid in grids(document)])


def test_rows_that_stand_as_close_as_lines_are_not_joined() -> None:
    rows = [(f"{no}.row", "12", "", "12") for no in range(1, 6)]
    (grid,) = grids(read(unruled(rows, pitch=12)))
    assert table(grid) == (("", *HEAD), *rows)


def test_a_heading_at_the_end_of_the_page_before_is_that_of_its_rows() -> None:
    head = row(20, ("", *HEAD))
    body = "".join(row(180 - 20 * ix, cells) for ix, cells in enumerate(ROWS))
    document = read(text(20, 60, "A line of prose.", 14) + head, body)
    assert table(grids(document)[0]) == WHOLE


def test_prose_at_the_end_of_the_page_before_heads_no_rows() -> None:
    body = "".join(row(180 - 20 * ix, cells) for ix, cells in enumerate(ROWS))
    assert grids(read(text(20, 20, "A-line-of-prose-that-goes-on-to-the-margin"), body)) == []


def test_a_heading_shown_twice_counts_once() -> None:
    (grid,) = grids(read(row(164, ("", *HEAD)) + unruled()))
    assert table(grid) == WHOLE


def test_a_heading_that_a_space_parts_is_one() -> None:
    page = unruled() + text(97, 164, "one") + text(113, 164, "two")
    (grid,) = grids(read(page.replace("(new)", "(abc)")))
    assert "onetwo\nabc" in [cell.text for cell in grid.cells]


def test_the_rest_of_a_label_from_the_page_before_is_not_the_first_rows() -> None:
    lower = [("4.fourth", "5", "1", "6"), ("5.fifth", "1", "0", "1")]
    body = "".join(row(170 - 20 * ix, cells) for ix, cells in enumerate(lower))
    _, second = grids(read(unruled(), text(20, 184, "third goes on") + body))
    assert table(second) == tuple(lower)


def test_numbers_of_narrow_columns_that_nearly_touch_are_two() -> None:
    page = row(150, ("", *HEAD)) + text(20, 130, "1.first") + centred(210, 130, "9")
    (grid,) = grids(read(page + text(104.5, 130, "12345678") + text(151, 130, "555")))
    assert table(grid) == (("", *HEAD), ("1.first", "12345678", "555", "9"))


def test_two_headings_over_what_looks_like_one_number_make_no_table() -> None:
    page = row(150, ("", *HEAD)) + text(20, 130, "1.first") + centred(210, 130, "9")
    assert grids(read(page + text(105, 130, "123456789012"))) == []


def test_every_row_begins_at_the_edge_of_the_table() -> None:
    page = unruled([("", *cells[1:]) for cells in ROWS]) + text(5, 110, "group")
    page += "".join(text(45, 130 - 20 * ix, cells[0]) for ix, cells in enumerate(ROWS))
    (grid,) = grids(read(page))
    starts = [min(cell.column for cell in grid.cells if cell.row == row) for row in range(4)]
    assert starts == [0, 0, 0, 0]
    assert (
        len({cell.place.bbox[0] for cell in grid.cells if not cell.column and cell.place.bbox}) == 1
    )


def test_a_label_does_not_reach_over_the_next_row() -> None:
    rows = ROWS[0], ("", "305", "0", "305"), ROWS[2]
    page = row(150, ("", *HEAD)) + "".join(map(row, (130, 107, 84), rows))
    page += text(20, 115, "2.second") + text(20, 101, "goes on") + text(5, 107, "x")
    (grid,) = grids(read(page))
    labels = {cell.text: cell.row for cell in grid.cells if not cell.text.isdigit()}
    assert (labels["1.first"], labels["2.second\ngoes on"]) == (1, 2)


def test_a_group_that_nearly_touches_a_label_of_two_rows_is_no_part_of_it() -> None:
    page = unruled([("", *cells[1:]) for cells in ROWS[:2]]) + text(5, 110, "group")
    page += "".join(text(38, 130 - 20 * ix, cells[0]) for ix, cells in enumerate(ROWS[:2]))
    (grid,) = grids(read(page))
    assert {"1.first", "group", "2.second"} <= {cell.text for cell in grid.cells}
