"""In: nothing. Out: the files of Chinese fonts that are installed here."""

from collections.abc import Iterator
from pathlib import Path

_INSTALLED = (
    "C:/Windows/Fonts/simsun.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
)


def chinese_font_files() -> Iterator[Path]:
    """Give the files, those whose outlines every program can embed first."""
    return filter(Path.is_file, map(Path, _INSTALLED))
