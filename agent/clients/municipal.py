"""The municipal platform as the agent calls it; nothing here waits without a limit."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import requests
import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.signing import public_text, sign
from agent.clock import Clock
from agent.errors import CityError, DeclinedError, NoAnswerError, NonsenseError
from agent.records.anchoring import TimeTold, told_between
from agent.records.enrolment import Enrolment, enrolment_of
from agent.records.outcome import Delivered, Outcome, outcome_of
from agent.records.replies import ranking_of, records_reply_of
from study.anchor import to_utc_ms
from study.city_api import (
    BACKLOG_HEADER,
    CATALOGUE,
    ENROL,
    HEALTH,
    RANKING,
    RECORDS,
    EnrolRequest,
    RankingReply,
)
from study.wire import CONTENT_TYPE

_CONNECT_S = 5.0
_READ_S = 20.0
_BODY_BYTES_MAX = 64 * 1024 * 1024
_CALL_MS_MAX = 300_000
_AWAITED_MS_MAX = 20_000
"""For a whole reply, however slowly it trickles; and for one that somebody waits for."""
_CHUNK_BYTES = 64 * 1024
_DATE_HEADER_MS = 500
"""A Date header is cut to whole seconds."""

_NO_ANSWER = "连不上市平台，请检查网络；学习照常进行，记录稍后自动上传"
_SLOW = "市平台没有及时回应，稍后自动再试"
_NONSENSE = "收到的回应不是市平台发来的，可能需要先登录网络，或平台地址不对"


@dataclass(frozen=True, slots=True)
class Stream:
    """A body as it comes; reading it raises NoAnswerError when it stops coming."""

    status: int
    """200, 206 or 416."""
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class MunicipalClient:
    """Calls to one platform. Not for several threads at once; a client costs little."""

    def __init__(
        self, base_url: str, clock: Clock, *, connect_s: float = _CONNECT_S, read_s: float = _READ_S
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._timeouts = (connect_s, read_s)
        self._session = requests.Session()
        # A proxy of the surroundings may lead to the city, but has no business on loopback.
        self._session.trust_env = host_of(base_url) not in ("127.0.0.1", "localhost", "::1")

    def close(self) -> None:
        self._session.close()

    def health(self) -> TimeTold | None:
        """The platform's time. Raises CityError."""
        reply, told = self._json("GET", HEALTH, within_ms=_AWAITED_MS_MAX)
        if not isinstance(reply, dict) or "time" not in reply:
            # Any server has a Date header; taken for the platform's time it would move records to other days.
            raise NonsenseError(_NONSENSE)
        return told

    def enrol(self, account: str, code: str, key: Ed25519PrivateKey) -> tuple[Enrolment, TimeTold | None]:
        """Ask to be the box of `account`. Raises CityError; DeclinedError 403 for a wrong code."""
        body = EnrolRequest(account=account, code=code, public_key=public_text(key))
        reply, told = self._json("POST", ENROL, within_ms=_AWAITED_MS_MAX, json=body)
        return enrolment_of(reply), told

    def catalogue(self, since: int) -> tuple[Any, TimeTold | None]:
        """The catalogue's changes after a revision, unchecked. Raises CityError."""
        return self._json("GET", CATALOGUE, params={"since": str(since)})

    def ranking(self, district: str, month: str) -> RankingReply:
        """A district's ranking. Raises CityError."""
        reply, _ = self._json("GET", f"{RANKING}/{quote(district, safe='')}", params={"month": month})
        return ranking_of(reply)

    def send_run(
        self, body: bytes, key: Ed25519PrivateKey, key_id: str, backlog: int, created: datetime
    ) -> Outcome:
        """Deliver one run; every way in which it can go is a value."""
        headers = {"Content-Type": CONTENT_TYPE, BACKLOG_HEADER: str(backlog)}
        request = requests.Request("POST", self._base_url + RECORDS, headers=headers, data=body)
        prepared = self._session.prepare_request(request)
        sign(prepared, key, key_id, body, created)
        try:
            reply, told = self._call_for_json(prepared)
            return Delivered(records_reply_of(reply), told)
        except CityError as error:
            return outcome_of(error)

    @contextlib.contextmanager
    def stream(self, path: str, byte_range: str | None = None) -> Iterator[Stream]:
        """A file or playlist, by its unquoted path. Raises CityError."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": byte_range} if byte_range is not None else {})
        request = requests.Request("GET", self._base_url + quote(path), headers=headers)
        response = self._send(self._session.prepare_request(request))
        with contextlib.closing(response):
            if response.status_code not in (200, 206, 416):
                raise DeclinedError(response.status_code, "no_media", f"市平台没有给出 {path}")
            yield Stream(response.status_code, response.headers, _chunks(response))

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """A small file, whole. Raises CityError."""
        with self.stream(path) as stream:
            return self._whole(stream.chunks, bytes_max)

    def _json(
        self, method: str, path: str, *, within_ms: int = _CALL_MS_MAX, **parts: Any
    ) -> tuple[Any, TimeTold | None]:
        request = requests.Request(method, self._base_url + path, **parts)
        return self._call_for_json(self._session.prepare_request(request), within_ms)

    def _call_for_json(
        self, prepared: requests.PreparedRequest, within_ms: int = _CALL_MS_MAX
    ) -> tuple[Any, TimeTold | None]:
        asked_ms = self._clock.mono_ms()
        response = self._send(prepared)
        with contextlib.closing(response):
            answered_ms = self._clock.mono_ms()
            body = self._whole(_chunks(response), _BODY_BYTES_MAX, within_ms)
        reply = _parsed(response.status_code, body)
        if not response.ok:
            raise _declined(response, reply)
        return reply, _time_told(response, reply, asked_ms, answered_ms)

    def _send(self, prepared: requests.PreparedRequest) -> requests.Response:
        try:
            # Redirects are not followed: a signed run must not go where a captive portal points.
            return self._session.send(
                prepared, timeout=self._timeouts, stream=True, allow_redirects=False, verify=True
            )
        except requests.Timeout as error:
            raise NoAnswerError(_SLOW, timed_out=True) from error
        except requests.RequestException as error:
            raise NoAnswerError(_NO_ANSWER) from error

    def _whole(self, chunks: Iterator[bytes], bytes_max: int, within_ms: int = _CALL_MS_MAX) -> bytes:
        started_ms = self._clock.mono_ms()
        held = bytearray()
        for chunk in chunks:
            held += chunk
            if len(held) > bytes_max:
                raise NonsenseError("市平台的回应过大，未予接收")
            if self._clock.mono_ms() - started_ms > within_ms:
                raise NoAnswerError(_SLOW, timed_out=True)
        return bytes(held)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    try:
        # What has come is handed on at once: waiting for a full chunk, a trickle would never be noticed.
        while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            yield chunk
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        timed_out = "timed out" in str(error).lower()
        raise NoAnswerError(_SLOW if timed_out else _NO_ANSWER, timed_out=timed_out) from error


def host_of(base_url: str) -> str | None:
    """The platform's host name; None if the address has none."""
    return urlsplit(base_url).hostname


