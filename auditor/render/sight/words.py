"""In: nothing. Out: the words and colours of the pictures of what was seen."""

from auditor.model import Wording
from auditor.render.sight.seen import Kind

Colour = tuple[int, int, int]

COLOURS: dict[Kind, Colour] = {
    Kind.VALUE: (46, 160, 67),
    Kind.BLANK: (84, 174, 255),
    Kind.DASH: (0, 150, 160),
    Kind.ASSUMED: (240, 150, 20),
    Kind.UNREADABLE: (220, 30, 40),
    Kind.COVERED: (150, 80, 190),
    Kind.ROW: (70, 90, 200),
    Kind.COLUMN: (30, 50, 140),
    Kind.UNMATCHED: (235, 60, 170),
    Kind.OTHER: (130, 130, 130),
}
GRID_COLOUR: Colour = (20, 60, 230)
PARAGRAPH_COLOUR: Colour = (150, 105, 40)

LEGEND = {
    Kind.VALUE: Wording("数值（下为地址）", "a number, with its address"),
    Kind.BLANK: Wording("空白格", "a blank cell"),
    Kind.DASH: Wording("横线或斜线", "a dash or slash"),
    Kind.ASSUMED: Wording("只按位置推定", "placed by position alone"),
    Kind.UNREADABLE: Wording("无法读取", "could not be read"),
    Kind.COVERED: Wording("被合并格覆盖", "covered by a merge"),
    Kind.ROW: Wording("识别出的行标签", "a row's label, recognised"),
    Kind.COLUMN: Wording("识别出的列标签", "a column's label, recognised"),
    Kind.UNMATCHED: Wording("有数字但未对应到表格", "a number that was matched to nothing"),
    Kind.OTHER: Wording("其他格", "any other cell"),
}
GRID = Wording(
    "网格 {number}: {rows}行 {columns}列", "grid {number}: {rows} rows, {columns} columns"
)
GRID_LINE = Wording("网格外框，左为行号，上为列号", "a grid; its rows and columns are numbered")
PARAGRAPH = Wording("段落", "a paragraph")
MERGED = Wording("合并 {rows}×{columns}", "merged {rows}×{columns}")
PAGE = Wording("第 {number} 页", "page {number}")
TABLES = Wording("三张表", "tables")
PROBLEMS = Wording("问题", "problems")
NO_GRID = Wording("本页没有看到网格（表格框线）", "no grid was seen on this page")
NOT_DRAWN = Wording("本页无法绘出", "this page cannot be drawn")
UNRECOGNISED = Wording("没有识别出法定表格", "no statutory table was recognised")
TITLE = Wording("auditor 所见", "what auditor saw")
