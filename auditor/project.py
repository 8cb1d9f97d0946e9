"""In: the paths of a run. Out: the folders in which its configuration and its waivers may lie."""

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

CONFIG = "auditor.toml"
PYPROJECT = "pyproject.toml"
WAIVERS = "auditor.waivers.toml"
_REPOSITORY = ".git"


def starting_folders(paths: Sequence[str]) -> tuple[Path, ...]:
    """Give the folder that the documents have in common, then the working folder."""
    here = Path(os.path.realpath(Path()))
    folders = [os.path.realpath(_folder(path)) for path in paths if path != "-"]
    try:
        common = Path(os.path.commonpath(folders)) if folders else here
    except ValueError:  # on several drives
        common = here
    return tuple(dict.fromkeys((common, here)))


def find_upward(start: Path) -> Iterator[Path]:
    """Give a folder and those above it, up to the repository that they belong to."""
    for folder in (start, *start.parents):
        yield folder
        if (folder / _REPOSITORY).exists():
            return


def project_root(paths: Sequence[str]) -> Path:
    """Give the folder that documents are named from: where settings, waivers or .git lie."""
    marks = (CONFIG, WAIVERS, _REPOSITORY)
    starts = starting_folders(paths)
    for start in starts:
        for folder in find_upward(start):
            if any((folder / mark).exists() for mark in marks):
                return folder
    return starts[-1]


def _folder(path: str) -> Path:
    """Give the folder of a file, the folder itself, or the fixed part of a pattern."""
    known = Path(path)
    while glob.has_magic(str(known)) and not known.exists():
        known = known.parent
    return known if known.is_dir() else known.parent
