"""In: auditor.toml, or [tool.auditor] in pyproject.toml. Out: defaults of a command's options."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError
from auditor.project import CONFIG, PYPROJECT, find_upward, starting_folders

_NOT_IN_FILE = {"config", "help", "show-settings"}
_PATHS = {"paths", "rules", "previous", "children", "waivers"}
_SHARED = {"lang", "rules", "select", "ignore", "severity", "waivers"}
"""What commands besides `check`, to which the file belongs, take from it too."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a file sets: the file, and the values by their names in it."""

    file: Path
    values: Mapping[str, object]
    is_found: bool = False  # nobody named it, so it may have come with the documents


def find_config(paths: Sequence[str]) -> Config | None:
    """Give the nearest configuration: above the documents, else above the working folder."""
    for start in starting_folders(paths):
        for folder in find_upward(start):
            if (folder / CONFIG).is_file():
                return replace(read_config(str(folder / CONFIG)), is_found=True)
            table = _tool_table(folder / PYPROJECT)
            if table is not None:
                return Config(folder / PYPROJECT, table, is_found=True)
    return None


def read_config(path: str) -> Config:
    """Give what a file sets. Raises: UsageError where it cannot be read."""
    file = Path(path)
    if file.name == PYPROJECT:
        return Config(file, _tool_table(file) or {})
    return Config(file, _content(file))


def defaults(config: Config, check: click.Command, command: click.Command) -> dict[str, object]:
    """Give defaults by parameter name, for a command; what the command line says comes first.

    Raises: UsageError for a key that is no option of `check`, or a value of a wrong kind.
    """
    known, own = _options(check), _options(command)
    for key in config.values:
        _must_be_known(config.file, key, known)
    if config.is_found:
        _must_write_inside(config)
    taken = own.keys() if command is check else own.keys() & _SHARED
    return {
        str(own[key].name): _value(config.file, key, value, own[key])
        for key, value in config.values.items()
        if key in taken
    }


def _options(command: click.Command) -> dict[str, click.Parameter]:
    """Give the parameters by their names in the file: the long option's, or the argument's."""
    named: dict[str, click.Parameter] = {}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            long = (name.removeprefix("--") for name in parameter.opts if name.startswith("--"))
            named |= dict.fromkeys(long, parameter)
        elif parameter.name == "paths":
            named["paths"] = parameter
    return {name: parameter for name, parameter in named.items() if name not in _NOT_IN_FILE}


def _must_be_known(file: Path, key: str, known: Mapping[str, click.Parameter]) -> None:
    if key in known:
        return
    near, allowed = did_you_mean(key, known), ", ".join(known)
    raise UsageError(
        f"{file}: 没有选项 “{key}”{near.zh}；可用 {allowed}",
        f"{file}: no option '{key}'{near.en}; allowed: {allowed}",
    )


def _must_write_inside(config: Config) -> None:
    """Refuse a file that came with documents and would write elsewhere than beside them."""
    folder = os.path.realpath(config.file.parent)
    for text in _texts(config.file, "report", config.values.get("report", [])):
        target = os.path.realpath(os.path.join(folder, text.partition("=")[2]))  # noqa: PTH118
        if not Path(target).is_relative_to(folder):
            raise UsageError(
                f"{config.file}: report “{text}” 在配置文件的文件夹以外；请用 --config 指明此文件",
                f"{config.file}: report '{text}' is outside its folder; name the file by --config",
            )


def _value(file: Path, key: str, value: object, parameter: click.Parameter) -> object:
    """Give the value as click wants it; paths are meant from the folder of the file."""
    if getattr(parameter, "multiple", False) or parameter.nargs == -1:
        return tuple(_placed(file, key, text) for text in _texts(file, key, value))
    if getattr(parameter, "is_flag", False):
        wanted: type = bool
    else:
        wanted = int if isinstance(parameter.type, click.IntRange) else str
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise _wrong_kind(file, key, value)
    return _placed(file, key, value) if isinstance(value, str) else value


def _texts(file: Path, key: str, value: object) -> Iterator[str]:
    """Give the values of a repeatable option: a list, a single text, or a table of ID = level."""
    items = [f"{name}={what}" for name, what in value.items()] if isinstance(value, dict) else value
    for item in [items] if isinstance(items, str) else items if isinstance(items, list) else [None]:
        if not isinstance(item, str):
            raise _wrong_kind(file, key, value)
        yield item


def _placed(file: Path, key: str, text: str) -> str:
    if key == "report":
        format_, equals, target = text.partition("=")
        return f"{format_}={_from_folder(file, target)}" if equals and target else text
    return _from_folder(file, text) if key in _PATHS else text


def _from_folder(file: Path, path: str) -> str:
    """Give a path of the file as one from the working folder, as short as it can be told."""
    folder = os.path.realpath(file.parent)
    if path == "-" or Path(path).is_absolute() or folder == os.path.realpath(Path()):
        return path
    return os.path.join(file.parent, path)  # noqa: PTH118 - a trailing slash stays


def _wrong_kind(file: Path, key: str, value: object) -> UsageError:
    return UsageError(
        f"{file}: “{key}” 的值类型不对: {value!r}",
        f"{file}: '{key}' has a wrong kind of value: {value!r}",
    )


def _tool_table(file: Path) -> Mapping[str, object] | None:
    """Give [tool.auditor] of a pyproject.toml; None where there is none."""
    if not file.is_file():
        return None
    tool = _content(file).get("tool")
    table = tool.get("auditor") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _content(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"{file}: 读不了配置文件 ({why})", f"{file}: cannot read the configuration ({why})"
        ) from error
    except ValueError as error:  # neither UTF-8 nor TOML
        raise UsageError(
            f"{file}: 配置文件不是正确的 TOML: {error}", f"{file}: not valid TOML: {error}"
        ) from error
