"""In: HTML pages and DOCX files. Out: PDF files, many to one start of Chromium or LibreOffice."""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfWriter, Transformation
from pypdf.generic import RectangleObject
from pypdfium2 import PdfDocument

from .layout import Container, Layer, PageBox, Turn

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
DATE = b"20250120090000"
_DATES = re.compile(rb"D:\d{14}")
_MARKS = re.compile(rb"/ID\s*\[[^\]]*\]|/DocChecksum\s*/[0-9A-F]{32}")


def find_chromium() -> str | None:
    """Give the path of a Chromium, if there is one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def find_office() -> str | None:
    """Give the path of LibreOffice, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """An HTML page, its PDF to be, and the templates of its header and footer."""

    html: Path
    pdf: Path
    header: str
    footer: str


class ChromiumPrinter:
    """A running Chromium that prints page after page; speaks its debugging protocol by pipe."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to_browser = to_browser
        self._from_browser = from_browser
        self._pending = b""
        self._unclaimed: list[dict[str, Any]] = []  # an event may come before its command's reply
        self._last_id = 0

    def call(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """Send one command and give its result."""
        self._last_id += 1
        message: dict[str, object] = {"id": self._last_id, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._send(json.dumps(message).encode() + b"\0")
        return self._wait_for(lambda reply: reply.get("id") == self._last_id)

    def _send(self, message: bytes) -> None:
        while message:
            message = message[os.write(self._to_browser, message) :]

    def _wait_for(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while not (found := [reply for reply in self._unclaimed if is_it(reply)]):
            self._unclaimed.append(self._receive())
        self._unclaimed.remove(found[0])
        if "error" in found[0]:
            raise RuntimeError(f"chromium: {found[0]['error']}")
        result: dict[str, Any] = found[0].get("result", found[0])
        return result

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            chunk = os.read(self._from_browser, 1 << 20)
            if not chunk:
                raise RuntimeError("chromium ended early")
            self._pending += chunk
        message, _, self._pending = self._pending.partition(b"\0")
        reply: dict[str, Any] = json.loads(message)
        return reply

    def print_page(self, job: PrintJob) -> None:
        """Print one HTML file."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Page.navigate", session, url=job.html.resolve().as_uri())
        self._wait_for(
            lambda r: r.get("method") == "Page.loadEventFired" and r.get("sessionId") == session
        )
        pdf = self.call(
            "Page.printToPDF",
            session,
            preferCSSPageSize=True,
            printBackground=True,
            displayHeaderFooter=True,
            headerTemplate=job.header,
            footerTemplate=job.footer,
        )
        self.call("Target.closeTarget", targetId=target)
        self._unclaimed.clear()
        job.pdf.write_bytes(undated(base64.b64decode(pdf["data"])))


