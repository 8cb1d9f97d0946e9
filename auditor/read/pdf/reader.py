"""In: the bytes of a PDF. Out: a Document: paragraphs and grids in reading order, and problems.

The chain for a page: ink -> visible glyphs -> runs; pieces -> lines -> lattices; runs into cells;
the runs left over into paragraphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from auditor.errors import UnreadableError
from auditor.model import Bbox, Document, Grid, GridCell, Paragraph, Place, Problem, Wording
from auditor.read.normalise import normalise
from auditor.read.pdf.cells import Filled, fill_cells
from auditor.read.pdf.doubts import first_doubt
from auditor.read.pdf.lattice import LatticeCell
from auditor.read.pdf.objects import TooComplexError
from auditor.read.pdf.painted import Fault, PageInk
from auditor.read.pdf.prose import Passage, find_passages
from auditor.read.pdf.reading import read_cell
from auditor.read.pdf.runs import find_runs
from auditor.read.pdf.source import read_ink
from auditor.read.pdf.tables import find_tables
from auditor.read.pdf.visible import visible_glyphs

_PROSE_MIN = 60  # characters; a lone box with so much text is a framed paragraph


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's blocks from top to bottom, its passages still open for joining."""

    blocks: tuple[tuple[Passage | Grid, Place], ...]
    problems: tuple[Problem, ...]


def read_pdf(content: bytes, file: str) -> Document:
    """Read a PDF with a text layer.

    Raises: UnreadableError where nothing can be read (no PDF, damaged, encrypted, no pages).
    """
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error.err_code, file) from error
    try:
        if not len(pdf):
            raise UnreadableError(f"{file}：PDF 中没有页面", f"{file}: the PDF has no pages")
        pages = [_read_page(pdf, ix) for ix in range(len(pdf))]
    finally:
        pdf.close()
    return Document(file, _joined_blocks(pages), tuple(p for page in pages for p in page.problems))


def _unreadable(code: int | None, file: str) -> UnreadableError:
    if code == 4:
        return UnreadableError(
            f"{file}：PDF 已加密，需要密码；请提供未加密的文件",
            f"{file}: the PDF is encrypted and needs a password; try an unencrypted copy",
        )
    return UnreadableError(
        f"{file}：不是有效的 PDF，或文件已损坏、不完整",
        f"{file}: not a PDF, or damaged or cut off",
    )


def _read_page(pdf: pypdfium2.PdfDocument, ix: int) -> _Page:
    try:
        page = pdf[ix]
    except pypdfium2.PdfiumError:
        return _failed_page(
            "page_unreadable",
            ix + 1,
            "无法打开，文件可能已损坏",
            "cannot be opened; the file may be damaged",
        )
    try:
        return _read_ink(read_ink(page, ix + 1))
    except TooComplexError:
        return _failed_page(
            "page_too_complex", ix + 1, "图形过多，未读取", "paints too much to be read"
        )
    finally:
        page.close()


def _failed_page(code: str, page_no: int, zh: str, en: str) -> _Page:
    message = Wording(f"第 {page_no} 页{zh}", f"page {page_no} {en}")
    return _Page((), (Problem(code, "error", message, place=Place(page=page_no)),))


def _read_ink(ink: PageInk) -> _Page:
    runs = find_runs(visible_glyphs(ink))
    tables, outside = fill_cells(find_tables(ink), runs)
    framed = [table for table in tables if _is_framed_prose(table, tables)]
    outside = (*outside, *(r for table in framed for rs in table.runs.values() for r in rs))
    tables = tuple(table for table in tables if table not in framed)
    boxes = [table.lattice.box for table in tables]
    passages = find_passages([r for r in outside if not r.faults], boxes)
    blocks: list[tuple[float, Passage | Grid]] = [
        *((table.lattice.box[1], _grid(table, ink)) for table in tables),
        *((passage.box[1], passage) for passage in passages),
    ]
    return _Page(
        tuple(
            (block, block.place if isinstance(block, Grid) else _place(block.box, ink))
            for _, block in sorted(blocks, key=lambda block: block[0])
        ),
        (),
    )


def _is_framed_prose(table: Filled, tables: Sequence[Filled]) -> bool:
    """Tell whether a table of one column is only a frame: around prose or around other tables."""
    lattice = table.lattice
    if len(lattice.xs) > 2:
        return False
    x0, top, x1, bottom = lattice.box
    if any(
        t is not table and x0 <= t.lattice.xs[0] and t.lattice.xs[-1] <= x1
        and top <= t.lattice.ys[0] and t.lattice.ys[-1] <= bottom
        for t in tables
    ):  # fmt: skip
        return True
    texts = ["".join(run.text for run in runs) for runs in table.runs.values()]
    return not texts or any(len(text) >= _PROSE_MIN or "。" in text for text in texts)


def _place(box: Bbox, ink: PageInk) -> Place:
    x0, top, x1, bottom = ink.to_shown.box(*box)
    return Place(
        page=ink.page_no, bbox=(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
    )


def _grid(table: Filled, ink: PageInk) -> Grid:
    lattice = table.lattice
    return Grid(
        cells=tuple(_grid_cell(table, ix, cell, ink) for ix, cell in enumerate(lattice.cells)),
        row_count=len(lattice.ys) - 1,
        column_count=len(lattice.xs) - 1,
        place=_place(lattice.box, ink),
    )


def _grid_cell(table: Filled, ix: int, cell: LatticeCell, ink: PageInk) -> GridCell:
    box = table.lattice.cell_box(cell)
    content = read_cell(table.runs[ix], box) if table.runs.get(ix) else None
    faults = set(content.faults if content else ()) | table.faults.get(ix, set())
    if cell.torn:
        faults.add(Fault.BORDERS)
    raw = content.raw if content else ""
    return GridCell(
        row=cell.row,
        column=cell.column,
        text=normalise(raw),
        raw=raw,
        place=_place(box, ink),
        row_span=cell.row_span,
        column_span=cell.column_span,
        doubt=first_doubt(faults),
    )


def _joined_blocks(pages: Sequence[_Page]) -> tuple[Paragraph | Grid, ...]:
    return tuple(
        block if isinstance(block, Grid) else Paragraph(normalise(block.text), block.text, place)
        for page in pages
        for block, place in page.blocks
    )
