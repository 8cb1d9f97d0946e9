"""In: a rule on sums within a sentence, and a report. Out: an Outcome for each list of parts."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate

from auditor.check.breakdowns import Breakdown, find_breakdowns, matches
from auditor.check.quoting import not_said, plain, quote_near
from auditor.check.readings import Readings
from auditor.check.rule import Rule
from auditor.check.slips import gap, is_one_slip
from auditor.check.statements import Parts
from auditor.model import Amount, Outcome, OutcomeState, Wording
from auditor.recognise.prose.quantities import MONEY

_ABOUT = Wording("列举中有约数，不作比较", "the list has round numbers, nothing is compared")
_PARTIAL = Wording("列举未必完全，不作比较", "the list may leave something out")
_LEAST_COVER = 2  # an open list gives at least one half of the whole


_TELLING = 1000
_TELLING_TOTAL = 100
_YUAN = 10_000
"""In smaller numbers a slip of the pen is found by chance too often."""


class _Verdict(Enum):
    """What can be said of a list."""

    RIGHT = "right"
    WRONG = "wrong"  # and nothing is left out
    SHORT = "short"  # something is wrong, or left out
    NOTHING = "nothing"


def check_parts(rule: Rule, test: Parts, readings: Readings) -> Iterator[Outcome]:
    """Add up the parts of each number that a sentence breaks down."""
    lists = [b for s in readings.sentences for b in find_breakdowns(s, test)]
    outcomes = [
        outcome
        for number, found in enumerate(lists, start=1)
        if (outcome := _judge(rule, test, str(number), found, readings.figures))
    ]
    yield from outcomes or (not_said(rule),)


def _judge(
    rule: Rule, test: Parts, key: str, found: Breakdown, figures: frozenset[Amount]
) -> Outcome | None:
    """Give the outcome of a list that is the rule's business; None: it is not."""
    verdict = _verdict(found, test)
    if verdict in {_Verdict.WRONG, _Verdict.SHORT} and _is_right_as_it_stands(found, figures):
        verdict = _Verdict.NOTHING
    if (test.lists == "open") != _is_open(found, verdict, test):
        return None
    state = _STATES[verdict]
    place = found.sentence.place
    if state is OutcomeState.NOT_APPLICABLE:
        reason = _PARTIAL if _is_exact(found) else _ABOUT
        return Outcome(rule.id, key, state, reason, place=place)
    stated, *added = _as_written(found, (_whole(found), *_nearest_sum(found)))
    return Outcome(
        rule.id,
        key,
        state,
        expected=sum(added, 0),
        actual=stated,
        difference=stated - sum(added, 0),
        details={
            "quote": quote_near(found.sentence, found.whole.text.partition("#")[0]),
            "parts": " + ".join(plain(value) for value in added),
        },
        place=place,
    )


def _is_right_as_it_stands(found: Breakdown, figures: frozenset[Amount]) -> bool:
    """Tell whether all are numbers of the tables: then it is no whole with its parts."""
    is_of_tables = found.is_supposed or (_are_in_tables(found) and found.whole.concept.name)
    return bool(is_of_tables) and figures.issuperset(found.numbers)


