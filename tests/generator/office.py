"""In: files. Out: the same files in another format, by one start of LibreOffice."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .printing import find_office

FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "xls": "xls:MS Excel 97"}


def convert_all(files: Sequence[Path], suffix: str) -> list[Path]:
    """Convert files, beside which the new ones are put."""
    program = find_office()
    assert program, "no LibreOffice"
    with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as profile:
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                FILTERS.get(suffix, suffix),
                "--outdir",
                str(files[0].parent),
                *map(str, files),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60 + 20 * len(files),
        )
    return [file.with_suffix(f".{suffix}") for file in files]
