"""The platform's tables, with the way to reach them on SQLite or PostgreSQL."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
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

__all__ = [
    "Connection",
    "Database",
    "RowMapping",
    "bindparam",
    "exists",
    "func",
    "open_database",
    "select",
]

BUSY_TIMEOUT_MS = 5000

metadata = MetaData()

# Moments are whole milliseconds since 1970-01-01 UTC, so that every database keeps the same value.

platform = Table(
    "platform",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

districts = Table(
    "districts",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("number", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("district", ForeignKey("districts.name"), nullable=False, index=True),
    Column("street", String, nullable=False),
    Column("type", String, nullable=False),
    Column("due", Boolean, nullable=False),
    Column("account", String, nullable=False, unique=True),
    Column("last_seen_at_ms", BigInteger),
    Column("backlog", Integer),
)

activation_codes = Table(
    "activation_codes",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("issue", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("issued_at_ms", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("key_id", String),
    PrimaryKeyConstraint("station", "issue"),
)

failed_enrolments = Table(
    "failed_enrolments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, nullable=False, index=True),
    Column("address", String, nullable=False, index=True),
    Column("failed_at_ms", BigInteger, nullable=False, index=True),
)

keys = Table(
    "keys",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("key_id", String, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("enrolled_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "key_id"),
)

box_health = Table(
    "box_health",
    metadata,
    Column("station", ForeignKey("stations.number"), primary_key=True),
    Column("version", String, nullable=False),
    Column("free_mb", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("clock", String, nullable=False),
    Column("warnings", BigInteger, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("made_at_ms", BigInteger, nullable=False),
    Column("source", String, nullable=False),
)

courses = Table(
    "courses",
    metadata,
    Column("course_id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("producer", String, nullable=False),
    Column("category", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("monthly", String, nullable=False),
    Column("cover_path", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
)

episodes = Table(
    "episodes",
    metadata,
    Column("course_id", ForeignKey("courses.course_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("length_ms", BigInteger, nullable=False),
    Column("media_path", String, nullable=False),
    Column("media_sha256", String, nullable=False),
    Column("media_bytes", BigInteger, nullable=False),
    Column("codec", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    PrimaryKeyConstraint("course_id", "number"),
)

channels = Table(
    "channels",
    metadata,
    Column("channel_id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("media_path", String, nullable=False),
    Column("media_sha256", String, nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("chain_before", LargeBinary, nullable=False),
    Column("chain_after", LargeBinary, nullable=False),
    Column("received_at_ms", BigInteger, nullable=False),
    # "study" or "anchor"; what follows is empty for an anchor, whose facts stand in `anchors`.
    Column("record_kind", String, nullable=False),
    Column("item_id", String),
    Column("kind", String),
    Column("terminal", String),
    Column("screen", String),
    Column("boot", String),
    Column("opened_ms", BigInteger),
    Column("length_ms", BigInteger),
    Column("played_ms", BigInteger),
    Column("covered_ms", BigInteger),
    Column("overlap_ms", BigInteger),
    Column("rule", String),
    Column("effective_ms", BigInteger),
    Column("why", String),
    Column("counted", Boolean),
    Column("replaces", BigInteger),
    # What follows is derived from other records and recomputed when they arrive.
    Column("stands", Boolean, nullable=False),
    Column("started_at_ms", BigInteger),
    Column("month", String(7)),
    PrimaryKeyConstraint("station", "epoch", "seq"),
)
Index("records_month", records.c.month, records.c.station)
Index("records_boot", records.c.station, records.c.boot)
Index(
    "records_replaces",
    records.c.station,
    records.c.epoch,
    records.c.replaces,
    sqlite_where=records.c.replaces.is_not(None),
    postgresql_where=records.c.replaces.is_not(None),
)

anchors = Table(
    "anchors",
    metadata,
    Column("station", String, nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("boot", String, nullable=False),
    Column("mono_ms", BigInteger, nullable=False),
    Column("utc_ms", BigInteger, nullable=False),
    Column("error_ms", BigInteger, nullable=False),
    Column("source", String, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq"),
)
Index("anchors_boot", anchors.c.station, anchors.c.boot)

boots = Table(
    "boots",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("boot", String, nullable=False),
    Column("ordinal", BigInteger, nullable=False),
    # The last monotonic time that is known of it, and when it began at the latest, by what has arrived.
    Column("known_ms", BigInteger, nullable=False),
    Column("ceiling_ms", BigInteger, nullable=False),
    # Derived from the boots around it: between which moments it began, where that may name a month.
    Column("earliest_ms", BigInteger),
    Column("latest_ms", BigInteger),
    PrimaryKeyConstraint("station", "epoch", "boot"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("chain_before", LargeBinary, nullable=False),
    Column("chain_after", LargeBinary, nullable=False),
    Column("code", String, nullable=False),
    Column("words", String, nullable=False),
    Column("received_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq", "content_sha256"),
)

high_water = Table(
    "high_water",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("repeated", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("code", String, nullable=False),
    Column("words", String, nullable=False),
    Column("raised_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq", "code"),
)


class Database:
    """One open database: reading transactions side by side, writing ones one after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_writer = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view. Raises StorageError."""
        with _storage_trouble(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start; kept durably on leaving, or not at all.

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

    def has_tables(self) -> bool:
        """Whether `create_tables` was done here, by this version or an older one. Raises StorageError."""
        with self.reading() as connection:
            return inspect(connection).has_table(platform.name)

    def lacks_tables(self) -> bool:
        """Whether a newer version brought tables that are not here yet. Raises StorageError."""
        with self.reading() as connection:
            return not set(metadata.tables) <= set(inspect(connection).get_table_names())

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
    maker = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    before = len(rows)
    result = connection.execute(maker(table).on_conflict_do_nothing(), list(rows))
    return result.rowcount if result.rowcount >= 0 else before


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
