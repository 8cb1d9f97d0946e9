"""In: folders with configuration and waivers. Out: what counts, what is refused, what lapses."""

import contextlib
import io
import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import jsonschema
import pytest
from lxml import etree

from auditor import cli
from auditor.cli import main
from auditor.commands import outputs
from auditor.commands.check import _plan

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "tests/scenarios/documents/qingshi-2023.txt").read_text("utf-8")
GOOD, WRONG, WORSE = ("12\t3\t2\t1\t18", "12\t3\t2\t1\t17", "12\t3\t2\t1\t16")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    write(tmp_path, WRONG)
    return tmp_path


def write(project: Path, row: str, name: str = "draft.txt") -> None:
    (project / "reports" / name).write_text(DOCUMENT.replace(GOOD, row), "utf-8")


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def auditor(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> Done:
    """Run the command line within this process, as if it had just started."""
    _plan.cache_clear()
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.dict(os.environ, env or {}),
        pytest.raises(SystemExit) as end,
    ):
        main(list(arguments))
    return Done(end.value.code, out.getvalue(), err.getvalue())


def checked(folder: Path, *arguments: str) -> dict[str, object]:
    return json.loads(auditor(folder, "check", *arguments, "--format", "json").stdout)


def fingerprint(folder: Path, *arguments: str) -> str:
    ((report,), _) = checked(folder, *arguments)["reports"], None
    (finding,) = report["findings"]
    return finding["fingerprint"]


# ---------------------------------------------------------------- configuration


def test_the_nearest_configuration_counts_wherever_one_stands(project: Path) -> None:
    (project / "auditor.toml").write_text('fail-on = "never"\n', "utf-8")
    assert auditor(project, "check", "reports").returncode == 0
    assert auditor(project / "reports", "check", "draft.txt").returncode == 0
    assert auditor(ROOT, "check", str(project / "reports/draft.txt")).returncode == 0
    (project / "reports/auditor.toml").write_text('fail-on = "error"\n', "utf-8")
    assert auditor(project, "check", "reports").returncode == 1


def test_pyproject_counts_and_auditor_toml_before_it(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.auditor]\nfail-on = "never"\n', "utf-8")
    assert auditor(project, "check", "reports").returncode == 0
    (project / "auditor.toml").write_text('select = ["T4"]\n', "utf-8")
    assert auditor(project, "check", "reports").returncode == 1


def test_no_configuration_above_the_repository_counts(project: Path) -> None:
    inner = project / "reports"
    (inner / ".git").mkdir()
    (project / "auditor.toml").write_text('fail-on = "never"\n', "utf-8")
    assert auditor(inner, "check", "draft.txt").returncode == 1


def test_paths_of_a_configuration_are_meant_from_its_folder(project: Path) -> None:
    (project / "auditor.toml").write_text(
        'paths = ["reports"]\nreport = ["json=out.json"]\nrules = ["own.toml"]\n', "utf-8"
    )
    rule = (ROOT / "README.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    (project / "own.toml").write_text(rule, "utf-8")
    assert auditor(project / "reports", "check").returncode == 1
    assert json.loads((project / "out.json").read_text("utf-8"))["summary"]["reports"] == 1
    assert "few-carried-out" in auditor(project, "explain", "L001").stdout


def test_a_configuration_that_came_along_writes_only_beside_itself(project: Path) -> None:
    file = project / "reports/auditor.toml"
    for target in ("../out.json", str(project / "out.json")):
        file.write_text(f'report = ["json={target}"]\n', "utf-8")
        done = auditor(project, "check", "reports")
        assert (done.returncode, (project / "out.json").exists()) == (2, False)
        assert "--config" in done.stderr
    named = auditor(project, "check", "reports", "--config", "reports/auditor.toml")
    assert (named.returncode, (project / "out.json").exists()) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('fail_on = "never"', "fail-on"),
        ("fail-on = true", "fail-on"),
        ('quiet = "yes"', "quiet"),
        ("jobs = true", "jobs"),
        ("select = [4]", "select"),
        ('[severity]\nT401 = "grave"', "T401=grave"),
        ('[severity]\nT999 = "error"', "T999"),
        ("show-settings = true", "show-settings"),
    ],
)
def test_what_is_no_setting_is_refused_in_one_line(project: Path, content: str, said: str) -> None:
    (project / "auditor.toml").write_text(content, "utf-8")
    done = auditor(project, "check", "reports")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_rule_may_be_graver_or_less_grave(project: Path) -> None:
    assert auditor(project, "check", "reports", "--severity", "T401=info").returncode == 0
    (project / "auditor.toml").write_text('[severity]\nT4 = "warning"\n', "utf-8")
    assert checked(project, "reports")["summary"]["findings"]["warning"] == 1
    assert auditor(project, "check", "reports").returncode == 0
    assert auditor(project, "check", "reports", "--severity", "T401=error").returncode == 1


