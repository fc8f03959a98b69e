"""The roster: a list is taken in, members are shown masked, one is handed out or erased."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from agent.api.rostering import Named, erase, take
from agent.commands.answer import DONE, NO, Answer
from agent.commands.call import Call
from agent.commands.hands import Hands
from agent.commands.operating import operated
from agent.commands.table import table
from agent.errors import RosterError, RosterKeyError, StartError, cause
from agent.records.person import Person
from agent.records.roster_sheet import Fault, read_roster_sheet
from agent.records.sheet_cells import FILE_BYTES_MAX
from agent.stores.disk.looking import looking
from agent.stores.roster.members import Members, read_members
from agent.stores.roster.roster import Roster, exported
from study.group.card import last_digits
from study.group.masking import masked
from study.roster_api import PEOPLE_MAX, ROSTER_ERASURE, ROSTER_IMPORT

_HEAD = ("编号", "姓名", "卡号末四位")
_FAULT_HEAD = ("行", "结果", "说明")
_VISITOR = "访客"
_SURE = "确认"


def roster(call: Call) -> Answer:
    """One of `import`, `list`, `export`, `erase`. Raises RosterError, StartError, StoreError, ApiError."""
    return _DEEDS[call.args.what](call)


def _import(call: Call) -> Answer:
    """Read here, with the operator's own rights; only people go to the running agent."""
    sheet = read_roster_sheet(_bytes_of(Path(_subject(call, "文件"))))
    counts = {"new": 0, "changed": 0, "same": 0}
    # Also without anybody: `--anew` gives up whoever cannot be opened.
    for place in range(0, max(1, len(sheet.people)), PEOPLE_MAX):
        reply = _taken(call, sheet.people[place : place + PEOPLE_MAX], anew=call.args.anew and place == 0)
        counts = {name: count + reply[name] for name, count in counts.items()}
    left_out = sum(not fault.is_taken for fault in sheet.faults)
    lines = [
        f"已导入：新增 {counts['new']} 人，改名 {counts['changed']} 人，未变 {counts['same']} 人，"
        f"没有导入 {left_out} 行"
    ]
    if sheet.faults:
        lines += [table(_FAULT_HEAD, [_fault_row(fault) for fault in sheet.faults], call.width)]
    data = counts | {"faults": [asdict(fault) for fault in sheet.faults]}
    return Answer("\n".join(lines), data, NO if left_out else DONE)


def _taken(call: Call, people: Sequence[Person], *, anew: bool) -> Mapping[str, int]:
    told = {"people": [{"name": one.name, "card": one.card} for one in people], "anew": anew}
    named = [Named(one.name, one.card) for one in people]
    reply: Mapping[str, int] = operated(
        call, ROSTER_IMPORT, told, lambda own: take(_roster_of(own), named, anew=anew)
    )
    return reply


def _fault_row(fault: Fault) -> tuple[str, str, str]:
    return (str(fault.line), "已导入" if fault.is_taken else "没有导入", fault.words)


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as held:
            return held.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise RosterError(f"花名册文件 {file} 打不开（{cause(error)}），没有导入") from error


def _list(call: Call) -> Answer:
    members = _members(call)
    rows = [
        (str(member.member_id), masked(member.name) or _VISITOR, last_digits(member.card))
        for member in members.by_id.values()
    ]
    lines = [table(_HEAD, rows, call.width), ""] if rows else []
    lines.append(f"花名册共 {len(rows)} 人")
    if members.unreadable:
        lines.append(f"另有 {len(members.unreadable)} 人打不开，请用原来的表格再导入一次，加上 --anew")
    data = {
        "members": [{"member_id": int(row[0]), "name": row[1], "card_ending": row[2]} for row in rows],
        "unreadable": sorted(members.unreadable),
    }
    return Answer("\n".join(lines), data)


def _export(call: Call) -> Answer:
    """All that is held about somebody, for them to have."""
    member_id = _member_id(call)
    data = exported(_members(call), member_id)
    return Answer(json.dumps(data, ensure_ascii=False, indent=2), data)


def _erase(call: Call) -> Answer:
    member_id = _member_id(call)
    if not call.args.yes:
        _make_sure(member_id)
    reply = operated(
        call, ROSTER_ERASURE, {"member_id": member_id}, lambda own: erase(_roster_of(own), member_id)
    )
    words = f"编号 {member_id} 的姓名和学习卡号已从本机删除，不能恢复；以前做的备份里还有，请另行处理"
    return Answer(words, reply)


def _make_sure(member_id: int) -> None:
    if not sys.stdin.isatty():
        raise StartError("删除前要确认：请在终端里运行，或加上 --yes")
    print(f"将删除编号 {member_id} 的姓名和学习卡号，不能恢复；输入“{_SURE}”继续：", end="", file=sys.stderr)
    sys.stderr.flush()
    if sys.stdin.readline().strip() != _SURE:
        raise RosterError("没有确认，没有删除")


def _members(call: Call) -> Members:
    try:
        return _looked(call)
    except RosterKeyError:
        # Somebody may have been erased in between, with the key that this look began with.
        return _looked(call)


def _looked(call: Call) -> Members:
    with looking(call.settings.database_file) as tables:
        return read_members(tables, call.settings.roster_key_file)


def _roster_of(own: Hands) -> Roster:
    return Roster(own.database, own.settings.roster_key_file)


def _subject(call: Call, what: str) -> str:
    if call.args.subject is None:
        raise StartError(f"roster {call.args.what} 后面还缺一个{what}")
    return str(call.args.subject)


def _member_id(call: Call) -> int:
    told = _subject(call, "编号")
    if not (told.isascii() and told.isdigit() and len(told) < 16 and int(told) > 0):
        raise StartError(f"编号 {told} 不对，应是 zhanxue-agent roster list 里的数字")
    return int(told)


_DEEDS: Mapping[str, Callable[[Call], Answer]] = {
    "import": _import,
    "list": _list,
    "export": _export,
    "erase": _erase,
}
