"""In: what was seen of a document. Out: an HTML page of its grids, for formats without pages."""

from collections import defaultdict
from collections.abc import Sequence

from auditor.model import Language, Report
from auditor.render.markup import Markup, tag
from auditor.render.places import place_text
from auditor.render.sight import words
from auditor.render.sight.panel import panel_lines
from auditor.render.sight.seen import Kind, Seen, SeenCell, SeenGrid

_STYLE = """
body{font-family:sans-serif;margin:1.5em;color:#222}
table{border-collapse:collapse;margin:.3em 0 1.5em}
td{border:2px solid #999;padding:.2em .4em;vertical-align:top;white-space:pre-line}
td small,p small{display:block;font-size:.7em;opacity:.75}
p.text{border-left:3px solid %(paragraph)s;padding-left:.5em;margin:.3em 0}
h2{color:%(grid)s;font-size:1em;margin:.5em 0 0}
li{list-style:none}
i{display:inline-block;width:1em;height:1em;margin-right:.5em;vertical-align:-.1em}
"""


def sight_page(report: Report, blocks: Sequence[Seen], lang: Language) -> bytes:
    """Give the page: the legend, the tables, the problems, then every block in its order."""
    page = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("title", words.TITLE.in_language(lang)),
            tag("style", Markup(_style())),
        ),
        tag("body", _panel(report, blocks, lang), *(_block(block, lang) for block in blocks)),
        lang="zh-CN" if lang == "zh" else "en",
    )
    return f"<!DOCTYPE html>{page}\n".encode("utf-8", "backslashreplace")


def _style() -> str:
    colours = {"paragraph": _css(words.PARAGRAPH_COLOUR), "grid": _css(words.GRID_COLOUR)}
    kinds = (
        f"td.{kind},i.{kind}{{border-color:{_css(colour)};background:{_css(colour)}30}}"
        for kind, colour in words.COLOURS.items()
        if kind is not Kind.OTHER
    )
    return _STYLE % colours + "\n".join(kinds)


def _css(colour: words.Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _panel(report: Report, blocks: Sequence[Seen], lang: Language) -> Markup:
    kinds = {colour: kind for kind, colour in words.COLOURS.items()}
    items = []
    for line in panel_lines(report, blocks, None, lang):
        kind = kinds.get(line.colour) if line.colour else None
        mark = tag("i", class_=str(kind)) if kind else None
        items.append(tag("li", mark, tag("b", line.text) if line.is_head else line.text))
    return tag("ul", *items)


def _block(block: Seen, lang: Language) -> Markup:
    if not isinstance(block, SeenGrid):
        return tag("p", block.text, tag("small", place_text(block.place, lang)), class_="text")
    grid = block.grid
    name = words.GRID.fill(number=block.number, rows=grid.row_count, columns=grid.column_count)
    rows: dict[int, list[SeenCell]] = defaultdict(list)
    for cell in block.cells:
        rows[cell.cell.row].append(cell)
    return tag(
        "section",
        tag("h2", f"{name.in_language(lang)}  {place_text(grid.place, lang)}"),
        tag("table", *(_row(rows[row], lang) for row in range(grid.row_count))),
    )


def _row(cells: Sequence[SeenCell], lang: Language) -> Markup:
    ordered = sorted(cells, key=lambda seen: seen.cell.column)
    return tag("tr", *(_cell(seen, lang) for seen in ordered))


def _cell(seen: SeenCell, lang: Language) -> Markup:
    cell = seen.cell
    doubt = cell.doubt.in_language(lang) if cell.doubt else ""
    notes = (part for part in ("/".join(seen.name), doubt) if part)
    return tag(
        "td",
        cell.text,
        *(tag("small", note) for note in notes),
        class_=str(seen.kind),
        rowspan=cell.row_span if cell.row_span > 1 else None,
        colspan=cell.column_span if cell.column_span > 1 else None,
        title=cell.place.ref or cell.place.path,
    )
