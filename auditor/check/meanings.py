"""In: what a number of the prose may stand for, and a report. Out: what its tables give for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.check.arithmetic import side
from auditor.check.bind import bind_meaning
from auditor.check.bound import operands
from auditor.check.readings import Readings, Standing
from auditor.check.rule import Rule
from auditor.check.statements import Meaning
from auditor.model import Amount


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a report, as a rule speaks of them."""

    rule: Rule
    readings: Readings

    def amounts(self, meanings: Iterable[Meaning]) -> tuple[Amount, ...]:
        """Give what each meaning comes to; one of which a cell was not read is left out."""
        readings = self.readings
        bounds = [
            bind_meaning(self.rule, readings.edition, readings.shape, meaning.expression)
            for meaning in meanings
        ]
        return tuple(
            side(bound, readings).amount
            for bound in bounds
            if all(readings[o].standing is Standing.NUMBER for o in operands(bound, counted=False))
        )
