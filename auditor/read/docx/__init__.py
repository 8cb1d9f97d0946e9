"""In: the bytes of a DOCX file. Out: a Document of paragraphs and grids; see `reader`."""

from auditor.read.docx.reader import read_docx

__all__ = ["read_docx"]
