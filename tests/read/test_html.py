"""In: small web pages, one trap each. Out: what is read is what a browser shows, or is said."""

import json
from email.message import EmailMessage

import pytest

from auditor.errors import UnreadableError
from auditor.model import Document
from auditor.read import read_document
from tests.read.word import grids, prose, squares

ROW = "<tr><td>规章</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>"
TABLE = f"<table><tr><td>甲</td><td>乙</td><td>丙</td><td>丁</td><td>戊</td></tr>{ROW}</table>"


def read(page: str | bytes) -> Document:
    content = page if isinstance(page, bytes) else page.encode()
    return read_document(content, "page.html")


def cell_of(content: str, head: str = "", attributes: str = ""):
    """The cell of a small table that holds this."""
    row = f"<tr><td>项目</td><td {attributes}>{content}</td></tr>"
    page = f"<html><head>{head}</head><body><table>{row}<tr><td>甲</td><td>1</td></tr></table>"
    return grids(read(page))[0].cells[1]


def test_spans_are_merges_as_a_browser_sets_them() -> None:
    page = (
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1<td>2</tr>"
        "<tr><td rowspan=0>丙<td>3<td>4<tr><td>5<td>6</table>"
    )
    assert squares(grids(read(page))[0]) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 0, 2, 1, "丙"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "4"),
        (3, 1, 1, 1, "5"),
        (3, 2, 1, 1, "6"),
    ]


def test_a_row_span_ends_with_its_group_and_a_foot_stands_last() -> None:
    page = (
        "<table><thead><tr><td rowspan=9>项<td>数</thead><tfoot><tr><td>总<td>2</tfoot>"
        "<tbody><tr><td>甲<td>1</tbody></table>"
    )
    assert [c.text for c in grids(read(page))[0].cells] == ["项", "数", "甲", "1", "总", "2"]
    assert grids(read(page))[0].cells[0].row_span == 1


def test_huge_spans_cost_nothing() -> None:
    page = "<table>" + "<tr><td colspan=100000 rowspan=100000>甲<td>1</tr>" * 50 + "</table>"
    assert grids(read(page))[0].row_count == 50


def test_cells_that_overlap_are_not_trusted() -> None:
    page = "<table><tr><td>甲<td rowspan=2>1<tr><td colspan=2>乙</table>"
    assert [bool(c.doubt) for c in grids(read(page))[0].cells] == [False, False, True]


def test_a_cell_has_a_short_path() -> None:
    cell = grids(read("<table><tr><td>x</td><td>y</td></tr></table>" + TABLE))[1].cells[7]
    assert (cell.text, cell.place.path) == ("2", "table[2]/tr[2]/td[3]")


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1", "no-such", None])
def test_encodings_declared_rightly_wrongly_or_not(encoding: str, declared: str | None) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    text = "一、总体情况：本机关不掌握"
    page = f"<html><head>{meta if declared else ''}</head><body><p>{text}</p></body></html>"
    assert prose(read(page.encode(encoding)))[0] == "一、总体情况:本机关不掌握"


def test_a_page_that_says_gb2312_may_hold_characters_of_gbk_and_gb18030() -> None:
    page = '<meta charset="gb2312"><p>朱镕基 喆 㐀</p><p>后文</p>'
    assert prose(read(page.encode("gb18030"))) == ["朱镕基 喆 㐀", "后文"]


def test_utf_16_with_a_mark() -> None:
    assert prose(read(f"<html><body><p>总体情况</p>{TABLE}</body></html>".encode("utf-16"))) == [
        "总体情况"
    ]


def test_a_byte_cut_in_the_middle_spoils_one_character_and_is_said() -> None:
    page = ("<p>" + "总体情况" * 300 + "</p>").encode() + b"\xe4\xb8<p>\xe5\xb9\xb4</p>"
    document = read(page)
    assert prose(document)[-1].endswith("年")
    assert "undecodable_text" in {p.code for p in document.problems}


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">5</span>',
        '<span style="DISPLAY : none !important">5</span>',
        '<span style="visibility:hidden">5</span>',
        "<span hidden>5</span>",
        '<span class="x">5</span>',
        "<!-- 5 -->",
        "<script>5</script>",
        "<template>5</template>",
    ],
)
def test_what_takes_no_place_is_no_content(hidden: str) -> None:
    cell = cell_of(f"{hidden}12", "<style>p,span.x{display:none}</style>")
    assert cell.text == "12"


