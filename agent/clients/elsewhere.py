"""What is fetched from places other than the platform: http and https, redirections followed."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import requests

from agent.clients.line import Deadline, Line, Session
from agent.clients.municipal import is_loopback
from agent.clients.names import Names
from agent.clock import Clock
from agent.records.playlist_text import absolute
from study.address import is_web

_CONNECT_S = 10.0
_REDIRECTED_MAX = 5


class NowhereError(Exception):
    """An address, or one that it leads to, from which nothing is fetched; or it leads round and round."""


class Elsewhere:
    """Fetches from anywhere. Not for several threads at once; one costs little."""

    def __init__(self, clock: Clock, read_s: float, names: Names | None = None) -> None:
        """`read_s` bounds each single wait."""
        self._read_s = read_s
        self._deadline = Deadline(clock.mono_ms)
        self._session = Session()
        line = Line(self._deadline, names or Names(), read_s)
        self._session.mount("http://", line)
        self._session.mount("https://", line)

    def close(self) -> None:
        self._session.close()

    @contextmanager
    def answer(
        self, address: str, headers: Mapping[str, str], within_s: float
    ) -> Iterator[tuple[requests.Response, str]]:
        """The answer with its body still to come, and where it was found in the end.

        All of it, body too, takes at most `within_s`. Raises NowhereError, OSError or urllib3's HTTPError.
        """
        self._deadline.set(within_s)
        for _ in range(1 + _REDIRECTED_MAX):
            with closing(self._asked(address, headers)) as response:
                if not response.is_redirect:
                    yield response, address
                    return
                address = _led_to(response, address)
        raise NowhereError("it leads round and round")

    def _asked(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        if not is_web(address):
            raise NowhereError("no address to fetch from")
        # A proxy of the surroundings may lead there, but has no business on loopback.
        self._session.trust_env = not is_loopback(address)
        prepared = self._session.prepare_request(requests.Request("GET", address, headers=headers))
        return self._session.send(prepared, timeout=(_CONNECT_S, self._read_s), stream=True, verify=True)


def _led_to(response: requests.Response, address: str) -> str:
    # Header fields are read as Latin-1, whatever they were written in.
    location = response.headers["Location"].encode("latin-1").decode("utf-8", "surrogateescape")
    return absolute(location, address)
