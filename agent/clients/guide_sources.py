"""Guides and lists of channels, fetched from where the operator says they are."""

import os
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import requests
import urllib3

from agent.clients.elsewhere import Elsewhere, NowhereError
from agent.clients.names import Names
from agent.clock import Clock
from agent.errors import GuideError, cause
from agent.records.validators import Validators

_READ_S = 60.0
_WITHIN_S = 2 * 3600.0
"""For the whole: 100 MB at 14 kB/s."""
_BYTES_MAX = 1_000_000_000
_KEPT_FREE_BYTES = 500_000_000
"""Records must always find room."""
_PIECE_BYTES = 64 * 1024
_HEADERS = {"User-Agent": "zhanxue", "Accept-Encoding": "gzip"}
"""What comes packed is kept packed, and unpacked where it is read."""
_VALIDATOR_MAX = 500


class GuideSourceClient:
    """Fetches from anywhere. Not for several threads at once."""

    def __init__(self, clock: Clock, names: Names | None = None) -> None:
        self._elsewhere = Elsewhere(clock, _READ_S, names)

    def close(self) -> None:
        self._elsewhere.close()

    def fetch(
        self, address: str, known: Validators, to: Path, goes_on: Callable[[], bool]
    ) -> Validators | None:
        """Put what is there into the file `to`, as it comes; None where it is as it was `known`.

        Redirections are followed. `goes_on` is asked now and then; once it says no, this ends. Raises
        GuideError; then `to` may hold a part.
        """
        try:
            with self._elsewhere.answer(address, _HEADERS | known.headers, _WITHIN_S) as (response, _):
                if response.status_code == HTTPStatus.NOT_MODIFIED:
                    return None
                if not response.ok:
                    raise GuideError(f"对方没有给出（{response.status_code}）")
                _keep(response, to, goes_on)
                return _validators(response)
        except NowhereError as error:
            raise GuideError("这个网址转到了不能打开的地址，或转来转去没有结果") from error
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise GuideError(_words(error)) from error


def _keep(response: requests.Response, to: Path, goes_on: Callable[[], bool]) -> None:
    size = 0
    with to.open("wb") as held:
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
            size += len(piece)
            if size > _BYTES_MAX:
                raise GuideError(f"超过 {_BYTES_MAX // 1_000_000} MB，不像是节目单或频道表")
            if shutil.disk_usage(to.parent).free < _KEPT_FREE_BYTES:
                raise GuideError("磁盘空间不够，请清理磁盘")
            if not goes_on():
                raise GuideError("读取中断，下次再读")
            held.write(piece)
        held.flush()
        os.fsync(held.fileno())


def _validators(response: requests.Response) -> Validators:
    told = (response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    return Validators(*(each if len(each) <= _VALIDATOR_MAX else "" for each in told))


def _words(error: Exception) -> str:
    if isinstance(error, requests.RequestException) or not isinstance(error, OSError):
        return "没有应答，或应答到一半就断了"
    return cause(error)
