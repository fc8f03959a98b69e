"""The command line of zhanxue-agent."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from agent.commands.parser import Parser
from agent.errors import StartError
from agent.settings import SETTINGS_NAME, Settings
from agent.settings_file import read_settings, settings_from, usable
from agent.version import own_version

_GIGABYTE = 1_000_000_000
_SHELF_GB_MAX = 1_000_000
_NAMES = tuple(field.name for field in fields(Settings))

ROSTER_DEEDS = ("import", "list", "export", "erase")

_SERVICE_DATA = Path("/var/lib/zhanxue")
"""As in packaging/zhanxue-agent.service."""

_DESCRIPTION = """站学：学习站点本机服务

不写命令就是 run。其余命令在服务运行时、停止时都能用：只看的直接读数据库，
要改的交给正在运行的服务去做；服务没有运行，就由命令自己做。"""
_EXIT_CODES = """退出码：
  0  办好了
  1  没有办成：市平台不同意，或检查发现了问题
  2  没有开始：命令写错、目录或端口不能用、数据库不能用
  3  仅 run：运行中数据库损坏，重新启动后自动修复（由 systemd 重新启动）"""


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parsed arguments; `command` is one of the commands. Exits 2 for anything else."""
    parser = Parser(prog="zhanxue-agent", description=_DESCRIPTION, epilog=_EXIT_CODES)
    shown = f"zhanxue-agent {own_version()}"
    parser.add_argument("--version", action="version", version=shown, help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", required=True)
    common = _common()
    _add_run(commands, common)
    _add_looking(commands, common)
    _add_doing(commands, common)
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
    if {"retry_min_s", "retry_max_s"} <= given.keys() and given["retry_min_s"] > given["retry_max_s"]:
        raise StartError("--retry-min-s 不能大于 --retry-max-s")
    written = read_settings(
        args.settings or args.data_dir / SETTINGS_NAME, is_required=args.settings is not None
    )
    return settings_from(args.data_dir, written, given)


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    data = _data_folder()
    where = common.add_argument_group("哪一台")
    where.add_argument("--data-dir", type=Path, default=data, metavar="目录", help=f"数据目录，默认 {data}")
    where.add_argument(
        "--settings", type=Path, metavar="文件", help="设置文件，默认是数据目录里的 settings.toml"
    )
    where.add_argument("--municipal-url", metavar="网址", help="市平台地址")
    where.add_argument("--port", type=int, metavar="端口", help="本机服务端口")
    return common


def _data_folder() -> Path:
    """The service's own where it is installed, so that an operator need not know where it lies."""
    if named := os.environ.get("ZHANXUE_DATA"):
        return Path(named)
    return _SERVICE_DATA if _SERVICE_DATA.exists() else Path.home() / ".local/share/zhanxue/agent"


def _add(commands: Any, common: argparse.ArgumentParser, name: str, words: str, examples: str) -> Parser:
    shown = "\n".join(f"  zhanxue-agent {line}" for line in examples.splitlines())
    added: Parser = commands.add_parser(
        name, parents=[common], help=words, description=words, epilog=f"例如：\n{shown}\n\n{_EXIT_CODES}"
    )
    return added


def _add_run(commands: Any, common: argparse.ArgumentParser) -> None:
    run = _add(
        commands, common, "run", "运行本机服务（默认）", "run\nrun --municipal-url https://学习.example"
    )
    run.add_argument("--retry-min-s", type=float, metavar="秒", help="上传失败后最初的等待上限")
    run.add_argument("--retry-max-s", type=float, metavar="秒", help="最长的等待上限")
    run.add_argument("--catalogue-every-s", type=float, metavar="秒", help="多久取一次目录")
    run.add_argument("--spread-s", type=float, metavar="秒", help="与其他站点错开上传的时间，0 为立即")
    run.add_argument(
        "--raise-clock", action="store_true", default=None, help="系统时钟落后时调快（需要 CAP_SYS_TIME）"
    )
    run.add_argument("--shelf-gb", type=float, metavar="GB", help="下载课程最多占用的空间")


def _add_looking(commands: Any, common: argparse.ArgumentParser) -> None:
    status = _add(
        commands, common, "status", "本机状态：站点、网络、学时、时钟、磁盘", "status\nstatus --json"
    )
    sessions = _add(
        commands, common, "sessions", "学习记录", "sessions\nsessions --month 2026-11 --limit 200"
    )
    sessions.add_argument("--limit", type=_count, default=50, metavar="条数", help="最多显示多少条，默认 50")
    sessions.add_argument("--month", metavar="月份", help="只看这个月，写成 2026-11")
    outbox = _add(commands, common, "outbox", "待上传、被退回、已导出的记录", "outbox\noutbox --json")
    doctor = _add(commands, common, "doctor", "检查这台机器，说明哪里不对、怎么办", "doctor\ndoctor --deep")
    doctor.add_argument("--deep", action="store_true", help="逐个核对课程文件的内容，时间较长")
    guide = _add(commands, common, "guide", "频道表和节目单读得怎样", "guide\nguide --read")
    guide.add_argument("--read", action="store_true", help="让正在运行的服务马上重读一遍")
    for parser in (status, sessions, outbox, doctor, guide):
        _add_json(parser)


def _add_doing(commands: Any, common: argparse.ArgumentParser) -> None:
    enrol = _add(commands, common, "enrol", "用账号和激活码开通本机", "enrol dongcheng-07 4F7K-9QMX")
    enrol.add_argument("account", metavar="账号")
    enrol.add_argument("code", metavar="激活码")
    export = _add(commands, common, "export", "把待上传的记录导出到U盘", "export /media/usb/ZHANXUE\nexport")
    export.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="目录", help="默认是当前目录")
    taken = _add(
        commands,
        common,
        "import",
        "接收U盘带回的回执",
        "import /media/usb\nimport /media/usb/ZHANXUE/7.ZXR",
    )
    taken.add_argument("path", type=Path, metavar="回执", help="一个回执文件，或有回执的目录")
    correct = _add(
        commands,
        common,
        "correct",
        "更正一次学习：减少时间或作废",
        "correct 12 --time 0:45:00 --who 李强 --why 无人观看\ncorrect 13 --strike --who 李强 --why 误放",
    )
    correct.add_argument("session", type=_count, metavar="编号", help="zhanxue-agent sessions 里的编号")
    lowered = correct.add_mutually_exclusive_group(required=True)
    lowered.add_argument("--time", metavar="时:分:秒", help="改为这样长，只能减少")
    lowered.add_argument("--strike", action="store_true", help="整次作废")
    correct.add_argument("--who", required=True, metavar="姓名", help="谁更正的")
    correct.add_argument("--why", required=True, metavar="理由", help="为什么")
    clock = _add(commands, common, "clock", "时钟和对时", "clock\nclock --set '2026-11-22 08:30'")
    clock.add_argument("--set", metavar="时间", help="告诉本机现在几点（北京时间），没有网络时用")
    saved = _add(commands, common, "backup", "备份学习记录和密钥", "backup /media/usb\nbackup /root/站学.zip")
    saved.add_argument("to", type=Path, metavar="文件或目录", help="备份写到哪里")
    restore = _add(
        commands, common, "restore", "从备份恢复（先停止服务）", "restore /media/usb/zhanxue-backup.zip"
    )
    restore.add_argument("backup", type=Path, metavar="备份", help="备份文件")
    roster = _add_roster(commands, common)
    key = _add(commands, common, "rotate-key", "更换本机的密钥", "rotate-key")
    for parser in (enrol, export, taken, correct, clock, saved, restore, roster, key):
        _add_json(parser)


def _add_roster(commands: Any, common: argparse.ArgumentParser) -> Parser:
    examples = "roster import 花名册.xlsx\nroster list\nroster export 12\nroster erase 12"
    roster = _add(commands, common, "roster", "花名册：导入、查看、导出一个人、删除一个人", examples)
    roster.add_argument("what", choices=ROSTER_DEEDS, metavar="做什么", help="、".join(ROSTER_DEEDS))
    roster.add_argument(
        "subject", nargs="?", metavar="文件或编号", help="import 后写文件；export、erase 后写 list 里的编号"
    )
    roster.add_argument("--yes", action="store_true", help="删除时不再询问")
    roster.add_argument("--anew", action="store_true", help="密钥丢失后导入：放弃已打不开的人")
    return roster


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


def _with_default_command(argv: Sequence[str]) -> list[str]:
    given = list(argv)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        return ["run", *given]
    return given
