"""In: text as a file spells it. Out: the one spelling that recognition works on.

Full-width digits, CJK radicals that PDF producers emit for ideographs, and every kind of space
become plain; control, bidi and zero-width characters go. Note marks (superscripts, circled
digits) are left alone: folded to digits they would turn "12¹" into 121.
"""

import re
import unicodedata
from functools import lru_cache

_NOTE_MARKS = ("<super>", "<sub>", "<circle>", "<fraction>", "<square>")
_RADICALS = str.maketrans(
    # CJK Radicals Supplement without a compatibility mapping of its own
    # (Unicode, EquivalentUnifiedIdeograph.txt).
    "⺁⺒⺓⺕⺝⺞⺟⺠⺧⺩⺫⺬⺮⺰⺳⺶⺹⺻⺼⺿⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱",
    "厂巳幺彐月歹母民牛王罒示竹纟网羊耂聿肉艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龟",
)
_SPACE = re.compile(r"[^\S\n]+")


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    if char in "\n\t\r\v\f\u2028\u2029\x85":
        return "\n" if char != "\t" else " "
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    if category in {"Zs", "Zl", "Zp"} or char in "\u2800\u3164\uffa0":
        return " "
    if unicodedata.decomposition(char).startswith(_NOTE_MARKS):
        return char
    return unicodedata.normalize("NFKC", char).translate(_RADICALS)


def normalise(text: str) -> str:
    """Give the text folded; runs of spaces become one, line breaks stay, the ends are trimmed."""
    folded = "".join(map(_fold, text.replace("\r\n", "\n")))
    lines = (_SPACE.sub(" ", line).strip() for line in folded.split("\n"))
    return "\n".join(lines).strip("\n")
