"""In: small workbooks and comma-separated texts, one trap each. Out: what is seen is read."""

import io
from decimal import Decimal

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, PatternFill, Side

from auditor.errors import UnreadableError
from auditor.model import GridCell
from auditor.read import read_document
from tests.read.books import book_of, patched, read, saved, texts
from tests.read.word import grids, prose, squares

SHEET = "xl/worksheets/sheet1.xml"


def fill(sheet, rows) -> None:
    for row in rows:
        sheet.append(row)


def cell_of(value: object, **traits: object) -> GridCell:
    """The cell B2 of a small sheet, with this value and these traits."""

    def write(sheet) -> None:
        fill(sheet, [["项目", "甲"], ["规章", value]])
        cell = sheet["B2"]
        for name, trait in traits.items():
            setattr(cell, name, trait)

    return next(c for c in grids(read(write))[0].cells if c.place.ref == "B2")


def test_merges_are_merges_and_cells_have_their_names() -> None:
    def write(sheet) -> None:
        fill(
            sheet,
            [[None], [None, "申请人", None, "总计"], [None, "甲", "乙", None], [None, 1, 2, 3]],
        )
        sheet.merge_cells("B2:C2")
        sheet.merge_cells("D2:D3")

    (grid,) = grids(read(write))
    assert squares(grid) == [
        (0, 0, 1, 2, "申请人"),
        (0, 2, 2, 1, "总计"),
        (1, 0, 1, 1, "甲"),
        (1, 1, 1, 1, "乙"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "2"),
        (2, 2, 1, 1, "3"),
    ]
    assert [c.place.ref for c in grid.cells][-1] == "D4"
    assert grid.place.sheet == "Sheet"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("12", "12"),
        ("97.299999999999997", "97.3"),
        ("1.1000000000000001", "1.1"),
        ("1E3", "1000"),
        ("0.0001", "0.0001"),
        ("96171.6", "96171.6"),
        ("-9", "-9"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_stored_digits_are_exact(stored: str, shown: str) -> None:
    content = book_of(lambda sheet: fill(sheet, [["甲", "乙"], [4711, 1]]))
    content = patched(content, SHEET, "<v>4711</v>", f"<v>{stored}</v>")
    cell = grids(read_document(content, "x.xlsx"))[0].cells[2]
    assert (cell.text, cell.raw, cell.doubt) == (shown, stored, None)


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("#,##0", "1234"),
        ("0.00", "1234"),
        ('0"元"', "1234元"),
        ('#,##0.00"万元"', "1234万元"),
        ('General"万元"', "1234万元"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "1234"),
        ("[DBNum1][$-804]General", "1234"),
        ("+0;-0;0", "1234"),
        ("@", "1234"),
    ],
)
def test_a_number_keeps_its_value_and_the_words_of_its_format(number_format, shown) -> None:
    cell = cell_of(1234, number_format=number_format)
    assert (cell.text, cell.doubt) == (shown, None)


@pytest.mark.parametrize(
    "number_format",
    [
        "0%",
        "yyyy-mm-dd",
        'm"月"d"日"',
        "0.00E+00",
        "# ?/?",
        "0.0,",
        "0\\.0000",
        ";;;",
        '"件"',
        "h:mm",
    ],
)
def test_a_format_that_shows_another_number_raises_a_doubt(number_format: str) -> None:
    assert cell_of(1234, number_format=number_format).doubt is not None


def test_a_zero_shown_as_a_dash_is_a_zero() -> None:
    cell = cell_of(0, number_format='_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ')
    assert (cell.text, cell.doubt) == ("0", None)


def test_numbers_stored_as_text_are_text() -> None:
    assert cell_of("0012").text == "0012"
    assert cell_of("1,234").text == "1,234"


def test_a_decimal_is_no_float() -> None:
    assert cell_of(Decimal("0.1")).text == "0.1"


def test_a_formula_gives_its_stored_result_and_none_without() -> None:
    assert cell_of("=1+1").doubt is not None
    content = book_of(lambda sheet: fill(sheet, [["甲", "乙"], ["=1+1", "=A2"], ["=3", 4]]))
    content = patched(content, SHEET, "<f>1\\+1</f><v ?/?>(</v>)?", "<f>1+1</f><v>2</v>")
    content = patched(
        content, SHEET, '(<c r="B2")([^>]*)><f>A2</f><v ?/?>(</v>)?', r'\1 t="str"\2><f>A2</f><v/>'
    )
    cells = grids(read_document(content, "x.xlsx"))[0].cells
    assert [(c.text, bool(c.doubt)) for c in cells[2:]] == [
        ("2", False),
        ("", False),
        ("", True),
        ("4", False),
    ]


def test_an_error_value_is_no_number() -> None:
    content = book_of(lambda sheet: fill(sheet, [["甲", "乙"], ["#REF!", 1]]))
    assert grids(read_document(content, "x.xlsx"))[0].cells[2].text == "#REF!"


@pytest.mark.parametrize(
    "font", [Font(strike=True), Font(color="FFFFFFFF"), Font(vertAlign="superscript")]
)
def test_text_that_is_no_content_raises_a_doubt(font: Font) -> None:
    assert cell_of(5, font=font).doubt is not None


def test_white_on_a_dark_ground_shows() -> None:
    dark = PatternFill("solid", fgColor="FF1F3F6E")
    assert cell_of(5, font=Font(color="FFFFFFFF"), fill=dark).doubt is None


def test_a_struck_part_of_a_text_is_left_out_and_raises_a_doubt() -> None:
    cell = cell_of(CellRichText(TextBlock(InlineFont(strike=True), "5"), "12"))
    assert (cell.text, cell.raw) == ("12", "512")
    assert cell.doubt is not None


