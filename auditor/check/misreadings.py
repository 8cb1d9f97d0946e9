"""In: a number as read from a picture. Out: what else may stand there."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from auditor.form import rules_dir
from auditor.model import Amount, Cell


@dataclass(frozen=True, slots=True)
class Misreadings:
    """Which digits may have been read for which, and where one may be lost or one too many."""

    alike: frozenset[frozenset[str]]
    at_the_edge: frozenset[str]
    doubled: bool
    unsure_below: Decimal
    pair_below: Decimal

    def may_be(self, cell: Cell, meant: Amount) -> bool:
        """Tell whether the cell may rightly say this amount."""
        if cell.confidence is None or cell.value is None:
            return False
        read, true = _digits(cell.value), _digits(meant)
        if (meant < 0) is not (cell.value < 0) or read == true:
            return False
        if len(read) == len(true):
            return self._is_alike(read, true) or cell.confidence < self.unsure_below
        longer, shorter = (read, true) if len(read) > len(true) else (true, read)
        return len(longer) == len(shorter) + 1 and any(
            longer[:ix] + longer[ix + 1 :] == shorter and self._may_go(longer, ix)
            for ix in range(len(longer))
        )

    def may_say(self, cell: Cell) -> Iterator[Amount]:
        """Give what the cell may say if one digit of it was misread for one that looks alike."""
        if cell.confidence is None or not isinstance(cell.value, int):
            return
        digits = str(cell.value)
        for ix, digit in enumerate(digits):
            for other in sorted(frozenset().union(*(g for g in self.alike if digit in g))):
                if other != digit:
                    yield int(digits[:ix] + other + digits[ix + 1 :])

    def _is_alike(self, read: str, true: str) -> bool:
        differing = [{a, b} for a, b in zip(read, true, strict=True) if a != b]
        return len(differing) == 1 and any(differing[0] <= group for group in self.alike)

    def _may_go(self, longer: str, ix: int) -> bool:
        """Tell whether the digit there may be lost, or be one too many."""
        beside = longer[max(ix - 1, 0) : ix] + longer[ix + 1 : ix + 2]
        is_edge = ix in {0, len(longer) - 1}
        is_point = longer[ix] == "."
        return (
            is_point
            or (is_edge and longer[ix] in self.at_the_edge)
            or (self.doubled and longer[ix] in beside)
        )


def _digits(amount: Amount) -> str:
    return f"{abs(amount):f}" if isinstance(amount, Decimal) else str(abs(amount))


@cache
def misreadings() -> Misreadings:
    """Read rules/forms/ocr.toml."""
    data = tomllib.loads((rules_dir() / "forms" / "ocr.toml").read_text("utf-8"))["misreadings"]
    return Misreadings(
        alike=frozenset(map(frozenset, data["alike"])),
        at_the_edge=frozenset(data["at_the_edge"]),
        doubled=data["doubled"],
        unsure_below=Decimal(data["unsure_below"]),
        pair_below=Decimal(data["pair_below"]),
    )
