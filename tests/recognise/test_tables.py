"""Recognition on grids as readers give them: cut rows, lost labels, merges, repetitions."""

from dataclasses import replace

from auditor.model import CellState, Place, TableStatus
from auditor.read.text import read_text
from auditor.recognise import recognise
from tests.recognise.grids import applications, band, cell, document, grid, part

COLUMNS = 7


def numbered(row, column):
    """A different number in every cell, so that any mix-up shows."""
    return str(1000 + sum(map(ord, row)) % 800 * 10 + sum(map(ord, column)) % 9)


def values(report):
    return {a: c.value for a, c in report.cells.items()}


def table(report):
    return report.tables["applications"]


WHOLE = applications(numbered)
TRUTH = values(recognise(document(WHOLE)))


def test_every_cell_of_the_form_is_named():
    assert len(TRUTH) == 175
    report = recognise(document("某市2024年政府信息公开工作年度报告", WHOLE))
    assert table(report).status is TableStatus.COMPLETE
    assert report.form == "2021"
    assert TRUTH["applications/refused.third_party/company"] == int(
        numbered("refused.third_party", "company")
    )


def test_a_table_broken_anywhere_gives_the_same_cells():
    for row in range(4, WHOLE.row_count):
        broken = document(part(WHOLE, 0, row, 1), "- 4 -", part(WHOLE, row, WHOLE.row_count, 2))
        report = recognise(broken)
        assert values(report) == TRUTH, row
        assert table(report).status is TableStatus.COMPLETE


def cut_label(row, at):
    """The whole table with one row cut by a page break: a part of its label on either page."""
    upper = part(WHOLE, 0, row + 1, 1)
    lower = part(WHOLE, row, WHOLE.row_count, 2)
    label = next(c.text for c in WHOLE.cells if c.row == row and c.column == 2)
    upper_cells = [
        cell(
            c.row,
            c.column,
            label[:at] if (c.row, c.column) == (row, 2) else c.text,
            row_span=c.row_span,
            column_span=c.column_span,
        )
        for c in upper.cells
    ]
    lower_cells = [
        cell(
            c.row,
            c.column,
            "" if c.row == 0 and c.column > 2 else c.text,
            row_span=c.row_span,
            column_span=c.column_span,
            page=2,
        )
        for c in lower.cells
        if (c.row, c.column) != (0, 2)
    ]
    lower_cells.append(cell(0, 2, label[at:], page=2))
    return document(grid(upper_cells), grid(lower_cells, 2))


def test_a_label_cut_by_the_page_break_is_joined():
    for row in (9, 12, 18, 22):  # sub-items with labels of several letters
        for at in (3, 5, 7):
            report = recognise(cut_label(row, at))
            assert values(report) == TRUTH, (row, at)
            assert table(report).status is TableStatus.COMPLETE
            assert not [o for o in report.observations if o.code == "label_deviates"]


def test_a_typo_is_matched_and_noted():
    typo = applications(numbered, relabel={"refused.prohibited_by_law": "2.其他法律行政止公开"})
    report = recognise(document(typo))
    assert values(report) == TRUTH
    noted = [o.details["found"] for o in report.observations if o.code == "label_deviates"]
    assert noted == ["2.其他法律行政止公开"]


def test_a_lost_label_is_filled_by_position_and_said():
    report = recognise(document(applications(numbered, relabel={"refused.deliberative": ""})))
    assert values(report) == TRUTH
    assert report.cells["applications/refused.deliberative/total"].assumed
    assert table(report).status is TableStatus.PARTIAL
    assert "属于四类过程性信息" in table(report).reason.zh


def test_a_missing_row_leaves_its_cells_out_and_is_said():
    lines = [c for c in WHOLE.cells if c.row != 10]
    shifted = [
        cell(c.row - (c.row > 10), c.column, c.text, row_span=c.row_span, column_span=c.column_span)
        for c in lines
    ]
    report = recognise(document(grid(shifted)))
    missing = set(TRUTH) - set(report.cells)
    assert len(missing) == COLUMNS
    assert {a.split("/")[1] for a in missing} == {"refused.third_party"}
    assert all(TRUTH[a] == v for a, v in values(report).items())
    assert table(report).status is TableStatus.PARTIAL


def test_two_rows_in_the_wrong_order_are_told_by_their_labels():
    swap = {10: 11, 11: 10}
    cells = [
        cell(
            swap.get(c.row, c.row), c.column, c.text, row_span=c.row_span, column_span=c.column_span
        )
        for c in WHOLE.cells
    ]
    assert values(recognise(document(grid(cells)))) == TRUTH


