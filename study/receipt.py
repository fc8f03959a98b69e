"""Receipts: the platform's signed word on a USB parcel, which travels back on the stick.

A receipt is a text of two lines: what the platform says, and its Ed25519 signature in base64.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from study.document import OtherFileError, TornError, begins, hexadecimal, read, text, whole, written
from study.record import Refusal
from study.units import Epoch, Seq, StationNumber

VERSION = 1
RECEIPT_BYTES_MAX = 4 * 1024 * 1024
REFUSALS_MAX = 10_000
"""The platform takes no more runs of a parcel after so many; the rest comes with the next one."""

_FORM = "zhanxue_receipt"
_BEGINNING = b'{"zhanxue_receipt":'
_EPOCH_DIGITS, _SHA256_DIGITS = 16, 64
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class Taken:
    """The platform holds these records of an epoch, but for those it names in `refusals`."""

    epoch: Epoch
    first: Seq
    last: Seq
    high_water: int
    """Up to here it holds everything of the epoch, however it came."""
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one parcel."""

    parcel: str
    """The parcel's digest."""
    station: StationNumber
    key_id: str
    utc_ms: int
    """When the platform took it, by the platform's clock."""
    new: int
    """Records that it did not know yet; 0 for a parcel that came once more, or after the network."""
    taken: tuple[Taken, ...]

    def as_bytes(self) -> bytes:
        """What the platform says; the same receipt is the same bytes."""
        fields = {
            "parcel": self.parcel,
            "station": self.station,
            "key_id": self.key_id,
            "utc_ms": self.utc_ms,
            "new": self.new,
            "epochs": [_entry(taken) for taken in self.taken],
        }
        return written(_FORM, VERSION, fields)

    @property
    def to_sign(self) -> bytes:
        """What the platform's key signs; the words in front keep it from passing for anything else."""
        return b"zhanxue receipt\n" + self.as_bytes()

    @property
    def refused(self) -> int:
        return sum(len(taken.refusals) for taken in self.taken)

    @property
    def records(self) -> int:
        return sum(taken.last - taken.first + 1 for taken in self.taken)


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A receipt that is whole; whether its signature holds is for whoever knows the key."""

    receipt: Receipt
    signature: bytes


def pack(signed: SignedReceipt) -> bytes:
    """The receipt as a file; equal receipts give equal bytes."""
    return signed.receipt.as_bytes() + b"\n" + b64encode(signed.signature) + b"\n"


def unpack(data: bytes) -> SignedReceipt:
    """The receipt that `pack` made `data` of.

    Raises TornError, TooNewError or OtherFileError for any other bytes.
    """
    if not begins(data, _BEGINNING):
        raise OtherFileError("not a receipt")
    said, _, rest = data.partition(b"\n")
    receipt = read(said, _FORM, VERSION, _receipt_of)
    try:
        signature = b64decode(rest[:-1], validate=True)
    except ValueError as error:
        raise TornError("the signature is cut off or changed") from error
    signed = SignedReceipt(receipt, signature)
    if len(signature) != _SIGNATURE_BYTES or pack(signed) != data:
        raise TornError("cut off, changed, or with something behind it")
    return signed


def _entry(taken: Taken) -> dict[str, Any]:
    refusals = [{"seq": r.seq, "code": r.code, "words": r.words} for r in taken.refusals]
    return {
        "epoch": taken.epoch,
        "first": taken.first,
        "last": taken.last,
        "high_water": taken.high_water,
        "refusals": refusals,
    }


def _receipt_of(fields: dict[str, Any]) -> Receipt:
    return Receipt(
        parcel=hexadecimal(fields["parcel"], _SHA256_DIGITS),
        station=StationNumber(text(fields["station"])),
        key_id=text(fields["key_id"]),
        utc_ms=whole(fields["utc_ms"]),
        new=whole(fields["new"]),
        taken=tuple(_taken_of(entry) for entry in fields["epochs"]),
    )


def _taken_of(entry: dict[str, Any]) -> Taken:
    first, last = whole(entry["first"]), whole(entry["last"])
    refusals = tuple(
        Refusal(Seq(whole(r["seq"])), text(r["code"]), text(r["words"])) for r in entry["refusals"]
    )
    if not 1 <= first <= last or not all(first <= refusal.seq <= last for refusal in refusals):
        raise ValueError("the numbers make no sense")
    epoch = Epoch(hexadecimal(entry["epoch"], _EPOCH_DIGITS))
    return Taken(epoch, Seq(first), Seq(last), whole(entry["high_water"]), refusals)
