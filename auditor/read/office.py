"""In: a DOC, WPS, RTF, ODT, ODS ... file. Out: a Document, by way of LibreOffice.

LibreOffice runs with a profile of its own, without macros and without the network, and is ended
when it takes too long.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from auditor.errors import UnreadableError
from auditor.model import Document, Problem, Wording
from auditor.read import kinds

PROGRAM_VARIABLE = "AUDITOR_SOFFICE"
_SECONDS = 120
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    "</item>\n"
)
_CUT_OFF = Problem(
    "truncated_file",
    "error",
    Wording(
        "文件结尾缺失，可能只下载了一部分，内容可能不全；请重新下载",
        "the end of the file is missing, so that content may be missing too; download it anew",
    ),
)
_FILTERS = {  # named, so that a broken file is not taken for text
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
    ".ods": "calc8",
}
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
_SAFE = (
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    # a proxy that nobody runs: nothing is fetched
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
)


def read_by_office(content: bytes, file: str) -> Document:
    """Read a file that LibreOffice can turn into a Word document or a workbook.

    Raises: UnreadableError where LibreOffice is not installed, or cannot make sense of the file.
    """
    suffix = _suffix(content)
    if suffix in {".ods", ".fods", ".xlsb", ".xml-sheet"}:
        from auditor.read.sheet import read_xlsx  # noqa: PLC0415

        return read_xlsx(_convert(content, suffix, "xlsx", file), file)
    from auditor.read.docx import read_docx  # noqa: PLC0415

    document = read_docx(_convert(content, suffix, "docx", file), file)
    if suffix == ".rtf" and not content.rstrip(b"\0 \r\n").endswith(b"}"):
        return replace(document, problems=(*document.problems, _CUT_OFF))
    return document


def _suffix(content: bytes) -> str:
    if kinds.is_open_document(content):
        return kinds.open_document_suffix(content)
    if kinds.is_xlsb(content):
        return ".xlsb"
    if kinds.is_rich_text(content):
        return ".rtf"
    if kinds.is_office_xml(content):
        return _xml_suffix(content[:4096])
    return ".doc"


def _xml_suffix(head: bytes) -> str:
    if b"opendocument:xmlns:office" in head:
        return ".fods" if b"opendocument.spreadsheet" in head else ".fodt"
    return ".xml-sheet" if b'progid="Excel' in head else ".xml"


@cache
def find_office() -> str | None:
    """Give the path of LibreOffice: the one named by AUDITOR_SOFFICE, or one that is installed."""
    named = os.environ.get(PROGRAM_VARIABLE)
    return next(
        (path for name in (named, *_PROGRAMS) if name and (path := shutil.which(name))), None
    )


def _convert(content: bytes, suffix: str, target: str, file: str) -> bytes:
    program = find_office()
    if program is None:
        raise _no_office(file)
    if kinds.is_zip(content):
        from auditor.read.archive import Archive  # noqa: PLC0415

        Archive(content, file)  # refuses what unpacks to too much
    with tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix.removesuffix('-sheet')}")
        source.write_bytes(content)
        _write_settings(Path(folder, "profile"))
        _run(program, Path(folder), source, target, file)
        made = Path(folder, "out", f"source.{target}")
        if not made.is_file():
            raise _not_converted(file)
        return made.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SAFE)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items))


def _run(program: str, folder: Path, source: Path, target: str, file: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        *([f"--infilter={_FILTERS[source.suffix]}"] if source.suffix in _FILTERS else []),
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    try:
        office = subprocess.Popen(  # noqa: S603 - a fixed command, a file of our own naming
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as fault:
        raise _no_office(file) from fault
    try:
        office.wait(_SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise _not_converted(file) from fault
    finally:
        _end(office)


def _end(office: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and what it started, where it still runs."""
    if office.poll() is None and hasattr(os, "killpg"):
        os.killpg(office.pid, signal.SIGKILL)
    elif office.poll() is None:
        office.kill()
    office.wait()


def _no_office(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: 读取 DOC/WPS/RTF/ODT 需要 LibreOffice；请安装它（或用 {PROGRAM_VARIABLE} "
        "指明其位置），或用 Word/WPS 另存为 DOCX 再试",
        f"{file}: DOC/WPS/RTF/ODT need LibreOffice; install it (or name it in "
        f"{PROGRAM_VARIABLE}), or save the file as DOCX and try again",
    )


def _not_converted(file: str) -> UnreadableError:
    return UnreadableError(
        f"{file}: LibreOffice 无法转换（可能已损坏或加密）；请用 Word/WPS 打开后另存为 DOCX 再试",
        f"{file}: LibreOffice cannot convert it (damaged, or encrypted?); save it as DOCX and try "
        "again",
    )
