"""What an operator has the box do, the same with a running agent as without one."""

from pathlib import Path
from typing import Protocol

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import StickError
from agent.loops.exporting import Carrier, Progress, export_to, no_progress
from agent.loops.importing import import_from
from agent.loops.rotation import rotate
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Database
from agent.stores.sessions.correction import correct
from agent.stores.stick.files import in_words
from agent.stores.stick.news import StickNews, StickState, note_stick
from study.local_api import (
    CorrectionReply,
    CorrectionRequest,
    ExportReply,
    ImportEntry,
    ImportReply,
    KeyReply,
)
from study.parcel import FOLDER


class Means(Protocol):
    """What these need of a running agent's parts, or of a command's own hands."""

    @property
    def database(self) -> Database:
        """The box's, with its second log."""

    @property
    def keys(self) -> BoxKeys:
        """The box's."""

    @property
    def clock(self) -> Clock:
        """This boot's."""

    def new_client(self) -> MunicipalClient:
        """To be closed by whoever asks for it."""


def export(means: Means, folder: str, progress: Progress = no_progress) -> ExportReply:
    """What waits goes into one parcel in `folder`. Raises StickError, StoreError."""
    with in_words():
        # The root of everything is no stick, and the agent may be allowed to write there.
        is_there = Path(folder).is_dir() and Path(folder).resolve() != Path("/")
    if not is_there and Path(folder).name != FOLDER:
        # Of a stick only its own folder is made; a mistyped one is told.
        raise StickError(f"U盘上没有目录 {folder}；请插好U盘，核对它的目录")
    done = export_to(Carrier(means.database, means.keys, means.clock), Path(folder), progress)
    if done.file is not None:
        with means.database.writing() as tables:
            at_utc_ms = utc_ms_of(tables, means.clock.boot, means.clock.mono_ms())
            note_stick(tables, StickNews(StickState.DONE, done.records, done.words, at_utc_ms))
    return ExportReply(
        file=None if done.file is None else str(done.file),
        records=done.records,
        bytes=done.bytes,
        left=done.left,
        words=done.words,
    )


def import_receipts(means: Means, path: str, progress: Progress = no_progress) -> ImportReply:
    """Take in one receipt, or all in a folder. Raises StickError, StoreError."""
    taken = import_from(Carrier(means.database, means.keys, means.clock), Path(path), progress)
    return ImportReply(
        receipts=[
            ImportEntry(
                file=str(entry.file),
                fate=entry.fate,
                delivered=entry.delivered,
                refused=entry.refused,
                words=entry.words,
            )
            for entry in taken
        ]
    )


def lower(means: Means, told: CorrectionRequest) -> CorrectionReply:
    """Lower a session's time, or strike it off. Raises CorrectionError, StoreError."""
    with means.database.writing() as tables:
        record = correct(tables, told["session_id"], told["played_ms"], told["who"], told["why"])
    return CorrectionReply(
        session_id=told["session_id"],
        seq=record.seq,
        played_ms=record.played_ms,
        effective_ms=record.effective_ms,
    )


def change_key(means: Means) -> KeyReply:
    """A new key in the place of the box's. Raises ApiError 403, 409, 503, 507."""
    client = means.new_client()
    try:
        return KeyReply(key_id=rotate(means.database, client, means.clock, means.keys))
    finally:
        client.close()
