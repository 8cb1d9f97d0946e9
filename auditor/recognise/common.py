"""In: rules/forms/common.toml. Out: its settings, read once."""

import tomllib
from functools import cache
from typing import Any

from auditor.form import rules_dir


@cache
def common() -> dict[str, Any]:
    """Give what both editions share: dashes, units, and the patterns of titles and periods."""
    return tomllib.loads((rules_dir() / "forms" / "common.toml").read_text("utf-8"))
