"""In: a faulty sample. Out: docs/pictures/: the page and the marked draft as officials see them.

python -m tests.generator.make_pictures
"""

import io
import shutil
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

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


def main() -> None:
    """Write the pictures anew."""
    OUT.mkdir(parents=True, exist_ok=True)
    checked = check(SAMPLE, file=SAMPLE.name)
    _save("page.png", _page(checked))
    _save("marked.png", _marked(checked))


def _save(name: str, picture: Image.Image) -> None:
    small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(OUT / name, optimize=True)


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
