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

from agent.clients.line import Deadline, Line, Session
from agent.clients.names import Names
from agent.clients.signing import Signer, public_text, sign
from agent.clients.telling import headers_of
from agent.clock import Clock
from agent.errors import CityError, DeclinedError, NoAnswerError, NonsenseError
from agent.records.anchoring import TimeTold, told_between
from agent.records.enrolment import Enrolment, enrolment_of, platform_key_of, pseudonym_key_of
from agent.records.outcome import Delivered, Outcome, outcome_of
from agent.records.replies import key_id_of, ranking_of, records_reply_of, standings_of
from agent.records.telling import Telling
from study.anchor import to_utc_ms
from study.city_api import (
    ARTICLES,
    CATALOGUE,
    ENROL,
    HEALTH,
    KEYS,
    OFFLINE_STANDINGS,
    PSEUDONYM_KEY,
    RANKING,
    RECORDS,
    SIGNED_COMPONENTS,
    EnrolRequest,
    KeyRequest,
    OfflineStandingEntry,
    RankingReply,
)
from study.wire import CONTENT_TYPE

_CONNECT_S = 15.0
"""Also for finding the name, and for TLS: 4 kB of certificates and four journeys of 2 s each."""
_READ_S = 20.0
_SLOWEST_BYTES_PER_S = 1_000
"""Half of what the thinnest line carries (16 kbit/s); what is sent or fetched gets its time by this."""
_CALL_S = 60.0
_CATALOGUE_S = 300.0
_AWAITED_S = 30.0
"""For a whole call, however slowly its reply trickles; and for one that somebody waits for."""
_WAIT_S_MAX = 7 * 86_400.0
"""What a platform asks a box to wait is believed up to here."""
_BODY_BYTES_MAX = 64 * 1024 * 1024
_PIECE_BYTES = 256 * 1024
"""At most; every piece that is passed on to the player costs a walk through a thread."""
_DATE_HEADER_MS = 1_000
"""A Date header is cut to whole seconds, and servers write it anew once a second only: up to two behind."""

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
        self,
        base_url: str,
        clock: Clock,
        *,
        connect_s: float = _CONNECT_S,
        read_s: float = _READ_S,
        names: Names | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._connect_s = connect_s
        self._read_s = read_s
        self._deadline = Deadline(clock.mono_ms)
        self._session = Session()
        line = Line(self._deadline, names or Names(), read_s)
        self._session.mount("http://", line)
        self._session.mount("https://", line)
        is_local = is_loopback(base_url)
        self.is_proven = is_local or base_url.startswith("https:")
        """Whether an answer can only be the platform's: nobody on the line can put another in its place."""
        # A proxy of the surroundings may lead to the city, but has no business on loopback.
        self._session.trust_env = not is_local

    def close(self) -> None:
        self._session.close()

    def health(self) -> TimeTold | None:
        """The platform's time. Raises CityError."""
        reply, told = self._json("GET", HEALTH, within_s=_AWAITED_S)
        if not isinstance(reply, dict) or "time" not in reply:
            # Any server has a Date header; taken for the platform's time it would move records to other days.
            raise NonsenseError(_NONSENSE)
        return told

    def platform_key(self) -> bytes:
        """The key that the platform signs receipts of USB parcels with. Raises CityError."""
        reply, _ = self._json("GET", HEALTH, within_s=_AWAITED_S)
        return platform_key_of(reply)

    def enrol(self, account: str, code: str, key: Ed25519PrivateKey) -> tuple[Enrolment, TimeTold | None]:
        """Ask to be the box of `account`. Raises CityError; DeclinedError 403 for a wrong code."""
        body = EnrolRequest(account=account, code=code, public_key=public_text(key))
        reply, told = self._json("POST", ENROL, within_s=_AWAITED_S, json=body)
        return enrolment_of(reply), told

    def name_key(self, new: Ed25519PrivateKey, signer: Signer) -> str:
        """Have the platform know this box by `new`; its id. The same key again gets the same answer.

        Raises CityError; DeclinedError 401 when the signing key does not hold.
        """
        body = json.dumps(KeyRequest(public_key=public_text(new))).encode()
        prepared = self._prepared("POST", KEYS, headers={"Content-Type": "application/json"}, data=body)
        sign(prepared, signer, SIGNED_COMPONENTS, body)
        reply, _ = self._call_for_json(prepared, _AWAITED_S)
        return key_id_of(reply)

    def pseudonym_key(self, signer: Signer) -> bytes:
        """The station's pseudonym key. Raises CityError."""
        return pseudonym_key_of(self._signed(PSEUDONYM_KEY, signer))

    def offline_standings(self, signer: Signer) -> list[OfflineStandingEntry]:
        """What was decided about the station's offline study. Raises CityError."""
        return standings_of(self._signed(OFFLINE_STANDINGS, signer))

    def catalogue(
        self, since: int, signer: Signer | None = None, telling: Telling | None = None
    ) -> tuple[Any, TimeTold | None]:
        """The catalogue's changes after a revision, unchecked. Raises CityError.

        Signed, it also tells the platform how this box is.
        """
        headers = {} if telling is None else headers_of(telling)
        prepared = self._prepared("GET", CATALOGUE, params={"since": str(since)}, headers=headers)
        if signer is not None:
            sign(prepared, signer, ("@method", "@path", *(name.lower() for name in headers)), None)
        return self._call_for_json(prepared, _CATALOGUE_S)

    def articles(self, since: int, before: str, most: int) -> Any:
        """A page of article headers, unchecked. Raises CityError."""
        params = {"since": str(since), "before": before, "most": str(most)}
        reply, _ = self._json("GET", ARTICLES, within_s=_CATALOGUE_S, params=params)
        return reply

    def ranking(self, district: str, month: str) -> RankingReply:
        """A district's ranking. Raises CityError."""
        reply, _ = self._json("GET", f"{RANKING}/{quote(district, safe='')}", params={"month": month})
        ranking = ranking_of(reply)
        if ranking["month"] != month:
            raise NonsenseError(_NONSENSE)
        return ranking

    def send_run(self, body: bytes, signer: Signer, telling: Telling) -> Outcome:
        """Deliver one run; every way in which it can go is a value."""
        headers = {"Content-Type": CONTENT_TYPE, **headers_of(telling)}
        prepared = self._prepared("POST", RECORDS, headers=headers, data=body)
        sign(prepared, signer, SIGNED_COMPONENTS, body)
        try:
            reply, told = self._call_for_json(prepared, _CALL_S + 2 * len(body) / _SLOWEST_BYTES_PER_S)
            return Delivered(records_reply_of(reply), told)
        except CityError as error:
            return outcome_of(error)

    @contextlib.contextmanager
    def stream(self, path: str, byte_range: str | None = None) -> Iterator[Stream]:
        """A file or playlist, by its unquoted path. Raises CityError."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": byte_range} if byte_range is not None else {})
        request = requests.Request("GET", self._base_url + quote(path), headers=headers)
        self._deadline.set(_CALL_S)
        response = self._send(self._session.prepare_request(request))
        with contextlib.closing(response):
            if response.status_code not in (200, 206, 416):
                raise DeclinedError(response.status_code, "no_media", f"市平台没有给出 {path}")
            yield Stream(response.status_code, response.headers, self._chunks(response))

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """A small file, whole. Raises CityError."""
        with self.stream(path) as stream:
            return whole(stream.chunks, bytes_max)

    def _json(
        self, method: str, path: str, *, within_s: float = _CALL_S, **parts: Any
    ) -> tuple[Any, TimeTold | None]:
        return self._call_for_json(self._prepared(method, path, **parts), within_s)

    def _signed(self, path: str, signer: Signer) -> object:
        """What the platform answers to a signed question that says nothing more. Raises CityError."""
        prepared = self._prepared("POST", path, headers={"Content-Type": "application/json"}, data=b"{}")
        sign(prepared, signer, SIGNED_COMPONENTS, b"{}")
        reply, _ = self._call_for_json(prepared, _AWAITED_S)
        return reply

    def _prepared(self, method: str, path: str, **parts: Any) -> requests.PreparedRequest:
        return self._session.prepare_request(requests.Request(method, self._base_url + path, **parts))

    def _call_for_json(
        self, prepared: requests.PreparedRequest, within_s: float
    ) -> tuple[Any, TimeTold | None]:
        asked_ms = self._clock.mono_ms()
        self._deadline.set(within_s)
        response = self._send(prepared)
        with contextlib.closing(response):
            answered_ms = self._clock.mono_ms()
            body = whole(_pieces(response), _BODY_BYTES_MAX)
        reply = _parsed(response.status_code, body)
        if not response.ok:
            raise _declined(response, reply)
        return reply, _time_told(response, reply, asked_ms, answered_ms)

    def _send(self, prepared: requests.PreparedRequest) -> requests.Response:
        # What was sent may still be on its way long after the system has taken the last byte of it.
        read_s = self._read_s + len(prepared.body or b"") / _SLOWEST_BYTES_PER_S
        try:
            # Redirects are not followed: a signed run must not go where a captive portal points.
            return self._session.send(
                prepared, timeout=(self._connect_s, read_s), stream=True, allow_redirects=False, verify=True
            )
        except requests.RequestException as error:
            raise _no_answer(error) from error

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        """A body as it comes, for which no more time is taken than a thin line needs.

        ```
        waiting ├──┤     ├─────┤ ├─┤     only this counts: who reads may pause as long as they like
        reading     ├───┤       ├  ┤
        ```
        """
        waited_s, came_bytes = 0.0, 0
        pieces = _pieces(response)
        while True:
            asked_ms = self._clock.mono_ms()
            self._deadline.set(_CALL_S + came_bytes / _SLOWEST_BYTES_PER_S - waited_s)
            piece = next(pieces, b"")
            if not piece:
                return
            waited_s += (self._clock.mono_ms() - asked_ms) / 1000
            came_bytes += len(piece)
            yield piece


def whole(pieces: Iterator[bytes], bytes_max: int) -> bytes:
    """A body, if it is no larger than told. Raises NonsenseError."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > bytes_max:
            raise NonsenseError("市平台的回应过大，未予接收")
    return bytes(held)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    try:
        # What has come is handed on at once: waiting for a full piece, nobody would see how slowly it comes.
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
            yield piece
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _no_answer(error) from error


