"""In: files and what to do with each. Out: their results in order, by one process or by several.

A file that breaks the program does not stop the others: its result is the fault.
"""

import contextlib
import copyreg
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from auditor.errors import AuditorError
from auditor.guard import Crash, guarded

Result = TypeVar("Result")
_QUIET_SECONDS = 2.0


Frozen = MappingProxyType[object, object]


def _freeze(content: dict[object, object]) -> Frozen:
    return MappingProxyType(content)


def _reduce_mapping(mapping: Frozen) -> tuple[Callable[[dict[object, object]], Frozen], tuple[Any]]:
    return _freeze, (dict(mapping),)


copyreg.pickle(MappingProxyType, _reduce_mapping)  # frozen values must reach other processes


def run_all(
    work: Callable[[str], Result], files: Sequence[str], jobs: int
) -> Generator[tuple[str, Result | AuditorError | Crash], None, None]:
    """Give each file with its result, in the order of the files."""
    task = _Task(work)
    if jobs <= 1 or len(files) <= 1:
        yield from zip(files, map(task, files), strict=True)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(jobs, len(files)), initializer=_leave_interrupts) as pool:
        yield from zip(files, pool.imap(task, files), strict=True)


@dataclass(frozen=True, slots=True)
class _Task:
    work: Callable[[str], object]

    def __call__(self, file: str) -> object:
        return guarded(lambda: self.work(file))


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def progress(total: int) -> Iterator[Callable[[], None]]:
    """Count files on a terminal's stderr once a run has taken a while; nowhere else."""
    shown = sys.stderr.isatty() and total > 1
    started, done = time.monotonic(), 0

    def tick() -> None:
        nonlocal done
        done += 1
        if shown and time.monotonic() - started > _QUIET_SECONDS:
            sys.stderr.write(f"\r{done}/{total}\x1b[K")
            sys.stderr.flush()

    yield tick
    if shown and time.monotonic() - started > _QUIET_SECONDS:
        sys.stderr.write("\r\x1b[K")
