"""In: a word that is not known and those that are. Out: "did you mean" for an error's end."""

from collections.abc import Iterable

from auditor.model import Wording


def did_you_mean(word: str, choices: Iterable[str], *, cutoff: float = 0.6) -> Wording:
    """Give the likeliest intended words, or nothing when none is near."""
    import difflib  # noqa: PLC0415 - only on the way to an error

    near = difflib.get_close_matches(word, sorted(set(choices)), n=3, cutoff=cutoff)
    if not near:
        return Wording("", "")
    return Wording(f"；是否想写 {'、'.join(near)}？", f"; did you mean {' or '.join(near)}?")