@pytest.mark.parametrize(
    "mark",
    [
        "<s>5</s>",
        "<del>5</del>",
        "<strike>5</strike>",
        '<span style="text-decoration: line-through">5</span>',
        '<font color="#ffffff">5</font>',
        '<span style="color:rgb(255, 255, 255)">5</span>',
        '<span style="color:transparent">5</span>',
        '<span style="font-size:0">5</span>',
        "<sup>5</sup>",
        '<b class="white">5</b>',
    ],
)
def test_text_that_is_no_content_is_left_out_and_raises_a_doubt(mark: str) -> None:
    cell = cell_of(f"{mark}12", "<style>.white{color:#fff}</style>")
    assert cell.text == "12"
    assert cell.doubt is not None


@pytest.mark.parametrize(
    "mark",
    [
        '<span style="color:#fff;background:#333">5</span>',
        '<span style="color:#fff;background-image:url(x.png)">5</span>',
        '<span style="font-size:0"><b style="font-size:12pt">5</b></span>',
        '<span class="screen">5</span>',
        "<ins>5</ins>",
        "<span>5</span>",
        '<input type="text" value="5">',
        "<select><option>9</option><option selected>5</option></select>",
    ],
)
def test_text_that_shows_is_content(mark: str) -> None:
    cell = cell_of(f"{mark}12", "<style>@media print{.screen{display:none}}</style>")
    assert (cell.text, cell.doubt) == ("512", None)


def test_hidden_rows_and_cells_take_no_place() -> None:
    page = (
        "<table><tr><td style='display:none'>隐<td>甲<td>1<tr style='display:none'><td>乙<td>2"
        "<tr><td>丙<td>3</table>"
    )
    assert [c.text for c in grids(read(page))[0].cells] == ["甲", "1", "丙", "3"]


def test_a_concealed_cell_keeps_its_place_and_is_not_trusted() -> None:
    cell = cell_of("12", attributes='style="visibility:hidden"')
    assert (cell.text, cell.raw) == ("", "12")
    assert cell.doubt is not None


def test_a_picture_in_a_cell_is_said() -> None:
    assert cell_of('<img src="1.gif">').doubt is not None
    assert cell_of('12<img src="spacer.gif" width="1">').doubt is None


def test_markup_of_word_processors() -> None:
    content = (
        "<p class=MsoNormal align=center><span lang=EN-US style='mso-bidi-font-size:10.5pt'>20"
        "</span><font face=宋体>2</font><span>4<o:p></o:p></span></p><![if !mso]><![endif]>"
    )
    assert cell_of(content).text == "2024"


def test_the_row_that_only_sets_widths_is_no_row() -> None:
    page = TABLE.replace("</table>", "<tr height=0><td width=9></td><td width=9></td></tr></table>")
    assert grids(read(page))[0].row_count == 2


def test_spaces_of_all_kinds_and_breaks() -> None:
    assert cell_of("&nbsp;&nbsp;12&nbsp;").text == "12"
    assert cell_of("\n   12\n  ").text == "12"
    assert cell_of("不予<br>公开").text == "不予\n公开"
    assert cell_of("１２").text == "12"


def test_layout_tables_are_taken_apart_and_the_innermost_become_grids() -> None:
    page = (
        "<table width=1000><tr><td><table><tr><td>首页</td></tr></table></td><td>"
        f"<p>二、主动公开</p>{TABLE}<p>三、申请</p>{TABLE}</td></tr></table>"
    )
    document = read(page)
    assert prose(document) == ["首页", "二、主动公开", "三、申请"]
    assert [grid.column_count for grid in grids(document)] == [5, 5]


