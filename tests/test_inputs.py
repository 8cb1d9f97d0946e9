"""In: files, folders, globs. Out: each file once, and a refusal for each path that gave none."""

import zipfile
from pathlib import Path

import pytest

from auditor.errors import UnreadableError
from auditor.inputs import find_files, read_input


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


@pytest.fixture
def archive(folder: Path) -> str:
    names = {
        "甲局/报告.txt": "甲",
        "乙.PDF": "乙",
        "说明.key": "x",
        "__MACOSX/._乙.pdf": "x",
        "../out.txt": "x",
        "README.md": "x",
    }
    with zipfile.ZipFile(folder / "sub" / "z.zip", "w") as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return "sub/z.zip"


def test_an_archive_is_treated_like_a_folder(archive: str) -> None:
    inside = ("sub/z.zip/乙.PDF", "sub/z.zip/甲局/报告.txt")
    assert find_files([archive]).files == inside
    assert find_files(["sub"]).files == ("sub/c.PDF", *inside)
    assert read_input(inside[1]) == "甲".encode()


def test_names_in_an_archive_made_by_chinese_windows_are_read(folder: Path) -> None:
    with zipfile.ZipFile("g.zip", "w") as packed:
        packed.writestr("QQQQ.txt", "x")
    raw = Path("g.zip").read_bytes().replace(b"QQQQ", "报告".encode("gbk"))
    Path("g.zip").write_bytes(raw)
    assert find_files(["g.zip"]).files == ("g.zip/报告.txt",)
    assert read_input("g.zip/报告.txt") == b"x"


def test_an_archive_without_reports_is_refused(folder: Path) -> None:
    with zipfile.ZipFile("g.zip", "w") as packed:
        packed.writestr("说明.key", "x")
    assert "g.zip" in str(find_files(["g.zip"]).refusals[0])


def test_a_document_that_is_a_zip_file_is_one_file(folder: Path) -> None:
    with zipfile.ZipFile("报告.zip", "w") as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", "x")
    assert find_files(["报告.zip"]).files == ("报告.zip",)


def test_a_member_that_is_not_there_or_too_large_is_unreadable(archive: str) -> None:
    with pytest.raises(UnreadableError):
        read_input(f"{archive}/丙.txt")
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"0" * (65 * 1024 * 1024))
    with pytest.raises(UnreadableError, match="过大"):
        read_input("bomb.zip/a.txt")


def test_what_belongs_to_a_saved_web_page_is_no_report(folder: Path) -> None:
    Path("页_files").mkdir()
    Path("页_files/frame.html").write_text("<p>")
    Path("页.html").write_text("<p>")
    assert "./页.html" in find_files(["."]).files
    assert not any("frame" in file for file in find_files(["."]).files)
