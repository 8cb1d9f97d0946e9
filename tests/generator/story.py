"""In: a specimen. Out: its blocks in reading order: lines, tables, page ends."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .sheet import Sheet, Square
from .specimen import Specimen, draw_specimen
from .tables import application_sheets, disclosure_sheets, review_sheets
from .truth import consistent_truth

LineKind = Literal["title", "heading", "para", "glued", "signature", "note"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `glued` ones stand close on a table, as wide as it is; `wide` as for tables."""

    kind: LineKind
    text: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; `wide` ones stand on landscape pages of their own, `lying` ones on their side."""

    sheet: Sheet
    wide: bool = False
    lying: bool = False


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The page ends here."""


Block = Line | TableBlock | PageEnd


def tell(specimen: Specimen) -> tuple[Block, ...]:
    """Give the whole report, block by block."""
    return tuple(_tell(specimen))


def _tell(specimen: Specimen) -> Iterator[Block]:
    prose, layout = specimen.prose, specimen.layout
    if "metadata" in layout.decoys:
        yield TableBlock(_metadata(specimen))
    yield from (Line("title", part) for part in prose.title.split("\n"))
    yield Line("para", prose.opening)
    yield Line("heading", prose.headings["一"])
    yield from (Line("para", text) for text in prose.sections["一"])
    yield from _disclosure(specimen)
    yield from _applications(specimen)
    yield Line("heading", prose.headings["四"])
    for ix, sheet in enumerate(review_sheets(specimen)):
        if ix:
            yield PageEnd()
        yield TableBlock(sheet)
    yield Line("heading", prose.headings["五"])
    yield from (Line("para", text) for text in prose.sections["五"])
    yield Line("heading", prose.headings["六"])
    yield from (Line("para", text) for text in prose.sections["六"])
    if "previous_year" in layout.decoys:
        yield from _previous_year(specimen)
    if "signature" in layout.decoys:
        yield TableBlock(_signature())
    yield Line("signature", specimen.agency.name)
    yield Line("signature", f"{specimen.year + 1}年1月20日")
    if "second_report" in layout.decoys:
        yield PageEnd()
        yield from tell(second_report(specimen))


def _disclosure(specimen: Specimen) -> Iterator[Block]:
    yield Line("heading", specimen.prose.headings["二"])
    if specimen.layout.body == "glued":
        yield from (Line("glued", text) for text in specimen.prose.filler[:2])
    parts = disclosure_sheets(specimen)
    is_broken = specimen.layout.disclosure == "broken"
    for ix, sheet in enumerate(parts):
        if ix and is_broken:
            yield PageEnd()
        yield TableBlock(sheet)
        if not is_broken and ix < len(parts) - 1:
            yield Line("para", "")


def _applications(specimen: Specimen) -> Iterator[Block]:
    prose, layout = specimen.prose, specimen.layout
    if "chart" in layout.decoys:
        yield Line("para", "各渠道收到的申请如下表所示。")
        yield TableBlock(_chart(specimen))
    for ix in range(layout.lead_in):
        yield Line("para", prose.filler[ix % len(prose.filler)])
    wide = layout.orientation == "landscape_table"
    if layout.new_page and not wide:
        yield PageEnd()
    if "heading_row" not in layout.extras:
        yield Line("heading", prose.headings["三"], wide)
    if "sentence" in layout.extras:
        yield Line("para", "本年度收到和处理政府信息公开申请的情况统计如下：", wide)
    for ix, sheet in enumerate(application_sheets(specimen)):
        if ix:
            yield PageEnd()
        yield TableBlock(sheet, wide, layout.orientation == "sideways_table")
    if "footnote" in layout.extras:
        yield Line("note", f"注：1.数据截至{specimen.year}年12月31日。2.单位：件。", wide)


def _previous_year(specimen: Specimen) -> Iterator[Block]:
    """Print 表三 of the year before at the end, for comparison: the form, but not this report."""
    earlier = replace(
        specimen,
        truth=consistent_truth(specimen.seed + 1, specimen.form, specimen.agency.scale),
        layout=replace(specimen.layout, breaks=(), extras=()),
        faults=(),
    )
    yield Line("para", f"附：{specimen.year - 1}年度申请办理情况（供对照）")
    yield from (TableBlock(sheet) for sheet in application_sheets(earlier))


def second_report(specimen: Specimen) -> Specimen:
    """Give the report of another body that is bound behind this one."""
    layout = replace(specimen.layout, decoys=(), breaks=(), extras=())
    others = (draw_specimen(specimen.seed + n, layout, faulty=False) for n in range(1, 99))
    return next(other for other in others if other.agency != specimen.agency)


def _plain_sheet(rows: list[list[str]], widths: tuple[float, ...]) -> Sheet:
    squares = [
        Square(r, c, text, "label" if c % 2 == 0 else "filler")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Sheet(tuple(squares), len(rows), widths)


def _metadata(specimen: Specimen) -> Sheet:
    year, name = specimen.year + 1, specimen.agency.name
    rng = random.Random(f"索引/{specimen.seed}")
    rows = [
        [
            "索引号",
            f"{rng.randrange(10**8):08d}/{year}-{rng.randrange(10**5):05d}",
            "主题分类",
            "政务公开",
        ],
        ["发布机构", name, "发布日期", f"{year}-01-2{rng.randrange(8)}"],
        ["名称", "政府信息公开工作年度报告", "文号", "无"],
    ]
    return _plain_sheet(rows, (2, 5, 2, 4))


def _chart(specimen: Specimen) -> Sheet:
    """A small table of counts that looks like data of the form, and is none of it."""
    rng = random.Random(f"渠道/{specimen.seed}")
    counts = [rng.randint(0, 90) for _ in range(4)]
    rows = [
        ["渠道", "当面", "信函", "传真", "网络", "总计"],
        ["件数", *(str(n) for n in counts), str(sum(counts))],
    ]
    return _plain_sheet(rows, (1,) * 6)


def _signature() -> Sheet:
    return _plain_sheet([["填报人", "陈某某", "审核人", "林某某"]], (1, 2, 1, 2))
