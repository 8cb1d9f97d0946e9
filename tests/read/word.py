"""In: the XML of a body. Out: a DOCX file's bytes, for tests of one trap each."""

import io
import zipfile

from auditor.model import Document, Grid, Paragraph
from auditor.read import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = (("styles", "styles"), ("numbering", "numbering"))


def package(body: str, *, styles: str = "", numbering: str = "", head: str = "") -> bytes:
    """A DOCX file with this body, and styles and lists where given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml")))
        archive.writestr(
            "word/document.xml", f"{head}{_part('document', f'<w:body>{body}</w:body>')}"
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            _relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        )
        for name, content in (("styles", styles), ("numbering", numbering)):
            if content:
                archive.writestr(f"word/{name}.xml", _part(name, content))
    return out.getvalue()


def _part(name: str, content: str) -> str:
    return f"<w:{name} {_SPACES}>{content}</w:{name}>"


def _relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{ix}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for ix, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_RELS}">{"".join(lines)}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of text with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of runs, or of a bare text."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def td(content: str = "", properties: str = "") -> str:
    """A cell of one paragraph, or of ready paragraphs."""
    inner = content if content.startswith(("<w:p>", "<w:tbl>")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; a bare text is a cell."""
    inner = "".join(c if c.startswith("<") else td(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def read(body: str, **parts: str) -> Document:
    """The document that a body is read as."""
    return read_document(package(body, **parts), "draft.docx")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def squares(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and text of each cell."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]


def cell_of(content: str):
    """The cell of a small table that holds these paragraphs or runs."""
    filled = content if content.startswith("<w:p>") else paragraph(content)
    return grids(read(tbl(tr("项目", td(filled)), tr("甲", "1"))))[0].cells[1]
