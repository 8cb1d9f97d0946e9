"""In: nothing. Out: the options that several commands share."""

from collections.abc import Callable
from typing import Any

import click


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the option of the language."""
    text = "输出语言 / language of the output"
    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help=text
    )(command)


def debug_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the option that shows tracebacks."""
    return click.option(
        "--debug", is_flag=True, help="内部错误时显示追踪信息 / traceback of an internal error"
    )(command)


def rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the options that say which rules count."""
    command = click.option(
        "--ignore",
        multiple=True,
        metavar="ID,TAG",
        help="不用这些规则 / leave out rules by id prefix, name or tag",
    )(command)
    command = click.option(
        "--select",
        multiple=True,
        metavar="ID,TAG",
        help="只用这些规则 / only rules of that id prefix, name or tag",
    )(command)
    return click.option(
        "--rules",
        multiple=True,
        metavar="PATH",
        help="另加规则文件 (TOML) / further rule files",
    )(command)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the option of what is printed, one of these formats."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="标准输出的格式 / format of standard output",
    )


config_option = click.option(
    "--config",
    metavar="FILE",
    expose_value=False,
    help="选项的 TOML 文件，键即选项名；默认用最近的 auditor.toml 或 pyproject.toml"
    " / TOML file of options, named as here (default: the nearest auditor.toml)",
)
waivers_option = click.option(
    "--waivers",
    metavar="FILE",
    help="豁免文件；默认 auditor.waivers.toml / file of waivers",
)
