"""A look at the database from outside the agent: nothing is changed, migrated or mended."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database as Tables

from agent.errors import UnusableDatabaseError
from agent.stores.disk.database import in_words
from agent.stores.disk.migrations import MIGRATIONS

_WAIT_MS = 5_000


@contextmanager
def looking(file: Path) -> Iterator[Tables]:
    """One consistent moment, while the agent may write.

    Raises StoreError in words; UnusableDatabaseError for one that is missing, damaged, older or newer.
    """
    with bare_look(file) as tables:
        _check_form(tables, file)
        tables.conn.execute("BEGIN")
        yield tables


@contextmanager
def bare_look(file: Path) -> Iterator[Tables]:
    """The same whatever form it has. Raises StoreError."""
    if not file.is_file() and _has_second_log(file):
        raise UnusableDatabaseError(f"数据库 {file} 不见了；请启动服务，会从备用记录重建，学时不会丢失")
    if not file.is_file():
        raise UnusableDatabaseError(
            f"目录 {file.parent} 里还没有学习数据；请先运行 zhanxue-agent，或用 --data-dir 指定"
        )
    # Not mode=ro: without an agent the last one to close folds the log of a cut-off run into the file.
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        with closing(connection):
            connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            connection.execute("PRAGMA query_only = ON")
            yield Tables(connection)
    except sqlite3.Error as error:
        raise in_words(error, file) from error


def missing_steps(tables: Tables) -> list[str]:
    """The migrations still to apply. Raises UnusableDatabaseError for a database of a newer version."""
    applied = [step.name for step in MIGRATIONS.applied(tables)]
    pending = [step.name for step in MIGRATIONS.pending(tables)]
    known = [step.name for step in MIGRATIONS.pending(Tables(memory=True))]
    if any(name not in known for name in applied):
        raise UnusableDatabaseError("数据库来自更新的版本；请升级本程序")
    return pending


def _check_form(tables: Tables, file: Path) -> None:
    if missing_steps(tables):
        raise UnusableDatabaseError(f"数据库 {file} 来自较早的版本；请重新启动服务，启动时会自动升级")


def _has_second_log(file: Path) -> bool:
    try:
        return file.with_name("records.log").stat().st_size > 0
    except OSError:
        return False
