"""In: the values of an option that may be repeated. Out: its words, one by one, or by name."""

from collections.abc import Mapping, Sequence

from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.model import SEVERITIES, Severity


def split_words(values: Sequence[str]) -> tuple[str, ...]:
    """Split what is given with commas, repeated, or both."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def severities(values: Sequence[str]) -> Mapping[str, Severity]:
    """Read ID=LEVEL, ID=LEVEL. Raises: UsageError."""
    return dict(_severity(word) for word in split_words(values))


def _severity(word: str) -> tuple[str, Severity]:
    name, equals, level = word.partition("=")
    known = next((severity for severity in SEVERITIES if severity == level.strip()), None)
    if known is None or not equals or not name.strip():
        near = did_you_mean(level, SEVERITIES)
        raise UsageError(
            f"--severity {word}: 应写作 规则=级别，级别为 {'、'.join(SEVERITIES)}{near.zh}",
            f"--severity {word}: write ID=LEVEL, a level of {', '.join(SEVERITIES)}{near.en}",
        )
    return name.strip(), known
