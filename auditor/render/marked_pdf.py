"""In: a draft in PDF and its verdict. Out: a copy with a summary page, and a note at each cell.

The copy's own content is left as it is: highlights and notes are annotations, which any viewer
can hide.
"""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdf
from pypdf.annotations import Highlight
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from auditor.errors import UnreadableError
from auditor.explain.verdict import CheckedReport
from auditor.model import Address, Bbox, Finding, Language, Place
from auditor.render import html_words
from auditor.render.marks import Mark, Role, marks
from auditor.render.notes import note_text
from auditor.render.pdf_summary import summary_pdf
from auditor.render.told import plain

_COLOURS = {
    Role.SUSPECT: (1.0, 0.42, 0.40),
    Role.CANDIDATE: (1.0, 0.72, 0.30),
    Role.VIOLATED: (1.0, 0.93, 0.35),
    Role.NOTED: (0.72, 0.85, 1.0),
}
_AUTHOR = "auditor"
_PRINTED = 4  # the annotation flag that makes it print
_ID = ByteStringObject(b"auditor-marked-1")


@dataclass(frozen=True, slots=True)
class _Note:
    """A place to highlight, how strongly, and what to say there."""

    bbox: Bbox
    role: Role
    text: str


def mark_pdf(content: bytes, checked: CheckedReport, lang: Language) -> bytes:
    """Give the copy. Raises: UnreadableError where the draft cannot be copied."""
    try:
        writer = _copied(content)
        _annotate(writer, _notes(checked, lang))
        _put_summary_first(writer, summary_pdf(checked, lang))
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:  # what a broken file raises
        raise UnreadableError(
            f"{checked.file}: 不能标注这份 PDF ({error})",
            f"{checked.file}: this PDF cannot be marked ({error})",
        ) from error
    return out.getvalue()


def _copied(content: bytes) -> pypdf.PdfWriter:
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")  # many are locked against changes only, and open for reading
    writer = pypdf.PdfWriter(clone_from=reader)
    writer._ID = ArrayObject([_ID, _ID])  # noqa: SLF001 - else it is drawn by lot
    return writer


def _put_summary_first(writer: pypdf.PdfWriter, summary: bytes) -> None:
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(summary)).pages):
        writer.insert_page(page, number)


# ------------------------------------------------------------------ what to say where


def _notes(checked: CheckedReport, lang: Language) -> Mapping[int, Sequence[_Note]]:
    """Give the notes of each page (1-based): at the cells, else where the prose stands."""
    notes: dict[int, list[_Note]] = defaultdict(list)
    for place, role, findings, head in _marked_places(checked, lang):
        if place.page and place.bbox:
            said = "\n\n".join(note_text(finding, lang) for finding in findings)
            text = f"{head}\n{said}" if head else said
            lines = (plain(line) for line in text.split("\n"))
            notes[place.page].append(_Note(place.bbox, role, "\n".join(lines)))
    return notes


def _marked_places(
    checked: CheckedReport, lang: Language
) -> Iterator[tuple[Place, Role, list[Finding], str]]:
    marked = marks(checked.findings)
    for address, mark in marked.items():
        if address in checked.cells:
            findings = [checked.findings[number] for number in mark.told]
            yield checked.cells[address].place, mark.role, findings, _head(mark, lang)
    for finding in checked.findings:
        if finding.place and not _is_at_cells(finding, checked):
            yield finding.place, Role.VIOLATED, [finding], ""


def _is_at_cells(finding: Finding, checked: CheckedReport) -> bool:
    addresses: set[Address] = {*finding.cells, *(a for s in finding.suggestions for a in s.cells)}
    return finding.quote is None and any(a in checked.cells for a in addresses)


def _head(mark: Mark, lang: Language) -> str:
    said = html_words.ROLE[mark.role].in_language(lang)
    if not mark.proposed:
        return f"【{said}】"
    return f"【{said}】 {html_words.SHOULD_BE.fill(value=mark.proposed).in_language(lang)}"


# ------------------------------------------------------------------ annotations


def _annotate(writer: pypdf.PdfWriter, notes: Mapping[int, Sequence[_Note]]) -> None:
    for page_no, on_page in notes.items():
        page = writer.pages[page_no - 1]
        for note in on_page:
            rect = on_paper(note.bbox, _box(page), page.rotation)
            writer.add_annotation(page_no - 1, _highlight(writer, rect, note))


def _box(page: pypdf.PageObject) -> Bbox:
    """Give what a viewer shows of a page: its crop box within its media box."""
    crop, media = page.cropbox, page.mediabox
    return (
        max(float(crop.left), float(media.left)),
        max(float(crop.bottom), float(media.bottom)),
        min(float(crop.right), float(media.right)),
        min(float(crop.top), float(media.top)),
    )


def on_paper(bbox: Bbox, box: Bbox, rotation: int) -> Bbox:
    """Give where a box of the page as shown stands on the page as stored.

    Units: pt; from the top left of what is shown, to PDF's own axes from the bottom left.
    """
    left, bottom, right, top = box
    x0, y0, x1, y1 = bbox
    match rotation % 360:
        case 90:
            return left + y0, bottom + x0, left + y1, bottom + x1
        case 180:
            return right - x1, bottom + y0, right - x0, bottom + y1
        case 270:
            return right - y1, top - x1, right - y0, top - x0
        case _:
            return left + x0, top - y1, left + x1, top - y0


def _highlight(writer: pypdf.PdfWriter, rect: Bbox, note: _Note) -> Highlight:
    x0, y0, x1, y1 = rect
    corners = (x0, y1, x1, y1, x0, y0, x1, y0)
    quads = ArrayObject([FloatObject(corner) for corner in corners])
    colour = _COLOURS[note.role]
    shade = Highlight(rect=rect, quad_points=quads, highlight_color=_hexadecimal(colour))
    shade[NameObject("/Contents")] = TextStringObject(note.text)
    shade[NameObject("/T")] = TextStringObject(_AUTHOR)
    shade[NameObject("/F")] = FloatObject(_PRINTED)
    appearance = writer._add_object(_appearance(rect, colour))  # noqa: SLF001 - has no public name
    shade[NameObject("/AP")] = DictionaryObject({NameObject("/N"): appearance})
    return shade


def _appearance(rect: Bbox, colour: tuple[float, float, float]) -> DecodedStreamObject:
    """Draw the highlight, for viewers that draw none of themselves; the text stays readable."""
    x0, y0, x1, y1 = rect
    red, green, blue = colour
    drawn = DecodedStreamObject()
    drawn.set_data(
        f"/M gs {red} {green} {blue} rg {x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f".encode()
    )
    multiply = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    states = DictionaryObject({NameObject("/M"): multiply})
    drawn.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(edge) for edge in rect]),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): states}),
        }
    )
    return drawn


def _hexadecimal(colour: tuple[float, float, float]) -> str:
    return "".join(f"{round(part * 255):02x}" for part in colour)
