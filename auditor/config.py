"""In: a TOML file whose keys are option names. Out: the defaults of a command's options."""

import tomllib
from pathlib import Path

import click

from auditor.check.suggest import did_you_mean
from auditor.errors import UsageError

_NOT_IN_FILE = {"config", "help"}


def read_config(path: str, command: click.Command) -> dict[str, object]:
    """Give defaults by parameter name; what the command line says comes first.

    Raises: UsageError where the file cannot be read or a key is no option of the command.
    """
    options = _options(command)
    return {options[_known(path, key, options)]: value for key, value in _content(path).items()}


def _options(command: click.Command) -> dict[str, str]:
    """Give the long option names, as they are written in the file, with click's own names."""
    return {
        name.removeprefix("--"): str(option.name)
        for option in command.params
        if isinstance(option, click.Option)
        for name in option.opts
        if name.startswith("--") and option.name not in _NOT_IN_FILE
    }


def _known(path: str, key: str, options: dict[str, str]) -> str:
    if key in options:
        return key
    near, known = did_you_mean(key, options), ", ".join(options)
    raise UsageError(
        f"{path}: 没有选项 “{key}”{near.zh}；可用 {known}",
        f"{path}: no option '{key}'{near.en}; allowed: {known}",
    )


def _content(path: str) -> dict[str, object]:
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"{path}: 读不了配置文件 ({why})", f"{path}: cannot read the configuration ({why})"
        ) from error
    except ValueError as error:  # neither UTF-8 nor TOML
        raise UsageError(
            f"{path}: 配置文件不是正确的 TOML: {error}", f"{path}: not valid TOML: {error}"
        ) from error
