"""In: an extracted report. Out: its three tables as plain text that fits the terminal's width."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from auditor.explain.findings import amount_text
from auditor.explain.labels import table_name
from auditor.form import Band, FormCell, FormTable, load_form
from auditor.model import Cell, CellState, Language, Report, Wording
from auditor.render import words
from auditor.render.console import Page
from auditor.render.head import report_head, table_line
from auditor.render.wrap import pad, wrap

_GAP = "  "
_LABEL_MIN = 14
