"""Checks of the database and of its second log."""

from collections.abc import Callable, Iterator

from agent.checks.finding import Finding, good, warning, wrong
from agent.errors import StoreError
from agent.settings import Settings
from agent.stores.disk.checkup import damaged_tables, missing_in_log
from agent.stores.disk.kept_aside import kept_aside
from agent.stores.disk.looking import bare_look, looking, missing_steps

_MEND = "请重新启动服务，启动时会自动修复；坏了的数据库会留在旁边，请勿删除"
_MEGABYTE = 1_000_000


def store_findings(settings: Settings, progress: Callable[[int, int], None]) -> Iterator[Finding]:
    """`progress` is told the tables checked and their number."""
    file = settings.database_file
    try:
        with bare_look(file) as tables:
            pending = missing_steps(tables)
            damaged = damaged_tables(tables, progress)
    except StoreError as error:
        yield wrong("数据库", error.words, "")
        return
    if damaged:
        yield wrong("数据库", f"有损坏：{'；'.join(damaged[:3])}", _MEND)
        return
    size = file.stat().st_size // _MEGABYTE
    yield good("数据库", f"完好（{f'{size} MB' if size else '不到 1 MB'}）")
    if pending:
        yield warning(
            "数据库版本", f"还有 {len(pending)} 步升级没有做", "启动服务时会自动升级，升级前自动备份"
        )
        return
    yield good("数据库版本", "与本程序一致")
    yield _log(settings)
    if kept := sorted(held.name for held in kept_aside(file) if not held.name.endswith(("-wal", "-shm"))):
        yield warning("留存的旧数据库", "、".join(kept), "不影响使用；确认数据无误后可以删除")


def _log(settings: Settings) -> Finding:
    subject = "备用记录"
    log_file = settings.database_file.with_name("records.log")
    if not log_file.exists():
        return warning(subject, "还没有学习记录的第二份副本", "服务运行后会自动补上")
    try:
        with looking(settings.database_file) as tables:
            missing, strange = missing_in_log(tables, log_file)
    except (StoreError, OSError) as error:
        return wrong(subject, f"核对不了（{error}）", "请检查磁盘，然后重新启动服务")
    if strange:
        return wrong(subject, f"副本里有 {strange} 条数据库没有的记录", _MEND)
    if missing:
        return warning(subject, f"有 {missing} 条记录还没有第二份副本", "服务运行、磁盘有空间时会自动补上")
    return good(subject, "与数据库一致")
