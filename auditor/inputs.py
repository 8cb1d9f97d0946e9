"""In: paths as a user gives them: files, folders, globs, `-`. Out: the files, each once."""

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import UnreadableError, UsageError
from auditor.read import suffixes

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to look at, in order, and a refusal for each path that gave none."""

    files: tuple[str, ...]
    refusals: tuple[UsageError, ...]


def find_files(paths: Sequence[str], also: Sequence[str] = ()) -> Inputs:
    """Give the files behind the paths; the same file counts once, however often it is named.

    `also`: further suffixes that count in a folder, besides those of the readers.
    """
    files: dict[str, str] = {}
    refusals: list[UsageError] = []
    for path in paths:
        try:
            for file in _expand(path, (*suffixes(), *also)):
                files.setdefault(file if file == STDIN else os.path.realpath(file), file)
        except UsageError as refusal:
            refusals.append(refusal)
    return Inputs(tuple(files.values()), tuple(refusals))


def read_input(file: str) -> bytes:
    """Give a file's content, or that of standard input.

    Raises: UnreadableError where the operating system does not let it be read.
    """
    try:
        return sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableError(f"{file}: 打不开 ({why})", f"{file}: cannot open ({why})") from error


def _expand(path: str, known: Sequence[str]) -> Iterator[str]:
    if path == STDIN or Path(path).is_file():
        return iter((path,))
    if Path(path).is_dir():
        return iter(_in_folder(path, known))
    if glob.has_magic(path):
        return iter(_matching(path, known))
    if Path(path).exists():  # a pipe or a device, such as a shell's <(...)
        return iter((path,))
    raise UsageError(f"{path}: 没有这个文件或文件夹", f"{path}: no such file or folder")


def _in_folder(folder: str, known: Sequence[str]) -> list[str]:
    """Give the files below a folder that a reader may know, without hidden ones."""
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        candidates = (name for name in sorted(names) if _is_candidate(name, known))
        found += (os.path.join(parent, name) for name in candidates)  # noqa: PTH118 - "./a" stays "./a"
    if not found:
        listed = " ".join(known)
        raise UsageError(
            f"{folder}: 文件夹里没有可检查的文件 (支持 {listed})",
            f"{folder}: nothing to check in this folder (supported: {listed})",
        )
    return found


def _is_candidate(name: str, known: Sequence[str]) -> bool:
    """Tell a file that may be a report; a README tells of the files beside it."""
    hidden = name.startswith((".", "~$"))
    return not hidden and Path(name).suffix.lower() in known and not _is_readme(name)


def _is_readme(name: str) -> bool:
    return name.lower().startswith("readme")


def _matching(pattern: str, known: Sequence[str]) -> list[str]:
    found: list[str] = []
    for path in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - keeps "./" as given
        if Path(path).is_file():
            found.append(path)
        elif Path(path).is_dir() and "**" not in pattern:
            found += _in_folder(path, known)
    if not found:
        raise UsageError(f"{pattern}: 没有匹配的文件", f"{pattern}: no file matches")
    return found