def test_a_value_merged_over_two_columns_is_no_value():
    cells = [c for c in WHOLE.cells if not (c.row == 5 and c.column in {5, 6})]
    cells.append(cell(5, 5, "12", column_span=2))
    report = recognise(document(grid(cells)))
    states = {c.address: c.state for c in report.cells.values()}
    assert states["applications/granted/research"] is CellState.UNREADABLE
    assert states["applications/granted/nonprofit"] is CellState.COVERED
    assert table(report).status is TableStatus.PARTIAL
    assert any(p.code == "cell_unreadable" for p in report.problems)


def test_numbers_that_belong_to_no_row_are_said():
    cells = [
        cell(c.row + (c.row > 9), c.column, c.text, row_span=c.row_span, column_span=c.column_span)
        for c in WHOLE.cells
    ]
    cells += [cell(10, 0, "另：去年同期", column_span=3)]
    cells += [cell(10, 3 + ix, "77") for ix in range(COLUMNS)]
    report = recognise(document(grid(cells)))
    assert values(report) == TRUTH
    assert table(report).status is TableStatus.PARTIAL
    assert "去年同期" in table(report).reason.zh


def test_a_kept_old_row_stands_for_its_group():
    rows = ("other_handling.uncorrected", "other_handling.unpaid", "other_handling.other")
    report = recognise(document(applications(numbered, skip=rows)))
    assert len(report.cells) == 161
    assert table(report).status is TableStatus.COMPLETE
    assert report.form == "2021" or report.form == "2019"
    assert "other_handling" in table(report).rows
    assert not set(rows) & set(table(report).rows)


def test_the_same_table_twice_with_other_numbers_is_said():
    other = applications(lambda row, column: "5")
    report = recognise(document(WHOLE, other))
    assert table(report).status is TableStatus.PARTIAL
    assert values(recognise(document(WHOLE, WHOLE))) == TRUTH


def test_a_template_of_dashes_before_the_data_is_passed_over():
    dummy = applications(lambda row, column: "-")
    report = recognise(document(dummy, WHOLE))
    assert values(report) == TRUTH


def test_no_table_at_all_is_no_report():
    report = recognise(document("会议纪要", grid([cell(0, 0, "序号"), cell(0, 1, "1")])))
    assert report.form is None
    assert not report.cells
    assert [p.code for p in report.problems] == ["not_a_report"]


def test_last_year_s_table_behind_this_year_s_is_not_mixed_in():
    last_year = applications(lambda row, column: "5")
    for blocks in ((WHOLE, "附：上年情况", last_year), (WHOLE, part(last_year, 0, 14, 2))):
        report = recognise(document(*blocks))
        assert values(report) == TRUTH


def test_a_row_alone_on_its_page_with_its_label_cut_is_found():
    cut = part(WHOLE, 18, 19, 2)
    cells = [c if c.column != 2 else cell(0, 2, c.text[:4], page=2) for c in cut.cells]
    rest = part(WHOLE, 18, WHOLE.row_count, 3)
    lower = [
        cell(
            c.row,
            c.column,
            "" if c.row == 0 else c.text,
            row_span=c.row_span,
            column_span=c.column_span,
            page=3,
        )
        for c in rest.cells
        if (c.row, c.column) != (0, 2)
    ]
    label = next(c.text for c in WHOLE.cells if (c.row, c.column) == (18, 2))
    lower.append(cell(0, 2, label[4:], page=3))
    report = recognise(document(part(WHOLE, 0, 18, 1), grid(cells, 2), grid(lower, 3)))
    assert values(report) == TRUTH


def test_a_stray_rule_below_a_number_hides_no_digits():
    cells = [
        cell(
            c.row + (c.row > 8),
            c.column,
            c.text,
            row_span=c.row_span + (c.row == 8 and c.column < 3),
            column_span=c.column_span,
        )
        for c in WHOLE.cells
    ]
    cells += [cell(9, 3 + ix, "2" if ix == 0 else "") for ix in range(COLUMNS)]
    report = recognise(document(grid(cells)))
    torn = [a for a, c in report.cells.items() if c.state is CellState.UNREADABLE]
    assert torn == ["applications/refused.prohibited_by_law/natural_person"]
    assert all(v == TRUTH[a] for a, v in values(report).items() if a not in torn)


