"""Playlists of channels that are not the platform's, fetched from where the catalogue says they are."""

from dataclasses import dataclass

import requests
import urllib3

from agent.clients.elsewhere import Elsewhere, NowhereError
from agent.clients.names import Names
from agent.clock import Clock
from agent.errors import ApiError

_READ_S = 10.0
_WITHIN_S = 20.0
"""For the whole with all redirections, however slowly it trickles: somebody waits at the television."""
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
        self._elsewhere = Elsewhere(clock, _READ_S, names)

    def close(self) -> None:
        self._elsewhere.close()

    def fetch(self, address: str) -> Playlist:
        """Whole, redirections followed. Raises ApiError 502 with what to tell a person."""
        try:
            with self._elsewhere.answer(address, _HEADERS, _WITHIN_S) as (response, found_at):
                if response.ok:
                    return Playlist(_content(response), found_at)
                raise _refused(_DECLINED.format(status=response.status_code))
        except NowhereError as error:
            raise _refused(_NONSENSE) from error
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise _refused(_NO_ANSWER) from error


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
