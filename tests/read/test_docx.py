"""In: small Word documents, one trap each. Out: what is read is what a person sees, or is said."""

import pytest

from auditor.errors import UnreadableError
from auditor.read import read_document
from tests.read.damage import in_strict_flavour
from tests.read.word import (
    cell_of,
    grids,
    package,
    paragraph,
    prose,
    read,
    run,
    squares,
    tbl,
    td,
    tr,
)

SPAN = '<w:gridSpan w:val="{}"/>'
DOWN = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"
EQUAL = (1000,) * 4


def test_merges_are_merges_and_blanks_are_blank() -> None:
    table = tbl(
        tr(td("总计", SPAN.format(2)), td("甲", DOWN)),
        tr("", "5", td("", GOES_ON)),
        widths=EQUAL[:3],
    )
    (grid,) = grids(read(table))
    assert squares(grid) == [
        (0, 0, 1, 2, "总计"),
        (0, 2, 2, 1, "甲"),
        (1, 0, 1, 1, ""),
        (1, 1, 1, 1, "5"),
    ]


def test_rows_that_begin_and_end_inside_the_grid_keep_their_columns() -> None:
    table = tbl(
        tr("甲", "乙", "丙", "丁"),
        tr("2", "3", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        widths=EQUAL,
    )
    (grid,) = grids(read(table))
    assert squares(grid)[4:] == [(1, 1, 1, 1, "2"), (1, 2, 1, 1, "3")]


def test_slivers_between_columns_are_no_columns() -> None:
    """Dragging a border leaves columns a hair wide, which spans then count."""
    table = tbl(
        tr("项目", td("甲", SPAN.format(2)), "乙"),
        tr(td("规章", SPAN.format(2)), "1", "2"),
        widths=(1000, 30, 1000, 1000),
    )
    (grid,) = grids(read(table))
    assert [(c.row, c.column, c.column_span) for c in grid.cells] == [
        (0, 0, 1),
        (0, 1, 1),
        (0, 2, 1),
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 1),
    ]


def test_columns_told_by_cell_widths_alone() -> None:
    def wide(text: str, twips: int) -> str:
        return td(text, f'<w:tcW w:w="{twips}" w:type="dxa"/>')

    table = tbl(
        tr(wide("项目", 1000), wide("数量", 2000)),
        tr(wide("规章", 1000), wide("1", 1000), wide("2", 1000)),
        widths=(1000, 2000),
    )
    (grid,) = grids(read(table))
    assert squares(grid)[:2] == [(0, 0, 1, 1, "项目"), (0, 1, 1, 2, "数量")]


def test_old_files_merge_sideways() -> None:
    row = tr(td("甲", '<w:hMerge w:val="restart"/>'), td("", "<w:hMerge/>"), "乙")
    (grid,) = grids(read(tbl(row, tr("1", "2", "3"), widths=EQUAL[:3])))
    assert squares(grid)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


def test_a_cell_has_its_table_row_and_number() -> None:
    document = read(tbl(tr("甲", "乙"), tr("丙", "丁")) + tbl(tr("1", "2"), tr("3", "4")))
    place = grids(document)[1].cells[3].place
    assert (place.table, place.row, place.column) == (2, 2, 2)


def test_inserted_text_counts_deleted_text_does_not_and_it_is_said() -> None:
    changed = f"<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins>{run('8')}</w:ins>"
    document = read(tbl(tr("甲", td(paragraph(changed))), tr("乙", "1")))
    assert grids(document)[0].cells[1].text == "8"
    assert [(p.code, p.severity) for p in document.problems] == [("tracked_changes", "warning")]


def test_moved_text_counts_where_it_is_now() -> None:
    moved = f"<w:moveFrom>{run('7')}</w:moveFrom>"
    assert cell_of(moved + run("5")).text == "5"
    assert cell_of(f"<w:moveTo>{run('7')}</w:moveTo>").text == "7"


def test_deleted_rows_are_left_out_and_inserted_ones_are_not() -> None:
    table = tbl(
        tr("甲", "1"),
        tr("乙", "2", properties="<w:del/>"),
        tr("丙", "3", properties="<w:ins/>"),
    )
    document = read(table)
    assert [c.text for c in grids(document)[0].cells] == ["甲", "1", "丙", "3"]
    assert [c.place.row for c in grids(document)[0].cells] == [1, 1, 3, 3]