def _no_answer(error: Exception) -> NoAnswerError:
    """Whether it was too slow, told by what lies at the bottom; who was never reached was not slow."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(error, requests.ConnectTimeout):
        if isinstance(cause, TimeoutError | urllib3.exceptions.ReadTimeoutError):
            return NoAnswerError(_SLOW, timed_out=True)
        cause = cause.__cause__ or cause.__context__
    return NoAnswerError(_NO_ANSWER)


def host_of(base_url: str) -> str | None:
    """The platform's host name; None if the address has none."""
    return urlsplit(base_url).hostname


def is_loopback(url: str) -> bool:
    """Whether it is on this very box."""
    return host_of(url) in ("127.0.0.1", "localhost", "::1")


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
    """Seconds; a date is compared with the Date of the same reply, never with a clock that may be wrong."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _WAIT_S_MAX)
    with contextlib.suppress(TypeError, ValueError, OverflowError, KeyError):
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(response.headers["Date"])
        return min(max(0.0, wait.total_seconds()), _WAIT_S_MAX)
    return None


def _time_told(response: requests.Response, reply: Any, asked_ms: int, answered_ms: int) -> TimeTold | None:
    text = reply.get("time") if isinstance(reply, dict) else None
    with contextlib.suppress(TypeError, ValueError, OverflowError, KeyError):
        if isinstance(text, str):
            return told_between(to_utc_ms(datetime.fromisoformat(text)), asked_ms, answered_ms)
        date = parsedate_to_datetime(response.headers["Date"])
        utc_ms = to_utc_ms(date) + _DATE_HEADER_MS
        return told_between(utc_ms, asked_ms - _DATE_HEADER_MS, answered_ms + _DATE_HEADER_MS)
    return None
