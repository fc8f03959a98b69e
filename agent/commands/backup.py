"""Backing the box up, and making it again from a backup."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from agent.commands.answer import Answer
from agent.commands.call import Call
from agent.commands.moment import size_words
from agent.commands.progress import progress
from agent.data_folder import locked, prepare
from agent.errors import BackupError, StartError, cause
from agent.stores.rescue.backup import BackedUp, Restored, back_up, given_up_words
from agent.stores.rescue.backup import restore as restore_box


def backup(call: Call) -> Answer:
    """Written by the command itself, also while the agent runs. Raises BackupError, StoreError."""
    to = call.args.to.absolute()
    try:
        with progress("备份") as told:
            done: BackedUp = back_up(call.settings, to, told)
    except OSError as error:
        raise BackupError(f"备份写不到 {to}（{cause(error)}）；请检查目录、权限和磁盘空间") from error
    lines = [
        f"已备份：{done.file}（{size_words(done.bytes)}，{done.records} 条学习记录），逐字节核对无误",
        "其中有本机的密钥和花名册，请妥善保管，不要交给别人",
    ]
    if done.open_sessions:
        lines.append(f"有 {done.open_sessions} 次学习正在进行，不在这份备份里")
    return Answer("\n".join(lines), _plain(asdict(done)))


def restore(call: Call) -> Answer:
    """Only without a running agent. Raises BackupError, StartError, StoreError."""
    backup_file = call.args.backup.absolute()
    prepare(call.settings)
    with locked(call.settings) as is_mine:
        if not is_mine:
            raise StartError("服务正在运行，不能恢复；请先停止：systemctl stop zhanxue-agent")
        try:
            with progress("恢复") as told:
                done: Restored = restore_box(call.settings, backup_file, told)
        except OSError as error:
            raise BackupError(f"没有恢复（{cause(error)}）：请检查 {backup_file} 和磁盘空间") from error
    lines = [f"已恢复，共 {done.records} 条学习记录，其中 {done.refilled} 条取自本机备用记录"]
    lines += given_up_words(done)
    lines.append("密钥也已恢复" if done.is_key_restored else "本机的密钥保持不变")
    lines.append("原来的数据库留在数据目录里；现在可以启动服务：systemctl start zhanxue-agent")
    return Answer("\n".join(lines), asdict(done))


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in data.items()}
