"""In: the tables of both editions. Out: squares that fill the printed table, none twice."""

from collections import Counter

import pytest

from auditor.form import FormTable, editions, load_form
from auditor.render.form_layout import Square, column_count, lay_out

TABLES = [
    pytest.param(table, id=f"{edition}-{table.key}")
    for edition in editions()
    for table in load_form(edition).tables
]


def covered(squares: tuple[Square, ...]) -> Counter[tuple[int, int]]:
    return Counter(
        (row, column)
        for s in squares
        for row in range(s.row, s.row + s.row_span)
        for column in range(s.column, s.column + s.column_span)
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("table", TABLES)
def test_squares_fill_the_table_once(table: FormTable, lang: str) -> None:
    squares = lay_out(table, (), lang)
    places = covered(squares)
    height = max(row for row, _ in places) + 1
    assert set(places.values()) == {1}
    assert len(places) == height * column_count(squares)


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_has_its_square(table: FormTable) -> None:
    printed = [cell.address for cell in table.cells if cell.instead_of is None]
    shown = [square.address for square in lay_out(table, (), "zh") if square.kind == "value"]
    assert sorted(shown) == sorted(printed)


def test_an_old_row_takes_the_place_of_the_new_ones() -> None:
    table = load_form("2021").table("applications")
    rows = [key for key in table.row_keys() if not key.startswith("other_handling.")]
    shown = {square.address for square in lay_out(table, rows, "zh")}
    assert "applications/other_handling/total" in shown
    assert "applications/other_handling.other/total" not in shown


def test_labels_shared_by_rows_and_columns_are_merged() -> None:
    squares = lay_out(load_form("2021").table("applications"), (), "zh")
    by_text = {square.text: square for square in squares}
    assert by_text["三、本年度办理结果"].row_span == 22
    assert by_text["（三）不予公开"].row_span == 8
    assert by_text["法人或其他组织"].column_span == 5
    assert by_text["一、本年新收政府信息公开申请数量"].column_span == 3
