"""Relay: passes the city's media and live streams on to the player, as they come."""

import logging
import re
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, closing, suppress

from fastapi.responses import Response, StreamingResponse
from starlette.types import Send

from agent.api.live_edge import LiveEdge
from agent.clients.municipal import MunicipalClient, Stream
from agent.clients.streams import Streams
from agent.clock import Clock
from agent.errors import ApiError, CityError, NoAnswerError, NonsenseError
from study.address import is_playlist

log = logging.getLogger(__name__)

_PASSED_ON = ("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "Cache-Control")
_PLAIN = re.compile(r"[!-~]([ -~]{0,198}[!-~])?")
_LENGTH = re.compile(r"[0-9]{1,15}")
_PLAYLIST_BYTES_MAX = 1_000_000
_BUSY_AFTER_MS = 20_000
"""Players fetch in pieces; so long after the last one somebody still watches."""


class Relay:
    """Streams under way, so that downloads can stand back."""

    def __init__(self, new_client: Callable[[], MunicipalClient], clock: Clock) -> None:
        self._streams = Streams(new_client, clock)
        self._clock = clock
        self._lock = threading.Lock()
        self._under_way = 0
        self._last_ms: int | None = None
        self._edge = LiveEdge(clock)

    def is_busy(self) -> bool:
        """Whether somebody plays something that comes over the line."""
        with self._lock:
            lately = self._last_ms is not None and self._clock.mono_ms() - self._last_ms < _BUSY_AFTER_MS
            return self._under_way > 0 or lately

    def respond(self, path: str, byte_range: str | None) -> Response:
        """The platform's answer for a path below its root, streamed. Raises CityError, never midway.

        A playlist is answered whole; a live one that has stopped moving on with ApiError 503:
        a player that fetches it anew would show the same last minute over and over.
        """
        whole = is_playlist(path)
        stack = ExitStack()
        try:
            stream = stack.enter_context(self._streams.stream(path, None if whole else byte_range))
        except CityError as error:
            log.warning("%s not passed on: %s", path, error.words)
            raise
        if whole and stream.status == 200:
            return self._playlist(path, stream, stack)
        return _Passing(
            self._passed_on(stream, stack), status_code=stream.status, headers=_sound(stream.headers)
        )

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """A small file that somebody waits for, whole; downloads stand back. Raises CityError."""
        self._count(1)
        try:
            return self._streams.fetch(path, bytes_max)
        finally:
            self._count(-1)

    def admit(self, name: str, playlist: bytes) -> None:
        """Somebody plays by this playlist. Raises ApiError 503 if it is live and has stopped moving on."""
        self._count(0)
        if self._edge.stands(name, playlist):
            log.warning("%s has stopped moving on", name)
            raise ApiError(503, "live_stands", "这个频道的信号停了，恢复后会自动接着播放")

    def _passed_on(self, stream: Stream, stack: ExitStack) -> Generator[bytes, None, None]:
        with stack:
            self._count(1)
            try:
                yield from stream.chunks
            finally:
                self._count(-1)

    def _playlist(self, path: str, stream: Stream, stack: ExitStack) -> Response:
        content = bytearray()
        with closing(self._passed_on(stream, stack)) as chunks:
            for chunk in chunks:
                content += chunk
                if len(content) > _PLAYLIST_BYTES_MAX:
                    raise NonsenseError(f"市平台给出的播放列表 {path} 太长")
        self.admit(path, bytes(content))
        headers = _sound(stream.headers)
        headers.pop("Content-Length", None)
        return Response(bytes(content), status_code=stream.status, headers=headers)

    def _count(self, change: int) -> None:
        with self._lock:
            self._under_way += change
            self._last_ms = self._clock.mono_ms()


class _Passing(StreamingResponse):
    """A body that breaks off with the line: the player sees it short, and asks again from where it is."""

    async def stream_response(self, send: Send) -> None:
        with suppress(NoAnswerError):
            await super().stream_response(send)


def _sound(told: Mapping[str, str]) -> dict[str, str]:
    """Those headers that the player needs, as far as they make sense."""
    headers = {name: told[name] for name in _PASSED_ON if _PLAIN.fullmatch(told.get(name, ""))}
    if "Content-Encoding" in told or not _LENGTH.fullmatch(told.get("Content-Length", "")):
        # The length of what came is not that of what goes on.
        headers.pop("Content-Length", None)
    return headers
