"""In: the numbers of a report. Out: last year's that led to them; the sum of several reports."""

from collections.abc import Sequence

from .truth import APPLICANTS, FormName, Truth, broken, consistent_truth

COLUMNS = (*APPLICANTS, "total")


def year_before(truth: Truth, seed: int, form: FormName = "2021") -> Truth:
    """Draw last year's numbers: what they carry out and have in force is what these start from."""
    last = consistent_truth(seed, form, "county")
    for column in COLUMNS:
        last[_at("carried_out", column)] = truth[_at("carried_in", column)]
        moved = ("handled_total", "carried_out")
        settled = sum(_count(last, _at(row, column)) for row in moved)
        last[_at("new", column)] = settled - _count(last, _at("carried_in", column))
    for row in ("regulations", "normative_documents"):
        here = f"proactive_disclosure/{row}"
        before = _count(truth, f"{here}/in_force") - _count(truth, f"{here}/issued")
        last[f"{here}/in_force"] = before + _count(truth, f"{here}/repealed")
        last[f"{here}/issued"] = min(_count(last, f"{here}/issued"), before)
    assert all(value is None or value >= 0 for value in last.values())
    assert broken(last, form) == ()
    return last


def sum_of(truths: Sequence[Truth]) -> Truth:
    """Add reports up, cell by cell."""
    return {address: sum(truth[address] or 0 for truth in truths) for address in truths[0]}


def _at(row: str, column: str) -> str:
    return f"applications/{row}/{column}"


def _count(truth: Truth, address: str) -> int:
    return int(truth[address] or 0)
