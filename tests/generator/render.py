"""In: specimens. Out: report files in a folder, the truth beside each, and a manifest."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from .docx import write_docx
from .html import page_furniture, to_html
from .plain import to_markdown, to_text
from .printing import (
    PrintJob,
    contain,
    degrade,
    find_chromium,
    find_office,
    lay_over,
    print_docx,
    print_html,
    set_boxes,
    turn_pages,
)
from .specimen import Specimen

LAYERS = {
    "-rules": "body *{color:transparent!important}",
    "-text": "*{border-color:transparent!important;background:none!important}",
}
MANIFEST = "manifest.json"


def missing_program(engine: str) -> str | None:
    """Name the program that an engine needs and this machine lacks."""
    if engine == "chromium" and not find_chromium():
        return "Chromium"
    if engine == "libreoffice" and not find_office():
        return "LibreOffice"
    return None


def render_all(
    specimens: Mapping[str, Specimen], out: Path, *, keep_sources: bool = False
) -> list[Path]:
    """Render reports by name; gives their files in the order of the names given.

    `keep_sources`: the HTML and DOCX files that the PDF files were printed from stay beside them.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sources-") as scratch:
        sources = out if keep_sources else Path(scratch)
        jobs = [j for n, s in _by(specimens, "chromium") for j in _write_html(n, s, sources, out)]
        papers = [_write_docx(n, s, sources) for n, s in _by(specimens, "libreoffice")]
        print_html(jobs)
        for name, specimen in _by(specimens, "chromium"):
            if specimen.layout.layer == "overlay":
                lay_over(out / f"{name}.pdf", sources / f"{name}-text.pdf")
        print_docx(papers, out)
    for name, specimen in specimens.items():
        _write_plain(name, specimen, out)
        if report_file(name, specimen, out).suffix == ".pdf":
            pdf = out / f"{name}.pdf"
            set_boxes(pdf, specimen.layout.page_box)
            turn_pages(pdf, specimen.layout.turn)
            degrade(pdf, specimen.layout.layer)
            contain(pdf, specimen.layout.container)
        write_truth(out / f"{name}.json", specimen)
    _write_manifest(specimens, out)
    return [report_file(name, specimen, out) for name, specimen in specimens.items()]


def report_file(name: str, specimen: Specimen, out: Path) -> Path:
    """Give the file that a report is rendered to."""
    suffix = {"text": ".txt", "markdown": ".md"}.get(specimen.layout.engine, ".pdf")
    return out / f"{name}{suffix}"


def _by(specimens: Mapping[str, Specimen], engine: str) -> Iterable[tuple[str, Specimen]]:
    return [(n, s) for n, s in specimens.items() if s.layout.engine == engine]


def _write_html(name: str, specimen: Specimen, sources: Path, out: Path) -> list[PrintJob]:
    page, furniture = to_html(specimen), page_furniture(specimen)
    if specimen.layout.layer != "overlay":
        file = sources / f"{name}.html"
        file.write_text(page, "utf-8")
        return [PrintJob(file, out / f"{name}.pdf", *furniture)]
    jobs = []
    for layer, only in LAYERS.items():
        file = sources / f"{name}{layer}.html"
        file.write_text(page.replace("</style>", f"{only}</style>"), "utf-8")
        target = out / f"{name}.pdf" if layer == "-rules" else sources / f"{name}{layer}.pdf"
        jobs.append(PrintJob(file, target, *(furniture if layer == "-rules" else ("<i></i>",) * 2)))
    return jobs


def _write_docx(name: str, specimen: Specimen, sources: Path) -> Path:
    file = sources / f"{name}.docx"
    write_docx(specimen, file)
    return file


def _write_plain(name: str, specimen: Specimen, out: Path) -> None:
    if specimen.layout.engine == "text":
        (out / f"{name}.txt").write_text(to_text(specimen), "utf-8")
    elif specimen.layout.engine == "markdown":
        (out / f"{name}.md").write_text(to_markdown(specimen), "utf-8")


def write_truth(file: Path, specimen: Specimen) -> None:
    """Write a report's truth file."""
    file.write_text(_json(specimen.truth_file()), "utf-8")


def _write_manifest(specimens: Mapping[str, Specimen], out: Path) -> None:
    entries = [
        {
            "file": report_file(name, s, out).name,
            "truth": f"{name}.json",
            "form": s.form,
            "year": s.year,
            "agency": s.agency.name,
            "scale": s.agency.scale,
            "engine": s.layout.engine,
            "features": list(s.layout.features()),
            "faults": [fault.kind for fault in s.faults],
            "broken": list(s.faults[-1].broken) if s.faults else [],
        }
        for name, s in specimens.items()
    ]
    (out / MANIFEST).write_text(_json(entries), "utf-8")


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
