"""Backups: the box's database with its key in one file, and a box made again from one."""

import json
import logging
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database as Tables

from agent.clients.signing import write_secret
from agent.errors import BackupError
from agent.settings import Settings
from agent.stores.disk.connection import connected
from agent.stores.disk.log_filling import LogFilling
from agent.stores.disk.migrations import step_names
from agent.stores.disk.record_log import RecordLog, frames, sync_folder
from agent.stores.disk.removal import remove_database
from agent.stores.rescue.opening import log_file
from agent.stores.rescue.rebuilding import Found, rebuild, take_place
from agent.stores.rescue.salvage import opened_to_read
from agent.stores.roster.sealing import earlier_key_file
from study.units import MINUTE_MS

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told (done, total) in whatever unit."""

_DATABASE, _KEY, _MANIFEST = "zhanxue.db", "station.key", "manifest.json"
_ROSTER_KEY = "roster.key"
_FORMAT = "zhanxue-backup-1"
_PAGES_AT_ONCE = 256
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    file: Path
    bytes: int
    records: int
    open_sessions: int
    """Somebody was studying: these are not in the backup."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a box was made of again."""

    records: int
    refilled: int
    """Of `records`: those that this box's own second log had besides."""
    given_up_ms: int
    """What had been played in sessions that were open when the backup was made."""
    given_up_groups: int
    given_up_offline: int
    """Had no record when the backup was made, and have none in this box's second log."""
    is_key_restored: bool


def back_up(settings: Settings, to: Path, progress: Progress) -> BackedUp:
    """Write a backup to the file `to` (*.zip), or into the folder `to`, also while the agent runs.

    The file holds the box's key: only its owner may read it (mode 0600). Read again before this returns.
    Raises BackupError, OSError where it doesn't fit.
    """
    source = settings.database_file
    if not source.exists():
        raise BackupError(f"目录 {settings.data_folder} 里还没有学习数据，没有可备份的内容")
    if not to.is_dir() and to.suffix.lower() != ".zip":
        # A stick that is not mounted: the backup would lie, with the key, as a file in its place.
        raise BackupError(f"没有目录 {to}，没有备份；请插好U盘，核对目录，或写明以 .zip 结尾的文件名")
    target = to / "zhanxue-backup.zip" if to.is_dir() else to
    # Before the copy and after it: an erasure between the two seals the roster anew.
    roster_key = _held(settings.roster_key_file)
    copy, unfinished = (target.with_name(f"{target.name}.{part}") for part in ("db.part", "part"))
    try:
        told = _copied(source, copy, progress)
        roster_key = _joined(_held(settings.roster_key_file), roster_key)
        _pack(told, copy, settings.key_file, roster_key, unfinished)
        _checked(unfinished)
        unfinished.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise BackupError(
            f"备份没有做成，多半是目的盘已满或有损坏，请换一个盘（{error}）；原有数据没有变化"
        ) from error
    finally:
        remove_database(copy)
        unfinished.unlink(missing_ok=True)
    return BackedUp(target, target.stat().st_size, told["records"], told["open_sessions"])


def restore(settings: Settings, backup: Path, progress: Progress) -> Restored:
    """Make the box again as the backup has it; the caller holds the folder's lock.

    What the folder's own second log has besides stays: nothing undelivered is lost. The database gets a
    new epoch, the old one is kept aside. Sessions that were open when the backup was made are given up:
    the box went on then, and closed them itself. Raises BackupError, StoreError, OSError.
    """
    manifest = _checked(backup)
    file = settings.database_file
    own = _own_station(file)
    if own is not None and own != manifest["station"]:
        raise BackupError(f"备份属于站点 {manifest['station']}，本机是站点 {own}，不能恢复到本机")
    copy = file.with_name(f"{file.name}.restoring")
    try:
        _unpack(backup, copy, progress)
        found = rebuild(file, copy, log_file(file), _words, is_copy=True)
    except sqlite3.Error as error:
        raise BackupError(f"备份 {backup} 不能恢复（{error}）；原有数据没有变化") from error
    finally:
        remove_database(copy)
    if own is None:
        _restore_key(backup, _KEY, settings.key_file)
    # The backup's own, whatever box this is: the members in its database open with no other.
    _restore_key(backup, _ROSTER_KEY, settings.roster_key_file)
    take_place(file)
    _rewrite_log(file)
    return Restored(
        found.records,
        found.refilled,
        found.given_up_ms,
        found.given_up_groups,
        found.given_up_offline,
        is_key_restored=own is None,
    )


