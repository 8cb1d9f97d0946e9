"""In: paths of draft annual reports. Out: `extract` and `check`, the two calls of the library."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.pipeline import check, extract

__version__ = "0.1.0"
__all__ = ["__version__", "check", "extract"]


def __getattr__(name: str) -> object:
    """Load the pipeline on first use, so that `auditor --version` starts at once."""
    if name in {"check", "extract"}:
        from auditor import pipeline  # noqa: PLC0415 - lazy on purpose

        return getattr(pipeline, name)
    raise AttributeError(f"module 'auditor' has no attribute {name!r}")
