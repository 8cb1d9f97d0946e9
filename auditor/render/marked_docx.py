"""In: a draft in DOCX and its verdict. Out: a copy with a comment at each cell in question.

The copy's text is left as it is: cells are shaded and commented, and the verdict is a comment on
the first paragraph.
"""

import io
import zipfile
from collections.abc import Collection, Iterator, Mapping

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from auditor.errors import UnreadableError
from auditor.explain.verdict import CheckedReport
from auditor.model import Cell, Finding, Language
from auditor.render import html_words
from auditor.render.docx_cells import cells_by_place, squeezed, text_of
from auditor.render.html_section import counts_text, verdict_text
from auditor.render.marks import Mark, Role, marks
from auditor.render.notes import note_text, waiver_lines
from auditor.render.stable_zip import without_time
from auditor.render.told import plain

_AUTHOR = "auditor"
_AFTER_SHADE = (
    *("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"),
    *("w:headers", "w:cellIns", "w:cellDel", "w:cellMerge", "w:tcPrChange"),
)
_FILLS = {
    Role.SUSPECT: "FF9C96",
    Role.CANDIDATE: "FFD08A",
    Role.VIOLATED: "FFF3A0",
    Role.NOTED: "D9E8F7",
}


def mark_docx(content: bytes, checked: CheckedReport, lang: Language) -> bytes:
    """Give the copy. Raises: UnreadableError where the draft cannot be copied."""
    try:
        document = docx.Document(io.BytesIO(content))
        said = _mark_cells(document, checked, lang) | _mark_labels(document, checked, lang)
        said |= _mark_prose(document, checked, lang)
        _comment_on_top(document, _summary(checked, said, lang))
        out = io.BytesIO()
        document.save(out)
    except (OpcError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError) as error:
        raise UnreadableError(
            f"{checked.file}: 不能标注这份 DOCX ({error})",
            f"{checked.file}: this DOCX cannot be marked ({error})",
        ) from error
    return without_time(out.getvalue(), keep_properties=True)


def _mark_cells(document: Document, checked: CheckedReport, lang: Language) -> set[int]:
    """Mark the cells, and give the findings that were said; a cell that reads otherwise is left."""
    elements = cells_by_place(document.element.body)
    said: set[int] = set()
    for address, mark in marks(checked.findings).items():
        cell = checked.cells.get(address)
        element = _element(elements, cell) if cell else None
        if element is None:
            continue
        _shade(element, _FILLS[mark.role])
        findings = [checked.findings[number] for number in mark.told]
        first = next((kid for kid in element if isinstance(kid, CT_P)), None)
        if findings and first is not None:
            _comment(document, first, [_head(mark, lang), *_notes(findings, lang)])
        said.update(mark.told)
    return said


def _mark_labels(document: Document, checked: CheckedReport, lang: Language) -> set[int]:
    """Comment where a finding names no cell of the form but stands in a table all the same."""
    elements = cells_by_place(document.element.body)
    said: set[int] = set()
    for number, finding in enumerate(checked.findings):
        place = finding.place
        if finding.cells or not (place and place.table and place.row and place.column):
            continue
        found = elements.get((place.table, place.row, place.column), ())
        first = next((kid for kid in found if isinstance(kid, CT_P)), None)
        if first is not None:
            _comment(document, first, [*_notes([finding], lang)])
            said.add(number)
    return said


def _element(elements: Mapping[tuple[int, int, int], etree._Element], cell: Cell) -> CT_Tc | None:
    place = cell.place
    if not (place.table and place.row and place.column):
        return None
    found = elements.get((place.table, place.row, place.column))
    if not isinstance(found, CT_Tc) or text_of(found) != squeezed(cell.raw):
        return None
    return found


def _mark_prose(document: Document, checked: CheckedReport, lang: Language) -> set[int]:
    """Comment on the sentences that a finding quotes."""
    said: set[int] = set()
    paragraphs = [p for p in document.element.body.iter(qn("w:p")) if isinstance(p, CT_P)]
    for number, finding in enumerate(checked.findings):
        quote = squeezed(finding.quote or "")
        found = next((p for p in paragraphs if quote and quote in text_of(p)), None)
        if found is not None:
            _comment(document, found, [*_notes([finding], lang)])
            said.add(number)
    return said


def _summary(checked: CheckedReport, said: Collection[int], lang: Language) -> list[str]:
    """Give the verdict, what was not checked, and the findings that no place was found for."""
    unread = [problem.message.in_language(lang) for problem in checked.problems]
    if unread:
        unread = [html_words.NOT_CHECKED.in_language(lang), *unread]
    left = [finding for number, finding in enumerate(checked.findings) if number not in said]
    said_first = [verdict_text(checked, lang), counts_text(checked, lang), *unread]
    return [*said_first, *_notes(left, lang), *waiver_lines(checked, lang)]


def _notes(findings: Collection[Finding], lang: Language) -> Iterator[str]:
    return (note_text(finding, lang) for finding in findings)


def _head(mark: Mark, lang: Language) -> str:
    said = html_words.ROLE[mark.role].in_language(lang)
    if not mark.proposed:
        return said
    return f"{said}  {html_words.SHOULD_BE.fill(value=mark.proposed).in_language(lang)}"


# ------------------------------------------------------------------ writing


def _comment_on_top(document: Document, texts: list[str]) -> None:
    first = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    _comment(document, first._p, texts)  # noqa: SLF001 - the element has no public name


def _comment(document: Document, paragraph: CT_P, texts: list[str]) -> None:
    runs = [Run(element, Paragraph(paragraph, document)) for element in _runs(paragraph)]
    lines = (plain(line) for text in texts for line in text.split("\n"))
    comment = document.add_comment(runs, "\n".join(lines), author=_AUTHOR, initials="A")
    stored = comment._comment_elm  # noqa: SLF001 - the element has no public name
    if qn("w:date") in stored.attrib:  # else no two copies agree
        del stored.attrib[qn("w:date")]


def _runs(paragraph: CT_P) -> list[CT_R]:
    """Give the first and last run of a paragraph; a blank one gets an empty run."""
    runs = [kid for kid in paragraph if isinstance(kid, CT_R)] or [paragraph.add_r()]
    return [runs[0], runs[-1]]


def _shade(cell: CT_Tc, fill: str) -> None:
    properties = cell.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shade.set(qn(name), value)
    names = {qn(name) for name in _AFTER_SHADE}
    after = next((kid for kid in properties if kid.tag in names), None)
    properties.insert(len(properties) if after is None else properties.index(after), shade)