def _copied(source: Path, copy: Path, progress: Progress) -> dict[str, Any]:
    """Copy the database, and say what the copy holds. Raises sqlite3.Error, OSError."""
    remove_database(copy)
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    held, to = opened_to_read(source), sqlite3.connect(copy)
    try:
        held.backup(to, pages=_PAGES_AT_ONCE, progress=lambda _, left, of: progress(of - left, of))
        if (said := to.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise BackupError(f"学习记录数据库有损坏（{said}），没有备份；重新启动服务会自动修复，然后再备份")
        [[station]] = to.execute("SELECT number FROM box").fetchall()
        [[records]] = to.execute("SELECT count(*) FROM records").fetchall()
        [[left_open]] = to.execute("SELECT count(*) FROM sessions WHERE open = 1").fetchall()
        steps = [row[0] for row in to.execute("SELECT name FROM _sqlite_migrations ORDER BY name")]
        to.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        held.close()
        to.close()
    return {"station": station, "records": records, "open_sessions": left_open, "steps": steps}


def _held(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _joined(*keys: bytes) -> bytes:
    """Every key once, the first ones first."""
    return b"".join(dict.fromkeys(line for each in keys for line in each.splitlines(keepends=True)))


def _pack(told: dict[str, Any], copy: Path, key_file: Path, roster_key: bytes, unfinished: Path) -> None:
    unfinished.unlink(missing_ok=True)
    out = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(out, "w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            digests = {}
            for name, file in ((_DATABASE, copy), (_KEY, key_file)):
                if file.exists():
                    packed.write(file, name)
                    with file.open("rb") as held:
                        digests[name] = file_digest(held, "sha256").hexdigest()
            if roster_key:
                packed.writestr(_ROSTER_KEY, roster_key)
                digests[_ROSTER_KEY] = sha256(roster_key).hexdigest()
            manifest = {"format": _FORMAT, **told, "sha256": digests}
            packed.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
        stream.flush()
        os.fsync(stream.fileno())


def _checked(backup: Path) -> dict[str, Any]:
    """The manifest, once every byte of the backup was read and found right. Raises BackupError, OSError."""
    try:
        with zipfile.ZipFile(backup) as packed:
            manifest: dict[str, Any] = json.loads(packed.read(_MANIFEST))
            if manifest["format"] != _FORMAT or _DATABASE not in manifest["sha256"]:
                raise BackupError(f"{backup} 不是本程序的备份，或来自更新的版本；请升级后再恢复")
            for name, digest in manifest["sha256"].items():
                with packed.open(name) as held:
                    if file_digest(held, "sha256").hexdigest() != digest:  # type: ignore[arg-type]  # reads
                        raise BackupError(f"备份 {backup} 中的 {name} 已损坏；请用另一份备份")
            if set(manifest["steps"]) - set(step_names()):
                raise BackupError(f"备份 {backup} 来自更新的版本；请升级本程序后再恢复")
            return manifest
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, TypeError) as error:
        raise BackupError(f"{backup} 不是完整的备份文件；请核对文件名，或用另一份备份") from error


def _unpack(backup: Path, copy: Path, progress: Progress) -> None:
    with zipfile.ZipFile(backup) as packed, packed.open(_DATABASE) as held, copy.open("wb") as out:
        size, done = packed.getinfo(_DATABASE).file_size, 0
        while chunk := held.read(_CHUNK_BYTES):
            out.write(chunk)
            done += len(chunk)
            progress(done, size)


def _own_station(file: Path) -> str | None:
    """The station whose records lie in the folder already, all of them in the second log after this."""
    own = log_file(file)
    if file.exists():
        try:
            tables = connected(file)
            try:
                if "epochs" in tables.table_names():
                    _fill_log(tables, own)
            finally:
                tables.close()
        except sqlite3.Error as error:
            log.warning("%s cannot be read (%s); what the second log has of it stays", file, error)
    told = [json.loads(frame.content) for frame in frames(own) if not frame.seq] if own.exists() else []
    return next((fields[1] for fields in reversed(told) if fields[0] == "station"), None)


def _fill_log(tables: Tables, file: Path) -> None:
    held = RecordLog(file)
    try:
        filling = LogFilling(held)
        while not filling.fill(tables):
            if filling.is_failing:
                raise BackupError(f"{file} 写不进去，没有恢复；请先清理磁盘")
    finally:
        held.close()


def _rewrite_log(file: Path) -> None:
    tables = connected(file)
    held = RecordLog(log_file(file))
    try:
        LogFilling(held).rewrite(tables, None)
    finally:
        held.close()
        tables.close()


def _restore_key(backup: Path, name: str, key_file: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        if name not in packed.namelist() or packed.read(name) == _held(key_file):
            return
        if key_file.exists():
            key_file.replace(earlier_key_file(key_file))
        write_secret(key_file, packed.read(name))


def given_up_words(found: Found | Restored) -> list[str]:
    """What a backup cannot bring back, a sentence each."""
    words = []
    if found.given_up_ms:
        words.append(f"备份时尚未结束的学习（共 {found.given_up_ms // MINUTE_MS} 分钟）不再计入")
    if found.given_up_groups:
        words.append(f"备份时还没有上报的 {found.given_up_groups} 场集体学习不再上报，请与上级核对")
    if found.given_up_offline:
        words.append(f"备份时还没有上报的 {found.given_up_offline} 条线下学习不再上报，请重新登记")
    return words


def _words(found: Found) -> str:
    more = "".join(f"；{words}" for words in given_up_words(found))
    return f"已从备份恢复，共 {found.records} 条学习记录，其中 {found.refilled} 条取自本机备用记录{more}"
