"""A small city platform over real HTTP, whose answers a test can spoil."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, algorithms
from http_message_signatures.exceptions import HTTPMessageSignaturesException
from http_message_signatures.resolvers import MappingKeyResolver

from study.article import body_path, picture_path
from study.article_body import Block, Paragraph, Picture, body_bytes
from study.city_api import PSEUDONYM_KEY
from study.group.examination import check_group
from study.group.record import GroupRecord
from study.record import Record, Refusal, StudyRecord, check, content
from study.wire import RUN_BYTES_MAX, WireError, decode

ACCOUNT, CODE = "bj110101", "2468-1357"
STATION = {"number": "110101001", "name": "前门社区学习站", "district": "东城区", "type": "community"}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)

CUE = "1\r\n00:00:01,000 --> 00:00:02,000\r\n选料要新鲜、干燥\r\n".encode("gb18030")
JPEG = b"\xff\xd8\xff\xe0" + bytes(1_000) + b"\xff\xd9"
"""As much of a picture as the agent looks at."""

PLATFORM_KEY = base64.b64encode(bytes(32)).decode()
"""Nobody's: this city gives no receipts."""


def _trouble(record: Record) -> Refusal | None:
    match record:
        case StudyRecord():
            return check(record)
        case GroupRecord():
            return check_group(record)
        case _:
            return None


Answer = tuple[int, dict[str, str], bytes]

HANG_UP: Answer = (0, {}, b"")
"""No answer at all, and nothing was taken in."""


def said(status: int, code: str, words: str = "平台的话", **headers: str) -> Answer:
    """An error answer in the platform's own form."""
    return status, headers, json.dumps({"code": code, "words": words}).encode()