def test_settings_are_shown_with_their_origin_and_are_a_configuration(project: Path) -> None:
    (project / "auditor.toml").write_text('fail-on = "warning"\n[severity]\nT4="info"\n', "utf-8")
    done = auditor(project, "check", "--show-settings", "--lang", "en", "--jobs", "2")
    assert done.returncode == 0
    shown = tomllib.loads(done.stdout)
    assert (shown["fail-on"], shown["jobs"], shown["severity"]) == ("warning", 2, ["T4=info"])
    assert 'fail-on = "warning"  # configuration' in done.stdout
    assert "jobs = 2  # command line" in done.stdout
    assert "exit-zero = false  # default" in done.stdout
    other = project / "shown.toml"
    del_paths = "".join(t for t in done.stdout.splitlines(keepends=True) if "paths" not in t)
    other.write_text(del_paths, "utf-8")
    assert auditor(project, "check", "reports", "--config", "shown.toml").returncode == 0


def test_without_a_path_nothing_is_checked(tmp_path: Path) -> None:
    done = auditor(tmp_path, "check")
    assert done.returncode == 2
    assert "PATH" in done.stderr


# ---------------------------------------------------------------- waivers


def test_a_fingerprint_outlives_numbers_lines_and_the_working_folder(project: Path) -> None:
    before = fingerprint(project, "reports/draft.txt")
    assert fingerprint(project / "reports", "draft.txt") == before
    assert fingerprint(ROOT, str(project / "reports/draft.txt")) == before
    (project / "reports/draft.txt").write_text("\n\n" + DOCUMENT.replace(GOOD, WORSE), "utf-8")
    assert fingerprint(project, "reports") == before
    assert before in auditor(project, "check", "reports", "-v").stdout
    (project / "reports/draft.txt").rename(project / "reports/other.txt")
    assert fingerprint(project, "reports") != before


def test_a_waived_violation_is_visible_and_counted_and_no_failure(project: Path) -> None:
    name = fingerprint(project, "reports")
    done = auditor(project, "waive", name, "--reason", 'by "another"\noffice', "--who", "王")
    assert done.returncode == 0, done.stderr
    (waiver,) = tomllib.loads((project / "auditor.waivers.toml").read_text("utf-8"))["waiver"]
    assert (waiver["rule"], waiver["document"]) == ("T401", "reports/draft.txt")
    assert waiver["values"]["review_litigation/review/total"] == "17"
    assert (waiver["reason"], waiver["who"]) == ('by "another" office', "王")
    done = auditor(project, "check", "reports", "--strict")
    assert done.returncode == 0
    assert "另有1条已豁免" in done.stdout
    assert 'by "another" office' in done.stdout
    content = checked(project, "reports")
    ((report,), summary) = content["reports"], content["summary"]
    assert (report["findings"], summary["waived"], report["counts"]["violation"]) == ([], 1, 1)
    assert report["waived"][0]["waiver"]["who"] == "王"


def test_a_changed_number_opens_a_waived_violation_again(project: Path) -> None:
    auditor(project, "waive", fingerprint(project, "reports"), "--reason", "known")
    write(project, WORSE)
    done = auditor(project, "check", "reports")
    assert done.returncode == 1
    assert "17 改为 16" in done.stdout
    assert checked(project, "reports")["reports"][0]["lapsed_waivers"][0]["code"] == "changed"
    again = auditor(project, "waive", fingerprint(project, "reports"), "--reason", "known too")
    assert again.returncode == 0
    assert auditor(project, "check", "reports", "--strict").returncode == 0
    assert (project / "auditor.waivers.toml").read_text("utf-8").count("[[waiver]]") == 1


