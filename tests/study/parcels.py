"""Parcels and receipts to test with."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from study.parcel import Manifest, Parcel, Part, run_digest
from study.receipt import Receipt, SignedReceipt, Taken
from study.record import Refusal, chain_start, chained
from study.units import BootId, Epoch, MonotonicMs, Seq, StationNumber
from study.wire import Run, encode
from tests.study.test_record import study

STATION = StationNumber("1101150047")
EPOCHS = (Epoch("0123456789abcdef"), Epoch("fedcba9876543210"))
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def runs_of_epoch(epoch: Epoch, count: int, size: int = 3, station: StationNumber = STATION) -> list[Run]:
    """Records 1 to `count`, `size` in a run."""
    chain, runs = chain_start(station, epoch), []
    for first in range(1, count + 1, size):
        records = tuple(study(seq=Seq(seq)) for seq in range(first, min(first + size, count + 1)))
        runs.append(Run(station, epoch, chain, records))
        chain = chained(chain, records)
    return runs


def part_of(runs: list[Run]) -> Part:
    digests = tuple(run_digest(encode(run)) for run in runs)
    return Part(runs[0].epoch, runs[0].records[0].seq, runs[-1].records[-1].seq, digests)


def manifest_of(*parts: Part, station: StationNumber = STATION, key_id: str = "") -> Manifest:
    return Manifest(station, key_id or f"{station}-0a1b2c", BootId("boot-1"), MonotonicMs(5_000), parts)


def signed_parcel(manifest: Manifest, runs: list[Run], key: Ed25519PrivateKey = KEY) -> Parcel:
    return Parcel(manifest, key.sign(manifest.to_sign), tuple(encode(run) for run in runs))


def parcel_of(*epochs: list[Run], key: Ed25519PrivateKey = KEY) -> Parcel:
    """One parcel with the runs of one or more epochs."""
    manifest = manifest_of(*(part_of(runs) for runs in epochs))
    return signed_parcel(manifest, [run for runs in epochs for run in runs], key)


def two_epochs() -> Parcel:
    return parcel_of(runs_of_epoch(EPOCHS[0], 7), runs_of_epoch(EPOCHS[1], 2))


def signed_receipt() -> SignedReceipt:
    refusals = (Refusal(Seq(2), "bad_facts", "记录中的事实互相矛盾"),)
    taken = (Taken(EPOCHS[0], Seq(1), Seq(7), 7, refusals), Taken(EPOCHS[1], Seq(1), Seq(2), 2, ()))
    receipt = Receipt("ab" * 32, STATION, f"{STATION}-0a1b2c", 1_794_000_000_000, 9, taken)
    return SignedReceipt(receipt, KEY.sign(receipt.to_sign))
