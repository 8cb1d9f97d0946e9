"""A sum written out, be it of a hundred terms."""

from collections.abc import Sequence

from auditor.model import Finding, Term, Wording
from auditor.render.finding import finding_lines

ANY = Wording("某", "some")


def written(terms: Sequence[Term], *, every_term: bool = False) -> str:
    total = sum(term.sign * term.value for term in terms)
    finding = Finding(
        "H201", "warning", ANY, ANY, ANY, expected=total, actual=0, difference=-total,
        terms=tuple(terms),
    )  # fmt: skip
    return list(finding_lines(finding, "zh", every_term=every_term))[1].replace("\u2060", "")


def test_a_very_long_sum_tells_its_largest_terms_and_the_rest_as_one() -> None:
    terms = [Term(f"children/{n}/t/r/c", n) for n in range(1, 101)]
    line = written(terms)
    assert [f"[children/{n}/t/r/c]" in line for n in (94, 95, 100)] == [False, True, True]
    rest = sum(range(1, 95))
    assert f"{rest:,}" in line
    assert line.endswith("[其余94项]")
    assert written(terms, every_term=True).count("[") == 100


def test_zeros_are_told_by_their_number() -> None:
    terms = [Term(f"t/r/{n}", n * (n < 3)) for n in range(9)]
    assert written(terms).endswith("[其余7项]")
    assert written(terms).count("[") == 3
