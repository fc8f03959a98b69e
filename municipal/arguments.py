"""The command line of `zhanxue-municipal`."""

import argparse
import os
from pathlib import Path

from municipal.month import is_month

DATA_VARIABLE = "ZHANXUE_MUNICIPAL_DATA"
DATABASE_VARIABLE = "ZHANXUE_DATABASE_URL"
DEFAULT_PORT = 8430
DEFAULT_CALL_AGAIN_S = 300


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for; leaves with exit code 2 when it makes no sense."""
    parser = argparse.ArgumentParser(prog="zhanxue-municipal", description="站学市级平台")
    default = os.environ.get(DATA_VARIABLE) or str(Path.home() / ".local/share/zhanxue-municipal")
    parser.add_argument(
        "--data", type=Path, default=Path(default), help=f"数据文件夹（也可设 {DATA_VARIABLE}）"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    commands.add_parser("init", help="建立数据库")
    _add_import(commands)
    _add_serve(commands)
    report = commands.add_parser("report", help="某月各区各类站点学时")
    report.add_argument("--month", type=_month, required=True, help="如 2026-11")
    report.add_argument("--json", action="store_true", help="输出精确到毫秒的 JSON")
    bulletin = commands.add_parser("bulletin", help="某月的通报：学时、参学率、站点、课程和图文")
    bulletin.add_argument("--month", type=_month, required=True, help="如 2026-11")
    bulletin.add_argument("--to", type=Path, metavar="文件夹", help="写成网页、XLSX 和 CSV 文件")
    _add_of_station(commands, "sessions", "某站点某月的每一次学习")
    _add_of_station(commands, "groups", "某站点某月的每一场集体学习")
    _add_of_station(commands, "people", "某站点某月集体学习和已认定线下学习的人时，按代号")
    _add_offline(commands)
    code = commands.add_parser("code", help="给站点发新的激活码")
    code.add_argument("station", help="站点编号")
    code.add_argument("--strike-off", action="store_true", help="同时注销该站点现有的设备（遗失或更换时）")
    boxes = commands.add_parser("boxes", help="各站点设备最近一次联系和自报的状况")
    boxes.add_argument("--silent-days", type=int, default=7, metavar="天", help="多少天没有联系算久未联系")
    boxes.add_argument("--json", action="store_true", help="输出 JSON")
    parcel = commands.add_parser("parcel", help="收U盘里的学时记录包，回执写在旁边")
    parcel.add_argument("paths", type=Path, nargs="+", metavar="文件或文件夹", help="如 U盘所在的文件夹")
    return parser.parse_args(arguments)


def _add_of_station(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> None:
    command = commands.add_parser(name, help=words)
    command.add_argument("--station", required=True, help="站点编号")
    command.add_argument("--month", type=_month, required=True, help="如 2026-11")
    command.add_argument("--json", action="store_true", help="输出精确到毫秒的 JSON")


def _add_offline(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    offline = commands.add_parser("offline", help="线下学习：站点的登记、认定和退回")
    asked = offline.add_subparsers(dest="asked", required=True, metavar="做什么")
    listing = asked.add_parser("list", help="某月的登记")
    listing.add_argument("--month", type=_month, required=True, help="如 2026-11")
    listing.add_argument("--station", help="只列一个站点")
    listing.add_argument("--district", help="只列一个区")
    listing.add_argument("--json", action="store_true", help="输出精确到毫秒的 JSON")
    for name, words in (("approve", "认定一条登记，从此计入"), ("return", "退回一条登记，不计入")):
        command = asked.add_parser(name, help=words)
        command.add_argument("--station", required=True, help="站点编号")
        command.add_argument("number", metavar="编号", help="offline list 列出的编号")
        command.add_argument("--by", required=True, metavar="单位", help="作出决定的单位")
        command.add_argument("--words", default="", metavar="原因", help="给站点的话，退回时必须写")


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("import", help="从 CSV 导入")
    command.add_argument("what", choices=("districts", "stations", "courses", "channels", "articles"))
    command.add_argument("file", type=Path, help="CSV 文件")
    command.add_argument("--media", type=Path, help="媒体文件夹（导入课程、频道和图文时必须）")
    command.add_argument("--no-thumbnails", action="store_true", help="导入课程时不做快进时看的缩略图")
    command.add_argument("--whole", action="store_true", help="文件是完整清单：没有列出的一律下架")


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("serve", help="启动平台")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=DEFAULT_PORT)
    command.add_argument("--media", type=Path, help="媒体文件夹")
    command.add_argument("--covers", type=Path, help="封面文件夹")
    command.add_argument("--certfile", type=Path, help="TLS 证书")
    command.add_argument("--keyfile", type=Path, help="TLS 私钥")
    command.add_argument("--call-again-s", type=int, default=DEFAULT_CALL_AGAIN_S, help="请设备多少秒后再来")


def _month(text: str) -> str:
    if not is_month(text):
        raise argparse.ArgumentTypeError("月份应形如 2026-11")
    return text
