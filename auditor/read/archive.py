"""In: the bytes of a zip file. Out: its members' contents, within limits on size and number."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from auditor.errors import UnreadableError

_MOST_MEMBERS = 50_000
_LARGEST_MEMBER = 64 * 1024 * 1024
_LARGEST_DOCUMENT = 512 * 1024 * 1024  # all members of one document
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    KeyError,
    ValueError,
    RuntimeError,  # zipfile: a password is needed
)


class Archive:
    """A zip file opened for reading; what is too large or encrypted is refused, not unpacked."""

    def __init__(self, content: bytes | BinaryIO, file: str) -> None:
        """Open it; raises UnreadableError where it is broken, or unpacks to too much.

        The bytes of a document are judged as a whole; of an open file (an archive of many
        documents) only the number of members is.
        """
        self._file = file
        try:
            source = io.BytesIO(content) if isinstance(content, bytes) else content
            self._zip = zipfile.ZipFile(source)
        except _FAULTS as fault:
            raise _damaged(file) from fault
        members = self._zip.infolist()
        whole = sum(member.file_size for member in members) if isinstance(content, bytes) else 0
        if len(members) > _MOST_MEMBERS or whole > _LARGEST_DOCUMENT:
            raise _too_large(file)
        self._members = {name: member for member in members if (name := member_name(member))}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its members, folders left out."""
        return tuple(name for name in self._members if not name.endswith("/"))

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpack a member.

        Raises: UnreadableError where it is not there, encrypted, broken or too large.
        """
        try:
            with self._zip.open(self._members[name]) as stream:
                content = stream.read(_LARGEST_MEMBER + 1)
        except _FAULTS as fault:
            member = self._members.get(name)
            raise (
                _encrypted(self._file) if _is_encrypted(member) else _damaged(self._file)
            ) from fault
        if len(content) > _LARGEST_MEMBER:
            raise _too_large(self._file)
        return content


def _is_encrypted(member: zipfile.ZipInfo | None) -> bool:
    return member is not None and bool(member.flag_bits & 0x1)


def member_name(member: zipfile.ZipInfo) -> str:
    """Give a member's name; Chinese Windows writes names in GBK and does not say so."""
    if member.flag_bits & 0x800:  # says that it is UTF-8
        return member.filename
    try:
        return member.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def names_in(content: bytes | BinaryIO) -> tuple[str, ...]:
    """Give the names of a zip file's members, () where it is no zip file that can be opened."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        with zipfile.ZipFile(source) as archive:
            return tuple(_some_names(archive))
    except _FAULTS:
        return ()


def _some_names(archive: zipfile.ZipFile) -> Iterator[str]:
    for member in archive.infolist()[:_MOST_MEMBERS]:
        yield member.filename


def _damaged(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 文件已损坏或不完整；请重新下载或另存一份再试",
        f"{file}: damaged or cut off; download it anew, or save a new copy, and try again",
    )


def _encrypted(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 文件已加密，需要密码；请提供未加密的文件",
        f"{file}: encrypted with a password; try an unencrypted copy",
    )


def _too_large(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 解压后过大或文件过多，没有读取",
        f"{file}: unpacks to too much or to too many files, it was not read",
    )
