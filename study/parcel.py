"""USB parcels: all that waits on one box in one signed file, on its way to any office.

```
parcel.json      the manifest: whose, made when, which numbers of which epochs, SHA-256 of each run
parcel.sig       the box's Ed25519 signature over the manifest
runs/00001.run   the very bytes that the network would carry, oldest epoch first
…
```
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from study.document import OtherFileError, TornError, begins, hexadecimal, read, text, whole, written
from study.record import ChainHash, chained
from study.stored_zip import MAGIC, Entry, TornZipError, unzipped, zipped
from study.units import BootId, Epoch, MonotonicMs, Seq, StationNumber
from study.wire import RECORDS_MAX, Run, WireError, decode

VERSION = 1
PARCEL_BYTES_MAX = 16 * 1024 * 1024
"""More than ten years of 100 sessions a day; what does not fit goes with the next one."""
RUNS_MAX = 10_000
MANIFEST_BYTES_MAX = 1024 * 1024
FOLDER = "ZHANXUE"
"""On the stick."""
PARCEL_SUFFIX, RECEIPT_SUFFIX = ".ZXP", ".ZXR"
CONTENT_TYPE = "application/vnd.zhanxue.parcel"

_FORM = "zhanxue_parcel"
_MANIFEST, _SIGNATURE, _SIGNATURE_BYTES = "parcel.json", "parcel.sig", 64
_EPOCH_DIGITS, _SHA256_DIGITS = 16, 64


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive records of one epoch, and the SHA-256 of each run that carries them."""

    epoch: Epoch
    first: Seq
    last: Seq
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose parcel it is and what is in it."""

    station: StationNumber
    key_id: str
    boot: BootId
    mono_ms: MonotonicMs
    """When it was made, by the only clock that the box trusts."""
    parts: tuple[Part, ...]

    def as_bytes(self) -> bytes:
        """The same manifest is the same bytes."""
        parts = [{"epoch": p.epoch, "first": p.first, "last": p.last, "runs": p.runs} for p in self.parts]
        made = {"boot": self.boot, "mono_ms": self.mono_ms}
        fields = {"station": self.station, "key_id": self.key_id, "made": made, "epochs": parts}
        return written(_FORM, VERSION, fields)

    @property
    def digest(self) -> str:
        """What a receipt calls the parcel: SHA-256, in hexadecimal."""
        return sha256(self.as_bytes()).hexdigest()

    @property
    def to_sign(self) -> bytes:
        """What the box's key signs; the words in front keep it from passing for anything else."""
        return b"zhanxue parcel\n" + self.as_bytes()

    @property
    def records(self) -> int:
        return sum(part.last - part.first + 1 for part in self.parts)

    @property
    def file_name(self) -> str:
        """FAT-safe; neither two boxes nor two exports of one box share a name.

        ZX-<8 digits for the key>-<8 digits of the digest>.ZXP
        """
        return f"{name_of_key(self.key_id)}-{self.digest[:8].upper()}{PARCEL_SUFFIX}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel that is whole; whether its signature holds is for whoever knows the key."""

    manifest: Manifest
    signature: bytes
    runs: tuple[bytes, ...]


def name_of_key(key_id: str) -> str:
    """How the names of all parcels of one key begin."""
    return f"ZX-{sha256(key_id.encode()).hexdigest()[:8].upper()}"


def receipt_name(parcel_name: str) -> str:
    """The receipt lies beside its parcel, under the same name."""
    return parcel_name.removesuffix(PARCEL_SUFFIX) + RECEIPT_SUFFIX


def run_digest(run: bytes) -> str:
    """What the manifest says of a run."""
    return sha256(run).hexdigest()


def pack(parcel: Parcel) -> bytes:
    """The parcel as a file; equal parcels give equal bytes."""
    runs = [(_run_name(number), run) for number, run in enumerate(parcel.runs, 1)]
    return zipped([(_MANIFEST, parcel.manifest.as_bytes()), (_SIGNATURE, parcel.signature), *runs])


def unpack(data: bytes) -> Parcel:
    """The parcel that `pack` made `data` of; memory is bounded by a small multiple of `data`.

    Raises TornError, TooNewError or OtherFileError for any other bytes.
    """
    if not begins(data, MAGIC) or not begins(data[30 : 30 + len(_MANIFEST)], _MANIFEST.encode()):
        raise OtherFileError("not a parcel")
    try:
        (name, head), *rest = unzipped(data)
    except (TornZipError, ValueError) as error:
        raise TornError(f"not whole: {error}") from error
    if name != _MANIFEST or len(head) > MANIFEST_BYTES_MAX:
        raise TornError("the manifest is not where it should be")
    manifest = read(head, _FORM, VERSION, _manifest_of)
    if manifest.as_bytes() != head:
        raise TornError("the manifest is written in another way")
    return _parcel_of(manifest, rest)


def runs_of(parcel: Parcel) -> Iterator[Run]:
    """The runs, read one by one. Raises WireError where one is not what the manifest says."""
    bodies = iter(parcel.runs)
    for part in parcel.manifest.parts:
        seq, chain = part.first, b""
        for body in islice(bodies, len(part.runs)):
            run = decode(body)
            _check_place(parcel.manifest.station, part, seq, chain, run)
            seq, chain = Seq(run.records[-1].seq + 1), chained(run.before, run.records)
            yield run
        if seq != part.last + 1:
            raise WireError("the manifest promises other numbers")


def _check_place(station: StationNumber, part: Part, seq: Seq, chain: ChainHash, run: Run) -> None:
    if (run.station, run.epoch, run.records[0].seq) != (station, part.epoch, seq):
        raise WireError("the run is not the one that the manifest promises")
    if chain and run.before != chain:
        raise WireError("the chain is broken inside the parcel")


def _parcel_of(manifest: Manifest, rest: Sequence[Entry]) -> Parcel:
    digests = [digest for part in manifest.parts for digest in part.runs]
    names = [_SIGNATURE, *(_run_name(number) for number in range(1, len(digests) + 1))]
    if [name for name, _ in rest] != names:
        raise TornError("a file of the parcel is missing, or there is one too many")
    signature, runs = rest[0][1], tuple(content for _, content in rest[1:])
    if len(signature) != _SIGNATURE_BYTES or [run_digest(run) for run in runs] != digests:
        raise TornError("a file of the parcel was changed")
    return Parcel(manifest, signature, runs)


def _manifest_of(fields: dict[str, Any]) -> Manifest:
    made = fields["made"]
    parts = tuple(_part_of(entry) for entry in fields["epochs"])
    if not parts or sum(len(part.runs) for part in parts) > RUNS_MAX:
        raise ValueError("a parcel holds something, and not without limit")
    station, key_id = StationNumber(text(fields["station"])), text(fields["key_id"])
    return Manifest(station, key_id, BootId(text(made["boot"])), MonotonicMs(whole(made["mono_ms"])), parts)


def _part_of(entry: dict[str, Any]) -> Part:
    runs = tuple(hexadecimal(digest, _SHA256_DIGITS) for digest in entry["runs"])
    first, last = whole(entry["first"]), whole(entry["last"])
    if first < 1 or not len(runs) <= last - first + 1 <= RECORDS_MAX * len(runs):
        raise ValueError("the numbers do not fit the runs")
    return Part(Epoch(hexadecimal(entry["epoch"], _EPOCH_DIGITS)), Seq(first), Seq(last), runs)


def _run_name(number: int) -> str:
    return f"runs/{number:05}.run"
