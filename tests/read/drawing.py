"""In: drawing operators. Out: a small PDF, made by hand, so that a test shows just one trap."""

from collections.abc import Sequence

Box = tuple[float, float, float, float]
PAGE: Box = (0, 0, 300, 200)
COLUMNS = (20, 100, 180, 260)
ROWS = (180, 150, 120, 90)  # PDF heights: y upwards


def make_pdf(
    *pages: str, media: Box = PAGE, crop: Box | None = None, rotate: int = 0, extra: str = ""
) -> bytes:
    """Give a PDF of these content streams in Helvetica (/F); /T is a font without meaning."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    glyph = "400 0 0 0 350 700 d1 0 0 350 700 re f"
    nameless = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 400 700]/FontMatrix[0.001 0 0 0.001 0 0]"
        "/CharProcs<</g1 5 0 R/g2 5 0 R>>/Encoding<</Type/Encoding/Differences[1/g1/g2]>>"
        "/FirstChar 1/LastChar 2/Widths[400 400]>>"
    )
    boxes = f"/MediaBox[{_row(media)}]" + (f"/CropBox[{_row(crop)}]" if crop else "")
    first = 7 + len(pages)
    kids = " ".join(f"{7 + ix} 0 R" for ix in range(len(pages)))
    shared = f"/Resources<</Font<</F 3 0 R/T 4 0 R>>/XObject<</I 6 0 R{extra}>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}{boxes}/Rotate {rotate}{shared}>>",
        font,
        nameless,
        _stream("", glyph),
        _stream(
            "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
            "0",
        ),
        *(f"<</Type/Page/Parent 2 0 R/Contents {first + ix} 0 R>>" for ix in range(len(pages))),
        *(_stream("", page) for page in pages),
    ]
    return _file(objects)


def _row(numbers: Sequence[float]) -> str:
    return " ".join(map(str, numbers))


def _stream(entries: str, content: str) -> str:
    return f"<<{entries}/Length {len(content)}>>stream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    body, offsets = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def text(x: float, y: float, words: str, size: float = 10, how: str = "") -> str:
    """Give a text operator; `how` are operators before it, such as `3 Tr`."""
    return f"q BT /F {size} Tf {how} 1 0 0 1 {x} {y} Tm ({words}) Tj ET Q\n"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 1) -> str:
    """Give a stroked line."""
    return f"{width} w {x0} {y0} m {x1} {y1} l S\n"


def fill(x0: float, y0: float, x1: float, y1: float, colour: str = "0 g") -> str:
    """Give a filled rectangle."""
    return f"q {colour} {x0} {y0} {x1 - x0} {y1 - y0} re f Q\n"


def rules(xs: Sequence[float] = COLUMNS, ys: Sequence[float] = ROWS) -> str:
    """Give the borders of a table as stroked lines."""
    return "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(
        line(x, ys[0], x, ys[-1]) for x in xs
    )


def words(rows: Sequence[Sequence[str]], xs: Sequence[float] = COLUMNS) -> str:
    """Give a text for each cell of the table that `rules` draws."""
    return "".join(
        text(xs[column] + 5, ROWS[row] - 20, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
    )
