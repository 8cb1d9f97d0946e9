"""Two readings of a number must agree; what is in doubt is never guessed."""

import pytest

pytest.importorskip("cv2", reason="needs the extra ocr")

from auditor.read.pdf.painted import Fault
from auditor.read.scan.engine import Box, Letter
from auditor.read.scan.readings import ReadLine, Shape, agree, spell

BOX = Box(0, 0, 40, 20)


def read(text: str, confidence: float = 0.99) -> tuple[ReadLine, ...]:
    letters = tuple(Letter(c, confidence, (i + 0.5) / len(text)) for i, c in enumerate(text))
    return (ReadLine(BOX, letters),) if text else ()


def spaced(text: str) -> tuple[ReadLine, ...]:
    """Digits set apart, between which a space was read or not."""
    (line,) = read(text)
    return (ReadLine(BOX, (line.line[0], Letter(" ", 0.5, 0.2), *line.line[1:])),)


@pytest.mark.parametrize(
    ("page", "own", "third", "fault"),
    [
        (read("305"), read("305"), (), None),
        (read("305"), read("306"), read("305"), Fault.UNSURE),
        (read("305"), (), (), Fault.UNSURE),
        ((), read("305"), read("305"), None),
        ((), read("305"), read("365"), Fault.UNSURE),
        (read("|305"), read("305"), read("305"), None),  # a bit of the rule beside it
        (read("3万"), read("3"), read("3"), Fault.UNSURE),  # a unit is no bit of a rule
        (read("305", 0.7), read("305"), (), Fault.UNSURE),
        (read("305", 0.5), read("305"), read("305"), None),
        (read("305", 0.7), read("305", 0.7), read("305"), Fault.UNSURE),
        (read("-", 0.5), read("-", 0.5), (), None),
        ((), (), (), Fault.UNREAD),
        (spaced("305"), spaced("305"), (), None),
        (read("属于国家秘密"), read("属于国家秘宓"), (), None),
        (read("其他22件"), read("其他23件"), (), Fault.UNSURE),
    ],
)
def test_what_is_trusted(page, own, third, fault: Fault | None) -> None:
    reading = agree(page, own, third)
    assert reading.fault is fault
    if fault is None and page:
        assert spell(reading.lines) in {spell(own), spell(page)}


DASH = Shape(1, is_dash=True)


@pytest.mark.parametrize(
    ("page", "own", "third", "shape", "said"),
    [
        (read("取0", 0.2), read("0"), read("0"), Shape(1), "0"),  # a watermark around the digit
        (read("取0", 0.2), read("0"), read("0"), Shape(2), None),  # what is the other mark?
        (read("。", 0.85), read("0"), read("0"), Shape(1), "0"),
        (read("。", 0.95), read("0"), read("0"), Shape(1), None),
        (read("/", 0.8), read("1"), read("1"), Shape(1), None),
        (read("4D", 0.6), read("4"), read("4"), Shape(1), "4"),
        (read("4D", 0.9), read("4"), read("4"), Shape(1), None),
        (read("6", 0.2), read("0"), read("0"), Shape(1), None),  # another digit, be it a guess
        (read("1"), read("17"), read("17"), Shape(2), "17"),  # of digits set wide, one was found
        (read("1"), read("17"), read("17"), Shape(1), None),
        ((), read("-", 0.9), read(""), DASH, "-"),
        ((), read("-", 0.4), read("1", 0.4), DASH, "-"),
        ((), read("-", 0.4), read("1", 0.95), DASH, None),
        ((), read("1", 0.95), read("1", 0.95), Shape(1), "1"),
    ],
)
def test_what_the_marks_say_of_readings_that_differ(page, own, third, shape, said) -> None:
    reading = agree(page, own, third, shape)
    assert (spell(reading.lines) if reading.fault is None else None) == said
