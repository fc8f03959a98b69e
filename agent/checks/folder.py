"""Checks of the data folder: there, writable, private, with room."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from agent.checks.finding import Finding, good, warning, wrong
from agent.settings import Settings

_FULL_BYTES = 8_000_000
_SCARCE_BYTES = 500_000_000
"""Below this no courses are downloaded any more."""
_MEGABYTE = 1_000_000


def folder_findings(settings: Settings) -> Iterator[Finding]:
    """In the order in which they matter."""
    folder = settings.data_folder
    if not folder.is_dir():
        yield wrong("数据目录", f"{folder} 不存在", "请先运行 zhanxue-agent run，或用 --data-dir 指定")
        return
    if os.access(folder, os.W_OK | os.X_OK):
        yield good("数据目录", f"{folder} 可以写入")
    else:
        yield wrong("数据目录", f"{folder} 当前用户不能写入", "请用运行本机服务的用户或 root 检查")
    yield _rights(settings)
    yield _room(folder)


def _rights(settings: Settings) -> Finding:
    next_key = settings.key_file.with_name("station.key.next")
    files = (settings.token_file, settings.key_file, next_key, settings.roster_key_file)
    open_ones = [file.name for file in files if file.exists() and _is_open(file)]
    if open_ones:
        names = "、".join(open_ones)
        advice = f"请运行 chmod 600 {' '.join(str(settings.data_folder / name) for name in open_ones)}"
        return wrong("文件权限", f"{names} 其他用户也能读到", advice)
    return good("文件权限", "凭证和密钥只有本机服务能读")


def _is_open(file: Path) -> bool:
    return bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"还剩 {free // _MEGABYTE} MB"
    if free < _FULL_BYTES:
        return wrong("磁盘空间", f"{words}，快要存不下学习记录了", "请清理磁盘；学习记录会最后才受影响")
    if free < _SCARCE_BYTES:
        return warning("磁盘空间", f"{words}，不再下载新课程，学习照常", "请清理磁盘")
    if not (folder / "ballast").exists():
        return warning("磁盘空间", f"{words}；为磁盘写满时预留的空间还没有", "服务运行后会自动留出")
    return good("磁盘空间", f"{words}，另有预留空间")
