"""In: the bytes of a PDF. Out: a Document of paragraphs and grids; see `reader` for the chain."""

from auditor.read.pdf.reader import read_pdf

__all__ = ["read_pdf"]