def test_a_waiver_without_its_violation_is_stale(project: Path) -> None:
    auditor(project, "waive", fingerprint(project, "reports"), "--reason", "known")
    write(project, GOOD)
    done = auditor(project, "check", "reports")
    assert done.returncode == 0
    assert "失效的豁免 1" in done.stdout
    strict = auditor(project, "check", "reports", "--strict")
    assert strict.returncode == 1
    assert "有失效的豁免" in strict.stdout
    assert auditor(project, "check", "reports", "--strict", "--select", "T3").returncode == 0
    (project / "reports/draft.txt").rename(project / "reports/other.txt")
    gone = auditor(project, "check", "reports", "--strict")
    assert gone.returncode == 1
    assert "reports/draft.txt" in gone.stderr


def test_a_waiver_of_what_cannot_be_read_any_more_is_not_called_stale(project: Path) -> None:
    auditor(project, "waive", fingerprint(project, "reports"), "--reason", "known")
    write(project, "12\t3\t2\t1\tl7")
    done = auditor(project, "check", "reports", "--strict")
    assert done.returncode == 3
    assert "失效" not in done.stdout


def test_a_waiver_expires(project: Path) -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1767225600"}  # 2026-01-01
    name = fingerprint(project, "reports")
    refused = auditor(project, "waive", name, "--reason", "x", "--expires", "2025-01-01", env=epoch)
    assert refused.returncode == 2
    auditor(project, "waive", name, "--reason", "x", "--expires", "2026-06-30", env=epoch)
    last = {"SOURCE_DATE_EPOCH": "1782777600"}  # 2026-06-30
    assert auditor(project, "check", "reports", env=last).returncode == 0
    after = {"SOURCE_DATE_EPOCH": "1782864000"}  # 2026-07-01
    done = auditor(project, "check", "reports", env=after)
    assert done.returncode == 1
    assert "2026-06-30" in done.stdout


def test_a_waiver_is_given_from_a_json_report_too(project: Path) -> None:
    auditor(project, "check", "reports", "--report", "json=run.json")
    name = fingerprint(project, "reports")
    done = auditor(project, "waive", name, "--reason", "known", "--from", "run.json")
    assert done.returncode == 0
    assert auditor(project, "check", "reports").returncode == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[waiver]]\nfingerprint = 'a'\n", "lacks"),
        ("[[waiver]]\nfingerprnt = 'a'\n", "fingerprnt"),
        ("[[waivers]]\n", "waivers"),
        ("[[waiver]]\nfingerprint = 4\n", "fingerprint"),
        ("nonsense", "auditor.waivers.toml"),
    ],
)
def test_a_waiver_file_at_fault_ends_the_run(project: Path, content: str, said: str) -> None:
    (project / "auditor.waivers.toml").write_text(content, "utf-8")
    done = auditor(project, "check", "reports")
    assert done.returncode == 2
    assert said in done.stderr


def test_an_unknown_fingerprint_is_refused(project: Path) -> None:
    done = auditor(project, "waive", "0" * 16, "--reason", "x")
    assert done.returncode == 2
    assert not (project / "auditor.waivers.toml").exists()


# ---------------------------------------------------------------- diff


def compared(project: Path) -> tuple[int, dict[str, int]]:
    done = auditor(project, "diff", "old.json", "new.json", "--format", "json")
    content = json.loads(done.stdout)
    return done.returncode, {k: len(v) for k, v in content.items() if v and k != "schema_version"}


def test_runs_are_compared(project: Path) -> None:
    auditor(project, "check", "reports", "--report", "json=old.json")
    auditor(project, "check", "reports", "--report", "json=new.json")
    assert compared(project) == (0, {"unchanged": 1})
    write(project, WORSE)
    write(project, WRONG, "second.txt")
    auditor(project, "check", "reports", "--report", "json=new.json")
    assert compared(project) == (1, {"new": 1, "unchanged": 1})
    assert "数值已变" in auditor(project, "diff", "old.json", "new.json").stdout
    write(project, GOOD)
    auditor(project, "check", "reports/draft.txt", "--report", "json=new.json")
    assert compared(project) == (0, {"settled": 1})


