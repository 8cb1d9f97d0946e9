"""In: what went wrong. Out: one line on stderr that any console can show."""

import sys
from typing import Literal

Weight = Literal["error", "warning", "note"]
_HEAD = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "警告", "en": "warning"},
    "note": {"zh": "提示", "en": "note"},
}


def complain(zh: str, en: str, lang: Literal["zh", "en"], weight: Weight = "error") -> None:
    """Write the message as one line, in that language."""
    text = " ".join((zh if lang == "zh" else en).split())
    sys.stderr.write(encodable(f"auditor: {_HEAD[weight][lang]}: {text}\n"))


def encodable(text: str) -> str:
    """Give the text with escapes for what the console's encoding lacks."""
    encoding = sys.stderr.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
