"""What a stick meets in the agent's tests: a box with something to carry, and an office that signs."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from agent.clients.box_keys import BoxKeys
from agent.loops.exporting import Carrier
from agent.records.report import Report
from agent.stores.box import enrol
from agent.stores.disk.database import Database
from agent.stores.sessions.session_log import add_report
from agent.stores.stick.receipts import keep_platform_key
from study.parcel import RECEIPT_SUFFIX, receipt_name, runs_of, unpack
from study.receipt import Receipt, SignedReceipt, Taken, pack
from study.record import Refusal
from study.station import Station, StationType
from study.units import StationNumber
from tests.agent.television import Play, report
from tests.fakes.fake_clock import NOVEMBER_UTC_MS, FakeClock

NUMBER = StationNumber("110101001")
HOUR_MS = 3_600_000


@dataclass
class Office:
    """A city's office, with the platform's key; knows no stations and believes everybody."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    utc_ms: int = NOVEMBER_UTC_MS
    high_water: int | None = None
    """What it claims, where a test wants another than the parcel's last."""

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def receipt(self, parcel: bytes, refused: tuple[int, ...] = ()) -> bytes:
        """The receipt of a parcel, with some of its records refused."""
        self.utc_ms += 60_000
        whole = unpack(parcel)
        assert sum(len(run.records) for run in runs_of(whole)) == whole.manifest.records
        taken = tuple(
            Taken(
                part.epoch,
                part.first,
                part.last,
                part.last if self.high_water is None else self.high_water,
                tuple(
                    Refusal(seq, "bad_facts", "矛盾")
                    for run in runs_of(whole)
                    for seq in (record.seq for record in run.records)
                    if seq in refused and run.epoch == part.epoch
                ),
            )
            for part in whole.manifest.parts
        )
        manifest = whole.manifest
        receipt = Receipt(
            manifest.digest, manifest.station, manifest.key_id, self.utc_ms, manifest.records, taken
        )
        return pack(SignedReceipt(receipt, self.key.sign(receipt.to_sign)))

    def serve(self, folder: Path) -> list[Path]:
        """Write a receipt beside every parcel in a folder."""
        receipts = []
        for file in sorted(folder.glob("*.ZXP")):
            receipts.append(folder / receipt_name(file.name))
            receipts[-1].write_bytes(self.receipt(file.read_bytes()))
        assert all(file.suffix == RECEIPT_SUFFIX for file in receipts)
        return receipts


def make_carrier(folder: Path, office: Office, clock: FakeClock, number: StationNumber = NUMBER) -> Carrier:
    """An enrolled box of this city with an empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(folder / "zhanxue.db")
    with database.writing() as tables:
        enrol(tables, Station(number, "前门社区", "东城区", StationType.COMMUNITY), f"{number}-key-1")
        keep_platform_key(tables, office.public)
    return Carrier(database, BoxKeys(folder / "station.key"), clock)


def study(carrier: Carrier, count: int, first: int = 0) -> None:
    """So many closed sessions of half a minute, each one record."""
    for number in range(first, first + count):
        play = Play(f"p{number}", "L1", number * HOUR_MS, "live")
        play.watch(30_000 + number)
        play.leave()
        with carrier.database.writing() as tables:
            add_report(tables, Report.model_validate(report(number + 1, play)))


def states(carrier: Carrier) -> list[tuple[int, int, str]]:
    """Epoch number, number and state of every record."""
    with carrier.database.reading() as tables:
        rows = tables.execute("SELECT epoch_no, seq, state FROM records ORDER BY epoch_no, seq")
        return [tuple(row) for row in rows.fetchall()]


def waiting_numbers(carrier: Carrier) -> list[int]:
    return [seq for _, seq, state in states(carrier) if state == "waiting"]
