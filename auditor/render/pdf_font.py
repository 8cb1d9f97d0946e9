"""In: nothing. Out: the name of a font that shows Chinese in a PDF made by reportlab."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from auditor.render.chinese_fonts import chinese_font_files

_NAME = "Chinese"
_REPLACED = "STSong-Light"  # not embedded: most viewers, not all, have a font of their own for it


@cache
def chinese_font() -> str:
    """Register a Chinese font that is installed here, to be embedded; else one viewers replace."""
    for path in chinese_font_files():
        try:
            pdfmetrics.registerFont(TTFont(_NAME, path))
        except TTFError:  # outlines that cannot be embedded
            continue
        return _NAME
    pdfmetrics.registerFont(UnicodeCIDFont(_REPLACED))
    return _REPLACED
