"""In: the command line. Out: the exit status, and one clear line for whatever went wrong.

Only click is imported here: `auditor --version` must start at once.
"""

import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import click

from auditor import __version__
from auditor.complain import complain, encodable
from auditor.configured import Configured
from auditor.guard import Crash, guarded
from auditor.options import (
    config_option,
    debug_option,
    format_option,
    lang_option,
    rule_options,
    waivers_option,
)

if TYPE_CHECKING:
    from auditor.errors import AuditorError

_INTERRUPTED = 130
_PIPE_CLOSED = 141
FORMATS = ("text", "json", "html", "sarif", "junit", "github", "gitlab", "markdown")
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, "-V", "--version", prog_name="auditor")
def cli() -> None:
    """核对《政府信息公开工作年度报告》三张法定表格的勾稽关系。

    Audits the statutory tables of annual reports on government information disclosure.
    """


@cli.command(cls=Configured, context_settings=_CONTEXT)
@click.argument("paths", nargs=-1, metavar="PATH...")
@rule_options
@click.option(
    "--severity",
    "severities",
    multiple=True,
    metavar="ID=LEVEL",
    help="改变规则的级别 / how grave a rule is: T303=warning",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="error",
    show_default=True,
    help="达到此级别的违规使退出码为 1 / findings from here on make the exit status 1",
)
@format_option(*FORMATS)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="另写一份报告 / a further report: html=FILE, xlsx=FILE, pdf=COPY, docx=COPY; json, text;"
    " for CI sarif, junit, gitlab, github, markdown",
)
@click.option(
    "--jobs",
    type=click.IntRange(0),
    default=1,
    metavar="N",
    help="进程数，0 为全部核 / processes, 0: all cores",
)
@click.option(
    "--previous",
    multiple=True,
    metavar="PATH",
    help="上年报告：文件、extract 的 JSON，或按机关和年度查找的文件夹"
    " / last year's report: a file, JSON of extract, or a folder to find it in",
)
@click.option(
    "--children",
    multiple=True,
    metavar="PATH",
    help="下级机关的报告，与其合计核对 / subordinate bodies' reports, to be summed",
)
@click.option(
    "--children-exact",
    is_flag=True,
    help="本报告恰为这些下级报告之和 / the report is the sum of just these children",
)
@config_option
@waivers_option
@click.option(
    "--strict", is_flag=True, help="失效的豁免也算违规 / waivers that hold no longer fail too"
)
@click.option(
    "--show-settings", is_flag=True, help="只显示各项设置及其来源 / show the settings and stop"
)
@click.option(
    "--watch",
    is_flag=True,
    help="文件每次保存后重新核对，直到 Ctrl-C / check again whenever a file is saved, until Ctrl-C",
)
@click.option(
    "--allow-incomplete", is_flag=True, help="未能完整核验时退出码为 0 / exit 0 instead of 3"
)
@click.option(
    "--exit-zero", is_flag=True, help="有违规或未完整核验也以 0 退出 / exit 0 instead of 1 and 3"
)
@click.option("-q", "--quiet", is_flag=True, help="只列错误和结论 / errors and conclusion only")
@click.option("-v", "--verbose", is_flag=True, help="列出每一项 / everything at length")
@lang_option
@debug_option
def check(**options: Any) -> int:
    """核对报告；PATH 为文件、文件夹、通配符或 - (标准输入)。

    Check reports; PATH is a file, a folder, a glob, or - for standard input.
    Exit: 0 all checked, no error; 1 violations; 2 usage; 3 incomplete; 4 internal error.
    """
    from auditor.commands.check import run_check  # noqa: PLC0415

    return run_check(**options)


@cli.command(cls=Configured, context_settings=_CONTEXT)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@format_option("text", "json", "csv")
@click.option(
    "--debug-images",
    metavar="DIR",
    help="在 DIR 中画出所见的网格、行列和标签，以查明为何没有读到 / draw into DIR what was seen:"
    " grids, rows, columns, matched labels",
)
@lang_option
@debug_option
def extract(**options: Any) -> int:
    """输出识别到的三张表 / what was recognised: the three tables."""
    from auditor.commands.extract import run_extract  # noqa: PLC0415

    return run_extract(**options)


@cli.command(cls=Configured, context_settings=_CONTEXT)
@rule_options
@click.option(
    "--identifiability",
    is_flag=True,
    help="这些规则能定位哪些单元格的差错 / in which cells an error can be located",
)
@click.option(
    "--lint",
    is_flag=True,
    help="查找矛盾的规则和无规则的单元格 / contradictory or implied rules, unchecked cells",
)
@format_option("text", "json", "markdown")
@lang_option
@debug_option
def rules(**options: Any) -> int:
    """列出全部规则 / the catalogue of rules."""
    from auditor.commands.catalogue import run_rules  # noqa: PLC0415

    return run_rules(**options)


