"""In: a command's context. Out: its settings as TOML, each with where it comes from."""

import json
from typing import TextIO

import click
from click.core import ParameterSource

from auditor.configured import CONFIG_KEY
from auditor.model import Language, Wording

_HIDDEN = {"config", "show_settings", "help"}
_NO_FILE = Wording("没有找到 auditor.toml 或 [tool.auditor]", "no auditor.toml or [tool.auditor]")
_FILE = Wording("配置文件: {file}", "configuration: {file}")
_ORIGIN = {
    ParameterSource.COMMANDLINE: Wording("命令行", "command line"),
    ParameterSource.DEFAULT_MAP: Wording("配置文件", "configuration"),
}
_DEFAULT = Wording("默认值", "default")


def write_settings(stream: TextIO, context: click.Context, lang: Language) -> None:
    """Write every setting as it counts; what is written is a configuration itself."""
    file = context.meta.get(CONFIG_KEY)
    head = _FILE.fill(file=file) if file else _NO_FILE
    stream.write(f"# {head.in_language(lang)}\n")
    for parameter in context.command.params:
        value = context.params.get(str(parameter.name))
        if parameter.name not in _HIDDEN and value is not None:
            source = context.get_parameter_source(str(parameter.name))
            origin = _ORIGIN.get(source or ParameterSource.DEFAULT, _DEFAULT).in_language(lang)
            stream.write(f"{_name(parameter)} = {_toml(value)}  # {origin}\n")


def _name(parameter: click.Parameter) -> str:
    long = (name.removeprefix("--") for name in parameter.opts if name.startswith("--"))
    return next(long, str(parameter.name))


def _toml(value: object) -> str:
    """Write a value; JSON's spelling of texts, lists and booleans is TOML's too."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
