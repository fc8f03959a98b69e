"""Stocking the shelf: fetches courses onto the box, one at a time, while nobody needs the line."""

import logging
import os
import shutil
from collections.abc import Callable
from hashlib import file_digest, sha256
from http import HTTPStatus
from pathlib import Path

from agent.clients.municipal import MunicipalClient, Stream
from agent.clock import Clock
from agent.errors import CityError, NoAnswerError, cause
from agent.loops.loop import Loop
from agent.settings import Settings
from agent.stores.box import read_box
from agent.stores.courses.shelf import Shelf, Wanted
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Database
from study.anchor import from_utc_ms
from study.month import month_of
from study.thumbnails import SHEET_BYTES_MAX

log = logging.getLogger(__name__)

_IDLE_S = 600.0
_BUSY_S = 10.0
_NOT_GIVEN_MS = 600_000
_GIVEN_WRONG_MS = 86_400_000
"""So long a file is left out that the platform does not give, or gives wrong; the others go on."""
_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_KEPT_FREE_BYTES = 500_000_000
"""Records must always find room; courses take only what is left beyond this."""


class Stocking:
    """One download a turn; `handle_one_file` is one turn."""

    def __init__(
        self,
        database: Database,
        client: MunicipalClient,
        clock: Clock,
        shelf: Shelf,
        settings: Settings,
        line_is_busy: Callable[[], bool],
        loop: Loop,
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._shelf = shelf
        self._settings = settings
        self._line_is_busy = line_is_busy
        self._loop = loop
        self._left_out: dict[Wanted, int] = {}
        self._is_tidy = False
        self._is_full = False

    def handle_one_file(self) -> float:
        """Fetch the next course. Returns the seconds until the next turn."""
        if self._line_is_busy():
            return _BUSY_S
        if not self._is_tidy:
            with self._database.writing() as tables:
                self._shelf.tidy(tables)
        wanted = self._next_wanted()
        self._is_tidy = wanted is not None
        if wanted is None:
            return _IDLE_S
        part = self._shelf.part(wanted)
        try:
            return self._sheet_stocked(wanted, part) if wanted.is_sheet else self._stocked(wanted, part)
        except OSError as error:
            part.unlink(missing_ok=True)  # what room there is belongs to the records
            log.error("课程 %s 存不下（%s）；学习照常，请清理磁盘", wanted.media, cause(error))
            return _IDLE_S

    def _stocked(self, wanted: Wanted, part: Path) -> float:
        before = _size(part)
        try:
            if not self._fetched(wanted, part):
                return _BUSY_S
        except NoAnswerError as error:
            log.info("%s not fetched: %s", wanted.media, error.words)
            # A line cut midway is worth another try soon; a platform that is away tells when it is back.
            return self._settings.retry_min_s if _size(part) > before else _IDLE_S
        except CityError as error:
            log.warning("%s not fetched: %s; the others go on", wanted.media, error.words)
            return self._leave_out(wanted, _NOT_GIVEN_MS)
        if not _is_whole(part, wanted):
            log.warning("%s does not match its size or checksum; the others go on", wanted.media)
            is_other = _size(part) >= wanted.bytes
            part.unlink()
            return self._leave_out(wanted, _GIVEN_WRONG_MS if is_other else _NOT_GIVEN_MS)
        self._put(wanted, part)
        return 0.0

    def _sheet_stocked(self, wanted: Wanted, part: Path) -> float:
        """Whole or not at all; what it is then said to be is what came."""
        try:
            sheet = self._client.fetch(wanted.media, SHEET_BYTES_MAX)
        except NoAnswerError as error:
            log.info("%s not fetched: %s", wanted.media, error.words)
            return _IDLE_S
        except CityError as error:
            log.warning("%s not fetched: %s; the others go on", wanted.media, error.words)
            return self._leave_out(wanted, _NOT_GIVEN_MS)
        if not (sheet.startswith(_JPEG_START) and sheet.endswith(_JPEG_END)):
            log.warning("%s is no whole picture; the others go on", wanted.media)
            return self._leave_out(wanted, _NOT_GIVEN_MS)
        with part.open("wb") as out:
            out.write(sheet)
            out.flush()
            os.fsync(out.fileno())
        self._put(Wanted(wanted.media, sha256(sheet).hexdigest(), len(sheet)), part)
        return 0.0

    def _put(self, wanted: Wanted, part: Path) -> None:
        part.replace(self._shelf.file(wanted))
        with self._database.writing() as tables:
            self._shelf.put(tables, wanted)
        log.info("%s is on the box (%s bytes)", wanted.media, wanted.bytes)

    def _leave_out(self, wanted: Wanted, for_ms: int) -> float:
        self._left_out[wanted] = self._clock.mono_ms() + for_ms
        return 0.0

    def _next_wanted(self) -> Wanted | None:
        with self._database.reading() as tables:
            if read_box(tables).station is None:
                return None
            utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
            month = "" if utc_ms is None else month_of(from_utc_ms(utc_ms))
            now_ms = self._clock.mono_ms()
            self._left_out = {media: until for media, until in self._left_out.items() if until > now_ms}
            wanted = self._shelf.next_wanted(tables, month, self._left_out)
        return wanted if wanted is not None and self._has_room(wanted) else None

    def _has_room(self, wanted: Wanted) -> bool:
        free = shutil.disk_usage(self._settings.shelf_folder).free
        was_full, self._is_full = self._is_full, free - wanted.bytes < _KEPT_FREE_BYTES
        if self._is_full and not was_full:
            log.warning("磁盘只剩 %d MB，留给学习记录，新课程先不下载；请清理磁盘", free // 1_000_000)
        return not self._is_full

    def _fetched(self, wanted: Wanted, part: Path) -> bool:
        """Go on where the last try ended. False when it was left off to make way."""
        have = _size(part)
        if have == wanted.bytes:
            return True
        if have > wanted.bytes:
            part.unlink()
            have = 0
        with self._client.stream(wanted.media, f"bytes={have}-" if have else None) as stream:
            return self._written(stream, wanted, part, have)

    def _written(self, stream: Stream, wanted: Wanted, part: Path, have: int) -> bool:
        resumed = stream.status == HTTPStatus.PARTIAL_CONTENT
        with part.open("ab" if resumed else "wb") as out:
            size = have if resumed else 0
            for chunk in stream.chunks:
                out.write(chunk)
                size += len(chunk)
                if size > wanted.bytes:
                    break
                if self._loop.stopping or self._line_is_busy():
                    return False
            out.flush()
            os.fsync(out.fileno())
        return True


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _is_whole(part: Path, wanted: Wanted) -> bool:
    if part.stat().st_size != wanted.bytes:
        return False
    with part.open("rb") as held:
        return file_digest(held, "sha256").hexdigest() == wanted.sha256
