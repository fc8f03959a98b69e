"""The way to the platform's tables, on SQLite or PostgreSQL."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    create_engine,
    event,
    exists,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, RowMapping
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from municipal.errors import StartError, StorageError
from municipal.tables import FORMER_INDEXES, metadata, platform, records

__all__ = [
    "Connection",
    "Database",
    "RowMapping",
    "bindparam",
    "exists",
    "func",
    "hold",
    "open_database",
    "select",
]

BUSY_TIMEOUT_MS = 5000


class Database:
    """One open database: reading transactions side by side, writing ones one after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_writer = threading.Lock()
        self._is_sqlite = engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view. Raises StorageError."""
        with _storage_trouble(), self._engine.connect() as plain:
            connection = plain
            if not self._is_sqlite:  # which shows a transaction one moment anyway
                connection = plain.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept durably on leaving, or not at all.

        On SQLite it holds the write lock from its start. Elsewhere several processes write at once, and what
        they must not do at once they `hold`.

        Raises StorageError, also when another process holds the lock for longer than BUSY_TIMEOUT_MS.
        """
        with _storage_trouble(), self._one_writer, self._engine.connect() as plain:
            connection = plain.execution_options(zhanxue_writes=True)
            with connection.begin():
                yield connection

    def create_tables(self) -> None:
        """Make what is missing; what is there stays. Raises StorageError."""
        with self.writing() as connection:
            metadata.create_all(connection)
            for table in metadata.tables.values():
                for index in table.indexes:
                    index.create(connection, checkfirst=True)
            for name in FORMER_INDEXES:
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")

    def has_tables(self) -> bool:
        """Whether `create_tables` was done here, by this version or an older one. Raises StorageError."""
        with self.reading() as connection:
            return inspect(connection).has_table(platform.name)

    def lacks_tables(self) -> bool:
        """Whether a newer version brought tables or indexes that are not here yet. Raises StorageError."""
        with self.reading() as connection:
            here = inspect(connection)
            if not set(metadata.tables) <= set(here.get_table_names()):
                return True
            known = {index["name"] for index in here.get_indexes(records.name)}
            return not {index.name for index in records.indexes} <= known

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """Open `url` as SQLAlchemy writes it (sqlite:///…, postgresql+psycopg://…). Raises StartError."""
    try:
        parsed = make_url(url)
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StartError("数据库地址无法识别，请检查 ZHANXUE_DATABASE_URL。") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return Database(engine)


def sqlite_url(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows whose key is not there yet, leave the others alone; how many were new."""
    if not rows:
        return 0
    if connection.dialect.name == "postgresql":
        # Many rows at once: the server alone knows how many of them it took.
        taken = postgresql.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
        return len(connection.execute(taken, list(rows)).all())
    return connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows)).rowcount


def hold(connection: Connection, name: str) -> None:
    """Let no other transaction that holds this name go on until this one ends; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or overwrite the named columns of the one with the same primary key."""
    maker = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    key = [column.name for column in table.primary_key.columns]
    values = {name: value for name, value in row.items() if name not in key}
    connection.execute(maker(table).values(**row).on_conflict_do_update(index_elements=key, set_=values))


def _prepare_sqlite(engine: Engine) -> None:
    # The driver's own transaction handling is switched off, so that a writer takes the lock at BEGIN
    # and never fails half way because a reader of the same snapshot went before.
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cell_size_check=ON",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("zhanxue_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _storage_trouble() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        raise StorageError("数据库暂时无法读写，请检查磁盘空间和数据库服务，稍后再试。") from error
