"""In: a count and a seed. Out: scanned reports: printed, then put on a glass, more or less well."""

import argparse
import base64
import io
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pypdfium2 import PdfDocument

from .catalogue import random_layout
from .layout import Engine, Layout
from .render import MANIFEST, missing_program, render_all
from .seal import seal_picture
from .specimen import draw_specimen

Container = Literal["pdf", "tif", "png", "jpg"]
Tone = Literal["grey", "binary", "colour"]
_BINARY_BELOW = 160
_PAPER = 255
_SEAL_PT = 120  # 42 mm across, as a government's seal is
_SHADOW_PT = 12  # how far the shadow of an edge reaches
Condition = Literal["mild", "rough", "worn"]


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is scanned; the default is a clean one."""

    dpi: int = 200
    skew: float = 0.0  # degrees, each page its own up to this
    noise: float = 0.0  # of 255, standard deviation
    blur: float = 0.0  # pixels
    jpeg: int = 0  # quality; 0: lossless
    tone: Tone = "grey"
    shade: int = 0  # how much darker the paper is at one side
    quarters: int = 0  # how often the paper lay turned
    fade: int = 0  # how pale the print is: 0 black, 255 white
    seal: bool = False  # a red one, somewhere on each page
    holes: bool = False  # punched at the left, black on the picture
    border: int = 0  # how dark the shadow is along the left and upper edges
    container: Container = "pdf"

    def features(self) -> tuple[str, ...]:
        """Name what differs from a clean scan."""
        plain = asdict(Scan())
        return tuple(f"{k}={v}" for k, v in asdict(self).items() if v != plain[k])


def mild_scan(seed: int, dpi: int = 200) -> Scan:
    """Draw a scan as an office makes it: skewed by at most 1°, with mild noise."""
    rng = random.Random(f"scan/{seed}")
    return Scan(
        dpi=dpi,
        skew=rng.choice((0.0, 0.3, 0.6, 1.0)),
        noise=rng.choice((0, 3, 6, 9)),
        blur=rng.choice((0.0, 0.0, 0.4, 0.6)),
        jpeg=rng.choice((0, 0, 60, 75, 90)),
        tone=rng.choice(("grey", "grey", "binary", "colour")),
        container=rng.choice(("pdf", "pdf", "tif")),
    )


def rough_scan(seed: int, dpi: int = 200) -> Scan:
    """Draw a bad scan: skewed by up to 3°, shaded, noisy, lying on its side."""
    rng = random.Random(f"rough/{seed}")
    return Scan(
        dpi=dpi,
        skew=rng.uniform(1.0, 3.0),
        noise=rng.choice((0, 8, 14, 20)),
        blur=rng.choice((0.0, 0.6, 0.9)),
        jpeg=rng.choice((0, 35, 50)),
        tone=rng.choice(get_args(Tone)),
        shade=rng.choice((0, 40, 80)),
        quarters=rng.choice((0, 0, 1, 2, 3)),
        container=rng.choice(("pdf", "tif")),
    )


def worn_scan(seed: int, dpi: int = 200) -> Scan:
    """Draw a mild scan of paper that went through an office: filed, sealed, printed palely."""
    rng = random.Random(f"worn/{seed}")
    return replace(
        mild_scan(seed, dpi),
        fade=rng.choice((0, 0, 60, 100)),
        seal=rng.random() < 0.4,
        holes=rng.random() < 0.5,
        border=rng.choice((0, 60, 150)),
    )


def scan_pdf(pdf: Path, out: Path, scan: Scan, seed: int) -> Path:
    """Rasterise a PDF; gives the file, `out` with the container's suffix."""
    rng = np.random.default_rng(seed)
    with PdfDocument(pdf) as document:
        pages = [
            _scanned(page.render(scale=scan.dpi / 72).to_pil().convert("RGB"), scan, rng)
            for page in document
        ]
    file = out.with_suffix(f".{scan.container}")
    if scan.container in {"png", "jpg"}:
        _stacked(pages).save(file, dpi=(scan.dpi, scan.dpi))
        return file
    more = {"resolution": scan.dpi} if scan.container == "pdf" else {"dpi": (scan.dpi, scan.dpi)}
    pages[0].save(file, save_all=True, append_images=pages[1:], **more)
    return file


