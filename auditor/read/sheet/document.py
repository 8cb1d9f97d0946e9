"""In: the sheets of a workbook. Out: a Document of what is seen of them."""

from collections.abc import Sequence

from auditor.model import Document, Problem, Wording
from auditor.read.sheet.cells import Sheet, see

_HIDDEN_SHEETS = Wording(
    "工作簿有隐藏的工作表（{names}），没有读取",
    "the workbook has hidden sheets ({names}), which were not read",
)


def to_document(file: str, sheets: Sequence[Sheet], hidden: Sequence[str]) -> Document:
    """Put the sheets after each other; hidden ones are only named."""
    seen = [see(sheet) for sheet in sheets]
    problems = [problem for part in seen for problem in part.problems]
    if hidden:
        names = "、".join(hidden).replace("{", "(").replace("}", ")")
        message = _HIDDEN_SHEETS.fill(names=names)
        problems.append(Problem("hidden_sheets", "warning", message))
    blocks = tuple(block for part in seen for block in part.blocks)
    return Document(file, blocks, tuple(problems))
