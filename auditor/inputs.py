"""In: paths as a user gives them: files, folders, globs, `-`. Out: the files, each once."""

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from auditor import archived
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
        if file == STDIN:
            return sys.stdin.buffer.read()
        return Path(file).read_bytes() if Path(file).exists() else _from_archive(file)
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableError(f"{file}: 打不开 ({why})", f"{file}: cannot open ({why})") from error


def exists(file: str) -> bool:
    """Claim that a path leads to something, be it into an archive."""
    return file == STDIN or Path(file).exists() or any(p.is_file() for p in Path(file).parents)


def _from_archive(file: str) -> bytes:
    content = archived.read_member(file)
    return Path(file).read_bytes() if content is None else content  # raises: no such file


def _expand(path: str, known: Sequence[str]) -> Iterator[str]:
    if path != STDIN and Path(path).is_file() and archived.is_archive(path):
        return iter(_in_archive(path, known))
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
        folders[:] = sorted(name for name in folders if not _is_aside(name))
        candidates = (name for name in sorted(names) if _is_candidate(name, known))
        for name in candidates:
            path = os.path.join(parent, name)  # noqa: PTH118 - "./a" stays "./a"
            found += _members(path, known) if _is_archive(path) else [path]
    if not found:
        listed = " ".join(known)
        raise UsageError(
            f"{folder}: 文件夹里没有可检查的文件 (支持 {listed})",
            f"{folder}: nothing to check in this folder (supported: {listed})",
        )
    return found


def _in_archive(path: str, known: Sequence[str]) -> list[str]:
    """Give the files of an archive that a reader may know."""
    found = _members(path, known)
    if not found:
        listed = " ".join(known)
        raise UsageError(
            f"{path}: 压缩包里没有可检查的文件 (支持 {listed})",
            f"{path}: nothing to check in this archive (supported: {listed})",
        )
    return found


def _members(path: str, known: Sequence[str]) -> list[str]:
    try:
        names = archived.members(path)
    except UnreadableError:  # said when it is read
        return [path]
    return [f"{path}/{name}" for name in names if _is_candidate(PurePath(name).name, known)]


def _is_archive(path: str) -> bool:
    return path.lower().endswith(archived.SUFFIX) and archived.is_archive(path)


def _is_aside(folder: str) -> bool:
    """Tell a folder that is hidden, or holds what belongs to a saved web page."""
    return folder.startswith(".") or folder.endswith(("_files", ".files"))


def _is_candidate(name: str, known: Sequence[str]) -> bool:
    """Tell a file that may be a report; a README tells of the files beside it."""
    hidden = name.startswith((".", "~$"))
    is_known = Path(name).suffix.lower() in (*known, archived.SUFFIX)
    return not hidden and is_known and not _is_readme(name)


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
