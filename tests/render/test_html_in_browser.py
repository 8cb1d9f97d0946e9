"""In: the page in a real Chromium. Out: it loads, lights, sorts and prints, and all can use it."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from auditor import check

from .samples import checked, finding
from .test_html import hostile, page_of

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
ROOT = Path(__file__).parent.parent.parent
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    sample = check(ROOT / "samples/01-city-2024.pdf")
    clean = check(ROOT / "samples/11-township-2024.pdf")
    crowd = tuple(replace(finding(f"T{n:03d}"), suggestions=()) for n in range(500))
    pages = {
        "one": page_of(sample),
        "many": page_of(sample, clean, check(ROOT / "samples/03-district-2020.txt")),
        "hostile": page_of(hostile()),
        "crowd": page_of(replace(checked(), findings=crowd)),
        "english": page_of(sample, lang="en"),
    }
    for name, page in pages.items():
        (out / f"{name}.html").write_text(page, "utf-8")
    return out


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    """Give a page that must not complain, nor ask anybody for anything."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on(
        "request", lambda request: said.append(request.url) if "file:" not in request.url else None
    )
    yield page
    context.close()
    assert said == []


def open_page(tab: Any, folder: Path, name: str) -> None:
    tab.goto((folder / f"{name}.html").as_uri())


@pytest.mark.parametrize("name", ["one", "many", "hostile", "crowd", "english"])
def test_it_loads_without_a_complaint(tab: Any, folder: Path, name: str) -> None:
    open_page(tab, folder, name)
    assert tab.locator("h1").count() == 1


def test_hovering_a_finding_lights_its_operands(tab: Any, folder: Path) -> None:
    open_page(tab, folder, "one")
    assert tab.locator("td.lit").count() == 0
    tab.locator("article", has_text="T401").hover()
    assert tab.locator("td.lit").all_inner_texts()[:4] == ["55", "13", "25", "12"]
    assert tab.locator("td.lit").count() == 5
    tab.locator("h1").hover()
    assert tab.locator("td.lit").count() == 0


def test_the_keyboard_does_what_the_mouse_does(tab: Any, folder: Path) -> None:
    open_page(tab, folder, "one")
    cell = tab.locator("td.suspect a").first
    for _ in range(30):
        tab.keyboard.press("Tab")
        if cell.evaluate("element => element === document.activeElement"):
            break
    assert cell.evaluate("element => element === document.activeElement")
    assert tab.locator(".lit-card").count() >= 1
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash").startswith("#r1f")
    assert tab.locator("article:target").is_visible()
    tab.locator("article:target").focus()
    assert tab.locator("td.lit").count() > 1
    tab.keyboard.press("Escape")
    assert tab.locator("td.lit").count() == 0


def test_the_overview_sorts_by_numbers(tab: Any, folder: Path) -> None:
    open_page(tab, folder, "many")
    column = tab.locator(".overview tbody td.number:nth-of-type(4)")
    tab.get_by_role("button", name="错误").click()
    rising = [int(text) for text in column.all_inner_texts()]
    tab.get_by_role("button", name="错误").click()
    assert rising == sorted(rising)
    assert [int(text) for text in column.all_inner_texts()] == sorted(rising, reverse=True)
    assert tab.locator("th[aria-sort=descending]").count() == 1


def test_on_a_phone_only_the_tables_scroll(tab: Any, folder: Path) -> None:
    for name in ("one", "many", "hostile"):
        tab.set_viewport_size(PHONE)
        open_page(tab, folder, name)
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_it_can_be_read_without_script(browser: Any, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_page(page, folder, "one")
    page.locator("td.suspect a").first.click()
    assert page.locator("article:target").is_visible()
    assert "16 → 61" in page.locator("td.suspect").first.inner_text()
    context.close()


def test_it_prints_on_a4_and_nothing_is_cut(tab: Any, folder: Path) -> None:
    open_page(tab, folder, "one")
    pdf = pypdfium2.PdfDocument(
        io.BytesIO(tab.pdf(prefer_css_page_size=True, print_background=True))
    )
    assert 2 <= len(pdf) <= 6
    assert [round(edge) for edge in pdf[0].get_size()] == [595, 842]
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    squeezed = "".join(text.split())
    assert "有错误，需更正" in squeezed
    assert all(rule in squeezed for rule in ("T301", "T302", "T303", "T401"))
    assert "总计未填写" in squeezed


@pytest.mark.parametrize("name", ["one", "many", "hostile", "english"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_barrier(tab: Any, folder: Path, name: str, width: dict[str, int]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core").Axe()
    tab.set_viewport_size(width)
    open_page(tab, folder, name)
    found = axe.run(tab).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