def _parsed(status: int, body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        if status >= HTTPStatus.BAD_REQUEST:
            return None
        raise NonsenseError(_NONSENSE) from error


def _declined(response: requests.Response, reply: Any) -> CityError:
    status = response.status_code
    own_words = isinstance(reply, dict) and isinstance(reply.get("code"), str)
    final = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    if not own_words:
        # Another server's 404 must not make this box give up its records.
        if final and status not in (401, 403, 408, 413, 429):
            return NonsenseError(_NONSENSE)
        reply = {"code": f"http_{status}", "words": f"市平台暂时不能处理（{status}），稍后自动再试"}
    return DeclinedError(
        status,
        reply["code"],
        str(reply.get("words") or reply["code"]),
        retry_after_s=_retry_after_s(response),
    )


def _retry_after_s(response: requests.Response) -> float | None:
    """Whole seconds only: a date would have to be compared with a clock that may be wrong."""
    text = response.headers.get("Retry-After", "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _time_told(response: requests.Response, reply: Any, asked_ms: int, answered_ms: int) -> TimeTold | None:
    text = reply.get("time") if isinstance(reply, dict) else None
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        if isinstance(text, str):
            return told_between(to_utc_ms(datetime.fromisoformat(text)), asked_ms, answered_ms)
        date = parsedate_to_datetime(response.headers["Date"])
        utc_ms = to_utc_ms(date) + _DATE_HEADER_MS
        return told_between(utc_ms, asked_ms - _DATE_HEADER_MS, answered_ms + _DATE_HEADER_MS)
    return None
