"""In: the options of `auditor extract`. Out: the recognised cells of every file."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, assert_never

from auditor.complain import complain
from auditor.errors import AuditorError
from auditor.explain.summary import gravest
from auditor.guard import Crash, guarded
from auditor.inputs import find_files
from auditor.model import CellState, Language, Problem, Report, TableStatus, Wording
from auditor.pipeline import look
from auditor.render.cells_csv import csv_bytes
from auditor.render.console import Page
from auditor.render.extract_text import write_tables
from auditor.render.json import Record, extracted_record, unread_record, write_json

if TYPE_CHECKING:
    from auditor.commands.debug_images import DebugImages


class ExtractOptions(TypedDict):
    """The options as click gives them."""

    paths: tuple[str, ...]
    format_: Literal["text", "json", "csv"]
    lang: Language
    debug: bool
    debug_images: str | None


Result = Report | AuditorError | Crash
_UNREAD = {CellState.UNREADABLE, CellState.COVERED}


def run_extract(**options: Unpack[ExtractOptions]) -> int:
    """Write what was recognised in every file; a file that cannot be read stops no other."""
    inputs = find_files(options["paths"])
    for refusal in inputs.refusals:
        complain(refusal.wording.zh, refusal.wording.en, options["lang"])
    images = _debug_images(options)
    results = {file: guarded(partial(_extract, file, images)) for file in inputs.files}
    for file, result in results.items():
        _complain_of(file, result, options)
    if inputs.files:
        one = len(inputs.files) == 1 and options["paths"] == inputs.files
        _write(results, options, one=one)
    codes = (refusal.exit_code for refusal in inputs.refusals)
    return gravest(0, *codes, *(_exit_code(result) for result in results.values()))


def _debug_images(options: ExtractOptions) -> "DebugImages | None":
    if options["debug_images"] is None:
        return None
    from auditor.commands.debug_images import DebugImages  # noqa: PLC0415 - only where asked for

    return DebugImages(Path(options["debug_images"]), options["lang"])


def _extract(file: str, images: "DebugImages | None") -> Report:
    sight = look(file)
    if images:
        images.draw(sight)
    return sight.report


def _complain_of(file: str, result: Result, options: ExtractOptions) -> None:
    match result:
        case AuditorError(wording=wording):
            complain(wording.zh, wording.en, options["lang"])
        case Crash(line=line, trace=trace):
            sys.stderr.write(trace if options["debug"] else "")
            zh, en = f"{file}: 程序内部错误 {line}", f"{file}: internal error {line}"
            complain(zh, en, options["lang"])


def _exit_code(result: Result) -> int:
    match result:
        case Crash():
            return 4
        case AuditorError(exit_code=exit_code):
            return exit_code
        case Report():
            return 0 if _is_whole(result) else 3
        case _:
            assert_never(result)


def _is_whole(report: Report) -> bool:
    """Whether every statutory table, and every cell of it, was read."""
    tables = [table.status is TableStatus.COMPLETE for table in report.tables.values()]
    faults = any(problem.severity == "error" for problem in report.problems)
    unread = any(cell.state in _UNREAD for cell in report.cells.values())
    return bool(tables) and all(tables) and not faults and not unread


def _write(results: Mapping[str, Result], options: ExtractOptions, *, one: bool) -> None:
    """Write all results in the format asked for; `one`: a single file was named."""
    reports = tuple(result for result in results.values() if isinstance(result, Report))
    lang = options["lang"]
    if options["format_"] == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(csv_bytes(reports, lang))
    elif options["format_"] == "json":
        records = [_record(file, result, lang) for file, result in results.items()]
        write_json(records[0] if one else records, sys.stdout)
    else:
        page = Page(sys.stdout)
        for report in reports:
            write_tables(page, report, lang)


def _record(file: str, result: Result, lang: Language) -> Record:
    match result:
        case Report():
            return extracted_record(result, lang)
        case AuditorError(wording=wording):
            return unread_record(file, Problem("unreadable", "error", wording), lang)
        case Crash(line=line):
            problem = Problem("internal_error", "error", Wording(line, line))
            return unread_record(file, problem, lang)
        case _:
            assert_never(result)
