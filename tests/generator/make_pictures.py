"""In: faulty samples. Out: docs/pictures/: the terminal, the page, the marked draft as users see.

python -m tests.generator.make_pictures
"""

import html
import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from auditor import check
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.render.html_report import HtmlReport
from auditor.render.marked_pdf import mark_pdf

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples/01-city-2024.pdf"
OUT = ROOT / "docs/pictures"
COLOURS = 256
PAGE = {"width": 1180, "height": 700}
COMMAND = "auditor check samples/02-county-2023.pdf --select T3"
COLUMNS = 80
_CELL_PX = 9
_TERMINAL = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0 }}
main {{ width: {width}px; padding: 14px 16px; background: #1b1f24; color: #d6dbe1;
  font: 15px/22px "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace }}
div {{ white-space: pre; height: 22px }}
i {{ display: inline-block; font-style: normal; text-align: center; overflow: visible }}
</style><main>{lines}</main>"""


def main() -> None:
    """Write the pictures anew."""
    OUT.mkdir(parents=True, exist_ok=True)
    _save("terminal.png", _terminal(COMMAND))
    checked = check(SAMPLE, file=SAMPLE.name)
    _save("page.png", _page(checked))
    _save("marked.png", _marked(checked))


def _save(name: str, picture: Image.Image) -> None:
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(OUT / name, optimize=True)


def _terminal(command: str) -> Image.Image:
    """Show what a command prints on a terminal of 80 columns."""
    text = Text.from_ansi(_printed(command.split()[1:]).strip("\n"))
    lines = [Text(f"$ {command}"), *text.split("\n", allow_blank=True)]
    divs = "".join(f"<div>{''.join(_squares(line))}</div>" for line in lines)
    page = _TERMINAL.format(width=COLUMNS * _CELL_PX, lines=divs)
    return _screenshot(page, "main")


def _printed(arguments: list[str]) -> str:
    """Run the command on a terminal of its own, so that it prints as it does for a person."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        stdout=theirs,
        cwd=ROOT,
        env=environment,
        check=False,  # it finds errors, which is what the picture is of
    )
    os.close(theirs)
    with open(ours, "rb", closefd=True) as terminal:  # noqa: PTH123 - a descriptor
        return b"".join(_until_hung_up(terminal)).decode().replace("\r\n", "\n")


def _until_hung_up(terminal: io.BufferedReader) -> Iterator[bytes]:
    try:
        while read := terminal.read1():
            yield read
    except OSError:  # how Linux says that the other side has closed
        return


def _squares(line: Text) -> Iterator[str]:
    """Give each character its place: a Chinese one takes two columns, whatever the font."""
    console = Console()
    for ix, character in enumerate(line.plain):
        style = line.get_style_at_offset(console, ix).get_html_style(MONOKAI)
        columns = cell_len(character)
        size = f"width:{columns * _CELL_PX}px;font-size:{14 + columns}px"
        yield f'<i style="{size};{html.escape(style)}">{html.escape(character)}</i>'


def _screenshot(page: str, selector: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(page, "utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(device_scale_factor=2)
        tab.goto(file.as_uri())
        picture = tab.locator(selector).screenshot()
        browser.close()
    return Image.open(io.BytesIO(picture))


def _page(checked: CheckedReport) -> Image.Image:
    """Show the table in question with a finding lit."""
    text = io.StringIO()
    report = HtmlReport(text, "zh", "sha256:")
    report.report(checked)
    report.close(Summary().plus(checked).conclude())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "page.html")
        file.write_text(text.getvalue(), "utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport=PAGE)
        tab.goto(file.as_uri())
        tab.evaluate("document.querySelectorAll('.statutory')[1].scrollIntoView()")
        tab.locator("article").first.hover()
        picture = tab.screenshot()
        browser.close()
    return Image.open(io.BytesIO(picture))


def _marked(checked: CheckedReport) -> Image.Image:
    """Show the summary page and the page with the marks side by side."""
    pdf = pypdfium2.PdfDocument(mark_pdf(SAMPLE.read_bytes(), checked, "zh"))
    pages = [pdf[number].render(scale=0.95).to_pil() for number in (0, 2)]
    pdf.close()
    wide = Image.new("RGB", (sum(p.width for p in pages) + 12, pages[0].height), "#8a939e")
    wide.paste(pages[0], (0, 0))
    wide.paste(pages[1], (pages[0].width + 12, 0))
    return wide


if __name__ == "__main__":
    main()
