"""A city's report and its children's: one story for each cause."""

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.explain.area import tell_area
from auditor.explain.findings import explain
from auditor.model import Address, Finding, Report
from tests.check.kin import body, with_children
from tests.generator.kin import sum_of
from tests.generator.truth import Truth, consistent_truth

RULES = tuple(r for r in load_rules() if "area" in r.tags)
TRUTHS = [consistent_truth(seed, "2021", "city") for seed in (1, 2, 3)]
NAMES = ("东区人民政府", "西区人民政府", "南县人民政府")


def city(truth: Truth, *, exact: bool) -> Report:
    named = zip(NAMES, TRUTHS, strict=True)
    children = [body(t, agency=name, file=f"{name}.pdf") for name, t in named]
    return with_children(body(truth), *children, exact=exact)


def told(truth: Truth, *, exact: bool = True) -> tuple[Finding, ...]:
    report = city(truth, exact=exact)
    return tell_area(report, explain(report, RULES, check(report, RULES)))


def changed(truth: Truth, child: Truth, sign: int, table: str = "") -> Truth:
    return {
        address: (value or 0) + sign * (child[address] or 0) * address.startswith(table)
        for address, value in truth.items()
    }


def kinds(finding: Finding) -> list[tuple[str, str]]:
    return [(s.kind, s.message.zh) for s in finding.suggestions]


def test_the_true_sum_has_nothing_to_tell() -> None:
    for exact in (True, False):
        assert told(sum_of(TRUTHS), exact=exact) == ()


def test_a_child_left_out_is_one_finding_of_each_table() -> None:
    found = told(changed(sum_of(TRUTHS), TRUTHS[1], -1))
    assert [f.rule for f in found] == ["H203", "H204", "H201", "H202"]
    reason = ("child-left-out", "差额恰为 西区人民政府 的数，疑未计入")
    assert [kinds(f) for f in found] == [[reason]] * 4
    applications = found[2]
    own = [cell for cell in applications.cells if cell.startswith("applications/")]
    nonzero = [a for a, v in TRUTHS[1].items() if a.startswith("applications/") and v]
    assert sorted(own) == sorted(nonzero)
    right = sum_of(TRUTHS)
    assert applications.suggestions[0].cells == {a: right[a] for a in nonzero}
    assert applications.suggestions[0].is_sure


def test_a_child_counted_twice_is_seen_where_the_sum_is_exact() -> None:
    twice = changed(sum_of(TRUTHS), TRUTHS[2], 1, "review_litigation/")
    assert [kinds(f) for f in told(twice)] == [
        [("child-counted-twice", "差额恰为 南县人民政府 的数，疑重复计入")]
    ]
    assert told(twice, exact=False) == ()


def test_without_a_suspect_many_cells_are_one_finding_and_few_are_several() -> None:
    right = sum_of(TRUTHS)
    cells = [a for a, v in right.items() if a.startswith("applications/") and (v or 0) > 10]
    few: dict[Address, int] = {a: int(right[a] or 0) - 3 for a in cells[:2]}
    many = {a: int(right[a] or 0) - 3 for a in cells[:9]}
    two, one = told({**right, **few}, exact=False), told({**right, **many}, exact=False)
    assert [f.cells[0] for f in two] == cells[:2]
    assert len(one) == 1
    assert {c for c in one[0].cells if c.startswith("applications/")} == set(cells[:9])
    assert one[0].notes[0].zh.startswith("另有 8 格同样不符：")
    assert [kinds(f) for f in (*two, *one)] == [[]] * 3
