"""In: a fault of a glyph, run or cell. Out: the sentence that a reader of the result sees."""

from collections.abc import Iterable

from auditor.model import Wording
from auditor.read.pdf.painted import Fault

_WORDINGS = {
    Fault.UNMAPPED: Wording(
        "字体没有给出字符对应的文字（缺少 ToUnicode 映射）",
        "the font does not say which characters its glyphs are (no ToUnicode map)",
    ),
    Fault.INVISIBLE: Wording(
        "单元格中有看不见的文字（隐藏、与底色同色或被裁切）",
        "the cell holds text that cannot be seen (hidden, in the colour of its ground, or clipped)",
    ),
    Fault.COVERED: Wording(
        "单元格中的文字被后绘制的图形遮盖",
        "text in the cell is covered by something painted later",
    ),
    Fault.STRUCK: Wording("单元格中的文字带删除线", "text in the cell is struck through"),
    Fault.RAISED: Wording(
        "数字旁有上标或下标小字，无法确定是否属于该数",
        "small raised or lowered characters stand beside the number",
    ),
    Fault.OVERPRINTED: Wording("单元格中的文字互相重叠", "texts in the cell overlap each other"),
    Fault.OVERFLOW: Wording(
        "文字越过单元格边线，无法确定属于哪一格",
        "the text crosses the cell's border; it is unclear to which cell it belongs",
    ),
    Fault.BORDERS: Wording(
        "单元格边线残缺，无法确定合并范围",
        "borders are missing, so that it is unclear how far the cell reaches",
    ),
}


def first_doubt(faults: Iterable[Fault]) -> Wording | None:
    """Give the sentence for the gravest of the faults; None where there is none."""
    present = set(faults)
    return next((wording for fault, wording in _WORDINGS.items() if fault in present), None)
