"""In: the content of a rule file. Out: nothing, or one line: rule, key, and what is allowed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.form import rules_dir
from auditor.model import Wording

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def check_schema(path: Path, content: Mapping[str, Any]) -> None:
    """Hold a rule file against rules/schema/rules.schema.json. Raises UsageError."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import

    schema = json.loads((rules_dir() / "schema" / "rules.schema.json").read_text("utf-8"))
    faults = sorted(
        Draft202012Validator(schema).iter_errors(content),
        key=lambda fault: -len(fault.absolute_path),  # the nearest to what was written
    )
    if faults:
        where, what = _where(faults[0], content), _what(faults[0])
        raise UsageError(f"{path}{where}：{what.zh}", f"{path}{where}: {what.en}")


def _where(fault: "ValidationError", content: Mapping[str, Any]) -> str:
    """Name the rule by its id, as far as it has one, and the key below it."""
    steps = list(fault.absolute_path)
    if len(steps) < 2:
        return ""
    rule = content["rule"][steps[1]]
    number = f"rule[{int(steps[1]) + 1}]"
    name = rule.get("id", number) if isinstance(rule, dict) else number
    return f" {name} {'.'.join(map(str, steps[2:]))}".rstrip()


def _what(fault: "ValidationError") -> Wording:
    """Say what is wrong and what is allowed instead, in the words of the schema."""
    allowed: Any = fault.validator_value
    written: Any = fault.instance
    match fault.validator:
        case "additionalProperties":
            what = _unknown_key(
                written, sorted(cast("Mapping[str, Any]", fault.schema)["properties"])
            )
        case "required":
            missing = ", ".join(key for key in allowed if key not in written)
            what = Wording(f"缺少 {missing}", f"{missing} is missing")
        case "oneOf" | "anyOf" if isinstance(written, dict):
            what = _wrong_number_of_kinds(allowed, exactly=fault.validator == "oneOf")
        case "enum":
            what = _not_among(str(written), tuple(map(str, allowed)))
        case "type":
            what = Wording(f"类型应为 {allowed}", f"must be of type {allowed}")
        case "contains":
            what = _NO_EXAMPLE
        case "pattern":
            what = Wording(f"“{written}”应符合 {allowed}", f"'{written}' must match {allowed}")
        case _:
            what = Wording(f"不合要求：{fault.message}", fault.message)
    return what


_NO_EXAMPLE = Wording(
    "须至少各有一个 is = pass 和 is = violation 的例子",
    "needs at least one example that is pass and one that is violation",
)


def _unknown_key(written: Mapping[str, Any], allowed: list[str]) -> Wording:
    unknown = next(key for key in written if key not in allowed)
    near, listed = did_you_mean(unknown, allowed), ", ".join(allowed)
    return Wording(
        f"没有键“{unknown}”{near.zh}；可用 {listed}",
        f"no key '{unknown}'{near.en}; allowed: {listed}",
    )


def _wrong_number_of_kinds(branches: list[Mapping[str, Any]], *, exactly: bool) -> Wording:
    listed = ", ".join(key for branch in branches for key in branch.get("required", ()))
    if exactly:
        return Wording(f"{listed} 须有且只有一个", f"needs exactly one of {listed}")
    return Wording(f"须有 {listed} 之一", f"needs one of {listed}")


def _not_among(written: str, allowed: tuple[str, ...]) -> Wording:
    near, listed = did_you_mean(written, allowed), ", ".join(allowed)
    return Wording(
        f"“{written}”不可用{near.zh}；可用 {listed}",
        f"'{written}' is not allowed{near.en}; allowed: {listed}",
    )
