"""In: two numbers. Out: whether the one may be the other, written with one slip of the pen."""

from auditor.model import Amount


def is_one_slip(written: Amount, meant: Amount) -> bool:
    """Tell whether one digit is wrong, lost, doubled, or two neighbours are swapped."""
    a, b = str(written), str(meant)
    if meant < 0 or a == b:
        return False
    if len(a) == len(b):
        differing = [ix for ix in range(len(a)) if a[ix] != b[ix]]
        return len(differing) == 1 or _is_swap(a, b, differing)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[:ix] + longer[ix + 1 :] == shorter for ix in range(len(longer))
    )


def gap(a: Amount, b: Amount) -> Amount:
    """Give how far two numbers are apart."""
    return a - b if a > b else b - a


def _is_swap(a: str, b: str, differing: list[int]) -> bool:
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return a[first] == b[second] and a[second] == b[first]
