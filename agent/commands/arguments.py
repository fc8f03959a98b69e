"""The command line of zhanxue-agent."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from agent.errors import StartError
from agent.settings import Settings
from study.local_api import DEFAULT_PORT

_GIGABYTE = 1_000_000_000


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Parsed arguments; `command` is run, enrol, status or sessions. Exits 2 for anything else."""
    common = argparse.ArgumentParser(add_help=False)
    data = os.environ.get("ZHANXUE_DATA") or str(Path.home() / ".local/share/zhanxue/agent")
    common.add_argument("--data-dir", type=Path, default=Path(data), metavar="目录", help="数据目录")
    common.add_argument("--municipal-url", default="http://127.0.0.1:8430", metavar="网址", help="市平台地址")
    common.add_argument("--port", type=int, default=DEFAULT_PORT, metavar="端口", help="本机服务端口")
    parser = argparse.ArgumentParser(prog="zhanxue-agent", description="站学：学习站点本机服务")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    run = commands.add_parser("run", parents=[common], help="运行本机服务（默认）")
    run.add_argument("--retry-min-s", type=float, default=30.0, metavar="秒", help="上传失败后最初的等待上限")
    run.add_argument("--retry-max-s", type=float, default=6 * 3600.0, metavar="秒", help="最长的等待上限")
    run.add_argument("--catalogue-every-s", type=float, default=600.0, metavar="秒", help="多久取一次目录")
    run.add_argument("--shelf-gb", type=float, default=20.0, metavar="GB", help="下载课程最多占用的空间")
    enrol = commands.add_parser("enrol", parents=[common], help="用账号和激活码开通本机")
    enrol.add_argument("account", metavar="账号")
    enrol.add_argument("code", metavar="激活码")
    status = commands.add_parser("status", parents=[common], help="本机状态")
    status.add_argument("--json", action="store_true", help="输出 JSON")
    sessions = commands.add_parser("sessions", parents=[common], help="学习记录")
    sessions.add_argument("--json", action="store_true", help="输出 JSON")
    sessions.add_argument("--limit", type=int, default=50, metavar="条数", help="最多显示多少条")
    return parser.parse_args(_with_default_command(argv))


def settings_of(args: argparse.Namespace) -> Settings:
    """Raises StartError for a value that cannot be used."""
    url = urlsplit(args.municipal_url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise StartError(f"市平台地址 {args.municipal_url} 不对，应以 http:// 或 https:// 开头")
    if not 1 <= args.port <= 65535:
        raise StartError(f"端口 {args.port} 不对，应在 1 到 65535 之间")
    if args.command != "run":
        return Settings(args.data_dir, args.municipal_url, args.port)
    if not 0 < args.retry_min_s <= args.retry_max_s or args.catalogue_every_s <= 0 or args.shelf_gb < 0:
        raise StartError("等待时间必须大于零，且最初的不超过最长的；下载空间不能小于零")
    return Settings(
        args.data_dir,
        args.municipal_url,
        args.port,
        retry_min_s=args.retry_min_s,
        retry_max_s=args.retry_max_s,
        catalogue_every_s=args.catalogue_every_s,
        shelf_limit_bytes=int(args.shelf_gb * _GIGABYTE),
    )


def _with_default_command(argv: Sequence[str]) -> list[str]:
    given = list(argv)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        return ["run", *given]
    return given
