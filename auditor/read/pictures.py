"""In: how many pictures a document has, and its blocks. Out: a problem where tables may be some."""

from collections.abc import Sequence

from auditor.model import Grid, Paragraph, Problem, Wording

_TABLES_EXPECTED = 3  # a document of tables; fewer and pictures beside: some may be pictures
_FEWEST_COLUMNS = 3
_MESSAGE = Wording(
    "文件中有 {count} 幅图片没有读取；如果表格是图片，请提供文字版或原始电子文档",
    "{count} pictures were not read; if a table is one of them, provide it as text",
)


def picture_problem(count: int, blocks: Sequence[Paragraph | Grid]) -> Problem | None:
    """Say that there are pictures, where tables are fewer than such a document has."""
    grids = [b for b in blocks if isinstance(b, Grid) and b.column_count >= _FEWEST_COLUMNS]
    if not count or len(grids) >= _TABLES_EXPECTED:
        return None
    return Problem("table_as_image", "warning", _MESSAGE.fill(count=count))
