"""In: pages with their blocks. Out: the document's blocks, what a page's end cut in two joined."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from auditor.model import Grid, Paragraph, Place
from auditor.read.normalise import normalise
from auditor.read.pdf.cut_rows import mend_cut_row
from auditor.read.pdf.grids import DrawnTable
from auditor.read.pdf.page import Page
from auditor.read.pdf.prose import SENTENCE_ENDS, Passage, join_text

_PAGE_NUMBER_MAX = 12  # characters
_DIGITS = re.compile(r"\d+")

Block = Passage | DrawnTable


def join_pages(pages: Sequence[Page]) -> tuple[Paragraph | Grid, ...]:
    """Give the blocks in reading order; page numbers and running heads stay by themselves."""
    heads = Counter(
        _DIGITS.sub("", block.text)
        for page in pages
        for block, _ in page.blocks
        if isinstance(block, Passage) and block.in_margin
    )
    blocks: list[tuple[Block, Place]] = []
    open_at: int | None = None  # where the last block of the page before is, but for its number
    for page in pages:
        last = open_at
        for block, place in page.blocks:
            if _is_running(block, heads):
                blocks.append((block, place))
                continue
            left = block if open_at is None else _join_to(blocks, open_at, block)
            open_at = None
            if left is not None:
                last = len(blocks)
                blocks.append((left, place))
        open_at = last
    scanned = {page.page_no for page in pages if page.is_scan}
    return tuple(_finished(block, place, scanned) for block, place in blocks)


def _join_to(blocks: list[tuple[Block, Place]], at: int, block: Block) -> Block | None:
    """Continue the block at that index by this one; give what is left of this one."""
    upper, place = blocks[at]
    if isinstance(upper, DrawnTable) and isinstance(block, DrawnTable):
        mended, left = mend_cut_row(upper, block)
        blocks[at] = (mended, place)
        return left
    if isinstance(upper, Passage) and isinstance(block, Passage) and _goes_on(upper, block):
        text = join_text(upper.text, block.text)
        blocks[at] = (replace(upper, text=text, ends_full=block.ends_full), place)
        return None
    return block


def _is_running(block: Block, heads: Counter[str]) -> bool:
    if isinstance(block, DrawnTable) or not block.in_margin:
        return False
    is_number = len(block.text) <= _PAGE_NUMBER_MAX and any(c.isdigit() for c in block.text)
    return is_number or heads[_DIGITS.sub("", block.text)] > 1


def _goes_on(upper: Passage, lower: Passage) -> bool:
    return (
        upper.ends_full
        and lower.starts_at_margin
        and upper.text[-1:] not in SENTENCE_ENDS
        and abs(upper.size - lower.size) < 0.12 * upper.size
    )


def _finished(block: Block, place: Place, scanned: AbstractSet[int]) -> Paragraph | Grid:
    if isinstance(block, DrawnTable):
        return block.grid
    return Paragraph(normalise(block.text), block.text, place, place.page in scanned)