def test_a_deleted_paragraph_end_joins_its_lines() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('12')}</w:p>"
    assert cell_of(first + paragraph("34")).text == "1234"


def test_a_row_with_tracked_cells_is_not_trusted() -> None:
    table = tbl(tr(td("甲"), td("1", "<w:cellDel/>"), td("2")), tr("乙", "3", "4"))
    assert [bool(c.doubt) for c in grids(read(table))[0].cells] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    "mark",
    [
        "<w:vanish/>",
        "<w:strike/>",
        '<w:dstrike w:val="1"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:vertAlign w:val="superscript"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_text_that_is_no_content_is_left_out_and_raises_a_doubt(mark: str) -> None:
    cell = cell_of(run("5", mark) + run("12"))
    assert (cell.text, cell.raw) == ("12", "512")
    assert cell.doubt is not None


@pytest.mark.parametrize(
    "mark",
    [
        '<w:strike w:val="0"/>',
        '<w:vanish w:val="false"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3F6E"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:color w:val="FF0000"/>',
    ],
)
def test_text_that_shows_is_content(mark: str) -> None:
    cell = cell_of(run("5", mark) + run("12"))
    assert (cell.text, cell.doubt) == ("512", None)


def test_white_text_shows_in_a_dark_cell() -> None:
    row = tr(
        td(paragraph(run("12", '<w:color w:val="FFFFFF"/>')), '<w:shd w:fill="000000"/>'), "乙"
    )
    cell = grids(read(tbl(row, tr("1", "2"))))[0].cells[0]
    assert (cell.text, cell.doubt) == ("12", None)


def test_marks_of_styles_count() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="base"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="old"><w:basedOn w:val="base"/></w:style>'
    )
    struck = paragraph(run("5", '<w:rStyle w:val="old"/>') + run("12"))
    cell = grids(read(tbl(tr("甲", td(struck)), tr("乙", "1")), styles=styles))[0].cells[1]
    assert cell.text == "12"
    assert cell.doubt is not None


def test_a_number_split_over_runs_is_one_number() -> None:
    split = run("1") + '<w:proofErr w:type="spellStart"/>' + run("2") + run(",345")
    assert cell_of(split).text == "12,345"


def test_breaks_tabs_hyphens_inside_runs() -> None:
    content = "<w:r><w:t>不予</w:t><w:br/><w:t>公开</w:t><w:softHyphen/><w:t>9</w:t></w:r>"
    assert cell_of(content).text == "不予\n公开9"
    assert cell_of("<w:r><w:noBreakHyphen/><w:t>9</w:t></w:r>").text == "-9"


def test_the_result_of_a_field_shows_its_code_does_not() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + run("77") + mark("separate") + run("88") + mark("end")
    code = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"
    field = mark("begin") + code + inner + mark("separate") + run("12") + mark("end")
    assert cell_of(field + run("3")).text == "123"
    assert cell_of(f'<w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple>').text == "2"


def test_the_mark_of_a_footnote_is_no_digit() -> None:
    assert cell_of(run("12") + '<w:r><w:footnoteReference w:id="1"/></w:r>').text == "12"


def test_a_symbol_font_shows_other_characters() -> None:
    assert cell_of(run("3", '<w:rFonts w:ascii="Wingdings"/>')).doubt is not None
    assert cell_of('<w:r><w:sym w:font="Wingdings" w:char="F033"/></w:r>').text not in {"3", ""}


def test_an_equation_and_a_picture_are_not_read_as_numbers() -> None:
    assert cell_of("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>").doubt is not None
    picture = "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>"
    assert cell_of(picture).doubt is not None


def test_pictures_that_may_be_tables_are_said() -> None:
    picture = "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>"
    (problem,) = read(paragraph("三、申请情况") + paragraph(picture)).problems
    assert (problem.code, problem.severity) == ("table_as_image", "warning")
    wide = tbl(tr("甲", "乙", "丙"), tr("1", "2", "3"))
    assert read(paragraph(picture) + (wide + paragraph("")) * 3).problems == ()


