"""Parcels as boxes make them, for the platform's tests."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from study.parcel import Manifest, Parcel, Part, pack, run_digest
from study.record import Record
from study.units import BootId, MonotonicMs, StationNumber
from study.wire import Run, encode
from tests.municipal.box import Box, runs_of


def part_of(runs: list[Run]) -> Part:
    digests = tuple(run_digest(encode(run)) for run in runs)
    return Part(runs[0].epoch, runs[0].records[0].seq, runs[-1].records[-1].seq, digests)


def parcel_of(
    box: Box,
    records: list[Record],
    station: str = "V1",
    mono_ms: int = 1,
    key: Ed25519PrivateKey | None = None,
    runs: list[Run] | None = None,
) -> bytes:
    """The records of one epoch in a parcel of this box."""
    runs = runs or runs_of(station, records, cuts=[record.seq for record in records[::3]])
    number = StationNumber(station)
    manifest = Manifest(number, box.key_id, BootId("b"), MonotonicMs(mono_ms), (part_of(runs),))
    signature = (key or box.key).sign(manifest.to_sign)
    return pack(Parcel(manifest, signature, tuple(encode(run) for run in runs)))
