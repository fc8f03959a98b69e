"""Checks of who this box is: its key, its station."""

from collections.abc import Iterator

from agent.checks.finding import Finding, good, warning, wrong
from agent.clients.box_keys import BoxKeys
from agent.errors import StartError
from agent.settings import Settings
from agent.stores.box import read_box
from agent.stores.disk.database import Tables

_AGAIN = "请恢复备份里的 station.key；没有备份，就向上级申请新的激活码，重新开通"


def own_keys(settings: Settings) -> tuple[BoxKeys | None, Finding]:
    """The box's keys as far as they can be used; none is made here."""
    subject = "密钥"
    if not settings.key_file.exists() and not settings.database_file.exists():
        return None, warning(subject, "还没有", "第一次运行服务时自动生成")
    if not settings.key_file.exists():
        return None, wrong(subject, f"没有密钥文件 {settings.key_file}", _AGAIN)
    try:
        keys = BoxKeys(settings.key_file)
    except StartError as error:
        return None, wrong(subject, error.words, _AGAIN)
    if keys.next is not None:
        return keys, warning(subject, "正在更换，还没有换完", "连上市平台后自动换完")
    return keys, good(subject, "可以使用")


def identity_findings(tables: Tables) -> Iterator[Finding]:
    """The station, what the platform refused, and what waits."""
    station = read_box(tables).station
    if station is None:
        yield warning("站点", "尚未开通；学习照记，开通后上传", "请运行 zhanxue-agent enrol 账号 激活码")
    else:
        yield good("站点", f"{station.name}（{station.district}，{station.number}）")
    waiting, refused = (
        tables.execute("SELECT count(*) FROM records WHERE state = ?", [state]).fetchone()[0]
        for state in ("waiting", "refused")
    )
    if refused:
        yield wrong("学习记录", f"{refused} 条被市平台退回", "用 zhanxue-agent outbox 看原因，报给平台管理员")
    else:
        yield good("学习记录", f"{waiting} 条待上传，没有被退回的")
