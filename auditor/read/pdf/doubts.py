"""In: a fault or the code of a problem. Out: the sentence that a reader of the result sees."""

from collections.abc import Iterable, Sequence

from auditor.model import Place, Problem, Wording
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
    Fault.CUT: Wording(
        "行被分页截断，无法确定下一页第一行的数字是否属于同一格",
        "the row may be cut by the page's end: the next page's first numbers may belong to it",
    ),
    Fault.UNREAD: Wording(
        "图片中有墨迹，但没有识别出文字",
        "there is ink on the picture that could not be read",
    ),
    Fault.UNSURE: Wording(
        "图片识别没有把握（两次识别不一致或置信度低）",
        "was not read from the picture with certainty (two readings differ, or are unsure)",
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


_PAGE_WORDINGS = {
    "page_without_text": Wording(
        "第 {page} 页没有文字层（可能是扫描件或图片）；请提供原始电子文档，或先做 OCR 识别",
        "page {page} has no text layer (a scan or a picture?); try the original file, or OCR",
    ),
    "page_is_picture": Wording(
        "第 {page} 页主要是图片，图片中的内容没有读取；请提供原始电子文档，或先做 OCR 识别",
        "page {page} is mostly a picture, and was not read; try the original file, or OCR",
    ),
    "invisible_text": Wording(
        "第 {page} 页的文字是不可见的 OCR 文字层，数字可能有识别错误；请提供原始电子文档",
        "page {page} is a scan with an OCR text; its digits may be wrong: try the original",
    ),
    "garbled_text": Wording(
        "第 {page} 页的字体缺少文字映射，文字无法可靠读取；请重新导出 PDF，或先做 OCR 识别",
        "page {page} has fonts without a map to characters; export the PDF anew, or try OCR",
    ),
    "table_not_read": Wording(
        "第 {page} 页有没有框线、栏目不清的表格，没有读取；请给表格加上框线后再试",
        "page {page} has a table without rules whose columns are not plain: it was not read;"
        " try again with borders",
    ),
    "page_unreadable": Wording(
        "第 {page} 页无法打开，文件可能已损坏",
        "page {page} cannot be opened; the file may be damaged",
    ),
    "page_too_complex": Wording(
        "第 {page} 页的图形过多，没有读取；请另存为不含矢量图的 PDF 后再试",
        "page {page} paints too much to be read; try a copy without vector pictures",
    ),
}


def page_problem(code: str, page_no: int) -> Problem:
    """Give the problem of that code on a page."""
    message = _PAGE_WORDINGS[code].fill(page=page_no)
    return Problem(code, "error", message, place=Place(page=page_no))


def scanned_problem(page_nos: Sequence[int]) -> Problem:
    """Give the notice that pages were read by OCR."""
    listed = ", ".join(map(str, page_nos))
    return Problem(
        "read_by_ocr",
        "info",
        Wording(
            f"第 {listed} 页没有可用的文字层，由 OCR 识别；没有把握的单元格和文字不作结论",
            f"pages {listed} have no text layer to be trusted and were read by OCR; cells and"
            " texts in doubt are not judged",
        ),
        place=Place(page=page_nos[0]),
    )


def truncated_problem() -> Problem:
    """Give the problem of a file whose end is missing, though its pages could be recovered."""
    return Problem(
        "truncated_file",
        "error",
        Wording(
            "文件结尾缺失，可能只下载了一部分，内容可能不全；请重新下载",
            "the end of the file is missing, so that content may be missing too; download it anew",
        ),
    )
