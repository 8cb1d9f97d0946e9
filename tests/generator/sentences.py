"""In: a report's true numbers.
Out: sentences that state them, right or with one slip; and traps."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from auditor.model import Amount

from .truth import RESULTS, Truth

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NAMES = frozenset({"year", "last_year", "next_year", "own"})
_SUBJECT_GROUPS = ("refused", "unavailable", "not_processed", "other_handling")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its numbers; `slip` names the one that is wrong, with right and written."""

    text: str
    slip: tuple[str, Amount, Amount] | None = None


@cache
def stock(file: str = "sentences.toml") -> dict[str, Any]:
    """Give the sentences as they are written; a relative file lies beside this module."""
    return tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))


def numbers_of(truth: Truth, rng: random.Random) -> dict[str, Amount]:
    """Give every number that a sentence may state, those of no table drawn by chance."""
    found = _applications(truth) | _cases(truth) | _disclosure(truth) | _free(rng)
    return found | _shares(found) | _growth(found, rng)


def _applications(truth: Truth) -> dict[str, Amount]:
    def total(row: str, column: str = "total") -> int:
        return int(truth.get(f"applications/{row}/{column}") or 0)

    reasons = {
        key.split("/")[1].partition(".")[2]: int(value or 0)
        for key, value in truth.items()
        if key.startswith("applications/") and key.endswith("/total") and "." in key
    }
    groups = {
        group: sum(
            int(value or 0)
            for key, value in truth.items()
            if key.endswith("/total") and key.startswith(f"applications/{group}")
        )
        for group in _SUBJECT_GROUPS
    }
    balance = {key: total(key) for key in ("new", "carried_in", "carried_out", "granted")}
    return {
        **reasons,
        **groups,
        **balance,
        "handled": total("handled_total"),
        "partly": total("partly_granted"),
        "granted_and_partly": total("granted") + total("partly_granted"),
        "new_closed": total("new") - total("carried_out"),
        "new_and_in": total("new") + total("carried_in"),
        "natural": total("new", "natural_person"),
        "company": total("new", "company"),
        "organisations": total("new") - total("new", "natural_person"),
        **_applicants(total),
    }


def _applicants(total: Callable[..., int]) -> dict[str, Amount]:
    """Give what the numbers of an applicant may also stand for: with those carried in, handled."""
    found: dict[str, Amount] = {}
    for name, column in (("natural", "natural_person"), ("company", "company"), ("all", "total")):
        found[f"{name}_in"] = total("new", column) + total("carried_in", column)
        found[f"{name}_done"] = total("handled_total", column)
    for kind in ("in", "done"):
        found[f"organisations_{kind}"] = found[f"all_{kind}"] - found[f"natural_{kind}"]
    return found


def _cases(truth: Truth) -> dict[str, Amount]:
    def of(block: str, key: str) -> int:
        return int(truth.get(f"review_litigation/{block}/{key}") or 0)

    keys = (*RESULTS, "total")
    review = {f"review_{key}": of("review", key) for key in keys}
    suit = {f"suit_{k}": of("suit_direct", k) + of("suit_after_review", k) for k in keys}
    totals = {
        "review": review["review_total"],
        "suit": suit["suit_total"],
        "suit_direct": of("suit_direct", "total"),
        "suit_after": of("suit_after_review", "total"),
        "direct_upheld": of("suit_direct", "upheld"),
        "after_upheld": of("suit_after_review", "upheld"),
        "review_closed": review["review_total"] - review["review_pending"],
        "review_and_suit": review["review_total"] + suit["suit_total"],
    }
    return {**review, **suit, **totals}


def _disclosure(truth: Truth) -> dict[str, Amount]:
    names = {
        "issued": "normative_documents/issued",
        "repealed": "normative_documents/repealed",
        "in_force": "normative_documents/in_force",
        "licensing": "licensing/decisions",
        "penalties": "penalties/decisions",
        "coercion": "coercion/decisions",
        "fees": "fees/amount",
    }
    return {name: truth.get(f"proactive_disclosure/{key}") or 0 for name, key in names.items()}


def _free(rng: random.Random) -> dict[str, Amount]:
    a, b, c, d = (rng.randint(5, rng.choice((60, 900, 20_000))) for _ in range(4))
    return {
        "part_a": a,
        "part_b": b,
        "part_c": c,
        "part_d": d,
        "two": a + b,
        "three": a + b + c,
        "four": a + b + c + d,
        "level": a + b,
        "two_level": a + b + c + d,
        "part_ignored": 1,
    }


