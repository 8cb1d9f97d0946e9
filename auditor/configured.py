"""In: the arguments of a command. Out: the same, with what the nearest configuration says first."""

from typing import Any

import click
from click.core import ParameterSource

CONFIG_KEY = "auditor.config"


class Configured(click.Command):
    """A command whose defaults come from --config, or from the nearest auditor.toml."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the configuration, then let click parse as usual."""
        given = self._glance(ctx, args)
        if ctx.resilient_parsing or given.get("help"):
            return super().parse_args(ctx, args)
        settled = self._with_config(ctx, args, given)
        rest = super().parse_args(ctx, settled)
        if len(settled) > len(args):  # the configuration named the paths
            ctx.set_parameter_source("paths", ParameterSource.DEFAULT_MAP)
        return rest

    def _glance(self, ctx: click.Context, args: list[str]) -> dict[str, Any]:
        """Give what stands on the command line, unconverted."""
        return self.make_parser(ctx).parse_args(list(args))[0]

    def _with_config(self, ctx: click.Context, args: list[str], given: dict[str, Any]) -> list[str]:
        from auditor.config import defaults, find_config, read_config  # noqa: PLC0415 - lazy

        named = given.get("paths")
        paths = [path for path in named if path] if isinstance(named, (list, tuple)) else []
        chosen = given.get("config")
        config = read_config(chosen) if isinstance(chosen, str) else find_config(paths)
        if config is None:
            return args
        root = ctx.find_root().command
        check = root.commands.get("check", self) if isinstance(root, click.Group) else self
        found = defaults(config, check, self)
        ctx.meta[CONFIG_KEY] = config.file
        ctx.default_map = {**found}
        usual = found.get("paths")
        if paths or not isinstance(usual, tuple):
            return args
        return [*args, *usual] if "--" in args else [*args, "--", *usual]