def test_content_controls_are_looked_through() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    table = tbl(
        tr("甲", control(td("1"))),
        control(tr("乙", td(paragraph(control(run("2")))))),
        tr("丙", "3"),
    )
    document = read(control(table) + control(paragraph("一、总体情况")))
    assert [c.text for c in grids(document)[0].cells] == ["甲", "1", "乙", "2", "丙", "3"]
    assert prose(document) == ["一、总体情况"]


def test_tables_in_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{tbl(tr('甲', '1'), tr('乙', '2'))}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:txbx>{box}</wps:txbx></wp:anchor>"
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = read(paragraph(run("标题") + shape))
    assert prose(document) == ["标题"]
    assert [c.text for c in grids(document)[0].cells] == ["甲", "1", "乙", "2"]


def test_a_table_that_arranges_others_is_taken_apart() -> None:
    inner = tbl(tr("甲", "1"), tr("乙", "2"))
    outer = tbl(tr(td(paragraph("二、主动公开") + inner + paragraph("")), td(paragraph("右栏"))))
    document = read(outer)
    assert prose(document) == ["二、主动公开", "右栏"]
    assert [c.text for c in grids(document)[0].cells] == ["甲", "1", "乙", "2"]


def test_a_cell_with_a_table_of_its_own_is_not_trusted() -> None:
    inner = tbl(tr("8", "9"), tr("7", "6"))
    rows = [tr(f"行{ix}", f"{ix}", "0") for ix in range(6)]
    document = read(tbl(tr("甲", td(inner + paragraph("1")), "2"), *rows))
    outer = grids(document)[0]
    assert outer.cells[1].doubt is not None
    assert [c.text for c in grids(document)[1].cells] == ["8", "9", "7", "6"]


def test_a_frame_in_a_cell_is_only_a_frame() -> None:
    inner = tbl(tr("12"))
    document = read(tbl(tr("甲", td(inner + paragraph(""))), tr("乙", "1")))
    assert [(c.text, c.doubt) for c in grids(document)[0].cells][1] == ("12", None)


def level(ix: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{ix}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def listed(text: str, ix: int, list_id: int = 1) -> str:
    reference = f'<w:numPr><w:ilvl w:val="{ix}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, reference)


def test_automatic_numbers_stand_before_their_paragraphs() -> None:
    body = (
        listed("总体情况", 0)
        + listed("主动公开", 1)
        + listed("依申请公开", 1)
        + listed("细目", 2)
        + listed("申请情况", 0)
        + listed("监督", 1)
        + listed("问题", 0, 2)
        + listed("其他", 0, 0)
    )
    assert prose(read(body, numbering=LISTS)) == [
        "一、 总体情况",
        "(一)主动公开",
        "(二)依申请公开",
        "1. 细目",
        "二、 申请情况",
        "(一)监督",
        "五、 问题",
        "其他",
    ]


def test_numbering_by_a_style_takes_the_level_made_for_it() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "decimal", "%1.")
        + level(1, "ideographTraditional", "%2、", '<w:pStyle w:val="second"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="second"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    body = paragraph("子项", '<w:pStyle w:val="second"/>') * 2
    assert prose(read(body, numbering=lists, styles=styles)) == ["甲、 子项", "乙、 子项"]


def test_a_number_that_is_numbered_is_not_trusted() -> None:
    table = tbl(tr("甲", td(listed("5", 2))), tr("乙", "1"))
    assert grids(read(table, numbering=LISTS))[0].cells[1].doubt is not None


def test_the_strict_flavour_is_read_too() -> None:
    content = in_strict_flavour(package(paragraph("一、总体情况")))
    assert prose(read_document(content, "x.docx")) == ["一、总体情况"]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE d [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_entities_are_refused(head: str) -> None:
    with pytest.raises(UnreadableError, match="实体"):
        read_document(package(paragraph("&amp;"), head=head), "x.docx")


def test_tables_nested_without_end_are_refused() -> None:
    body = paragraph("甲")
    for _ in range(60):
        body = tbl(tr(td(body + paragraph("乙")), "丙"))
    with pytest.raises(UnreadableError):
        read(body)


def test_a_document_whose_end_is_missing_is_unreadable() -> None:
    content = package(paragraph("一、总体情况") * 50)
    for length in (20, 200, len(content) // 2, len(content) - 10):
        with pytest.raises(UnreadableError):
            read_document(content[:length], "x.docx")