def test_what_was_not_checked_again_is_not_settled(project: Path) -> None:
    auditor(project, "check", "reports", "--report", "json=old.json")
    write(project, "12\t3\t2\t1\tl7")
    auditor(project, "check", "reports", "--report", "json=new.json")
    assert compared(project) == (3, {"new": 1, "unknown": 1})  # new: a cell that is no number
    write(project, WRONG, "second.txt")
    auditor(project, "check", "reports/second.txt", "--report", "json=new.json")
    assert compared(project) == (1, {"new": 1, "unknown": 1})


def test_diff_refuses_what_is_no_run(project: Path) -> None:
    (project / "old.json").write_text('{"reports": [{}]}', "utf-8")
    done = auditor(project, "diff", "old.json", "missing.json")
    assert done.returncode == 2
    assert "old.json" in done.stderr


# ---------------------------------------------------------------- GitHub


def test_on_github_the_log_is_fenced_annotated_and_summed_up(project: Path) -> None:
    page = project / "summary.md"
    page.write_text("before\n", "utf-8")
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)}
    done = auditor(project, "check", "reports", env=env)
    assert done.returncode == 1
    first, *rest = done.stdout.splitlines()
    word = first.removeprefix("::stop-commands::")
    after = rest[rest.index(f"::{word}::") + 1 :]
    assert after[0].startswith("::error file=reports/draft.txt,title=T401 ")
    assert ",line=62::" in after[0]
    assert page.read_text("utf-8").startswith("before\n## ")
    assert "`reports/draft.txt`" in page.read_text("utf-8")
    chosen = auditor(project, "check", "reports", "--format", "json", env=env)
    assert json.loads(chosen.stdout)["summary"]["exit_code"] == 1


@pytest.mark.parametrize("format_", ["sarif", "junit", "gitlab", "github", "markdown", "text"])
def test_a_console_that_is_not_unicode_gets_every_format(project: Path, format_: str) -> None:
    name = "草稿é\u2060.txt"  # beyond GBK
    write(project, WRONG, name)
    command = [sys.executable, "-m", "auditor", "check", f"reports/{name}", "--format", format_]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    on_github = {"GITHUB_ACTIONS": "true"} if format_ == "text" else {}
    command = command[:-2] if on_github else command
    done = subprocess.run(
        command, cwd=project, env=env | on_github, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    if format_ == "junit":
        (failure,) = etree.fromstring(done.stdout).iter("failure")
        assert failure.get("message") == "行政复议：四种结果之和为 18，总计为 17，相差 -1"
    elif format_ in {"sarif", "gitlab"}:
        assert "总计" in str(json.loads(done.stdout))
    else:
        assert "总计应等于四种结果之和" in done.stdout.decode("gbk")


def test_every_format_tells_the_same_findings(project: Path) -> None:
    wanted = {"sarif": "o.sarif", "junit": "o.xml", "gitlab": "o.gl", "json": "o.json"}
    reports = [f"--report={name}={file}" for name, file in wanted.items()]
    more = ["--report=markdown=o.md", "--report=github=o.gh", "--report=html=o.html"]
    sample = str(ROOT / "samples/03-district-2020.txt")
    auditor(project, "check", "reports", sample, *reports, *more)
    text = {path.name: path.read_text("utf-8") for path in project.glob("o.*")}
    told = [f for report in json.loads(text["o.json"])["reports"] for f in report["findings"]]
    rules = sorted(finding["rule"] for finding in told)
    assert len(rules) > 4
    (run,) = json.loads(text["o.sarif"])["runs"]
    schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate({"version": "2.1.0", "runs": [run]})
    assert sorted(result["ruleId"] for result in run["results"]) == rules
    assert sorted(issue["check_name"] for issue in json.loads(text["o.gl"])) == rules
    assert text["o.xml"].count("<failure") == text["o.md"].count("  - 依据") == len(rules)
    assert text["o.gh"].count("\n::") + 1 == len(rules)


def test_the_command_line_offers_every_format_that_there_is() -> None:
    assert cli.FORMATS == outputs.FORMATS
