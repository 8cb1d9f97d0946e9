"""In: work that may fail. Out: its result, or its failure as a value, told apart by whose it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from auditor.errors import AuditorError

Result = TypeVar("Result")
_LINE_LENGTH = 200


class Crash(NamedTuple):
    """An internal error: one line for everybody, the traceback for those who ask."""

    line: str
    trace: str


def guarded(work: Callable[[], Result]) -> "Result | AuditorError | Crash":
    """Do the work; a fault of the user, of the machine or of the program comes back as a value.

    A closed pipe passes through: it is the end of the run, not of one file.
    """
    try:
        return work()
    except BrokenPipeError:
        raise
    except Exception as fault:  # noqa: BLE001 - the one place where a bug becomes exit status 4
        return _as_value(fault)


def _as_value(fault: Exception) -> "AuditorError | Crash":
    import traceback  # noqa: PLC0415 - only on the way to an error

    from auditor.errors import AuditorError, UsageError  # noqa: PLC0415

    if isinstance(fault, AuditorError):
        return fault
    if isinstance(fault, OSError):
        return UsageError(f"读写失败: {fault}", f"cannot read or write: {fault}")
    trace = "".join(traceback.format_exception(fault))
    return Crash(f"{type(fault).__name__}: {fault}"[:_LINE_LENGTH], trace)
