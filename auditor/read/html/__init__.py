"""In: the bytes of a web page, saved as HTML, MHTML or data. Out: a Document; see `reader`."""

from auditor.read.html.reader import read_html, read_mhtml

__all__ = ["read_html", "read_mhtml"]
