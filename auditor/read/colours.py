"""In: two colours as sources write them. Out: whether one cannot be seen on the other."""

_CLOSE = 24  # of 255, for each of red, green and blue


def is_faint(ink: str, ground: str) -> bool:
    """Claim that ink in this colour (RRGGBB) does not show on this ground; unknown ones do."""
    colours = _channels(ink), _channels(ground)
    if colours[0] is None or colours[1] is None:
        return False
    return all(abs(a - b) <= _CLOSE for a, b in zip(colours[0], colours[1], strict=True))


def _channels(colour: str) -> tuple[int, ...] | None:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        return tuple(bytes.fromhex(digits)) if len(digits) == 6 else None
    except ValueError:
        return None
