"""The numbered steps that bring a database to the form this version writes."""

import logging
import sqlite3
from pathlib import Path

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

from agent.errors import UnusableDatabaseError
from agent.stores.disk.group_schema import GROUP_CORRECTIONS, GROUP_NOTICING, GROUPS
from agent.stores.disk.offline_schema import OFFLINE
from agent.stores.disk.record_log import sync_folder
from agent.stores.disk.removal import remove_database
from agent.stores.disk.schema import (
    ARTICLES,
    COMPANIONS,
    CORRECTIONS,
    EPOCHS,
    FIRST,
    FIRST_ROWS,
    FRESHNESS,
    GUIDE,
    LISTINGS,
    NOTICES,
    PARCELS,
    ROSTER,
    SEARCHES,
    VOIDS,
)
from study.record import chain_start

log = logging.getLogger(__name__)

MIGRATIONS = Migrations("agent")


@MIGRATIONS(name="0001_first")
def _first(tables: Tables) -> None:
    _each(tables, FIRST)
    _each(tables, FIRST_ROWS)


@MIGRATIONS(name="0002_epochs")
def _epochs(tables: Tables) -> None:
    _each(tables, EPOCHS)
    for number, epoch in tables.execute("SELECT box.number, epoch FROM box, epochs").fetchall():
        if number is not None:
            tables.execute("UPDATE epochs SET pruned_chain = ?", [chain_start(number, epoch)])


@MIGRATIONS(name="0003_notices")
def _notices(tables: Tables) -> None:
    _each(tables, NOTICES)


@MIGRATIONS(name="0004_parcels")
def _parcels(tables: Tables) -> None:
    _each(tables, PARCELS)


@MIGRATIONS(name="0005_corrections")
def _corrections(tables: Tables) -> None:
    _each(tables, CORRECTIONS)


@MIGRATIONS(name="0006_voided")
def _voided(tables: Tables) -> None:
    _each(tables, VOIDS)


@MIGRATIONS(name="0007_companions")
def _companions(tables: Tables) -> None:
    _each(tables, COMPANIONS)


@MIGRATIONS(name="0008_freshness")
def _freshness(tables: Tables) -> None:
    _each(tables, FRESHNESS)


@MIGRATIONS(name="0009_articles")
def _articles(tables: Tables) -> None:
    _each(tables, ARTICLES)


@MIGRATIONS(name="0010_guide")
def _guide(tables: Tables) -> None:
    _each(tables, GUIDE)


@MIGRATIONS(name="0011_searches")
def _searches(tables: Tables) -> None:
    _each(tables, SEARCHES)


@MIGRATIONS(name="0012_listings")
def _listings(tables: Tables) -> None:
    _each(tables, LISTINGS)


@MIGRATIONS(name="0013_roster")
def _roster(tables: Tables) -> None:
    _each(tables, ROSTER)


@MIGRATIONS(name="0014_groups")
def _groups(tables: Tables) -> None:
    _each(tables, GROUPS)


@MIGRATIONS(name="0015_offline")
def _offline(tables: Tables) -> None:
    _each(tables, OFFLINE)


@MIGRATIONS(name="0016_group_corrections")
def _group_corrections(tables: Tables) -> None:
    _each(tables, GROUP_CORRECTIONS)


@MIGRATIONS(name="0017_group_noticing")
def _group_noticing(tables: Tables) -> None:
    _each(tables, GROUP_NOTICING)


def migrate(tables: Tables, file: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Apply what is missing, each step in one transaction with its record.

    A database that holds anything is copied first, to `<file>.before-<first missing step>`.
    Raises UnusableDatabaseError for a database from a newer version.
    """
    pending = [step.name for step in migrations.pending(tables)]
    if is_newer(tables, migrations):
        raise UnusableDatabaseError(f"数据库 {file} 来自更新的版本；请升级本程序后再启动")
    if pending and migrations.applied(tables):
        _back_up(tables, file, pending[0])
    migrations.apply(tables)


def is_newer(tables: Tables, migrations: Migrations = MIGRATIONS) -> bool:
    """Whether a later version of this program has been at this database."""
    newest = step_names(migrations)[-1]
    return any(step.name > newest for step in migrations.applied(tables))


def step_names(migrations: Migrations = MIGRATIONS) -> list[str]:
    """All steps that this version knows, in order."""
    return [step.name for step in migrations.pending(Tables(memory=True))]


def has_own_columns(tables: Tables) -> bool:
    """Whether every table has the columns that its steps gave it; a bit may fall over in the schema too.

    A database from a newer version may have more.
    """
    known, taken = step_names(), {step.name for step in MIGRATIONS.applied(tables)}
    if not set(known[: len(taken)]) <= taken:
        return False
    fresh = Tables(memory=True)
    MIGRATIONS.apply(fresh, stop_before=known[len(taken) :])
    return all(set(_columns(fresh, name)) <= set(_columns(tables, name)) for name in fresh.table_names())


def _columns(tables: Tables, name: str) -> list[str]:
    return [row[0] for row in tables.execute("SELECT name FROM pragma_table_info(?)", [name])]


def _back_up(tables: Tables, file: Path, step: str) -> None:
    kept = file.with_name(f"{file.name}.before-{step}")
    unfinished = kept.with_name(kept.name + ".part")
    remove_database(unfinished)
    copy = sqlite3.connect(unfinished)
    try:
        tables.conn.backup(copy)
        copy.close()
        unfinished.replace(kept)
        sync_folder(file.parent)
    finally:
        copy.close()
        remove_database(unfinished)
    log.info("database copied to %s before %s", kept, step)


def _each(tables: Tables, script: str) -> None:
    # One statement at a time: executescript would commit the step's transaction.
    for statement in script.split(";"):
        if statement.strip():
            tables.execute(statement)