@contextmanager
def chromium_printer() -> Iterator[ChromiumPrinter]:
    """Start a Chromium with a profile of its own; it ends with the block."""
    program = find_chromium()
    assert program, "no Chromium"
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    with tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True) as profile:
        command = f'exec "$0" "$@" 3<&{in_read} 4>&{out_write}'  # the protocol's own numbers
        browser = subprocess.Popen(
            ["bash", "-c", command, program, *QUIET, f"--user-data-dir={profile}"],
            pass_fds=(in_read, out_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(in_read)
        os.close(out_write)
        try:
            yield ChromiumPrinter(in_write, out_read)
        finally:
            os.close(in_write)
            browser.terminate()
            browser.wait(30)
            os.close(out_read)


def print_html(jobs: Sequence[PrintJob]) -> None:
    """Print HTML files with one start of Chromium."""
    if not jobs:
        return
    with chromium_printer() as printer:
        for job in jobs:
            printer.print_page(job)


def print_docx(files: Sequence[Path], out: Path) -> None:
    """Convert DOCX files with one start of LibreOffice."""
    if not files:
        return
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
                "pdf",
                "--outdir",
                str(out),
                *map(str, files),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60 + 20 * len(files),
        )
    for file in files:
        pdf = out / f"{file.stem}.pdf"
        pdf.write_bytes(undated(pdf.read_bytes()))


def undated(pdf: bytes) -> bytes:
    """Give the PDF with one fixed date and mark, so that the same report is the same file."""
    dated = _DATES.sub(b"D:" + DATE, pdf)
    return _MARKS.sub(lambda mark: re.sub(rb"[0-9A-F]{32}", b"0" * 32, mark[0]), dated)


def degrade(pdf: Path, layer: Layer) -> None:
    """Take from a PDF what its glyphs mean, or its glyphs altogether."""
    if layer == "no_unicode":
        pdf.write_bytes(pdf.read_bytes().replace(b"/ToUnicode", b"/ToNowhere"))
    elif layer == "image":
        with PdfDocument(pdf) as document:
            pages = [page.render(scale=1.5, grayscale=True).to_pil() for page in document]
        pages[0].save(pdf, save_all=True, append_images=pages[1:])
        pdf.write_bytes(undated(pdf.read_bytes()))


def turn_pages(pdf: Path, turn: Turn) -> None:
    """Turn a PDF's pages: by their flag, or the drawing itself."""
    if turn.startswith("flag_"):
        _qpdf(pdf, f"--rotate=+{turn.removeprefix('flag_')}")
    elif turn in {"sideways", "upright_by_flag"}:
        _qpdf(pdf, "--rotate=+90", "--flatten-rotation")
        if turn == "upright_by_flag":
            _qpdf(pdf, "--rotate=+270")
    elif turn in {"wide_sideways", "wide_by_flag"}:
        pages = ",".join(map(str, _wide_pages(pdf)))
        _qpdf(pdf, f"--rotate=+270:{pages}", "--flatten-rotation")
        if turn == "wide_by_flag":
            _qpdf(pdf, f"--rotate=+90:{pages}")


def _wide_pages(pdf: Path) -> list[int]:
    with PdfDocument(pdf) as document:
        return [no for no, page in enumerate(document, 1) if page.get_width() > page.get_height()]


CONTAINERS: dict[Container, tuple[str, ...]] = {
    "plain": (),
    "pdf_2": ("--force-version=2.0",),
    "object_streams": ("--object-streams=generate",),
    "owner_password": ("--encrypt", "", "owner", "256", "--modify=none", "--print=low", "--"),
    "linearized": ("--linearize",),
}


def contain(pdf: Path, container: Container) -> None:
    """Write a PDF anew in another kind of file; the pages stay as they are."""
    if options := CONTAINERS[container]:
        mark = () if container == "owner_password" else ("--deterministic-id",)
        subprocess.run(["qpdf", str(pdf), *options, *mark, "--replace-input"], check=True)


def set_boxes(pdf: Path, box: PageBox) -> None:
    """Give pages a margin that is cut away again, or an origin elsewhere."""
    if box == "plain":
        return
    writer = PdfWriter(clone_from=pdf)
    for page in writer.pages:
        x0, y0, x1, y1 = (float(edge) for edge in page.mediabox)
        if box == "cropped":
            page.mediabox = RectangleObject((x0 - 60, y0 - 40, x1 + 30, y1 + 50))
            page.cropbox = RectangleObject((x0, y0, x1, y1))
        else:
            page.add_transformation(Transformation().translate(150, -70))
            page.mediabox = page.cropbox = RectangleObject((x0 + 150, y0 - 70, x1 + 150, y1 - 70))
    writer.write(pdf)


def lay_over(pdf: Path, upper: Path) -> None:
    """Lay each page of another PDF over the page of that number, as a layer of its own."""
    subprocess.run(["qpdf", str(pdf), "--overlay", str(upper), "--", "--replace-input"], check=True)


def _qpdf(pdf: Path, *options: str) -> None:
    """Rewrite a PDF by qpdf, option by option; flattening needs a file that carries its flag."""
    for option in options:
        subprocess.run(
            ["qpdf", str(pdf), option, "--deterministic-id", "--replace-input"], check=True
        )