@cli.command(cls=Configured, context_settings=_CONTEXT)
@click.argument("rule_id", metavar="ID")
@click.option("--rules", multiple=True, metavar="PATH", help="另加规则文件 / further rule files")
@lang_option
@debug_option
def explain(**options: Any) -> int:
    """说明一条规则的内容、依据和示例 / one rule with its source and examples."""
    from auditor.commands.catalogue import run_explain  # noqa: PLC0415

    return run_explain(**options)


@cli.command(cls=Configured, context_settings=_CONTEXT)
@click.argument("fingerprint")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--reason", required=True, metavar="TEXT", help="为何可以接受 / why it is right")
@click.option("--who", metavar="NAME", help="由谁豁免；默认当前用户 / by whom (default: the user)")
@click.option("--expires", metavar="YYYY-MM-DD", help="最后有效日期 / the last day it holds")
@click.option(
    "--from",
    "source",
    metavar="FILE.json",
    help="从 check 的 JSON 结果取得违规，而不重新核对 / take the finding from a JSON report",
)
@waivers_option
@lang_option
@debug_option
def waive(**options: Any) -> int:
    """豁免一处已知的违规；指纹见 check --verbose 或 JSON。

    Waive a known violation for the numbers that it has now; check --verbose shows fingerprints.
    """
    from auditor.commands.waive import run_waive  # noqa: PLC0415

    return run_waive(**options)


@cli.command(context_settings=_CONTEXT)
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@format_option("text", "json")
@lang_option
@debug_option
def diff(**options: Any) -> int:
    """比较两次 check 的 JSON 结果：新增、已解决、未变。

    Compare two JSON reports of check: new, settled, unchanged findings.
    Exit: 0 nothing new; 1 new errors; 3 what was found before was not checked again.
    """
    from auditor.commands.diff import run_diff  # noqa: PLC0415

    return run_diff(**options)


@cli.command(context_settings=_CONTEXT)
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("-v", "--verbose", is_flag=True, help="列出每一条 / every rule")
@lang_option
@debug_option
def test(**options: Any) -> int:
    """运行规则自带的示例 / run the rules' own examples."""
    from auditor.commands.selftest import run_test  # noqa: PLC0415

    return run_test(**options)


# ---------------------------------------------------------------- the edge


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command and end the process with the documented exit status."""
    argv = sys.argv[1:] if arguments is None else arguments
    say = _Complaint(argv)
    try:
        code = _outcome(guarded(lambda: _run(argv, say)), say)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has left: no verdict was given
        code = _PIPE_CLOSED
        _silence_stdout()
    except OSError as error:  # what was left in the buffer does not fit on the disk
        code = say.told or say(f"无法写出结果: {error}", f"cannot write the result: {error}", 2)
        _silence_stdout()
    except KeyboardInterrupt:
        code = say("已中断", "interrupted", _INTERRUPTED)
    sys.exit(code)


class _Complaint:
    """Tells what went wrong in one line on stderr, in the language of the command line.

    `told`: the exit status of what was told last; 0: nothing was.
    """

    def __init__(self, argv: list[str]) -> None:
        words = " ".join(argv).replace("=", " ").split()
        self.lang: Literal["zh", "en"] = "en" if ("--lang", "en") in pairwise(words) else "zh"
        self.debug = "--debug" in argv
        self.told = 0

    def __call__(self, zh: str, en: str, code: int) -> int:
        complain(zh, en, self.lang)
        self.told = code
        return code


def _run(argv: list[str], say: _Complaint) -> int:
    """Let click parse and call; its own errors are errors of usage."""
    try:
        with cli.make_context("auditor", list(argv)) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(encodable(error.format_message()), err=True)
        return 2
    except click.ClickException as error:
        return say(*_usage_words(error), 2)
    return result if isinstance(result, int) else 0


def _usage_words(error: click.ClickException) -> tuple[str, str]:
    """Give a click error in both languages, with what may have been meant."""
    en = error.format_message()
    match error:
        case click.NoSuchOption():
            near = f"；是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}", en
        case click.MissingParameter(param=click.Argument() as argument):
            return f"缺少参数 {argument.make_metavar(error.ctx or click.Context(cli))}", en
        case click.BadParameter(param=click.Option() as option):
            return f"选项 {'/'.join(option.opts)} 的值不对: {error.message}", en
        case _:
            return f"命令用法不对: {en}", en


def _outcome(result: "int | AuditorError | Crash", say: _Complaint) -> int:
    if isinstance(result, int):
        return result
    if isinstance(result, Crash):
        if say.debug:
            click.echo(encodable(result.trace), err=True)
        return say(
            f"程序内部错误 {result.line}；加 --debug 可看追踪信息",
            f"internal error {result.line}; --debug shows the traceback",
            4,
        )
    return say(result.wording.zh, result.wording.en, result.exit_code)


def _silence_stdout() -> None:
    """Keep the interpreter from complaining about the same stream once more at its end."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
