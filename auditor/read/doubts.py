"""In: nothing. Out: why a cell's text cannot be trusted, in words, shared by the readers."""

from auditor.model import Wording

STRUCK = Wording("单元格中的文字带删除线", "text in the cell is struck through")
HIDDEN = Wording(
    "单元格中有看不见的文字（隐藏或与底色同色）",
    "the cell holds text that cannot be seen (hidden, or in the colour of its ground)",
)
RAISED = Wording(
    "数字旁有上标或下标小字，无法确定是否属于该数",
    "small raised or lowered characters stand beside the number",
)
SYMBOL_FONT = Wording(
    "文字使用符号字体，显示的不是字面上的字符",
    "the text is set in a symbol font and shows other characters than it holds",
)
NESTED_TABLE = Wording("单元格中另有一张表格", "the cell holds a table of its own")
PICTURE = Wording("单元格中有图片，没有读取", "the cell holds a picture, which was not read")
TEXT_BOX = Wording(
    "文字在文本框中，不一定显示在该单元格内",
    "the text stands in a text box, which may be shown elsewhere",
)
NUMBERED = Wording(
    "单元格使用了自动编号，编号与数字无法区分",
    "the cell is numbered automatically; number and numbering cannot be told apart",
)
EQUATION = Wording("单元格中是公式对象", "the cell holds an equation")
CELL_CHANGES = Wording(
    "该行有未处理的单元格增删修订", "the row has tracked insertions or deletions of cells"
)
OVERLAP = Wording("单元格互相重叠", "cells overlap each other")
