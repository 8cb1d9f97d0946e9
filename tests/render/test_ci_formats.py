"""In: checked reports, hostile ones too. Out: CI formats that their own readers accept."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from auditor.check.load import load_rules
from auditor.commands.ci import CiFormat, ci_report
from auditor.explain.fingerprint import with_fingerprints
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport, Status, unreadable
from auditor.explain.waivers import Lapsed, Waived, Waiver
from auditor.model import Finding, OutcomeState, Place, Severity, Wording
from auditor.render.github import MOST, command, fenced
from auditor.render.markdown import MarkdownReport
from auditor.render.markdown_text import as_code, as_markdown
from tests.render.samples import address, checked, finding

SCHEMAS = Path(__file__).parent.parent / "schemas"
FORMATS: tuple[CiFormat, ...] = ("sarif", "junit", "github", "gitlab", "markdown")
HOSTILE = (
    "<script>alert(1)</script> =cmd()|' /C calc' \x1b[31m \u202e](http://evil.example) "
    "![x](http://evil.example/a.png) https://evil.example www.evil.example @everyone a@b.example\n"
    "::error::owned\r\n##[error]owned | ``` </testcase> ]]> \x00 \ud800 \ufffe {0} %0A::set-output"
)
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""https://docs.gitlab.com/ci/testing/code_quality/: the fields that GitLab reads."""


def written(format_: CiFormat, *reports: CheckedReport) -> str:
    stream = io.StringIO()
    output = ci_report(format_, stream, "zh", "sha256:0", load_rules())
    summary = Summary()
    for report in reports:
        summary = summary.plus(report)
        output.report(report)
    output.close(summary.conclude())
    return stream.getvalue()


def with_findings(*findings: Finding, file: str = "某局2024年报告.pdf") -> CheckedReport:
    known = with_fingerprints(findings, file)
    return replace(checked(file), findings=known, document=file)


def several(count: int, severity: Severity = "error") -> list[Finding]:
    columns = ("natural_person", "company", "research")
    return [
        replace(finding(), severity=severity, cells=(address("handled_total", columns[n % 3]),))
        for n in range(count)
    ]


def hostile() -> CheckedReport:
    said = Wording(HOSTILE, HOSTILE)
    bad = replace(
        finding("F301"), title=said, message=said, instance=said, labels={address("new"): said},
        expected=None, actual=None, quote=HOSTILE, notes=(said,), source=said,
    )  # fmt: skip
    problem = replace(checked().problems[0], message=said)
    report = with_findings(bad, file="目录/坏 <b>[名] (http://x)|`字`.pdf")
    waiver = Waiver(
        "0" * 16, "F301", report.document, (), {"text": "x"}, reason=HOSTILE, who=HOSTILE
    )
    return replace(
        report,
        problems=(problem,),
        waived=(Waived(report.findings[0], waiver),),
        lapsed=(Lapsed(waiver, "settled", said),),
    )


CASES: dict[str, Callable[[], tuple[CheckedReport, ...]]] = {
    "nothing": tuple,
    "one": lambda: (with_findings(finding()),),
    "clean": lambda: (
        replace(checked(), status=Status.PASS, findings=(), problems=(), gaps=(), held=("T301",)),
    ),
    "unread": lambda: (unreadable("a.pdf", "unreadable", Wording("读不了", "cannot"), 3, "a.pdf"),),
    "hostile": lambda: (hostile(),),
    "many": lambda: (with_findings(*several(500)), with_findings(*several(3, "warning"), file="b")),
}


@pytest.fixture(params=CASES)
def reports(request: pytest.FixtureRequest) -> tuple[CheckedReport, ...]:
    return CASES[request.param]()


