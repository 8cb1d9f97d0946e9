"""In: text of a document. Out: Markdown that shows just it: no link, tag, mention, markup."""

import re

_SPECIAL = re.compile(
    r"[\\`*_\[\]#|~$]"  # emphasis, code, links, tables, references, formulas
    r"|:(?=/)"  # http://
    r"|(?<=\w)\.(?=[^\W\d])|(?<=[^\W\d])\.(?=\w)"  # www.example.com, but not 3.5
    r"|^[+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"  # what opens a list
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_WORD_JOINER = "\u2060"


def as_markdown(text: str) -> str:
    """Give the text with every character escaped that Markdown, or what builds on it, would obey.

    An @ is followed by a character of no width: nobody is mentioned, no address is linked.
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    plain = "".join(_ENTITIES.get(char, char) for char in escaped)
    return plain.replace("@", f"@{_WORD_JOINER}")


def as_code(text: str) -> str:
    """Give the text as a code span, fenced longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if "`" in text else ""
    return f"{fence}{padding}{text.replace('|', '¦')}{padding}{fence}"