@dataclass
class FakeCity:
    """What the platform holds, and what it will do wrong."""

    url: str = ""
    courses: list[dict[str, Any]] = field(default_factory=list)
    channels: list[dict[str, Any]] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    removed_articles: list[str] = field(default_factory=list)
    has_articles: bool = True
    """Platforms of older versions have none."""
    files: dict[str, bytes] = field(default_factory=dict)
    revision: int = 1
    keys: dict[str, bytes] = field(default_factory=dict)
    pseudonym_key: bytes = b"k" * 32
    replaced: dict[str, str] = field(default_factory=dict)
    """Which key followed which, by their ids."""
    struck_off: set[str] = field(default_factory=set)
    held: dict[int, Record] = field(default_factory=dict)
    refused: dict[int, Refusal] = field(default_factory=dict)
    refuse: Callable[[Record], Refusal | None] = _trouble
    faults: list[Callable[[], Answer | None]] = field(default_factory=list)
    """Each spoils one delivery: an answer instead of the right one, or None to cut the line after intake."""
    key_faults: list[Answer] = field(default_factory=list)
    """Each is the answer to one naming of a key, instead of the right one."""
    spoil: Callable[[Answer], Answer | None] | None = None
    """Changes the right answer of the next delivery, after intake; None cuts the line."""
    raw: dict[str, bytes] = field(default_factory=dict)
    """Paths that are answered with these very bytes, then the line is cut."""
    cut: str = "//"
    """The line is cut before the answer to whatever begins like this."""
    calls: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    """The header fields beside each of `bodies`."""
    ranges: list[str | None] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None
    server_pause: threading.Event = field(default_factory=threading.Event)
    """For faults that answer late: set once the test has seen enough."""

    def add_course(
        self, course_id: str, length_ms: int = 100_000, media: bytes = b"media" * 1000, **more: Any
    ) -> None:
        """One course with one episode, its media and cover."""
        path, cover = f"/media/{course_id}.mp4", f"/covers/{course_id}.png"
        self.files[path], self.files[cover] = media, PNG
        episode = {
            "item_id": f"{course_id}.1",
            "number": 1,
            "title": "第一集",
            "length_ms": length_ms,
            "media": path,
            "sha256": hashlib.sha256(media).hexdigest(),
            "bytes": len(media),
        }
        course = {
            "course_id": course_id,
            "title": f"课程{course_id}",
            "producer": "市委组织部",
            "category": "农业技术",
            "topic": "",
            "monthly": "",
            "cover": cover,
            "episodes": [episode],
        }
        self.courses.append({**course, **more})

    def add_article(self, article_id: str, *blocks: Block, **more: Any) -> dict[str, Any]:
        """One article; its header as it is told."""
        body = body_bytes(blocks or (Paragraph("正文"),))
        digest = hashlib.sha256(body).hexdigest()
        self.files[f"/media/{body_path(digest)}"] = body
        names = {"title": f"图文{article_id}", "producer": "农科院", "category": "实用技术", "topic": ""}
        told = {"article_id": article_id, **names, "published_on": "2026-11-03", "body": digest}
        self.articles.append(told | {"bytes": len(body)} | more)
        return self.articles[-1]

    def add_picture(self, data: bytes = JPEG, width_px: int = 400, height_px: int = 300) -> Picture:
        """A picture that an article may hold."""
        digest = hashlib.sha256(data).hexdigest()
        path = f"/media/{picture_path(digest)}"
        self.files[path] = data
        return Picture(path, digest, len(data), width_px, height_px, "图")

    def add_beside(self, course_id: str, text: bytes = CUE, sheet: bytes = JPEG) -> None:
        """Subtitles and a sheet of thumbnails beside the first episode of a course."""
        path, prefix = f"/media/{course_id}.srt", f"/media/thumbnails/{course_id}"
        self.files[path], self.files[f"{prefix}-1.jpg"] = text, sheet
        [course] = [course for course in self.courses if course["course_id"] == course_id]
        told = {"language": "zh", "name": "中文", "path": path}
        told |= {"sha256": hashlib.sha256(text).hexdigest(), "bytes": len(text)}
        course["episodes"][0] |= {"subtitles": [told], "thumbnails": prefix}

    def add_channel(self, channel_id: str) -> None:
        """One live channel whose playlist names one segment beside it."""
        playlist = f"/live/{channel_id}/index.m3u8"
        self.files[playlist] = b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nseg-1.ts\n"
        self.files[f"/live/{channel_id}/seg-1.ts"] = b"segment"
        self.channels.append(
            {"channel_id": channel_id, "number": 1, "title": "党建频道", "playlist": playlist}
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are nothing to talk about."""


@contextmanager
def running_city(port: int = 0, city: FakeCity | None = None) -> Iterator[FakeCity]:
    """The platform on a socket of its own, until the block ends."""
    held = city or FakeCity()
    server = _Server(("127.0.0.1", port), _handler(held))
    held.url, held.server = f"http://127.0.0.1:{server.server_address[1]}", server
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(city: FakeCity) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            city.calls.append(f"GET {parts.path}")
            if parts.path in city.raw or parts.path.startswith(city.cut):
                self.wfile.write(city.raw.get(parts.path, b""))
                self.close_connection = True
                return
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._give(_get(city, unquote(parts.path), query, self.headers.get("Range")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            city.calls.append(f"POST {self.path}")
            if self.path == "/v1/enrol":
                self._give(_enrol(city, json.loads(body)))
                return
            if self.path == PSEUDONYM_KEY:
                fault_told = city.key_faults.pop(0) if city.key_faults else None
                signer = _signer_of(city, self.path, dict(self.headers.items()), body)
                self._give(fault_told or _tell_pseudonym_key(city, signer))
                return
            if self.path == "/v1/keys":
                fault_told = city.key_faults.pop(0) if city.key_faults else None
                self._give(fault_told or _name_key(city, self.path, dict(self.headers.items()), body))
                return
            city.bodies.append(body)
            city.told.append(dict(self.headers.items()))
            fault = city.faults.pop(0) if city.faults else None
            answer = None if fault is None else fault()
            if answer == HANG_UP:
                self.close_connection = True
                return
            if answer is not None:
                self._give(answer)
                return
            right = _take(city, self.path, dict(self.headers.items()), body)
            spoil, city.spoil = city.spoil, None
            given = None if fault is not None else right if spoil is None else spoil(right)
            # What a spoiled answer lacks does not come later.
            self.close_connection = fault is not None or spoil is not None
            if given is not None:
                self._give(given)

        def _give(self, answer: Answer) -> None:
            status, headers, body = answer
            # The library's own way adds today's date to whatever a test wants told.
            (self.send_response_only if "Date" in headers else self.send_response)(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _get(city: FakeCity, path: str, query: dict[str, str], byte_range: str | None) -> Answer:
    if path == "/v1/health":
        return _json({"state": "ok", "time": _now(), "platform_key": PLATFORM_KEY})
    if path == "/v1/catalogue":
        since = int(query["since"])
        full = since == 0 or since > city.revision
        new = full or since < city.revision
        return _json(
            {
                "revision": city.revision,
                "since": since,
                "full": full,
                "courses": city.courses if new else [],
                "channels": city.channels if new else [],
                "removed": [],
            }
        )
    if path == "/v1/articles" and city.has_articles:
        return _json(_articles(city, query))
    if path.startswith("/v1/ranking/"):
        row = {"rank": 1, "number": STATION["number"], "station": STATION["name"], "effective_ms": 1}
        return _json(
            {"district": path.rsplit("/", 1)[1], "month": query["month"], "stations": 1, "rows": [row]}
        )
    if path not in city.files:
        return said(404, "not_found")
    return _file(city, city.files[path], byte_range)


def _articles(city: FakeCity, query: dict[str, str]) -> dict[str, Any]:
    since, before, most = int(query["since"]), query.get("before"), int(query["most"])
    full = since == 0 or since > city.revision
    rows = sorted(city.articles, key=lambda row: (row["published_on"], row["article_id"]), reverse=True)
    rows = rows if full or since < city.revision else []
    start = int(before or 0)
    return {
        "revision": city.revision,
        "since": 0 if full else since,
        "full": full,
        "articles": rows[start : start + most],
        "removed": [] if full or before else city.removed_articles,
        "next": str(start + most) if len(rows) > start + most else "",
    }


def _file(city: FakeCity, held: bytes, byte_range: str | None) -> Answer:
    city.ranges.append(byte_range)
    if byte_range is None:
        return 200, {"Accept-Ranges": "bytes"}, held
    first, _, last = byte_range.removeprefix("bytes=").partition("-")
    start, end = int(first), min(int(last or len(held)), len(held) - 1)
    headers = {"Content-Range": f"bytes {start}-{end}/{len(held)}", "Accept-Ranges": "bytes"}
    return 206, headers, held[start : end + 1]


def _enrol(city: FakeCity, asked: dict[str, str]) -> Answer:
    if (asked["account"], asked["code"]) != (ACCOUNT, CODE):
        return said(403, "wrong_code", "账号或激活码不对")
    key_id = _key_id(city, base64.b64decode(asked["public_key"]))
    if key_id in city.struck_off:
        return said(403, "key_revoked", "密钥已注销")
    names = {"station": STATION, "key_id": key_id, "platform_key": PLATFORM_KEY}
    return _json({**names, "time": _now()})


def _key_id(city: FakeCity, public: bytes) -> str:
    """The name of a key, given at first sight."""
    names = {held: name for name, held in city.keys.items()}
    name = names.get(public, f"key-{len(city.keys) + 1}")
    city.keys[name] = public
    return name


def _name_key(city: FakeCity, path: str, headers: dict[str, str], body: bytes) -> Answer:
    if (signer := _signer_of(city, path, headers, body)) is None:
        return said(401, "bad_signature")
    named = _key_id(city, base64.b64decode(json.loads(body)["public_key"]))
    if signer in city.struck_off or city.replaced.get(signer, named) != named:
        return said(401, "key_replaced")
    if named != signer:
        city.replaced[signer] = named
    return _json({"key_id": named, "time": _now()})


def _tell_pseudonym_key(city: FakeCity, signer: str | None) -> Answer:
    if signer is None:
        return said(401, "bad_signature")
    return _json({"pseudonym_key": base64.b64encode(city.pseudonym_key).decode(), "time": _now()})


def _take(city: FakeCity, path: str, headers: dict[str, str], body: bytes) -> Answer:
    signer = _signer_of(city, path, headers, body)
    if signer is None or signer in city.replaced or signer in city.struck_off:
        return said(401, "bad_signature")
    if len(body) > RUN_BYTES_MAX:
        return said(413, "too_large")
    try:
        run = decode(body)
    except WireError:
        return said(400, "not_a_run")
    refusals = []
    for record in run.records:
        held = city.held.get(record.seq)
        if held is not None and content(held) == content(record):
            continue
        refusal = city.refuse(record)
        if refusal is not None:
            city.refused[record.seq] = refusal
            refusals.append(refusal)
        else:
            city.held[record.seq] = record
    named = [{"seq": r.seq, "code": r.code, "words": r.words} for r in refusals]
    known = city.held.keys() | city.refused.keys()
    high_water = next(seq for seq in count(1) if seq not in known) - 1
    return _json({"high_water": high_water, "refusals": named, "time": _now(), "call_again_s": 300})


class _Verifier(HTTPMessageVerifier):
    require_created = False

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Boxes have wrong clocks."""


def _signer_of(city: FakeCity, path: str, headers: dict[str, str], body: bytes) -> str | None:
    public = {name: Ed25519PublicKey.from_public_bytes(raw) for name, raw in city.keys.items()}
    verifier = _Verifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys=public, private_keys={}),
    )
    message = SimpleNamespace(method="POST", url=city.url + path, headers=headers)
    try:
        [verified] = verifier.verify(message, max_age=None, body=body)
    except HTTPMessageSignaturesException:
        return None
    return str(verified.parameters["keyid"])


def _json(value: Any) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


def _now() -> str:
    return datetime.now(UTC).isoformat()
