"""In: a zip file of reports on disk. Out: the files inside, named as if it were a folder."""

from pathlib import Path, PurePosixPath
from typing import BinaryIO

from auditor.read import kinds

SUFFIX = ".zip"


def is_archive(path: str) -> bool:
    """Claim that a file is a zip file that holds other files; a Word document is none."""
    try:
        with Path(path).open("rb") as stream:
            return kinds.is_zip(stream.read(4)) and kinds.is_plain_listing(_names(stream))
    except OSError:
        return False


def _names(stream: BinaryIO) -> tuple[str, ...]:
    from auditor.read.archive import names_in  # noqa: PLC0415 - only for archives

    return names_in(stream)


def members(path: str) -> list[str]:
    """Give the names of the files in an archive, without hidden ones.

    Raises: UnreadableError where it is broken or holds too many.
    """
    from auditor.read.archive import Archive  # noqa: PLC0415

    with Path(path).open("rb") as stream:
        names = Archive(stream, path).names
    return [name for name in sorted(names) if not _is_hidden(name)]


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$", "__MACOSX")) or part == ".." for part in parts)


def read_member(file: str) -> bytes | None:
    """Give the content of `archive.zip/folder/report.docx`; None where there is no such archive.

    Raises: UnreadableError where the member cannot be unpacked.
    """
    archive = next((p for p in Path(file).parents if p.is_file()), None)
    if archive is None:
        return None
    from auditor.read.archive import Archive  # noqa: PLC0415

    name = Path(file).relative_to(archive).as_posix()
    with archive.open("rb") as stream:
        return Archive(stream, file).read(name)
