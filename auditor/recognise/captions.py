"""In: the line above a table. Out: whether it names the table, and a year before the report's."""

import re

from auditor.model import Paragraph
from auditor.recognise.common import common


def one_line(paragraph: Paragraph) -> str:
    """Give the text without its spaces."""
    return "".join(paragraph.text.split())


def is_caption(paragraph: Paragraph) -> bool:
    """Tell whether a line is short enough to name the table below."""
    text = one_line(paragraph)
    longest: int = common()["caption"]["longest"]
    return len(text) <= longest and not text.endswith("。")


def is_earlier(text: str, year: int | None) -> bool:
    """Tell whether a caption names an earlier year than the report's, and that one not."""
    settings = common()["caption"]
    if any(word in text for word in settings["earlier"]):
        return True
    years = [int(match["year"]) for match in re.finditer(settings["year"], text)]
    return bool(years) and year is not None and max(years) < year
