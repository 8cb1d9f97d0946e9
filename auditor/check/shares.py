"""In: a rule on percentages, and a report. Out: an Outcome for each one whose numbers are known."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.check.arithmetic import side
from auditor.check.bind import bind_meaning
from auditor.check.bound import operands
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings, Standing
from auditor.check.rule import Rule
from auditor.check.statements import Shares
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence

_NO_BASE = Wording("不清楚百分比的基数", "it is not clear of what the percentage is")
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Share:
    """A number with the percentage beside it, as written, and what it may be a share of.

    `clear`: what it surely is a share of; None where that is not said.
    """

    sentence: Sentence
    item: Item
    written: str
    bases: tuple[Amount, ...]
    clear: Amount | None
    is_forced: bool

    def fits(self, base: Amount) -> bool:
        """Tell whether it is the share of that."""
        return is_rounded(self.item.quantity.value, base, self.written, is_forced=self.is_forced)


def check_shares(rule: Rule, test: Shares, readings: Readings) -> Iterator[Outcome]:
    """Work out each percentage that stands beside a number."""
    in_tables = _bases_in_tables(rule, test, readings)
    found = [s for t in readings.sentences for s in _shares_in(t, test, in_tables)]
    for number, share in enumerate(found, start=1):
        yield _judge(rule, str(number), share)
    if not found:
        yield not_said(rule)


def _shares_in(sentence: Sentence, test: Shares, in_tables: tuple[Amount, ...]) -> Iterator[_Share]:
    matches = [_percent(test, sentence, item) for item in sentence.items]
    lone = [item for item, match in zip(sentence.items, matches, strict=True) if not match]
    for item, match in zip(sentence.items, matches, strict=True):
        if match is None:
            continue
        wholes = _wholes(sentence, item, lone)
        tables = in_tables if item.topic in test.topics and item.foreign is None else ()
        says_no_other = any(p.search(match[0]) for p in test.whole)
        yield _Share(
            sentence,
            item,
            match["percent"],
            bases=tuple(base for base in (*wholes, *tables) if base > 0),
            clear=_clear_base(sentence, item, wholes, tables if says_no_other else ()),
            is_forced=_is_forced(sentence, item, matches),
        )


def _percent(test: Shares, sentence: Sentence, item: Item) -> re.Match[str] | None:
    start, rest = sentence.text[: item.quantity.start], sentence.text[item.quantity.end :]
    after = next((m for p in test.percent if (m := p.match(rest))), None)
    return after or next((m for p in test.before if (m := p.search(start))), None)


def _is_forced(sentence: Sentence, item: Item, matches: Sequence[re.Match[str] | None]) -> bool:
    """Tell whether the shares of its list make 100 exactly: then one of them may be bent."""
    listed = [
        Decimal(match["percent"])
        for other, match in zip(sentence.items, matches, strict=True)
        if match and other.whole == item.whole
    ]
    return len(listed) > 1 and sum(listed) == _FULL


def _wholes(sentence: Sentence, item: Item, lone: Sequence[Item]) -> tuple[Amount, ...]:
    """Give what it may be a share of: its whole, then numbers before it without a share."""
    whole = () if item.whole is None else (sentence.items[item.whole],)
    before = (
        other
        for other in lone
        if other.quantity.end <= item.quantity.start
        and other.quantity.unit == item.quantity.unit
        and other.quantity.value >= item.quantity.value
    )
    listed = (*whole, *(other for other in before if other not in whole))
    return tuple(other.quantity.value for other in listed)


def _clear_base(
    sentence: Sentence, item: Item, wholes: Sequence[Amount], tables: Sequence[Amount]
) -> Amount | None:
    """Give the number of which it surely is a share: its whole, or the only one there is."""
    if not item.quantity.is_exact:
        return None
    if item.whole is not None:
        whole = sentence.items[item.whole].quantity
        is_base = whole.is_exact and whole.unit == item.quantity.unit and whole.value > 0
        return whole.value if is_base else None
    if len(wholes) == 1 and wholes[0] > 0:
        return wholes[0]
    return tables[0] if tables and not wholes and tables[0] > 0 else None


def _bases_in_tables(rule: Rule, test: Shares, readings: Readings) -> tuple[Amount, ...]:
    bounds = [
        bind_meaning(rule, readings.edition, readings.shape, meaning.expression)
        for meaning in test.bases
    ]
    return tuple(
        side(bound, readings).amount
        for bound in bounds
        if all(readings[o].standing is Standing.NUMBER for o in operands(bound, counted=False))
    )


def _judge(rule: Rule, key: str, share: _Share) -> Outcome:
    fitting = next((base for base in share.bases if share.fits(base)), None)
    base = share.clear if fitting is None else fitting
    if base is None:
        return Outcome(
            rule.id, key, OutcomeState.NOT_APPLICABLE, _NO_BASE, place=share.sentence.place
        )
    right = percentage(share.item.quantity.value, base, share.written)
    return Outcome(
        rule.id,
        key,
        OutcomeState.VIOLATION if fitting is None else OutcomeState.PASS,
        expected=right,
        actual=Decimal(share.written),
        difference=Decimal(share.written) - right,
        details={
            "quote": quote_near(share.sentence, share.item.text.partition("#")[0]),
            "parts": f"{plain(share.item.quantity.value)} / {plain(base)}",
        },
        place=share.sentence.place,
    )


def percentage(part: Amount, base: Amount, written: str) -> Decimal:
    """Give the percentage, rounded as the written one is."""
    return (Decimal(part) * 100 / Decimal(base)).quantize(_step(written))


def is_rounded(part: Amount, base: Amount, written: str, *, is_forced: bool = False) -> bool:
    """Accept rounding and truncation; one digit more where shares were bent to make 100."""
    step = _step(written)
    excess = Decimal(written) - Decimal(part) * 100 / Decimal(base)
    if is_forced:
        return abs(excess) <= step * Decimal("1.5")
    return -step < excess <= step / 2


def _step(written: str) -> Decimal:
    """Give what the last digit is worth."""
    return Decimal(1).scaleb(-len(written.partition(".")[2]))
