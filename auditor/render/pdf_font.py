"""In: nothing. Out: the name of a font that shows Chinese in a PDF made by reportlab."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_INSTALLED = (
    "C:/Windows/Fonts/simsun.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
)
_NAME = "Chinese"
_REPLACED = "STSong-Light"  # not embedded: most viewers, not all, have a font of their own for it


@cache
def chinese_font() -> str:
    """Register a Chinese font that is installed here, to be embedded; else one viewers replace."""
    for path in filter(lambda p: Path(p).is_file(), _INSTALLED):
        try:
            pdfmetrics.registerFont(TTFont(_NAME, path))
        except TTFError:  # outlines that cannot be embedded
            continue
        return _NAME
    pdfmetrics.registerFont(UnicodeCIDFont(_REPLACED))
    return _REPLACED
