"""In: auditor.waivers.toml. Out: the waivers in it; and a further one, written into it."""

import json
import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from auditor.errors import UsageError
from auditor.explain.waivers import Waiver

_HEAD = "# 豁免 / waivers: known exceptions, each with a reason. Written by `auditor waive`.\n"
_KEYS = {
    "fingerprint": str, "rule": str, "document": str, "cells": list, "values": dict,
    "reason": str, "who": str, "expires": date,
}  # fmt: skip
_NEEDED = ("fingerprint", "rule", "document", "values", "reason")


def today() -> date:
    """Give the date by which waivers expire; SOURCE_DATE_EPOCH sets it, for repeatable runs."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Give the waivers of a file; none where there is no such file. Raises: UsageError."""
    try:
        content = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except OSError as error:
        raise _fault(path, error.strerror or str(error)) from error
    except ValueError as error:  # neither UTF-8 nor TOML
        raise _fault(path, str(error)) from error
    unknown = sorted(content.keys() - {"waiver"})
    entries = content.get("waiver", [])
    if unknown or not isinstance(entries, list):
        raise _fault(path, f"unknown key: {', '.join(unknown) or 'waiver'}")
    waivers = tuple(_waiver(path, number, entry) for number, entry in enumerate(entries, 1))
    for fingerprint, count in Counter(waiver.fingerprint for waiver in waivers).items():
        if count > 1:
            raise _fault(path, f"two waivers of fingerprint {fingerprint}")
    return waivers


def add_waiver(path: Path, waiver: Waiver) -> None:
    """Write a waiver to the file; one of the same fingerprint gives way. Raises: UsageError."""
    known = read_waivers(path)
    kept = [other for other in known if other.fingerprint != waiver.fingerprint]
    try:
        if len(kept) == len(known) and known:
            text = path.read_text("utf-8").rstrip("\n") + "\n\n" + _written(waiver)
        else:
            text = "\n".join((_HEAD, *(_written(each) for each in (*kept, waiver))))
        path.write_bytes(text.encode())
    except OSError as error:
        raise _fault(path, error.strerror or str(error)) from error


def _waiver(path: Path, number: int, entry: object) -> Waiver:
    where = f"waiver {number}"
    if not isinstance(entry, dict):
        raise _fault(path, f"{where} is no table")
    for key, value in entry.items():
        if key not in _KEYS:
            raise _fault(path, f"{where}: unknown key '{key}'; allowed: {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]) or isinstance(value, datetime):
            raise _fault(path, f"{where}: '{key}' has a wrong kind of value: {value!r}")
    missing = [key for key in _NEEDED if not entry.get(key)]
    if missing:
        raise _fault(path, f"{where} lacks {', '.join(missing)}")
    values = {str(name): str(value) for name, value in entry["values"].items()}
    texts = {
        key: entry.get(key, "") for key in ("fingerprint", "rule", "document", "reason", "who")
    }
    cells = tuple(str(cell) for cell in entry.get("cells", ()))
    return Waiver(**texts, cells=cells, values=values, expires=entry.get("expires"))


def _written(waiver: Waiver) -> str:
    """Write a waiver as TOML; the date is the only value that is no text."""
    lines = [
        "[[waiver]]",
        f"fingerprint = {_text(waiver.fingerprint)}",
        f"rule = {_text(waiver.rule)}",
        f"document = {_text(waiver.document)}",
        f"reason = {_text(waiver.reason)}",
        f"who = {_text(waiver.who)}",
    ]
    if waiver.expires:
        lines.append(f"expires = {waiver.expires.isoformat()}")
    lines.append(f"cells = [{', '.join(_text(cell) for cell in waiver.cells)}]")
    return "\n".join((*lines, *_table(waiver.values))) + "\n"


def _table(values: Mapping[str, str]) -> list[str]:
    return [
        "[waiver.values]",
        *(f"{_text(name)} = {_text(value)}" for name, value in values.items()),
    ]


def _text(text: str) -> str:
    """Write a TOML string: JSON's escapes are TOML's too, but for DEL and lone surrogates."""
    whole = text.encode("utf-8", "backslashreplace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _fault(path: Path, why: str) -> UsageError:
    return UsageError(f"{path}: 豁免文件有误: {why}", f"{path}: waivers at fault: {why}")
