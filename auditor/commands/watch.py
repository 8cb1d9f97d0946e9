"""In: a check that can be run again, and the paths of drafts. Out: what each saved change brought.

Looks at times and sizes, which works on any disk and share; a file is checked once it rests.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.commands.diff import compare, write_differences
from auditor.complain import encodable
from auditor.errors import UsageError
from auditor.explain.summary import Summary
from auditor.explain.verdict import CheckedReport
from auditor.inputs import STDIN, find_files
from auditor.model import Language, Wording
from auditor.render.console import Page
from auditor.render.json import Record, checked_record
from auditor.run_json import RecordedRun, recorded_run

_EVERY_SECONDS = 0.5
_WAITING = Wording(
    "等待文件保存，Ctrl-C 结束", "waiting for a file to be saved; Ctrl-C ends the watch"
)
_SINCE = Wording("与上次相比", "since the last check")
Stamps = Mapping[str, tuple[int, int] | None]


@dataclass(slots=True)
class Seen:
    """A renderer that keeps what a run found, to be compared with the next."""

    lang: Language
    records: list[Record] = field(default_factory=list)

    def report(self, checked: CheckedReport) -> None:
        """Take one report in."""
        self.records.append(checked_record(checked, self.lang))

    def close(self, summary: Summary) -> None:
        """Write nothing: the next run is compared with this one."""


def watch(check: Callable[[Seen], int], paths: Sequence[str], lang: Language) -> int:
    """Check, and again whenever a file was saved; Ctrl-C ends with the last exit status."""
    if STDIN in paths:
        raise UsageError(
            "--watch 只能用于文件，不能用于标准输入",
            "--watch needs files, standard input cannot change",
        )
    stamps, seen = _stamps(paths), Seen(lang)
    code = check(seen)
    before = recorded_run(seen.records)
    try:
        while True:
            stamps = _wait(paths, stamps, lang)
            seen = Seen(lang)
            code = check(seen)
            now = recorded_run(seen.records)
            _tell(before, now, lang)
            before = now
    except KeyboardInterrupt:
        return code


def _tell(before: RecordedRun, now: RecordedRun, lang: Language) -> None:
    page = Page(sys.stdout)
    page.line()
    page.line(_SINCE.in_language(lang))
    write_differences(page, compare(before, now), lang, brief=True)


def _wait(paths: Sequence[str], known: Stamps, lang: Language) -> Stamps:
    """Return once something changed and then stayed as it is: saving takes a moment."""
    sys.stdout.flush()
    sys.stderr.write(f"{encodable(_WAITING.in_language(lang))}\n")
    last = known
    while True:
        time.sleep(_EVERY_SECONDS)
        now = _stamps(paths)
        if now != known and now == last:
            return now
        last = now


def _stamps(paths: Sequence[str]) -> Stamps:
    return {file: _stamp(file) for file in find_files(paths).files}


def _stamp(file: str) -> tuple[int, int] | None:
    try:
        state = Path(file).stat()
    except OSError:  # an editor is just replacing it
        return None
    return state.st_mtime_ns, state.st_size
