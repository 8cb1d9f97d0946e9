"""In: pages with their blocks. Out: the document's blocks, paragraphs joined over page ends."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.model import Grid, Paragraph, Place
from auditor.read.normalise import normalise
from auditor.read.pdf.page import Page
from auditor.read.pdf.prose import Passage, join_text

_MARGIN_SHARE = 0.11  # of the page's height, for running heads and page numbers
_PAGE_NUMBER_MAX = 12  # characters
_SENTENCE_ENDS = "。！？!?：:；;"
_DIGITS = re.compile(r"\d+")


def join_pages(pages: Sequence[Page]) -> tuple[Paragraph | Grid, ...]:
    """Give the blocks in reading order; page numbers and running heads stay by themselves."""
    heads = Counter(
        _DIGITS.sub("", block.text)
        for page in pages
        for block, _ in page.blocks
        if isinstance(block, Passage) and _is_in_margin(block, page.height)
    )
    blocks: list[tuple[Passage | Grid, Place]] = []
    open_at: int | None = None  # where the last paragraph of the page before is, if unfinished
    for page in pages:
        is_running = [_is_running(block, page.height, heads) for block, _ in page.blocks]
        for (block, place), running in zip(page.blocks, is_running, strict=True):
            if not running and open_at is not None and _goes_on(blocks[open_at][0], block):
                blocks[open_at] = (_joined(blocks[open_at][0], block), blocks[open_at][1])
            else:
                blocks.append((block, place))
            open_at = open_at if running else None
        open_at = _last_text(blocks, is_running)
    return tuple(_finish(blocks))


def _is_in_margin(passage: Passage, height: float) -> bool:
    middle = (passage.box[1] + passage.box[3]) / 2
    return not _MARGIN_SHARE * height < middle < (1 - _MARGIN_SHARE) * height


def _is_running(block: Passage | Grid, height: float, heads: Counter[str]) -> bool:
    if isinstance(block, Grid) or not _is_in_margin(block, height):
        return False
    is_number = len(block.text) <= _PAGE_NUMBER_MAX and any(c.isdigit() for c in block.text)
    return is_number or heads[_DIGITS.sub("", block.text)] > 1


def _last_text(
    blocks: Sequence[tuple[Passage | Grid, Place]], is_running: Sequence[bool]
) -> int | None:
    """Give the index of the page's last paragraph; None where it ends with a grid."""
    for back, running in enumerate(reversed(is_running), start=1):
        if not running:
            index = len(blocks) - back
            return index if index >= 0 and isinstance(blocks[index][0], Passage) else None
    return None


def _goes_on(upper: Passage | Grid, lower: Passage | Grid) -> bool:
    if isinstance(upper, Grid) or isinstance(lower, Grid):
        return False
    return (
        upper.ends_full
        and lower.starts_at_margin
        and upper.text[-1:] not in _SENTENCE_ENDS
        and abs(upper.size - lower.size) < 0.12 * upper.size
    )


def _joined(upper: Passage | Grid, lower: Passage | Grid) -> Passage:
    assert isinstance(upper, Passage)
    assert isinstance(lower, Passage)
    return replace(upper, text=join_text(upper.text, lower.text), ends_full=lower.ends_full)


def _finish(blocks: Iterable[tuple[Passage | Grid, Place]]) -> Iterator[Paragraph | Grid]:
    for block, place in blocks:
        if isinstance(block, Grid):
            yield block
        else:
            yield Paragraph(normalise(block.text), block.text, place)