def _scanned(page: Image.Image, scan: Scan, rng: np.random.Generator) -> Image.Image:
    worn = _worn(page, scan, rng)
    seen = worn if scan.tone == "colour" else worn.convert("L")
    paper = "white"
    if scan.skew:
        angle = float(rng.uniform(-scan.skew, scan.skew))
        seen = seen.rotate(angle, Image.Resampling.BICUBIC, fillcolor=paper)
    if scan.quarters:
        seen = seen.rotate(90 * scan.quarters, expand=True)
    if scan.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(scan.blur))
    values = np.asarray(seen, np.float32)
    if scan.shade:
        fall = np.linspace(0, scan.shade, values.shape[1], dtype=np.float32)
        values = values - (fall if values.ndim == 2 else fall[:, None])
    if scan.border:
        values = values - _border_shadow(values.shape[:2], scan).reshape(
            *values.shape[:2], *[1] * (values.ndim - 2)
        )
    if scan.noise:
        values = values + rng.normal(0, scan.noise, values.shape)
    seen = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    if scan.tone == "binary":
        return seen.point(lambda value: _PAPER * (value > _BINARY_BELOW)).convert("1")
    return _compressed(seen, scan.jpeg) if scan.jpeg else seen


def _worn(page: Image.Image, scan: Scan, rng: np.random.Generator) -> Image.Image:
    """Give the paper as it lay there: faded, punched and sealed."""
    worn = page.point(lambda value: value + (255 - value) * scan.fade // 255)
    pt = scan.dpi / 72
    if scan.holes:
        pen = ImageDraw.Draw(worn)
        for at in (0.36, 0.64):
            x, y = 32 * pt, worn.height * at
            pen.ellipse((x - 8 * pt, y - 8 * pt, x + 8 * pt, y + 8 * pt), fill="black")
    if scan.seal:
        picture = Image.open(io.BytesIO(base64.b64decode(seal_picture())))
        side = round(_SEAL_PT * pt)
        picture = picture.resize((side, side))
        corner = [int(rng.uniform(0.1, 0.9) * (length - side)) for length in worn.size]
        over = Image.new("RGBA", worn.size, (255, 255, 255, 0))
        over.paste(picture, (corner[0], corner[1]))
        inked = Image.alpha_composite(Image.new("RGBA", worn.size, "white"), over).convert("RGB")
        worn = ImageChops.multiply(worn, inked)
    return worn


def _border_shadow(size: tuple[int, int], scan: Scan) -> "np.ndarray":
    """Give how much darker the edges are: the lid does not close on a book or a thick file."""
    reach = scan.dpi * _SHADOW_PT / 72
    down, across = np.ogrid[: size[0], : size[1]]
    return scan.border * np.maximum(np.exp(-across / reach), np.exp(-down / reach))


def _compressed(page: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality)
    compressed = Image.open(buffer)
    compressed.load()
    return compressed


def _stacked(pages: Sequence[Image.Image]) -> Image.Image:
    """Give the pages as one tall picture, as a long screenshot is."""
    whole = Image.new("RGB", (max(p.width for p in pages), sum(p.height for p in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page.convert("RGB"), (0, top))
        top += page.height
    return whole


_SCANS = {"mild": mild_scan, "rough": rough_scan, "worn": worn_scan}


def write_scans(
    seeds: Sequence[int],
    out: Path,
    *,
    dpi: int,
    condition: Condition = "mild",
    plain: bool = False,
) -> None:
    """Write a scanned report for each seed, its truth and a manifest beside it.

    `plain`: reports in the plain layout.
    """
    out.mkdir(parents=True, exist_ok=True)
    drawn = {}
    for seed in seeds:
        engine: Engine = "chromium" if seed % 2 or missing_program("libreoffice") else "libreoffice"
        layout = Layout(engine=engine) if plain else random_layout(seed, engine)
        drawn[f"{seed:06d}"] = draw_specimen(seed, layout)
    with tempfile.TemporaryDirectory() as name:
        printed = Path(name)
        render_all(drawn, printed)
        entries = json.loads((printed / MANIFEST).read_text("utf-8"))
        for entry, seed in zip(entries, seeds, strict=True):
            scan = _SCANS[condition](seed, dpi)
            file = scan_pdf(printed / entry["file"], out / f"{seed:06d}", scan, seed)
            (out / entry["truth"]).write_bytes((printed / entry["truth"]).read_bytes())
            entry |= {"file": file.name, "features": [*entry["features"], *scan.features()]}
    (out / MANIFEST).write_text(json.dumps(entries, ensure_ascii=False, indent=1), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write scans; measure them by `python -m tests.generator.measure FOLDER`."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator.scans", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--condition", choices=get_args(Condition), default="mild")
    parser.add_argument("--plain", action="store_true", help="the plain layout only")
    options = parser.parse_args(arguments)
    seeds = range(options.seed, options.seed + options.count)
    write_scans(
        seeds,
        options.out,
        dpi=options.dpi,
        condition=options.condition,
        plain=options.plain,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
