"""The command line of zhanxue-agent."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from agent.errors import StartError
from agent.settings import SETTINGS_NAME, Settings
from agent.settings_file import read_settings, settings_from, usable

_GIGABYTE = 1_000_000_000
_SHELF_GB_MAX = 1_000_000
_NAMES = tuple(field.name for field in fields(Settings))


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parsed arguments; `command` is run, enrol, status or sessions. Exits 2 for anything else."""
    common = argparse.ArgumentParser(add_help=False)
    data = os.environ.get("ZHANXUE_DATA") or str(Path.home() / ".local/share/zhanxue/agent")
    common.add_argument("--data-dir", type=Path, default=Path(data), metavar="目录", help="数据目录")
    common.add_argument(
        "--settings", type=Path, metavar="文件", help="设置文件，默认是数据目录里的 settings.toml"
    )
    common.add_argument("--municipal-url", metavar="网址", help="市平台地址")
    common.add_argument("--port", type=int, metavar="端口", help="本机服务端口")
    parser = argparse.ArgumentParser(prog="zhanxue-agent", description="站学：学习站点本机服务")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    run = commands.add_parser("run", parents=[common], help="运行本机服务（默认）")
    run.add_argument("--retry-min-s", type=float, metavar="秒", help="上传失败后最初的等待上限")
    run.add_argument("--retry-max-s", type=float, metavar="秒", help="最长的等待上限")
    run.add_argument("--catalogue-every-s", type=float, metavar="秒", help="多久取一次目录")
    run.add_argument("--shelf-gb", type=float, metavar="GB", help="下载课程最多占用的空间")
    enrol = commands.add_parser("enrol", parents=[common], help="用账号和激活码开通本机")
    enrol.add_argument("account", metavar="账号")
    enrol.add_argument("code", metavar="激活码")
    status = commands.add_parser("status", parents=[common], help="本机状态")
    status.add_argument("--json", action="store_true", help="输出 JSON")
    sessions = commands.add_parser("sessions", parents=[common], help="学习记录")
    sessions.add_argument("--json", action="store_true", help="输出 JSON")
    sessions.add_argument("--limit", type=int, default=50, metavar="条数", help="最多显示多少条")
    return parser.parse_args(_with_default_command(argv))


def settings_of(args: argparse.Namespace) -> tuple[Settings, list[str]]:
    """The settings in force, and what of the settings file could not be used.

    Raises StartError for a value given on the command line that cannot be used.
    """
    given = {name: value for name, value in vars(args).items() if name in _NAMES and value is not None}
    for name, value in given.items():
        try:
            usable(name, value)
        except ValueError as error:
            raise StartError(f"命令行的 --{name.replace('_', '-')}（{value}）不能用：{error}") from error
    if getattr(args, "shelf_gb", None) is not None:
        if not 0 <= args.shelf_gb <= _SHELF_GB_MAX:
            raise StartError(
                f"命令行的 --shelf-gb（{args.shelf_gb:g}）不能用：应在 0 到 {_SHELF_GB_MAX} 之间"
            )
        given["shelf_limit_bytes"] = int(args.shelf_gb * _GIGABYTE)
    written = read_settings(
        args.settings or args.data_dir / SETTINGS_NAME, is_required=args.settings is not None
    )
    settings, said = settings_from(args.data_dir, written, given)
    if {"retry_min_s", "retry_max_s"} <= given.keys() and given["retry_min_s"] > given["retry_max_s"]:
        raise StartError("--retry-min-s 不能大于 --retry-max-s")
    return settings, said


def _with_default_command(argv: Sequence[str]) -> list[str]:
    given = list(argv)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        return ["run", *given]
    return given
