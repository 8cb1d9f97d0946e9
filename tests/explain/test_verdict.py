"""In: reports with gaps. Out: verdicts that never say pass about what was not read or checked."""

from dataclasses import replace

import pytest

from auditor.check.evaluate import check
from auditor.check.load import load_rules
from auditor.explain.findings import explain
from auditor.explain.summary import Summary, gravest
from auditor.explain.verdict import CheckedReport, Status, Threshold, judge, unreadable
from auditor.model import CellState, OutcomeState, Problem, Report, TableStatus, Wording
from tests.explain.test_findings import whole_report
from tests.render.samples import address


def verdict(report: Report, fail_on: Threshold = "error") -> CheckedReport:
    rules = load_rules()
    outcomes = check(report, rules)
    return judge(report, outcomes, explain(report, rules, outcomes), rules, fail_on)


def with_table(report: Report, key: str, status: TableStatus) -> Report:
    table = replace(report.tables[key], status=status)
    return replace(report, tables={**report.tables, key: table})


def blanked(report: Report, table: str) -> Report:
    cells = {
        key: replace(cell, state=CellState.BLANK, value=None, raw="")
        if key.startswith(f"{table}/")
        else cell
        for key, cell in report.cells.items()
    }
    return replace(report, cells=cells)


def test_a_sound_report_passes_with_its_counts() -> None:
    passed = verdict(whole_report())
    assert (passed.status, passed.exit_code) == (Status.PASS, 0)
    assert passed.counts[OutcomeState.PASS] > 50


def test_the_five_states_add_up() -> None:
    rules, report = load_rules(), whole_report(new=3)
    outcomes = check(report, rules)
    assert sum(verdict(report).counts.values()) == len(outcomes)


@pytest.mark.parametrize("status", [TableStatus.PARTIAL, TableStatus.NOT_FOUND])
def test_a_table_that_was_not_read_whole_is_incomplete(status: TableStatus) -> None:
    partial = verdict(with_table(whole_report(), "review_litigation", status))
    assert (partial.status, partial.exit_code) == (Status.INCOMPLETE, 3)
    assert any("表四" in problem.message.zh for problem in partial.problems)


def test_an_unreadable_cell_is_incomplete() -> None:
    sound = whole_report()
    key = address("granted")
    broken = replace(sound.cells[key], state=CellState.UNREADABLE, value=None, raw="l7")
    found = verdict(replace(sound, cells={**sound.cells, key: broken}))
    assert (found.status, found.exit_code) == (Status.INCOMPLETE, 3)
    unaudited = [problem for problem in found.problems if problem.code == "unaudited"]
    assert {cell for problem in unaudited for cell in problem.cells} == {key}


def test_a_blank_table_alone_is_not_incomplete_and_is_counted() -> None:
    found = verdict(blanked(whole_report(), "review_litigation"))
    assert (found.status, found.exit_code) == (Status.PASS, 0)
    assert found.counts[OutcomeState.UNAUDITED] >= 3
    assert any(not gap.blocking for gap in found.gaps)


def test_where_nothing_was_decided_there_is_no_pass() -> None:
    report = whole_report()
    nothing = judge(report, (), (), load_rules())
    assert (nothing.status, nothing.exit_code) == (Status.INCOMPLETE, 3)
    assert [problem.code for problem in nothing.problems] == ["nothing_checked"]


def test_a_document_without_tables_is_unreadable() -> None:
    found = verdict(Report(file="a.txt", form=None))
    assert (found.status, found.exit_code) == (Status.UNREADABLE, 3)
    assert found.problems


def test_an_error_among_gaps_is_still_a_failure() -> None:
    faulty = with_table(whole_report(new=3), "review_litigation", TableStatus.PARTIAL)
    found = verdict(faulty)
    assert (found.status, found.exit_code) == (Status.FAIL, 1)
    assert any(problem.severity == "error" for problem in found.problems)


def test_never_changes_the_exit_status_and_not_the_verdict() -> None:
    found = verdict(whole_report(new=3), fail_on="never")
    assert (found.status, found.exit_code) == (Status.FAIL, 0)


def test_never_does_not_forgive_gaps() -> None:
    faulty = with_table(whole_report(new=3), "review_litigation", TableStatus.PARTIAL)
    assert verdict(faulty, fail_on="never").exit_code == 3


def test_a_problem_of_the_reader_makes_the_report_incomplete() -> None:
    problem = Problem("page_without_text", "error", Wording("第2页没有文字层", "page 2: no text"))
    assert verdict(replace(whole_report(), problems=(problem,))).exit_code == 3


def test_the_gravest_exit_status_wins() -> None:
    assert gravest(0, 3) == 3
    assert gravest(3, 1) == 1
    assert gravest(1, 2, 3) == 2
    assert gravest(1, 4, 2) == 4


def test_options_forgive_what_they_name_and_no_more() -> None:
    incomplete = Summary().plus(unreadable("a", "unreadable", Wording("坏", "bad"), 3))
    assert incomplete.conclude(allow_incomplete=True).exit_code == 0
    assert incomplete.refuse(2).conclude(exit_zero=True).exit_code == 2
    failed = Summary().plus(verdict(whole_report(new=3)))
    assert failed.conclude(allow_incomplete=True).exit_code == 1
    assert failed.conclude(exit_zero=True).exit_code == 0