def _as_written(found: Breakdown, amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """Give amounts of money in 元 where the sentence does."""
    quantity = found.whole.quantity
    is_yuan = quantity.unit == MONEY and quantity.step < 1
    is_yuan = is_yuan and not re.search("[万亿]元$", found.sentence.text[: quantity.end])
    return tuple(_whole_yuan(a * _YUAN) if is_yuan else a for a in amounts)


def _whole_yuan(amount: Amount) -> Amount:
    return int(amount) if amount == int(amount) else amount


_STATES = {
    _Verdict.RIGHT: OutcomeState.PASS,
    _Verdict.WRONG: OutcomeState.VIOLATION,
    _Verdict.SHORT: OutcomeState.VIOLATION,
    _Verdict.NOTHING: OutcomeState.NOT_APPLICABLE,
}


def _is_open(found: Breakdown, verdict: _Verdict, test: Parts) -> bool:
    """Tell whether nothing says that the list is whole; what cannot be right is no such list."""
    if verdict in {_Verdict.WRONG, _Verdict.NOTHING}:
        return False
    if verdict is _Verdict.SHORT:
        return True
    is_summed = found.is_whole or matches(test.complete, found.whole.text)
    return found.shape == "lead" and not is_summed


def _verdict(found: Breakdown, test: Parts) -> _Verdict:
    has_subtotal = any(matches(test.total, part.text) for part in found.parts)
    if has_subtotal or not _is_exact(found):
        return _Verdict.NOTHING
    whole = found.whole.quantity.value
    sums = tuple(accumulate(found.values))
    is_to_the_end = found.to_the_end and not found.is_supposed
    if whole in (sums[-1:] if is_to_the_end else sums):
        return _Verdict.RIGHT
    if found.is_supposed:
        return _judge_supposed(found)
    if len(found.parts) == 1:
        is_more = found.shape == "lead" and found.values[0] > whole
        return _Verdict.WRONG if is_more else _Verdict.NOTHING
    total = sum(_nearest_sum(found), 0)
    if total > whole or max(found.values) > whole:
        return _more(found, test)
    return _less(found, total, test)


def _judge_supposed(found: Breakdown) -> _Verdict:
    """Judge what is likely a whole and its parts: a slip of the pen tells, in large numbers."""
    is_sure = found.shape == "told" or _is_telling(found)
    if found.shape == "likely":
        is_sure = found.is_whole or _whole(found) >= _TELLING_TOTAL
    is_wrong = is_sure and _is_slip(found) and not _are_in_tables(found)
    return _Verdict.WRONG if is_wrong else _Verdict.NOTHING


def _more(found: Breakdown, test: Parts) -> _Verdict:
    """Judge parts that exceed the whole: wrong, unless they are perhaps no parts at all."""
    if matches(test.overlapping, _behind(found)):
        return _Verdict.NOTHING
    if found.shape == "lead" or found.is_whole or _is_slip(found):
        return _Verdict.WRONG
    return _Verdict.NOTHING


def _less(found: Breakdown, total: Amount, test: Parts) -> _Verdict:
    """Judge parts that fall short: wrong if the list is said to be whole, or looks like a slip."""
    if found.is_whole:
        return _Verdict.WRONG
    if matches(test.partial, _after_list(found)):
        return _Verdict.NOTHING
    if _are_in_tables(found):
        return _Verdict.NOTHING
    if not _is_slip(found):
        is_near = found.shape == "lead" and total * _LEAST_COVER >= _whole(found)
        return _Verdict.SHORT if is_near else _Verdict.NOTHING
    is_certain = {
        "lead": found.is_counted or _ends_with_others(found, test) or _looks_whole(found, test),
        "bracket": len(found.parts) > 2,
        "total": True,
        "closed": False,
    }[found.shape]
    return _Verdict.WRONG if is_certain else _Verdict.SHORT


def _ends_with_others(found: Breakdown, test: Parts) -> bool:
    """Tell whether the last part is of all the others: 其他部门3件."""
    return len(found.parts) > 2 and matches(test.others, found.parts[-1].text)


def _looks_whole(found: Breakdown, test: Parts) -> bool:
    """Tell whether a slip of the pen tells: the parts exceed a whole, or both are large."""
    is_large = _as_written(found, (_whole(found),))[0] >= _TELLING
    is_large = is_large and matches(test.complete, found.whole.text)
    return is_large or (sum(found.values, 0) > _whole(found) and len(found.parts) > 2)


def _behind(found: Breakdown) -> str:
    """Give what stands behind a list, up to the stop."""
    return re.split("[;。]", found.sentence.text[found.parts[-1].quantity.end :])[0]


def _are_in_tables(found: Breakdown) -> bool:
    """Tell whether each part is held against a table; then some may be left out."""
    return all(part.concept.level == "strong" for part in found.parts)


def _is_telling(found: Breakdown) -> bool:
    """Tell whether large numbers, near enough to add up, are parted by one slip."""
    whole, total = _whole(found), sum(found.values, 0)
    is_near = max(whole, total) < _LEAST_COVER * min(whole, total)
    return whole >= _TELLING and is_near and _is_slip(found)


def _whole(found: Breakdown) -> Amount:
    return found.whole.quantity.value


def _after_list(found: Breakdown) -> str:
    """Give what the list itself says of being whole: its lead, its last label, what follows."""
    end = found.parts[-1].quantity.end
    lead = found.sentence.text[found.whole.quantity.end : found.parts[0].quantity.start]
    return f"{lead}#{found.parts[-1].text}#{found.sentence.text[end : end + 2]}"


def _is_exact(found: Breakdown) -> bool:
    return all(item.quantity.is_exact for item in (found.whole, *found.parts))


def _is_slip(found: Breakdown) -> bool:
    """Tell whether one number written otherwise, by a slip of the pen, would settle the list."""
    values, whole = found.values, _whole(found)
    missing = whole - sum(values, 0)
    return is_one_slip(whole, whole - missing) or any(
        is_one_slip(value, value + missing) for value in values
    )


def _nearest_sum(found: Breakdown) -> tuple[Amount, ...]:
    """Give the parts whose sum comes nearest: what follows in the sentence may be no part."""
    values, whole = found.values, _whole(found)
    if len(values) < 3 or found.shape != "lead" or found.to_the_end or max(values) > whole:
        return values
    starts = [values[:count] for count in range(2, len(values) + 1)]
    return min(reversed(starts), key=lambda start: gap(sum(start, 0), whole))
