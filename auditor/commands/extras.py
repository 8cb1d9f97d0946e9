"""In: an import of an optional library. Out: where it is missing, how to install it."""

from collections.abc import Iterator
from contextlib import contextmanager

from auditor.errors import UsageError


@contextmanager
def needs_extra(name: str) -> Iterator[None]:
    """Tell what to install where an optional library is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--report {name} 需要 {error.name}；请运行 pip install 'auditor[marks]'",
            f"--report {name} needs {error.name}: pip install 'auditor[marks]'",
        ) from error