SHARE_BASES = {
    "natural": "new",
    "organisations": "new",
    "granted": "handled",
    "partly": "handled",
    "refused": "handled",
    "unavailable": "handled",
    "part_a": "two",
    "part_b": "two",
}


def _shares(n: Mapping[str, Amount]) -> dict[str, Amount]:
    return {f"{part}_share": _percent(n[part], n[base]) for part, base in SHARE_BASES.items()}


def _percent(part: Amount, base: Amount) -> Decimal:
    if not base:
        return Decimal("0.00")
    return (Decimal(part) * 100 / Decimal(base)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _growth(n: Mapping[str, Amount], rng: random.Random) -> dict[str, Amount]:
    increase = rng.randint(1, max(1, int(n["new"]) // 3))
    previous = int(n["new"]) - increase
    return {
        "increase": increase,
        "previous": previous,
        "growth": _percent(n["four"] - n["part_a"], n["part_a"]),
    }


# ---------------------------------------------------------------- telling


def claims(file: str = "sentences.toml") -> Iterator[tuple[Mapping[str, Any], str]]:
    """Give every sentence that states something, with the entry it belongs to."""
    for entry in stock(file)["claim"]:
        for text in entry["texts"]:
            yield entry, text


def stated(text: str) -> list[str]:
    """Name the numbers that a sentence states."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in _NAMES]


def tell_claim(
    text: str, numbers: Mapping[str, Amount], names: Mapping[str, object], head: str = ""
) -> str:
    """Write a sentence out."""
    return head + text.format(**{**{k: _written(v) for k, v in numbers.items()}, **names})


def _written(value: Amount) -> str:
    return str(value)


def with_slip(
    text: str, numbers: Mapping[str, Amount], rng: random.Random, free: Sequence[str] = ()
) -> tuple[dict[str, Amount], tuple[str, Amount, Amount]] | None:
    """Change one number of a sentence; None where no slip would make it false."""
    names = [name for name in stated(text) if name not in free]
    for name in rng.sample(names, len(names)):
        for _ in range(30):
            wrong = slip_of(numbers[name], rng)
            if wrong is not None and wrong not in _also_right(name, numbers):
                return {**numbers, name: wrong}, (name, numbers[name], wrong)
    return None


def _also_right(name: str, n: Mapping[str, Amount]) -> Sequence[Amount]:
    """Give what the number may rightly stand for besides (the catalogue's accepted meanings)."""
    balance = (n["new"], n["new_and_in"], n["handled"], n["new_closed"])
    return {
        "new": balance,
        "handled": balance,
        "new_closed": balance,
        "new_and_in": balance,
        "carried_in": (n["carried_in"], n["carried_out"]),
        "carried_out": (n["carried_out"],),
        "natural": (n["natural"], n["natural_in"], n["natural_done"]),
        "organisations": (n["organisations"], n["organisations_in"], n["organisations_done"]),
        "company": (n["company"], n["company_in"], n["company_done"], n["organisations"]),
        "review": (n["review"], n["review"] - n["review_pending"]),
        "suit": (n["suit"], n["suit"] - n["suit_pending"]),
    }.get(name, (n[name],))


def slip_of(value: Amount, rng: random.Random) -> Amount | None:
    """Write a number with one slip: a digit wrong, lost, doubled, two swapped, one more or less."""
    if isinstance(value, Decimal):
        step = Decimal(1).scaleb(value.as_tuple().exponent)  # type: ignore[arg-type] # finite
        moved = value + step * rng.choice((-90, -40, -9, 8, 30, 70))
        return moved if moved > 0 else None
    digits = str(value)
    kind = rng.choice(("digit", "digit", "swap", "lose", "double", "step"))
    at = rng.randrange(len(digits))
    match kind:
        case "digit":
            wrong = digits[:at] + rng.choice("0123456789") + digits[at + 1 :]
        case "swap":
            wrong = digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
        case "lose":
            wrong = digits[:at] + digits[at + 1 :]
        case "double":
            wrong = digits[: at + 1] + digits[at:]
        case _:
            wrong = str(value + rng.choice((-2, -1, 1, 2)))
    if not wrong.isdigit() or wrong[0] == "0" or int(wrong) == value:
        return None
    return int(wrong)


def tell_trap(text: str, rng: random.Random, names: Mapping[str, object]) -> str:
    """Write a trap out, its numbers drawn by chance."""
    drawn = {
        "x": rng.randint(11, 99),
        "y": rng.randint(3, 10),
        "big": rng.randint(400, 9000),
        "about": rng.randint(3, 90) * 10,
    }
    return text.format(**drawn, **names)
