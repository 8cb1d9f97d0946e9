"""In: files, folders, globs. Out: each file once, and a refusal for each path that gave none."""

from pathlib import Path

import pytest

from auditor.inputs import find_files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = (
        "b.pdf",
        "a.txt",
        "sub/c.PDF",
        ".hidden/d.pdf",
        ".e.pdf",
        "~$f.txt",
        "README.md",
        "g.json",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_folder_gives_its_reports_below_it_without_hidden_ones() -> None:
    assert find_files(["."]).files == ("./a.txt", "./b.pdf", "./sub/c.PDF")


@pytest.mark.usefixtures("folder")
def test_a_glob_that_the_shell_left_alone_is_expanded() -> None:
    assert find_files(["*.pdf"]).files == ("b.pdf",)
    assert find_files(["**/*.PDF"]).files == ("sub/c.PDF",)


@pytest.mark.usefixtures("folder")
def test_a_file_named_twice_counts_once() -> None:
    assert find_files(["b.pdf", "./b.pdf", "*.pdf"]).files == ("b.pdf",)


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_named_is_taken_whatever_its_name() -> None:
    assert find_files(["README.md", "g.json"]).files == ("README.md", "g.json")


@pytest.mark.usefixtures("folder")
def test_a_name_with_brackets_is_a_file_before_it_is_a_glob() -> None:
    Path("报告[终稿].pdf").write_text("x")
    assert find_files(["报告[终稿].pdf"]).files == ("报告[终稿].pdf",)


@pytest.mark.usefixtures("folder")
def test_each_path_without_a_file_is_refused_and_stops_no_other() -> None:
    Path("empty").mkdir()
    found = find_files(["nothing.pdf", "empty", "*.ofd", "b.pdf"])
    assert found.files == ("b.pdf",)
    assert [str(refusal).partition(":")[0] for refusal in found.refusals] == [
        "nothing.pdf",
        "empty",
        "*.ofd",
    ]
