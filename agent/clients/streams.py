"""Streams of the platform, one after another over the same connection while it stands."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from agent.clients.municipal import MunicipalClient, Stream, whole
from agent.clock import Clock
from agent.errors import NoAnswerError

_SPARE_MAX = 2
"""A player fetches a playlist beside a segment, seldom more."""
_SPARE_MS = 15_000
"""Longer than any segment; a line that changed in the meantime would keep a call waiting for nothing."""


class Streams:
    """Keeps clients that have served: over TLS a new one costs the line 4 kB and three journeys a segment."""

    def __init__(self, new_client: Callable[[], MunicipalClient], clock: Clock) -> None:
        self._new_client = new_client
        self._clock = clock
        self._lock = threading.Lock()
        self._spare: list[tuple[MunicipalClient, int]] = []

    @contextmanager
    def stream(self, path: str, byte_range: str | None = None) -> Iterator[Stream]:
        """As MunicipalClient.stream. From any thread; read and left in another if need be."""
        with ExitStack() as stack:
            yield self._opened(path, byte_range, stack)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """As MunicipalClient.fetch: a small file, whole. Raises CityError."""
        with self.stream(path) as stream:
            return whole(stream.chunks, bytes_max)

    def _opened(self, path: str, byte_range: str | None, stack: ExitStack) -> Stream:
        if (spare := self._taken()) is not None:
            try:
                return stack.enter_context(self._used(spare, path, byte_range))
            except NoAnswerError as error:
                if error.timed_out:
                    raise
                # The platform may have closed this connection just now; a new one tells.
        return stack.enter_context(self._used(self._new_client(), path, byte_range))

    @contextmanager
    def _used(self, client: MunicipalClient, path: str, byte_range: str | None) -> Iterator[Stream]:
        try:
            with client.stream(path, byte_range) as stream:
                yield stream
        except BaseException:
            client.close()
            raise
        self._keep(client)

    def _taken(self) -> MunicipalClient | None:
        """The one that was used last: its connection is the likeliest to stand."""
        with self._lock:
            oldest_ms = self._clock.mono_ms() - _SPARE_MS
            for client, since_ms in self._spare:
                if since_ms < oldest_ms:
                    client.close()
            self._spare = [spare for spare in self._spare if spare[1] >= oldest_ms]
            return self._spare.pop()[0] if self._spare else None

    def _keep(self, client: MunicipalClient) -> None:
        with self._lock:
            if len(self._spare) < _SPARE_MAX:
                self._spare.append((client, self._clock.mono_ms()))
                return
        client.close()
