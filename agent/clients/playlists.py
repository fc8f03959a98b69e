"""Playlists of channels that are not the platform's, fetched from where the catalogue says they are."""

from contextlib import closing
from dataclasses import dataclass

import requests
import urllib3

from agent.clients.line import Deadline, Line, Session
from agent.clients.municipal import is_loopback
from agent.clients.names import Names
from agent.clock import Clock
from agent.errors import ApiError
from agent.records.playlist_text import absolute
from study.address import is_web

_CONNECT_S = 10.0
_READ_S = 10.0
_WITHIN_S = 20.0
"""For the whole with all redirections, however slowly it trickles: somebody waits at the television."""
_REDIRECTED_MAX = 5
_BYTES_MAX = 1_000_000
_PIECE_BYTES = 64 * 1024
_HEAD, _MARK = b"#EXTM3U", b"\xef\xbb\xbf"
_HEADERS = {"User-Agent": "zhanxue", "Accept-Encoding": "identity"}

_NO_ANSWER = "这个频道的信号源没有应答，恢复后会自动接着播放；其他频道照常能看"
_DECLINED = "这个频道的信号源没有给出节目（{status}），恢复后会自动接着播放；其他频道照常能看"
_NONSENSE = "这个频道的地址给出的不是直播，可能要先登录网络，或地址已经失效；其他频道照常能看"


@dataclass(frozen=True, slots=True)
class Playlist:
    """As it came; what it names is relative to `address`, where it was found in the end."""

    content: bytes
    address: str


class PlaylistClient:
    """Fetches from anywhere. Not for several threads at once; a client costs little."""

    def __init__(self, clock: Clock, names: Names | None = None) -> None:
        self._deadline = Deadline(clock.mono_ms)
        self._session = Session()
        line = Line(self._deadline, names or Names(), _READ_S)
        self._session.mount("http://", line)
        self._session.mount("https://", line)

    def close(self) -> None:
        self._session.close()

    def fetch(self, address: str) -> Playlist:
        """Whole, redirections followed. Raises ApiError 502 with what to tell a person."""
        self._deadline.set(_WITHIN_S)
        try:
            for _ in range(1 + _REDIRECTED_MAX):
                with closing(self._asked(address)) as response:
                    if response.is_redirect:
                        address = _led_to(response, address)
                    elif response.ok:
                        return Playlist(_content(response), address)
                    else:
                        raise _refused(_DECLINED.format(status=response.status_code))
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise _refused(_NO_ANSWER) from error
        raise _refused(_NONSENSE)

    def _asked(self, address: str) -> requests.Response:
        if not is_web(address):
            raise _refused(_NONSENSE)
        # A proxy of the surroundings may lead to the channel, but has no business on loopback.
        self._session.trust_env = not is_loopback(address)
        prepared = self._session.prepare_request(requests.Request("GET", address, headers=_HEADERS))
        return self._session.send(prepared, timeout=(_CONNECT_S, _READ_S), stream=True, verify=True)


def _led_to(response: requests.Response, address: str) -> str:
    # Header fields are read as Latin-1, whatever they were written in.
    location = response.headers["Location"].encode("latin-1").decode("utf-8", "surrogateescape")
    return absolute(location, address)


def _content(response: requests.Response) -> bytes:
    held = bytearray()
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
        held += piece
        if len(held) > _BYTES_MAX:
            raise _refused(_NONSENSE)
    if not held.removeprefix(_MARK).startswith(_HEAD):
        raise _refused(_NONSENSE)
    return bytes(held)


def _refused(words: str) -> ApiError:
    return ApiError(502, "no_playlist", words)
