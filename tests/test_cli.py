"""In: command lines. Out: the documented exit status, clean streams, and files as asked."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auditor import cli, pipeline

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "tests/scenarios/documents/qingshi-2023.txt"


def auditor(
    *arguments: str | Path, env: dict[str, str] | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | (env or {}),
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    target = tmp_path / "clean.txt"
    target.write_bytes(DOCUMENT.read_bytes())
    return target


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    target = tmp_path / "faulty.txt"
    text = DOCUMENT.read_text("utf-8")
    target.write_text(text.replace("12\t3\t2\t1\t18", "12\t3\t2\t1\t17"), "utf-8")
    return target


def test_version_and_help() -> None:
    assert auditor("--version").stdout.startswith(b"auditor, version ")
    for command in ("check", "extract", "rules", "explain", "test"):
        done = auditor(command, "--help")
        assert done.returncode == 0
        assert b"Usage" in done.stdout


def test_without_a_command_the_help_is_shown_and_nothing_passes() -> None:
    done = auditor()
    assert done.returncode == 2
    assert b"check" in done.stderr
    assert auditor("check").returncode == 2


def test_json_on_stdout_is_all_that_is_there(faulty: Path) -> None:
    done = auditor("check", faulty, "--format", "json")
    content = json.loads(done.stdout)
    assert done.returncode == content["summary"]["exit_code"] == 1
    assert content["reports"][0]["findings"][0]["rule"] == "T401"
    assert done.stderr == b""


def test_standard_input(faulty: Path) -> None:
    done = auditor("check", "-", stdin=faulty.read_bytes())
    assert done.returncode == 1
    assert b"T401" in done.stdout


def test_reports_beside_the_terminal(faulty: Path, tmp_path: Path) -> None:
    out, text = tmp_path / "out.json", tmp_path / "out.txt"
    done = auditor("check", faulty, "--report", f"json={out}", "--report", f"text={text}")
    assert json.loads(out.read_text("utf-8"))["reports"][0]["status"] == "fail"
    assert "\x1b" not in text.read_text("utf-8")
    assert text.read_bytes() == done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full disk to try")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_in_one_line(faulty: Path, unbuffered: str) -> None:
    done = auditor("check", faulty, "--report", "json=/dev/full")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "auditor", "check", str(faulty)]
        env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
        piped = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert piped.returncode == 2
    assert len(piped.stderr.splitlines()) == 1


def test_a_report_cannot_be_written_into_a_folder_that_is_not_there(faulty: Path) -> None:
    done = auditor("check", faulty, "--report", "json=nowhere/out.json")
    assert done.returncode == 2
    assert done.stdout == b""


def test_a_reader_that_leaves_early_causes_no_noise(faulty: Path) -> None:
    command = f'"{sys.executable}" -m auditor check "{faulty}" | true'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, shell=True, env=env, capture_output=True, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_of_another_encoding(faulty: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = auditor("check", faulty, env=env)
    assert done.returncode == 1
    assert b"T401" in done.stdout
    assert done.stderr == b""
    missing = auditor("check", "没有.pdf", env=env)
    assert missing.returncode == 2
    assert b"Traceback" not in missing.stderr


def test_jobs_give_the_same_result_in_the_same_order(clean: Path, faulty: Path) -> None:
    one = auditor("check", clean, faulty, clean.parent, "--format", "json")
    two = auditor("check", clean, faulty, clean.parent, "--format", "json", "--jobs", "2")
    assert one.stdout == two.stdout
    assert one.returncode == two.returncode == 1


def test_select_and_ignore(faulty: Path) -> None:
    assert auditor("check", faulty, "--ignore", "T4").returncode == 0
    assert auditor("check", faulty, "--select", "T401,T301").returncode == 1
    assert auditor("check", faulty, "--select", "T301", "--ignore", "nonsense").returncode == 2


def test_forgiving_options(faulty: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    assert auditor("check", empty).returncode == 3
    assert auditor("check", empty, "--allow-incomplete").returncode == 0
    assert auditor("check", faulty, empty, "--allow-incomplete").returncode == 1
    assert auditor("check", faulty, empty, "--exit-zero").returncode == 0


def test_configuration_gives_defaults_that_the_command_line_overrides(
    faulty: Path, tmp_path: Path
) -> None:
    config = tmp_path / "auditor.toml"
    config.write_text('fail-on = "never"\nselect = ["T4"]\nlang = "en"\n', "utf-8")
    done = auditor("check", faulty, "--config", config)
    assert done.returncode == 0
    assert b"expected 18" in done.stdout
    assert auditor("check", faulty, "--config", config, "--fail-on", "error").returncode == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('fail_on = "never"', "fail-on"),
        ('fail-on = "sometimes"', "sometimes"),
        ("select = ", "TOML"),
    ],
)
def test_a_configuration_at_fault_is_refused(
    faulty: Path, tmp_path: Path, content: str, said: str
) -> None:
    config = tmp_path / "auditor.toml"
    config.write_text(content, "utf-8")
    done = auditor("check", faulty, "--config", config)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1


def test_extract_formats(clean: Path) -> None:
    content = json.loads(auditor("extract", clean, "--format", "json").stdout)
    assert content["agency"] == "青石县人民政府"
    assert content["cells"]["applications/new/natural_person"]["value"] == 1180
    assert set(content["tables"]) == {"proactive_disclosure", "applications", "review_litigation"}
    assert len(auditor("extract", clean, "--format", "csv").stdout.splitlines()) == 201
    assert "1,180" in auditor("extract", clean).stdout.decode()


def test_extract_of_several_files_is_a_list_and_a_bad_one_stops_none(
    clean: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 cut")
    done = auditor("extract", bad, clean, "--format", "json")
    records = json.loads(done.stdout)
    assert done.returncode == 3
    assert [len(record["cells"]) for record in records] == [0, 200]
    assert records[0]["problems"][0]["code"] == "unreadable"


def test_the_catalogue() -> None:
    listed = json.loads(auditor("rules", "--format", "json").stdout)["rules"]
    assert {"T301", "T302", "T303", "T401"} <= {rule["id"] for rule in listed}
    for rule in listed:
        assert rule["title"]
        assert rule["source"]
    shown = auditor("explain", "T301", "--lang", "en")
    assert shown.returncode == 0
    assert b"source" in shown.stdout
    assert auditor("explain", "t999").returncode == 2


def test_the_rules_pass_their_own_examples() -> None:
    assert auditor("test").returncode == 0


def test_a_rule_that_contradicts_its_example_fails_the_self_test(tmp_path: Path) -> None:
    scenario = (ROOT / "tests/scenarios/own-rule.scenario").read_text("utf-8")
    rule = scenario.partition("--- document mine.toml\n")[2].partition("--- command")[0]
    (tmp_path / "mine.toml").write_text(rule.replace("<= 20", "<= 30"), "utf-8")
    done = auditor("test", tmp_path)
    assert done.returncode == 2
    assert b"L001" in done.stdout


def fail(document: object) -> None:
    raise RuntimeError(f"cannot digest {type(document).__name__}")


@pytest.mark.parametrize("command", ["check", "extract"])
@pytest.mark.parametrize("debug", [True, False])
def test_a_bug_is_one_line_and_exit_4_and_stops_no_other_file(
    clean: Path,
    command: str,
    debug: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pipeline, "recognise", fail)
    with pytest.raises(SystemExit) as end:
        cli.main([command, str(clean), "missing.pdf", *(["--debug"] if debug else [])])
    streams = capsys.readouterr()
    assert end.value.code == 4
    assert ("Traceback" in streams.err) is debug
    assert "RuntimeError: cannot digest Document" in streams.out + streams.err
    assert "missing.pdf" in streams.err


def test_a_bug_outside_any_file_is_exit_4_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("auditor.commands.catalogue.load_rules", fail)
    with pytest.raises(SystemExit) as end:
        cli.main(["rules", "--lang", "en"])
    assert end.value.code == 4
    assert capsys.readouterr().err.startswith("auditor: error: internal error RuntimeError")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes to wait at")
def test_an_interrupt_is_one_line_and_exit_130(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "auditor", "check", str(pipe)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running,
        pipe.open("wb"),
    ):  # opens only when the program has begun to read
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 130
    assert said.decode().splitlines() == ["auditor: 错误: 已中断"]
