"""In: places in sources of every format. Out: the words by which a person finds them."""

import pytest

from auditor.model import Place
from auditor.render.places import place_text, span_text


@pytest.mark.parametrize(
    ("places", "zh", "en"),
    [
        ([Place(page=3), Place(page=4)], "第3-4页", "pages 3-4"),
        ([Place(line=7)], "第7行", "line 7"),
        ([Place(table=2, row=5, column=1)], "文中第2个表格", "table no. 2 of the file"),
        ([Place(path="table[7]/tr[3]/td[2]")], "文中第7个表格", "table no. 7 of the file"),
        ([Place(path="table[7]"), Place(path="table[9]")], "文中第7-9个表格", None),
        ([Place(sheet="表三", ref="B7"), Place(sheet="表三", ref="C7")], "工作表“表三”", None),
        ([Place(path="p[3]")], "", ""),
        ([], "", ""),
    ],
)
def test_places_are_named(places, zh, en) -> None:
    assert span_text(places, "zh") == zh
    if en is not None:
        assert span_text(places, "en") == en


def test_no_place_is_no_words() -> None:
    assert place_text(None, "zh") == ""
