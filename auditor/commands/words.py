"""In: the values of an option that may be repeated. Out: its words, one by one."""

from collections.abc import Sequence


def split_words(values: Sequence[str]) -> tuple[str, ...]:
    """Split what is given with commas, repeated, or both."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
