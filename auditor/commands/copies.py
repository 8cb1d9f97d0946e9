"""In: `pdf=`, `docx=` or `xlsx=`, and where it goes. Out: a renderer that writes bytes.

A marked copy belongs to one draft; of several drafts the copies go to a folder.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from auditor.commands.extras import needs_extra
from auditor.complain import complain
from auditor.errors import UnreadableError, UsageError
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.inputs import STDIN
from auditor.model import Language
from auditor.read import kinds

Marker = Callable[[bytes, CheckedReport, Language], bytes]


def copy_report(name: str, target: str, lang: Language, *, many: bool) -> "MarkedCopies | Workbook":
    """Give the renderer of a format of bytes. Raises: UsageError."""
    path = Path(target)
    if name == "xlsx":
        return Workbook(_file_to_write(name, path), lang)
    is_folder = path.is_dir() or target.endswith(("/", os.sep))
    if is_folder:
        _make_folder(name, path)
    elif many:
        raise UsageError(
            f"--report {name}={target}: 有多份报告，请给出文件夹，如 {name}=核对结果/",
            f"--report {name}={target}: several reports need a folder, such as {name}=marked/",
        )
    else:
        _file_to_write(name, path)
    return MarkedCopies(name, path, lang, is_folder=is_folder)


@dataclass(slots=True)
class MarkedCopies:
    """Writes a copy of each draft of its format, with a note at every cell in question."""

    name: str
    path: Path
    lang: Language
    is_folder: bool
    written: set[Path] = field(default_factory=set)
    passed_over: int = 0

    def report(self, checked: CheckedReport) -> None:
        """Write the copy. Raises: UsageError where it cannot be written."""
        content = _content(checked.file)
        if content is None or not _IS_KIND[self.name](content):
            self.passed_over += 1
            return
        target = self._target(checked.file)
        if os.path.realpath(target) == os.path.realpath(checked.file):
            raise UsageError(
                f"--report {self.name}={target}: 是原文件，不会覆盖；请另取文件名",
                f"--report {self.name}={target}: is the draft itself; choose another name",
            )
        try:
            marked = _marker(self.name)(content, checked, self.lang)
        except UnreadableError as error:  # its verdict says the same: there is nothing to mark
            complain(error.wording.zh, error.wording.en, self.lang)
            self.passed_over += 1
            return
        _write(target, marked)
        self.written.add(target)

    def close(self, summary: Summary) -> None:  # noqa: ARG002 - a copy has its own verdict
        """Raise UsageError where there was nothing to mark."""
        kind = self.name.upper()
        if not self.written:
            raise UsageError(
                f"--report {self.name}={self.path}: 没有可标注的 {kind} 文件，未写出",
                f"--report {self.name}={self.path}: no {kind} that could be marked, none written",
            )
        if self.passed_over:
            complain(
                f"--report {self.name}: {self.passed_over} 份不是可标注的 {kind}，未写出",
                f"--report {self.name}: {self.passed_over} are no {kind} that could be marked",
                self.lang,
                "warning",
            )

    def _target(self, file: str) -> Path:
        """Give where the copy goes; in a folder, drafts of the same name are numbered."""
        if not self.is_folder:
            return self.path
        stem, suffix = f"{Path(file).stem}-marked", f".{self.name}"
        numbered = (f"{stem}-{number}{suffix}" for number in count(2))
        names = chain((f"{stem}{suffix}",), numbered)
        return next(self.path / n for n in names if self.path / n not in self.written)


@dataclass(slots=True)
class Workbook:
    """Collects the reports of a run and writes them as one workbook at its end."""

    path: Path
    lang: Language
    reports: list[CheckedReport] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.reports.append(checked)

    def close(self, summary: Summary) -> None:  # noqa: ARG002 - the sheets tell it
        """Write the workbook. Raises: UsageError where it cannot be written."""
        with needs_extra("xlsx"):
            from auditor.render.workbook import workbook_bytes  # noqa: PLC0415 - lazy: openpyxl
        _write(self.path, workbook_bytes(self.reports, self.lang))


_IS_KIND: dict[str, Callable[[bytes], bool]] = {"pdf": kinds.is_pdf, "docx": kinds.is_docx}


def _marker(name: str) -> Marker:
    with needs_extra(name):
        if name == "pdf":
            from auditor.render.marked_pdf import mark_pdf  # noqa: PLC0415 - lazy: pypdf, reportlab

            return mark_pdf
        from auditor.render.marked_docx import mark_docx  # noqa: PLC0415 - lazy: python-docx

        return mark_docx


def _content(file: str) -> bytes | None:
    """Read the draft once more; standard input is gone, and what cannot be read is told already."""
    try:
        return None if file == STDIN else Path(file).read_bytes()
    except OSError:
        return None


def _make_folder(name: str, path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(f"{name}={path}", error) from error


def _file_to_write(name: str, path: Path) -> Path:
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(
            f"--report {name}={path}: 应为文件，且所在文件夹须已存在",
            f"--report {name}={path}: must be a file in a folder that exists",
        )
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(str(path), error) from error


def _unwritable(path: str, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(
        f"无法写入报告文件 {path}: {why}", f"cannot write the report file {path}: {why}"
    )
