"""In: the name of a kind of bad file. Out: its content."""

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image


def _picture(format_: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(content, format_)
    return content.getvalue()


def gif() -> bytes:
    return _picture("GIF")


def jpeg() -> bytes:
    return _picture("JPEG")


def image_only_pdf() -> bytes:
    return _picture("PDF")


def truncated_pdf() -> bytes:
    return image_only_pdf()[:200]


def empty() -> bytes:
    return b""


def encrypted_pdf() -> bytes:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf, which encrypts, is not installed")
    with tempfile.TemporaryDirectory() as folder:
        plain, locked = Path(folder, "plain.pdf"), Path(folder, "locked.pdf")
        plain.write_bytes(image_only_pdf())
        command = ["qpdf", "--encrypt", "user", "owner", "256", "--", str(plain), str(locked)]
        subprocess.run(command, check=True)
        return locked.read_bytes()


MAKERS: dict[str, Callable[[], bytes]] = {
    maker.__name__: maker
    for maker in (gif, jpeg, image_only_pdf, truncated_pdf, empty, encrypted_pdf)
}
