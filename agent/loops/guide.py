"""Guide keeping: reads lists of channels and programme guides when they have changed."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO, TypeVar

from agent.clients.guide_sources import GuideSourceClient
from agent.clock import Clock
from agent.errors import GuideError, cause
from agent.records.backoff import delay_s
from agent.records.channel_list import ChannelListError, channels_in
from agent.records.packed_text import PackedTextError, text_pieces
from agent.records.validators import Validators
from agent.records.xmltv import XmltvError, told_in
from agent.settings import Settings
from agent.stores.dates.moments import utc_ms_of
from agent.stores.disk.database import Database
from agent.stores.guide.building import build_guide
from agent.stores.guide.guide_form import Window
from agent.stores.guide.guides import Guides
from agent.stores.guide.line_up import keep_lists, list_validators, put_list
from study.anchor import from_utc_ms, to_utc_ms
from study.month import SHANGHAI, local

log = logging.getLogger(__name__)

_FILE_EVERY_S = 60.0
_WITHOUT_CLOCK_S = 60.0
_DAYS_BEFORE, _DAYS_AFTER = 1, 14
_UNDATED = "本机时间还没有核准，等对时以后再读"
_Read = TypeVar("_Read")
_FETCHED = "fetched"
"""The file that a source is fetched into, one at a time."""


@dataclass(slots=True)
class _Source:
    """One file or web address that the operator named."""

    name: str
    is_list: bool
    due_ms: int = 0
    failures: int = 0
    trouble: str = ""

    @property
    def is_file(self) -> bool:
        return self.name.startswith("/")


class GuideKeeping:
    """One source a turn; `handle_one_source` is one turn."""

    def __init__(
        self,
        database: Database,
        guides: Guides,
        client: GuideSourceClient,
        clock: Clock,
        settings: Settings,
        draw: Callable[[float, float], float],
        goes_on: Callable[[], bool],
    ) -> None:
        """`goes_on` is asked in the middle of long turns; once it says no, they end."""
        self._database = database
        self._guides = guides
        self._client = client
        self._clock = clock
        self._settings = settings
        self._draw = draw
        self._goes_on = goes_on
        self._sources = [_Source(name, is_list=True) for name in settings.channel_lists]
        self._sources += [_Source(name, is_list=False) for name in settings.programme_guides]
        self._is_tidy = False

    @property
    def troubles(self) -> dict[str, str]:
        """Why a source was not taken when it was last read, in Chinese; those in order are missing."""
        return {source.name: source.trouble for source in self._sources if source.trouble}

    def read_all(self) -> None:
        """All sources are looked at in the next turns."""
        for source in self._sources:
            source.due_ms = 0

    def handle_one_source(self) -> float:
        """Read the next source that is due, if it has changed. Returns the seconds until the next turn."""
        if not self._is_tidy:
            self._tidy()
        now_ms = self._clock.mono_ms()
        source = min(self._sources, key=lambda each: each.due_ms, default=None)
        if source is None:
            return self._settings.guide_every_s
        if source.due_ms > now_ms:
            return (source.due_ms - now_ms) / 1000
        try:
            wait_s = self._read(source)
        except (GuideError, OSError) as error:
            wait_s = self._failed(source, error)
        source.due_ms = self._clock.mono_ms() + int(wait_s * 1000)
        return 0.0

    def _tidy(self) -> None:
        self._guides.tidy()
        with self._database.writing() as tables:
            keep_lists(tables, self._settings.channel_lists)
        self._is_tidy = True

    def _read(self, source: _Source) -> float:
        wait_s = self._read_list(source) if source.is_list else self._read_guide(source)
        source.failures = 0
        return wait_s

    def _failed(self, source: _Source, error: Exception) -> float:
        words = error.words if isinstance(error, GuideError) else cause(error)  # type: ignore[arg-type]
        if words != source.trouble:
            log.warning("%s 没有采用：%s；原来的照常使用", source.name, words)
        source.trouble = words
        source.failures += 1
        return delay_s(
            source.failures,
            min_s=self._settings.retry_min_s,
            max_s=self._settings.guide_every_s,
            retry_after_s=self._settings.retry_min_s,
            draw=self._draw,
        )

    def _every_s(self, source: _Source) -> float:
        every_s = self._settings.guide_every_s
        return min(_FILE_EVERY_S, every_s) if source.is_file else every_s

    def _read_list(self, source: _Source) -> float:
        with self._database.reading() as tables:
            known = list_validators(tables, source.name)
        with self._changed(source, known) as (file, validators):
            if file is not None:
                with file.open("rb") as held:
                    found = _understood(lambda: channels_in(self._pieces(held)))
                place = self._settings.channel_lists.index(source.name)
                with self._database.writing() as tables:
                    put_list(tables, source.name, place, found.channels, validators)
                log.info(
                    "%s: %s channels, %s doubled, %s set aside",
                    *(source.name, len(found.channels), found.doubled, found.set_aside),
                )
        source.trouble = ""
        return self._every_s(source)

    def _read_guide(self, source: _Source) -> float:
        with self._database.reading() as tables:
            now_utc_ms = utc_ms_of(tables, self._clock.boot, self._clock.mono_ms())
        if now_utc_ms is None:
            # Which days to keep nobody can say; what was kept stays.
            source.trouble = _UNDATED
            return _WITHOUT_CLOCK_S
        window, facts = window_at(now_utc_ms), self._guides.facts(source.name)
        # A guide that goes on behind its window has more to give on every new day, changed or not.
        is_used_up = facts is not None and facts.goes_on and facts.window != window
        known = None if facts is None or is_used_up else facts.validators
        with self._changed(source, known) as (file, validators):
            if file is not None:
                with file.open("rb") as held:
                    built = _understood(
                        lambda: build_guide(
                            self._guides.file(source.name),
                            told_in(self._pieces(held)),
                            window,
                            validators,
                            self._goes_on,
                        )
                    )
                log.info("%s: %s programmes of %s channels", source.name, built.programmes, built.channels)
        source.trouble = ""
        return self._every_s(source)

    def _pieces(self, held: BinaryIO) -> Iterator[str]:
        for piece in text_pieces(held):
            if not self._goes_on():
                raise GuideError("读取中断，下次再读")
            yield piece

    @contextmanager
    def _changed(self, source: _Source, known: Validators | None) -> Iterator[tuple[Path | None, Validators]]:
        """The file to read with what it is known by; no file where it is as it was known."""
        if source.is_file:
            file = Path(source.name)
            found = file.stat()
            validators = Validators(f"{found.st_size}-{found.st_mtime_ns}")
            yield None if validators == known else file, validators
            return
        fetched = self._settings.guide_folder / _FETCHED
        try:
            told = self._client.fetch(source.name, known or Validators(), fetched, self._goes_on)
            yield None if told is None else fetched, told or Validators()
        finally:
            fetched.unlink(missing_ok=True)


def window_at(now_utc_ms: int) -> Window:
    """From the beginning of yesterday to the end of the fourteenth day after today, in China's time."""
    today = datetime.combine(local(from_utc_ms(now_utc_ms)).date(), time(), SHANGHAI)
    first, end = today - timedelta(days=_DAYS_BEFORE), today + timedelta(days=1 + _DAYS_AFTER)
    return Window(to_utc_ms(first), to_utc_ms(end))


def _understood(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except PackedTextError as error:
        raise GuideError(f"文件不完整或不能解压（{error}）") from error
    except XmltvError as error:
        raise GuideError(f"不是完整的 XMLTV 节目单（{error}）") from error
    except ChannelListError as error:
        raise GuideError(f"不是 M3U 频道表（{error}）") from error
