"""The commands that have the box do something: by the running agent, or with the command's own hands."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from agent.api.operating import change_key, export, import_receipts, lower
from agent.clients.local import LONG_READ_S, LocalAgent
from agent.commands.answer import DONE, NO, Answer
from agent.commands.call import Call
from agent.commands.hands import Hands, hands
from agent.commands.progress import progress
from agent.commands.table import table
from agent.data_folder import locked, prepare, token
from agent.errors import StartError
from agent.loops.importing import ReceiptFate
from study import local_api
from study.local_api import CorrectionRequest
from study.participation import hours
from study.units import Milliseconds

_GOOD_FATES = (ReceiptFate.TAKEN, ReceiptFate.OLD)
FATES = {
    ReceiptFate.TAKEN: "已接收",
    ReceiptFate.OLD: "以前接收过",
    ReceiptFate.OTHER_BOX: "别的设备的",
    ReceiptFate.FOREIGN: "不是本市平台签发的",
    ReceiptFate.TORN: "不完整",
    ReceiptFate.TOO_NEW: "版本太新",
    ReceiptFate.NOT_A_RECEIPT: "不是回执",
    ReceiptFate.UNREADABLE: "读不出来",
}
"""What became of a receipt, in the table's few characters."""


def export_command(call: Call) -> Answer:
    """Raises StickError, StoreError, ApiError."""
    folder = _absolute(call.args.folder)

    def here(own: Hands) -> Any:
        with progress("导出学习记录") as told:
            return export(own, folder, told)

    reply = operated(call, local_api.EXPORT, {"folder": folder}, here)
    if reply["file"] is None:
        return Answer(reply["words"] or "没有待上传的学习记录，不需要导出", reply)
    lines = [reply["words"], f"文件  {reply['file']}（{reply['bytes']} 字节）"]
    if reply["left"]:
        lines.append(f"还有 {reply['left']} 条这次装不下，请再导出一次")
    lines.append("请把U盘交给任一上级单位上传；带回回执之前，这些记录在本机仍算待上传")
    return Answer("\n".join(lines), reply)


def import_command(call: Call) -> Answer:
    """NO where a receipt could not be taken. Raises StickError, StoreError, ApiError."""
    path = _absolute(call.args.path)

    def here(own: Hands) -> Any:
        with progress("接收回执") as told:
            return import_receipts(own, path, told)

    reply = operated(call, local_api.IMPORT, {"path": path}, here)
    receipts = reply["receipts"]
    if not receipts:
        return Answer(_no_receipt_words(path), reply, NO)
    rows = [
        (
            Path(r["file"]).name,
            FATES.get(r["fate"], r["fate"]),
            str(r["delivered"]),
            str(r["refused"]),
            r["words"],
        )
        for r in receipts
    ]
    is_good = all(r["fate"] in _GOOD_FATES for r in receipts)
    words = table(("回执", "结果", "送达", "退回", "说明"), rows, call.width)
    return Answer(words, reply, DONE if is_good else NO)


def _no_receipt_words(path: str) -> str:
    found = f"{path} 里没有回执（扩展名 .ZXR）"
    return f"{found}：导入过的回执会从U盘删去，不必再导入；还没有导入过的，请核对U盘和目录"


def correct_command(call: Call) -> Answer:
    """Raises CorrectionError or ApiError with the reason why not, StartError, StoreError."""
    args = call.args
    told = CorrectionRequest(
        session_id=args.session,
        played_ms=0 if args.strike else _milliseconds(args.time),
        who=args.who,
        why=args.why,
    )
    reply = operated(call, local_api.CORRECTION, told, lambda own: lower(own, told))
    counted = f"{hours(Milliseconds(reply['effective_ms']))} 小时"
    done = "已作废" if reply["played_ms"] == 0 else f"时间已改为 {args.time}"
    return Answer(
        f"第 {args.session} 次学习：{done}，计入 {counted}；更正作为第 {reply['seq']} 条记录上传", reply
    )


def rotate_key_command(call: Call) -> Answer:
    """Raises ApiError with the platform's no, StoreError."""
    reply = operated(call, local_api.KEY_ROTATION, {}, change_key)
    return Answer(f"密钥已更换，市平台已登记（{reply['key_id']}）；旧密钥不再有效，备份请重新做一次", reply)


def operated(call: Call, path: str, told: Mapping[str, Any], here: Callable[[Hands], Any]) -> Any:
    """Done by the running agent, or here by whoever has the data folder to himself."""
    prepare(call.settings)
    with locked(call.settings) as is_mine:
        if not is_mine:
            return LocalAgent(call.settings, token(call.settings)).post(path, dict(told), read_s=LONG_READ_S)
        with hands(call.settings, call.clock) as own:
            return here(own)


def _milliseconds(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,3}):([0-5][0-9]):([0-5][0-9])", text)
    if found is None:
        raise StartError(f"时间 {text} 看不懂，应写成 0:45:00（时:分:秒）")
    hour, minute, second = (int(part) for part in found.groups())
    return ((hour * 60 + minute) * 60 + second) * 1_000


def _absolute(path: Path) -> str:
    return str(path.absolute())
