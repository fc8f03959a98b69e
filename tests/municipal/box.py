"""A box as the platform meets it: a key, a chain of records, signed runs over real HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519
from http_message_signatures.resolvers import MappingKeyResolver

from study.anchor import Anchor, AnchorSource, to_utc_ms
from study.city_api import RECORDS, SIGNED_COMPONENTS
from study.record import AnchorRecord, Record, StudyRecord, chain_start, chained
from study.rules import CURRENT, Kind, Terminal, judge
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber
from study.wire import CONTENT_TYPE, Run, encode

EPOCH = Epoch("00112233445566aa")
BOOT = BootId("b5c1a1d0-0000-4000-8000-000000000001")
NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
"""Noon of 10 November in Beijing; monotonic 0 of BOOT where a test anchors it so."""

MINUTE = 60_000
HOUR = 60 * MINUTE


def study(seq: int, played_ms: int = 30 * MINUTE, length_ms: int = HOUR, **changes: Any) -> StudyRecord:
    """A record whose result is what the rule gives."""
    kind = changes.get("kind", Kind.VOD)
    verdict = judge(CURRENT, Terminal.TV, kind, Milliseconds(played_ms), Milliseconds(length_ms))
    record = StudyRecord(
        seq=Seq(seq),
        item_id=ItemId("5.1"),
        kind=kind,
        terminal=Terminal.TV,
        screen="tv-1",
        boot=BOOT,
        opened_ms=MonotonicMs((changes.get("replaces") or seq) * HOUR),
        length_ms=Milliseconds(length_ms),
        played_ms=Milliseconds(played_ms),
        covered=((0, min(played_ms, length_ms)),) if length_ms and played_ms else (),
        overlap_ms=Milliseconds(0),
        rule=CURRENT,
        effective_ms=verdict.effective_ms,
        why=verdict.why,
    )
    return replace(record, **changes)


def anchor(
    seq: int, mono_ms: int = 0, at: datetime = NOON, boot: BootId = BOOT, error_ms: int = 50
) -> AnchorRecord:
    """At `mono_ms` of `boot` it was `at`."""
    source = AnchorSource.PLATFORM
    return AnchorRecord(
        Seq(seq), Anchor(boot, MonotonicMs(mono_ms), to_utc_ms(at), Milliseconds(error_ms), source)
    )


def runs_of(
    station: str, records: Sequence[Record], cuts: Sequence[int] = (), epoch: Epoch = EPOCH
) -> list[Run]:
    """The records as chained runs, cut before the given numbers (and never above 200 records)."""
    number = StationNumber(station)
    before = chain_start(number, epoch)
    runs: list[Run] = []
    part: list[Record] = []
    for record in records:
        if part and (record.seq in cuts or len(part) == 200):
            runs.append(Run(number, epoch, before, tuple(part)))
            before, part = chained(before, part), []
        part.append(record)
    return [*runs, Run(number, epoch, before, tuple(part))]


@dataclass
class Box:
    """A box with its key; `key_id` is what the platform called it."""

    url: str
    key_id: str = "nobody"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    now: datetime = NOON

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def request(
        self, body: bytes, headers: dict[str, str] | None = None, path: str = RECORDS
    ) -> requests.PreparedRequest:
        """A signed request, not yet sent."""
        named = {"Content-Type": CONTENT_TYPE} | (headers or {})
        request = requests.Request("POST", self.url + path, data=body, headers=named).prepare()
        resolver = MappingKeyResolver(public_keys={}, private_keys={self.key_id: self.key})
        signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver)
        covered = [name for name in SIGNED_COMPONENTS if name != "content-digest"]
        signer.sign(request, key_id=self.key_id, created=self.now, covered_component_ids=covered, body=body)
        return request

    def ask(self, path: str) -> requests.Response:
        """A signed question that says nothing more."""
        return sent(self.request(b"{}", {"Content-Type": "application/json"}, path))

    def send(self, run: Run) -> requests.Response:
        """Deliver one run."""
        return self.send_body(encode(run))

    def send_body(self, body: bytes) -> requests.Response:
        """Deliver any bytes, signed."""
        return sent(self.request(body))


def sent(request: requests.PreparedRequest) -> requests.Response:
    """Send a prepared request as it is."""
    with requests.Session() as session:
        return session.send(request, timeout=10)