def test_sarif_is_valid_by_the_published_schema(reports: tuple[CheckedReport, ...]) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    content = json.loads(written("sarif", *reports))
    jsonschema.Draft4Validator(schema).validate(content)
    (run,) = content["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
    prints = [result["partialFingerprints"]["auditor/v1"] for result in run["results"]]
    waived = sum(len(report.waived) for report in reports)
    assert len(set(prints)) == len(prints) - waived


def test_a_sarif_log_of_what_was_not_read_tells_so() -> None:
    (run,) = json.loads(written("sarif", *CASES["unread"]()))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 3
    (told,) = invocation["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == ("error", "读不了")


def test_a_violation_elsewhere_does_not_hide_in_sarif_that_something_was_not_read() -> None:
    (run,) = json.loads(written("sarif", with_findings(finding()), *CASES["unread"]()))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    (run,) = json.loads(written("sarif", with_findings(finding())))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_sarif_result_names_the_cell_and_the_page() -> None:
    (run,) = json.loads(written("sarif", *CASES["one"]()))["runs"]
    (result,) = run["results"]
    (location,) = result["locations"]
    (cell,) = location["logicalLocations"]
    assert cell["fullyQualifiedName"] == address("handled_total")
    assert cell["properties"] == {
        "table": "applications", "row": "handled_total", "column": "natural_person",
    }  # fmt: skip
    physical = location["physicalLocation"]
    assert physical["properties"]["page"] == 4
    assert "region" not in physical
    assert result["properties"]["expected"] == "1200402"
    assert result["level"] == "error"
    in_text = replace(finding(), place=Place(line=62))
    (run,) = json.loads(written("sarif", with_findings(in_text)))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 62}


def test_a_waived_result_is_suppressed_in_sarif_with_its_reason() -> None:
    (run,) = json.loads(written("sarif", hostile()))["runs"]
    opened, waived = run["results"]
    assert "suppressions" not in opened
    assert waived["suppressions"][0]["status"] == "accepted"
    assert "evil" in waived["suppressions"][0]["justification"]


def test_junit_is_valid_by_the_schema_of_jenkins(reports: tuple[CheckedReport, ...]) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    root = etree.fromstring(written("junit", *reports).encode())
    schema.assertValid(root)
    for suite, report in zip(root.iter("testsuite"), reports, strict=True):
        cases = suite.findall("testcase")
        assert len(cases) == int(suite.get("tests")) > 0
        failures = [case for case in cases if case.find("failure") is not None]
        assert len(failures) == int(suite.get("failures")) == len(report.findings)
        errors = [case for case in cases if case.find("error") is not None]
        assert len(errors) == int(suite.get("errors"))
        assert bool(errors) == any(p.severity == "error" for p in report.problems)
        assert all(case.get("name") and case.get("classname") for case in cases)


def test_gitlab_issues_have_the_fields_that_gitlab_reads(
    reports: tuple[CheckedReport, ...],
) -> None:
    issues = json.loads(written("gitlab", *reports))
    jsonschema.Draft202012Validator(CODE_QUALITY).validate(issues)
    told = sum(len(r.findings) + len(r.waived) + len(r.problems) for r in reports)
    assert len(issues) == told
    waived = sum(len(r.waived) for r in reports)
    assert len({issue["fingerprint"] for issue in issues}) == told - waived


def runner_commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Read commands as GitHub's runner does: `::`, else `##[` anywhere in a line."""
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        match = re.match(r"\s*::([^\s:]+)(?: ([^:]*))?::(.*)", line)
        if match:
            pairs = (pair.partition("=") for pair in (match[2] or "").split(",") if pair)
            found.append((match[1], {key: value for key, _, value in pairs}, match[3]))
        else:
            assert "##[" not in line, line
    return found


def test_github_sees_only_commands_that_are_meant(reports: tuple[CheckedReport, ...]) -> None:
    output = written("github", *reports)
    commands = runner_commands(output)
    assert {name for name, _, _ in commands} <= {"error", "warning", "notice"}
    assert all(set(properties) <= {"file", "title", "line"} for _, properties, _ in commands)
    for kind in ("error", "warning", "notice"):
        assert sum(name == kind for name, _, _ in commands) <= MOST


def test_github_says_how_many_are_not_annotated() -> None:
    output = written("github", with_findings(*several(500)))
    assert "另有 490 条 error" in output


def test_a_command_keeps_its_text_and_its_properties_apart() -> None:
    line = command("error", "a\n::b:: 100%", file="x,y=1.md", title="t: u", line="")
    assert line == "::error file=x%2Cy=1.md,title=t%3A u::a%0A::b:: 100%25"


def test_between_the_fences_nothing_can_end_them() -> None:
    text = f"::error::x\n::{'0' * 64}::\n"
    first, *_, last = fenced(text).splitlines()
    word = first.removeprefix("::stop-commands::")
    assert last == f"::{word}::"
    assert word not in text


def markdown_tokens(text: str) -> set[str]:
    """Read Markdown as GitHub does, links from bare addresses included."""
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    return {t.type for token in tokens for t in (token, *(token.children or ()))}


def test_markdown_shows_tables_and_lists_and_nothing_live(
    reports: tuple[CheckedReport, ...],
) -> None:
    found = markdown_tokens(written("markdown", *reports))
    assert "table_open" in found
    live = {"link_open", "image", "html_inline", "html_block", "fence", "s_open", "em_open"}
    assert found & live == set()


def test_markdown_text_is_read_back_as_it_was() -> None:
    for text in ("12 [维持] + 3", "a|b *c* _d_ ~~e~~ `f` #1 - x", "1. x", "3.5 <b>&amp;", "$x$ ^^"):
        (_, inline, _) = MarkdownIt("gfm-like").parse(as_markdown(text))
        assert "".join(child.content for child in inline.children or ()) == text
    (_, inline, _) = MarkdownIt("gfm-like").parse(as_code("a`b``c"))
    assert [child.content for child in inline.children or ()] == ["a`b``c"]


def test_a_markdown_summary_keeps_to_its_limit_and_says_what_is_left_out() -> None:
    stream = io.StringIO()
    output = MarkdownReport(stream, "zh", limit=20_000)
    report = with_findings(*several(500))
    output.report(report)
    output.close(Summary().plus(report).conclude())
    assert len(stream.getvalue().encode()) < 20_000
    assert "其余" in stream.getvalue()
    assert "| 检查 1 份报告 |" in stream.getvalue()


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_deterministic_and_keeps_every_finding(format_: CiFormat) -> None:
    reports = (with_findings(finding("T302"), finding("T401")),)
    output = written(format_, *reports)
    assert output == written(format_, *reports)
    assert "T302" in output
    assert "T401" in output
    assert "1,200,402" in output or "1200402" in output or format_ == "gitlab"


@pytest.mark.parametrize("format_", FORMATS)
def test_no_character_that_something_obeys_comes_through(format_: CiFormat) -> None:
    output = written(format_, hostile())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff\ufffe]", output)
    assert "](http" not in output
    if format_ in {"junit", "markdown"}:
        assert "<script>" not in output
    output.encode("utf-8")


def test_every_state_has_a_column_in_the_table() -> None:
    table = written("markdown", with_findings(finding()))
    (row,) = [line for line in table.splitlines() if line.startswith("| `")]
    assert row.count("|") == len(OutcomeState) + 4
