"""In: a rule on percentages, and a report. Out: an Outcome for each one whose numbers are known."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.check.arithmetic import side
from auditor.check.bind import bind_meaning
from auditor.check.bound import operands
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings, Standing
from auditor.check.rule import Rule
from auditor.check.statements import Growth, Patterns, Shares
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose import Item, Sentence
from auditor.recognise.prose.quantities import find_quantities

_NO_BASE = Wording("不清楚百分比的基数", "it is not clear of what the percentage is")
_FULL = Decimal(100)


def check_shares(rule: Rule, test: Shares, readings: Readings) -> Iterator[Outcome]:
    """Work out each percentage that stands beside a number."""
    key = 0
    for sentence in readings.sentences:
        shares = [_percent(test.percent, sentence, item) for item in sentence.items]
        forced = _is_forced(sentence, shares)
        for ix, share in enumerate(shares):
            if share is not None:
                key += 1
                bases = _bases_in_tables(rule, test, readings, sentence.items[ix])
                yield _judge(rule, str(key), sentence, ix, share, bases, forced=forced)
    if not key:
        yield not_said(rule)


def _percent(patterns: Patterns, sentence: Sentence, item: Item) -> str | None:
    rest = sentence.text[item.quantity.end :]
    found = next((m for p in patterns if (m := p.match(rest))), None)
    return found["percent"] if found else None


def _is_forced(sentence: Sentence, shares: Sequence[str | None]) -> bool:
    """Tell whether the shares of one list make 100 exactly: then one of them may be bent."""
    lists: dict[int | None, list[Decimal]] = {}
    for item, share in zip(sentence.items, shares, strict=True):
        if share is not None:
            lists.setdefault(item.whole, []).append(Decimal(share))
    return any(len(found) > 1 and sum(found) == _FULL for found in lists.values())


def _judge(  # noqa: PLR0913, PLR0917 - one percentage and all that is known of it
    rule: Rule,
    key: str,
    sentence: Sentence,
    ix: int,
    share: str,
    in_tables: Sequence[Amount],
    *,
    forced: bool,
) -> Outcome:
    item, stated = sentence.items[ix], Decimal(share)
    near = [b.quantity.value for b in _bases_in_sentence(sentence, ix)]
    known = [base for base in (*near, *in_tables) if base > 0]
    fits = any(_fits(item.quantity.value, base, share, forced=forced) for base in known)
    clear = _clear_base(sentence, ix, near)
    if not fits and (clear is None or not item.quantity.is_exact):
        return Outcome(rule.id, key, OutcomeState.NOT_APPLICABLE, _NO_BASE, place=sentence.place)
    base = clear or next(b for b in known if _fits(item.quantity.value, b, share, forced=forced))
    right = percentage(item.quantity.value, base, share)
    return Outcome(
        rule.id,
        key,
        OutcomeState.PASS if fits else OutcomeState.VIOLATION,
        expected=right,
        actual=stated,
        difference=stated - right,
        details={
            "quote": quote_near(sentence, item.text.partition("#")[0]),
            "parts": f"{plain(item.quantity.value)} / {plain(base)}",
        },
        place=sentence.place,
    )


def _bases_in_sentence(sentence: Sentence, ix: int) -> list[Item]:
    """Give the numbers of the same unit that stand before it, the nearest whole first."""
    item = sentence.items[ix]
    whole = [sentence.items[item.whole]] if item.whole is not None else []
    before = [i for i in sentence.items[:ix] if i.quantity.unit == item.quantity.unit]
    return [*whole, *(i for i in before if i.quantity.value >= item.quantity.value)]


def _clear_base(sentence: Sentence, ix: int, near: Sequence[Amount]) -> Amount | None:
    """Give the number of which it surely is a share: its whole, or the only one there is."""
    item = sentence.items[ix]
    if item.whole is not None:
        whole = sentence.items[item.whole].quantity
        is_base = whole.is_exact and whole.unit == item.quantity.unit and whole.value > 0
        return whole.value if is_base else None
    return near[0] if len(near) == 1 and near[0] > 0 else None


def _bases_in_tables(
    rule: Rule, test: Shares, readings: Readings, item: Item
) -> tuple[Amount, ...]:
    if item.topic not in test.topics:
        return ()
    bounds = [
        bind_meaning(rule, readings.edition, readings.shape, meaning.expression)
        for meaning in test.bases
    ]
    return tuple(
        side(bound, readings).amount
        for bound in bounds
        if all(readings[o].standing is Standing.NUMBER for o in operands(bound, counted=False))
    )


def step_of(share: str) -> Decimal:
    """Give what the last digit of a percentage is worth."""
    return Decimal(1).scaleb(-len(share.partition(".")[2]))


def percentage(part: Amount, base: Amount, share: str) -> Decimal:
    """Give the percentage, rounded as the stated one is."""
    return (Decimal(part) * 100 / Decimal(base)).quantize(step_of(share))


def _fits(part: Amount, base: Amount, share: str, *, forced: bool) -> bool:
    """Accept rounding and truncation; one digit more where shares were bent to make 100."""
    step = step_of(share)
    excess = Decimal(share) - Decimal(part) * 100 / Decimal(base)
    if forced:
        return abs(excess) <= step * Decimal("1.5")
    return -step < excess <= step / 2


# ------------------------------------------------------------------ growth


def check_growth(rule: Rule, test: Growth, readings: Readings) -> Iterator[Outcome]:
    """Work out each change of which the sentence gives both years' numbers."""
    key = 0
    for sentence in readings.sentences:
        for found in _changes(test.patterns, sentence.text):
            outcome = _judge_change(rule, str(key + 1), sentence, found)
            if outcome:
                key += 1
                yield outcome
    if not key:
        yield not_said(rule)


def _changes(patterns: Patterns, text: str) -> Iterator[re.Match[str]]:
    end = 0
    while found := next((m for p in patterns if (m := p.search(text, end))), None):
        yield found
        end = found.end()


def _judge_change(rule: Rule, key: str, sentence: Sentence, found: re.Match[str]) -> Outcome | None:
    groups = found.groupdict()
    this, last = _number(groups["this"]), _number(groups["last"])
    if this is None or last is None or not last:
        return None
    change = this - last if groups.get("up") else last - this
    if groups.get("percent"):
        stated = Decimal(groups["percent"])
        right: Amount = percentage(change, last, groups["percent"])
        fits = _fits(change, last, groups["percent"], forced=False)
    else:
        amount = _number(groups["by"])
        if amount is None:
            return None
        stated, right, fits = Decimal(amount), change, amount == change
    return Outcome(
        rule.id,
        key,
        OutcomeState.PASS if fits else OutcomeState.VIOLATION,
        expected=right,
        actual=stated,
        difference=stated - right,
        details={
            "quote": quote_near(sentence, found[0]),
            "parts": f"{plain(last)} → {plain(this)}",
        },
        place=sentence.place,
    )


def _number(words: str | None) -> Amount | None:
    found = find_quantities(words or "")
    return found[0].value if len(found) == 1 and found[0].is_exact else None
