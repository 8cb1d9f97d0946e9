"""In: a stream. Out: the one kind of console that the tool prints through.

Texts of a document are data: markup, emoji codes and highlighting stay off. The stream keeps its
encoding, and a character that it lacks is written as an escape rather than lost or fatal.
"""

import io
import shutil
from typing import TextIO

from rich.console import Console
from rich.text import Text

from auditor.render.wrap import wrap

MIN_WIDTH = 40
MAX_WIDTH = 200
FILE_WIDTH = 80


def terminal_width() -> int:
    """Give the width of the terminal, or 80 where the output is none, within readable bounds."""
    return max(MIN_WIDTH, min(MAX_WIDTH, shutil.get_terminal_size((FILE_WIDTH, 24)).columns))


class Page:
    """A stream to write wrapped lines to, styled where it is a terminal."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        self.width = width or terminal_width()
        self._console = Console(
            file=stream,
            width=self.width,
            height=25,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def line(self, text: str = "", *, indent: str = "", hang: str | None = None) -> None:
        """Write a text, wrapped; `hang` indents its second line and the following."""
        self.styled(text, 0, "", indent=indent, hang=hang)

    def styled(
        self, text: str, lead: int, style: str, *, indent: str = "", hang: str | None = None
    ) -> None:
        """Write a text whose first `lead` characters are styled; the style says nothing alone."""
        for number, line in enumerate(wrap(text, self.width, indent=indent, hang=hang)):
            styled = Text(line, no_wrap=True)
            if lead and number == 0:
                styled.stylize(style, len(indent), len(indent) + lead)
            self._console.print(styled, soft_wrap=True)

    def verbatim(self, text: str) -> None:
        """Write a line that is already laid out."""
        self._console.print(Text(text, no_wrap=True), soft_wrap=True)
