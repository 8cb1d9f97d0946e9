"""In: a Document. Out: a Report, its cells named after the form, and what was odd or unread."""

from auditor.recognise.report import recognise

__all__ = ["recognise"]