def test_a_number_torn_by_the_page_is_not_read():
    lower = part(WHOLE, 20, WHOLE.row_count, 2).cells
    lower = [
        cell(c.row + 1, c.column, c.text, row_span=c.row_span, column_span=c.column_span, page=2)
        for c in lower
    ]
    lower += [cell(0, column, "", page=2) for column in range(3)]
    lower += [cell(0, 3 + ix, "9" if ix == 2 else "", page=2) for ix in range(COLUMNS)]
    report = recognise(document(part(WHOLE, 0, 20, 1), grid(lower, 2)))
    torn = [a for a, c in report.cells.items() if c.state is CellState.UNREADABLE]
    assert [a.split("/")[2] for a in torn] == ["research"]
    assert table(report).status is TableStatus.PARTIAL


def shifted(whole, dx, dy, page, *, turned=False):
    """A grid at another place on its page, or lying on its side (columns down the page)."""

    def box(c):
        x0, y0, x1, y1 = c.place.bbox
        x0, y0, x1, y1 = (y0, x0, y1, x1) if turned else (x0, y0, x1, y1)
        return (x0 + dx, y0 + dy, x1 + dx, y1 + dy)

    cells = [replace(c, place=replace(c.place, page=page, bbox=box(c))) for c in whole.cells]
    return grid(cells, page)


def test_columns_are_found_on_pages_with_other_margins_and_on_lying_tables():
    for turned in (False, True):
        upper = shifted(part(WHOLE, 0, 12, 1), 0, 0, 1, turned=turned)
        lower = shifted(part(WHOLE, 12, WHOLE.row_count, 2), 30, 30, 2, turned=turned)
        assert values(recognise(document(upper, lower))) == TRUTH


def test_a_part_with_fewer_label_columns_is_read_where_the_source_has_no_pages():
    """A Word table broken by hand: its first part has no sub-items, so no columns for them."""
    first = [c for c in WHOLE.cells if c.row < 4]
    first = [
        replace(c, column=max(c.column - 2, 0), column_span=1 if c.column == 0 else c.column_span)
        for c in first
    ]
    rest = part(WHOLE, 4, WHOLE.row_count, page=2)
    unplaced = [
        replace(g, cells=tuple(replace(c, place=Place(table=1)) for c in g.cells))
        for g in (grid(first), rest)
    ]
    report = recognise(document(*unplaced))
    assert table(report).status is TableStatus.COMPLETE
    assert values(report) == TRUTH


def test_a_row_of_blanks_alone_behind_its_header_is_blank_not_missing():
    columns = band("review_litigation").columns
    head = [cell(0, ix, c.path[0]) for ix, c in enumerate(columns)]
    leaves = [cell(1, ix, c.path[-1]) for ix, c in enumerate(columns)]
    blanks = grid([cell(0, ix, "", page=2) for ix in range(len(columns))], page=2)
    report = recognise(document(grid([*head, *leaves]), blanks))
    assert report.tables["review_litigation"].status is TableStatus.COMPLETE
    found = [c.state for a, c in report.cells.items() if a.startswith("review")]
    assert found == [CellState.BLANK] * 15


def test_a_part_of_a_table_without_the_columns_that_its_header_spans_is_read():
    bands = [band("proactive_disclosure", ix) for ix in range(4)]
    rows = []
    for one in bands:
        rows.append([one.title])
        rows.append(["信息内容", *(c.path[-1] for c in one.columns)])
        rows += [[row.path[-1], *("5" * len(one.columns))] for row in one.rows]

    def as_grid(rows, width):
        cells = [
            cell(r, c, text, column_span=width - c if c == len(row) - 1 else 1)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        return grid([replace(c, place=Place(table=1)) for c in cells])

    cut = len(rows) - 4  # before the last row of a band whose header stands above
    report = recognise(document(as_grid(rows[:cut], 4), as_grid(rows[cut:], 2)))
    found = report.tables["proactive_disclosure"]
    assert found.status is TableStatus.COMPLETE, found.reason


def test_a_merged_value_repeated_by_a_converter_is_one_value():
    rows = [
        "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 |",
        "| --- | --- | --- |",
        "| 行政处罚 | 618 | 618 |",
        "| 行政强制 | 7 | 9 |",
    ]
    report = recognise(read_text("\n".join(rows).encode(), "a.md"))
    assert values(report) == {"proactive_disclosure/penalties/decisions": 618}
