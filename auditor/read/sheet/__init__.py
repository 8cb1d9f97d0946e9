"""In: the bytes of a workbook or of comma-separated text. Out: a Document of its sheets."""

from auditor.read.sheet.delimited import read_csv
from auditor.read.sheet.xls import read_xls
from auditor.read.sheet.xlsx import read_xlsx

__all__ = ["read_csv", "read_xls", "read_xlsx"]
