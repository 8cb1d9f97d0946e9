"""In: a rule on percentages, and a report. Out: an Outcome for each one whose numbers are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from auditor.check.meanings import Tables
from auditor.check.percentages import Percentage, find_percentages
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.statements import Shares
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence

_NO_BASE = Wording("不清楚百分比的基数", "it is not clear of what the percentage is")
_FULL = Decimal(100)
_FINE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Share:
    """A percentage as written, and numbers with bases of which it may be the share.

    `clear`: number and base that it surely is of; None where that is not said.
    """

    sentence: Sentence
    at: int
    written: str
    pairs: tuple[tuple[Amount, Amount], ...]
    clear: tuple[Amount, Amount] | None
    is_forced: bool

    def fitting(self) -> tuple[Amount, Amount] | None:
        """Give a number and a base of which it is the share."""
        return next((pair for pair in self.pairs if self._fits(*pair)), None)

    def _fits(self, part: Amount, base: Amount) -> bool:
        return is_rounded(part, base, self.written, is_forced=self.is_forced)


def check_shares(rule: Rule, test: Shares, readings: Readings) -> Iterator[Outcome]:
    """Work out each percentage that is a share."""
    tables = Tables(rule, readings)
    found = [s for sentence in readings.sentences for s in _shares_in(test, sentence, tables)]
    for number, share in enumerate(found, start=1):
        yield _judge(rule, str(number), share)
    if not found:
        yield not_said(rule)


def _shares_in(test: Shares, sentence: Sentence, tables: Tables) -> Iterator[_Share]:
    percentages = find_percentages(test, sentence)
    bases = tables.amounts(test.bases)
    for found in percentages:
        if found.item is not None:
            yield _beside_number(test, sentence, percentages, found, bases)
        elif share := _without_number(test, sentence, found, tables):
            bare = sum(Decimal(p.written) for p in percentages if p.item is None)
            yield replace(share, is_forced=bare == _FULL)


def _beside_number(
    test: Shares,
    sentence: Sentence,
    percentages: Sequence[Percentage],
    found: Percentage,
    in_tables: tuple[Amount, ...],
) -> _Share:
    assert found.item is not None
    item = sentence.items[found.item]
    shared = {p.item for p in percentages}
    lone = [i for ix, i in enumerate(sentence.items) if ix not in shared]
    wholes = _wholes(sentence, item, lone)
    if found.base is not None:
        wholes = (sentence.items[found.base].quantity.value,)
    if found.together:
        wholes = (sum((sentence.items[ix].quantity.value for ix in found.together), 0),)
    tables = in_tables if item.topic in test.topics and item.foreign is None else ()
    says_no_other = found.of_all or any(p.search(found.words) for p in test.whole)
    part = item.quantity.value
    base = _clear_base(sentence, item, wholes, tables if says_no_other else ())
    if base is None and item.quantity.is_exact:
        beside = [i.quantity.value for i in lone if i.quantity.unit == item.quantity.unit]
        base = _nearly_base(part, (*wholes, *tables, *beside), found.written)
    return _Share(
        sentence,
        found.at,
        found.written,
        pairs=(*_pairs((part,), (*wholes, *tables)), *_any_pairs(sentence, tables)),
        clear=None if base is None else (part, base),
        is_forced=_is_forced(sentence, item, percentages),
    )


def _without_number(
    test: Shares, sentence: Sentence, found: Percentage, tables: Tables
) -> _Share | None:
    """Take the number from the tables, where its concept is named: 予以公开的占三成."""
    entry = next((p for p in test.parts if found.concept in p.concepts), None)
    if entry is None or found.topic not in test.topics:
        return None
    parts, in_tables = tables.amounts(entry.means), tables.amounts(test.bases)
    before = (i.quantity.value for i in sentence.items if i.quantity.end <= found.at)
    if _is_foreign(sentence) or not parts or not in_tables or not all(in_tables):
        return None
    is_paired = len(parts) == len(in_tables)
    known = tuple(zip(parts, in_tables, strict=True) if is_paired else product(parts, in_tables))
    pairs = (*known, *product(parts, before))
    return _Share(
        sentence,
        found.at,
        found.written,
        pairs=(*((p, base) for p, base in pairs if base > 0), *_any_pairs(sentence, in_tables)),
        clear=min(known, key=lambda pair: _distance(pair[0], pair[1], found.written)),
        is_forced=False,
    )


def _pairs(parts: Sequence[Amount], bases: Sequence[Amount]) -> tuple[tuple[Amount, Amount], ...]:
    return tuple((part, base) for part, base in product(parts, bases) if base > 0)


def _any_pairs(sentence: Sentence, tables: Sequence[Amount]) -> tuple[tuple[Amount, Amount], ...]:
    """Pair all numbers of a sentence: a share of any two of them is right, however it is said."""
    values = tuple(item.quantity.value for item in sentence.items)
    return _pairs(values, (*values, *tables))


def _is_foreign(sentence: Sentence) -> bool:
    """Tell whether any of the sentence is of another year or body."""
    whys = [*(i.foreign for i in sentence.items), *(c.foreign for c in sentence.clauses)]
    return any(whys)


def _is_forced(sentence: Sentence, item: Item, percentages: Sequence[Percentage]) -> bool:
    """Tell whether the shares of its list make 100 exactly: then one of them may be bent."""
    listed = [
        Decimal(other.written)
        for other in percentages
        if other.item is not None and sentence.items[other.item].whole == item.whole
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


def _nearly_base(part: Amount, bases: Sequence[Amount], written: str) -> Amount | None:
    """Give the base of which it is nearly the share, so near as chance hardly ever comes."""
    if _step(written) > _FINE or not part:
        return None
    known = [base for base in bases if base > 0]
    nearest = min(known, key=lambda base: _distance(part, base, written), default=None)
    return nearest if nearest and _distance(part, nearest, written) < 1 else None


def _distance(part: Amount, base: Amount, written: str) -> Decimal:
    return abs(Decimal(part) * 100 / Decimal(base) - Decimal(written))


def _judge(rule: Rule, key: str, share: _Share) -> Outcome:
    fitting = share.fitting()
    of = fitting or share.clear
    if of is None:
        return Outcome(
            rule.id, key, OutcomeState.NOT_APPLICABLE, _NO_BASE, place=share.sentence.place
        )
    right = percentage(*of, share.written)
    return Outcome(
        rule.id,
        key,
        OutcomeState.VIOLATION if fitting is None else OutcomeState.PASS,
        expected=right,
        actual=Decimal(share.written),
        difference=Decimal(share.written) - right,
        details={
            "quote": quote_near(share.sentence, share.sentence.text[share.at :][:6]),
            "parts": f"{plain(of[0])} / {plain(of[1])}",
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
