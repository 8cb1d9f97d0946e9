"""In: rules and an edition of the form. Out: what the rules can locate, and what is odd in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.check.identify import Faults, Identifiability, find_faults, identify
from auditor.check.linear import linear_equalities
from auditor.check.recheck import checks_by_cell
from auditor.check.rule import Rule
from auditor.check.shape import shape_for
from auditor.form import load_form
from auditor.model import Address


@dataclass(frozen=True, slots=True)
class Survey:
    """One edition under a set of rules; `unchecked` are the cells that no rule speaks of.

    `beside_last_year`: what the sums locate where last year's report is given, those that only
    warn among them.
    """

    form: str
    cells: tuple[Address, ...]
    identifiability: Identifiability
    beside_last_year: Identifiability
    faults: Faults
    unchecked: tuple[Address, ...]


def survey(rules: Sequence[Rule], form: str) -> Survey:
    """Look at the sums that must hold (errors) and at the cells that no rule speaks of.

    The rows are those of the edition itself, without the ones kept from another.
    """
    grave = tuple(rule for rule in rules if rule.severity == "error")
    tables = load_form(form).tables
    cells = tuple(c.address for t in tables for c in t.cells if c.instead_of is None)
    equalities = linear_equalities(grave, form)
    checked = checks_by_cell(tuple(rules), form, shape_for(form, {}))
    return Survey(
        form,
        cells,
        identify(equalities, cells),
        identify(linear_equalities(rules, form, previous=True), cells),
        find_faults(equalities),
        tuple(address for address in cells if address not in checked),
    )
