"""In: a text that stands alone in its row. Out: whether it is prose and no label of a row."""

import re

_LONGEST_LABEL = 45
_YEAR = re.compile(r"\d{4}")


def is_prose(text: str) -> bool:
    """Claim that a text alone in its row is a sentence or has a year in it: no label of a row."""
    return len(text) > _LONGEST_LABEL or _YEAR.search(text) is not None