def test_hidden_rows_and_columns_are_left_out_and_said() -> None:
    def write(sheet) -> None:
        fill(sheet, [["项目", "隐", "甲"], ["隐行", 7, 8], ["规章", 9, 1]])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = read(write)
    assert texts(document) == [["项目", "甲"], ["规章", "1"]]
    assert [(p.code, p.severity) for p in document.problems] == [("hidden_cells", "warning")]
    assert "2 B" in document.problems[0].message.zh


def test_hidden_sheets_are_left_out_and_said() -> None:
    book = Workbook()
    fill(book.worksheets[0], [["甲", "乙"], [1, 2]])
    fill(book.create_sheet("底稿"), [["丙", "丁"], [3, 4]])
    book["底稿"].sheet_state = "hidden"
    document = read_document(saved(book), "x.xlsx")
    assert len(grids(document)) == 1
    assert "底稿" in document.problems[0].message.zh


def test_titles_are_prose_and_run_over_the_blank_cells_beside_them() -> None:
    def write(sheet) -> None:
        fill(sheet, [["二、主动公开"], ["项目", "甲", "乙"], ["规章", 1, 2], [], ["2024年1月20日"]])

    document = read(write)
    assert prose(document) == ["二、主动公开", "2024年1月20日"]
    last = grids(document)[0].cells[-1]
    assert (last.text, last.column_span) == ("2024年1月20日", 3)


def test_a_row_whose_numbers_are_blank_stays_a_row() -> None:
    def write(sheet) -> None:
        fill(sheet, [["项目", "甲", "乙"], ["规章"], ["规范性文件", 1, 2]])
        for cell in ("B2", "C2"):
            sheet[cell].border = Border(left=Side(style="thin"))

    assert texts(read(write))[1] == ["规章", "", ""]


def test_a_stray_cell_far_away_costs_nothing() -> None:
    def write(sheet) -> None:
        fill(sheet, [["项目", "甲"], ["规章", 1]])
        sheet["XFD1048576"] = "."

    (grid,) = grids(read(write))
    assert (grid.row_count, grid.column_count) == (4, 3)


def test_a_sheet_of_many_rows_is_refused_in_words() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("流水")
    for number in range(5_000):
        sheet.append([number] * 3)
    fill(book.create_sheet("表"), [["甲", "乙"], [1, 2]])
    document = read_document(saved(book), "x.xlsx")
    assert [p.code for p in document.problems] == ["sheet_too_large"]
    assert len(grids(document)) == 1


def test_entities_in_a_sheet_are_refused() -> None:
    content = book_of(lambda sheet: fill(sheet, [["甲"]]))
    bomb = '<!DOCTYPE d [<!ENTITY a "1">]><worksheet'
    with pytest.raises(UnreadableError, match="实体"):
        read_document(patched(content, SHEET, "<worksheet", bomb), "x.xlsx")


def test_a_damaged_sheet_is_unreadable() -> None:
    content = book_of(lambda sheet: fill(sheet, [["甲"]]))
    with pytest.raises(UnreadableError):
        read_document(patched(content, SHEET, "</sheetData>", ""), "x.xlsx")


def old_book(write) -> bytes:
    """An XLS file of one sheet that the function fills."""
    book = xlwt.Workbook()
    write(book.add_sheet("表"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_old_workbooks_are_read_the_same_way() -> None:
    def write(sheet) -> None:
        sheet.write_merge(0, 0, 0, 1, "项目")
        sheet.write(0, 2, "甲")
        sheet.write(1, 0, "规章")
        sheet.write(1, 1, 97.3)
        sheet.write(1, 2, "0012")
        sheet.write(2, 0, 12, xlwt.easyxf("font: struck_out on"))
        sheet.write(2, 1, 12, xlwt.easyxf(num_format_str="0%"))
        sheet.write(2, 2, 12, xlwt.easyxf(num_format_str='0"元"'))

    (grid,) = grids(read_document(old_book(write), "book.xls"))
    assert [(c.text, c.column_span, bool(c.doubt)) for c in grid.cells] == [
        ("项目", 2, False),
        ("甲", 1, False),
        ("规章", 1, False),
        ("97.3", 1, False),
        ("0012", 1, False),
        ("12", 1, True),
        ("12", 1, True),
        ("12元", 1, False),
    ]
    assert [c.place.ref for c in grid.cells][:3] == ["A1", "C1", "A2"]


def test_a_damaged_old_workbook_is_unreadable() -> None:
    content = old_book(lambda sheet: [sheet.write(row, 0, "甲") for row in range(300)])
    for length in (600, len(content) // 2):
        with pytest.raises(UnreadableError):
            read_document(content[:length], "book.xls")


CSV = '二、主动公开,,\n项目,甲,"乙\n丙"\n规章,"1,234",2\n\n2024年1月20日,,\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_comma_separated_text_is_read(encoding: str) -> None:
    document = read_document(CSV.encode(encoding), "book.csv")
    (grid,) = grids(document)
    assert [c.text for c in grid.cells] == [
        "二、主动公开",
        "",
        "",
        "项目",
        "甲",
        "乙\n丙",
        "规章",
        "1,234",
        "2",
    ]
    assert prose(document) == ["二、主动公开", "2024年1月20日"]
    assert grid.cells[-1].place.line == 4
    assert grid.ragged


def test_prose_with_commas_is_text() -> None:
    text = "一、总体情况\n2024年,本机关公开信息10条,其中规范性文件2件。\n项目\t甲\n规章\t1\n"
    assert [c.text for c in grids(read_document(text.encode(), "x.txt"))[0].cells][-1] == "1"
