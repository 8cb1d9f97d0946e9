"""In: numbers by address. Out: a report that knows last year's and its children's."""

from collections.abc import Mapping
from dataclasses import replace

from auditor.check.evaluate import check
from auditor.check.relatives import ALONE
from auditor.model import Address, Outcome, Relatives, Report, Withheld
from tests.check.reports import Value, report, rule, zeros

Values = Mapping[Address, Value]


def body(values: Values, form: str = "2021", *, file: str = "a.pdf", **told: object) -> Report:
    """Give a report of zeros but for these cells."""
    return replace(report({**zeros(form), **values}, form, **told), file=file)  # type: ignore[arg-type]


def with_previous(this: Report, last: Report | Withheld) -> Report:
    return replace(this, relatives=Relatives(last, ALONE.children))


def with_children(this: Report, *children: Report, exact: bool = False) -> Report:
    return replace(this, relatives=Relatives(ALONE.previous, children, exact))


def outcomes(rule_id: str, checked: Report) -> dict[str, Outcome]:
    """Give how a rule ended, by instance."""
    return {o.instance: o for o in check(checked, (rule(rule_id),))}