def test_menus_are_no_prose_and_the_title_is() -> None:
    menu = "".join(f"<li><a href='{ix}'>栏目{ix}</a></li>" for ix in range(60))
    page = f"<ul>{menu}</ul><h1><a href='#'>年度报告</a></h1><p>正文见<a href='#'>附件</a></p>"
    assert prose(read(f"<body>{page}</body>")) == ["年度报告", "正文见附件"]


def test_the_title_in_the_head_is_read() -> None:
    page = '<head><meta name="ArticleTitle" content="某局2024年年度报告"></head><p>正文</p>'
    assert prose(read(page)) == ["某局2024年年度报告", "正文"]


def test_breaks_between_paragraphs() -> None:
    assert prose(read("<div>一、总体情况<br><br>&nbsp;二、主动公开<br/>正文</div>")) == [
        "一、总体情况",
        "二、主动公开",
        "正文",
    ]


def test_tables_that_are_pictures_are_said() -> None:
    page = "<p>一、总体情况</p><img src='t.png'><img src='u.png' width='800'><img width=16>"
    problems = read(page).problems
    assert [(p.code, p.severity) for p in problems] == [("table_as_image", "warning")]
    assert "2" in problems[0].message.en
    assert read(f"<img src='t.png'>{TABLE * 3}").problems == ()


def test_an_embedded_file_is_said() -> None:
    assert (
        read("<p>见附件</p><iframe src='/a/报告.pdf'></iframe>").problems[0].code == "embedded_file"
    )


@pytest.mark.parametrize(
    "quote",
    [
        lambda page: f"<script>var c = {json.dumps(page)};</script>",
        lambda page: f"<script>var c = '{page}';</script>",
        lambda page: "<script>var c={a:" + json.dumps(page).replace("<", "\\u003c") + "}</script>",
        lambda page: "<script type='application/json'>" + json.dumps({"c": page}) + "</script>",
    ],
)
def test_a_page_that_builds_itself_is_read_from_its_data(quote) -> None:
    document = read(f"<html><body><div id=app></div>{quote(f'<p>二、主动公开</p>{TABLE}')}</body>")
    assert prose(document) == ["二、主动公开"]
    assert [grid.column_count for grid in grids(document)] == [5]
    assert "quoted_tables" in {p.code for p in document.problems}


def test_data_behind_a_page_that_shows_its_tables_is_not_read_twice() -> None:
    page = f"<body>{TABLE}<script>var c = {json.dumps(TABLE)}</script></body>"
    assert len(grids(read(page))) == 1


def test_a_json_answer_is_read() -> None:
    answer = {
        "code": 200,
        "data": {"title": "某局2024年年度报告", "content": f"<p>正文</p>{TABLE}"},
    }
    for escaped in (True, False):
        document = read(json.dumps(answer, ensure_ascii=escaped))
        assert prose(document) == ["某局2024年年度报告", "正文"]
        assert len(grids(document)) == 1


def test_a_web_archive_is_read() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message.set_content(
        f"<html><body><p>总体情况</p>{TABLE}", "html", charset="gb18030", cte="base64"
    )
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    document = read_document(message.as_bytes(), "page.mht")
    assert prose(document) == ["总体情况"]
    assert len(grids(document)) == 1


def test_elements_nested_without_end_are_refused_not_cut() -> None:
    for depth in (300, 900):
        page = "<div>" * depth + "<p>总体情况</p>"
        assert prose(read(page)) == ["总体情况"]
    with pytest.raises(UnreadableError):
        read("<div>" * 100_000 + "<p>总体情况</p>" + TABLE)


def test_tables_nested_without_end_are_refused() -> None:
    with pytest.raises(UnreadableError):
        read("<table><tr><td>甲<td>" * 200 + TABLE)


def test_a_page_of_too_many_cells_is_refused() -> None:
    with pytest.raises(UnreadableError):
        read("<table>" + "<tr>" + "<td>1" * 70_000)


def test_nothing_is_fetched_and_entities_stay_small() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "1111111111"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>总体&a;&b;情况</p></body></html>"
    )
    assert "root" not in "".join(prose(read(page)))
