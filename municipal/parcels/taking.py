"""Taking a USB parcel: its runs go through the one intake, and a signed receipt comes out."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from municipal.database import Database
from municipal.errors import RequestError
from municipal.intake.taking import take_in
from municipal.stores.keys import KeyState, key_of
from municipal.stores.platform_key import platform_key
from study.anchor import to_utc_ms
from study.document import CarriedError, OtherFileError, TooNewError
from study.parcel import PARCEL_BYTES_MAX, Manifest, Parcel, receipt_name, runs_of, unpack
from study.receipt import REFUSALS_MAX, Receipt, SignedReceipt, Taken, pack
from study.record import Refusal
from study.wire import WireError

log = logging.getLogger(__name__)

TORN = "torn_parcel"
FOREIGN = "foreign_parcel"
TOO_NEW = "too_new"
NOT_A_PARCEL = "not_a_parcel"
REVOKED = "key_revoked"


@dataclass(frozen=True, slots=True)
class TakenParcel:
    """A parcel whose records are on the platform's disk, but for those its receipt refuses by name."""

    manifest: Manifest
    receipt: Receipt
    file: bytes
    """The signed receipt, as it goes back on the stick."""

    @property
    def receipt_name(self) -> str:
        return receipt_name(self.manifest.file_name)

    @property
    def words(self) -> str:
        """What became of it, for the person who brought it."""
        receipt = self.receipt
        known = receipt.records - receipt.new - receipt.refused
        if not receipt.new and not receipt.refused:
            return f"这 {known} 条记录平台早已收到，没有重复计入；回执仍然有效"
        said = [f"收下 {receipt.new} 条"]
        if known:
            said.append(f"{known} 条早已收到")
        if receipt.refused:
            said.append(f"退回 {receipt.refused} 条（原因在回执里）")
        return "，".join(said)


def take_parcel(database: Database, data: bytes, now: datetime) -> TakenParcel:
    """Take in a parcel, run by run; the same one again changes nothing and gets a receipt again.

    Raises RequestError (TORN, FOREIGN, TOO_NEW, NOT_A_PARCEL, REVOKED) with nothing taken;
    StorageError with the earlier runs kept, and then the same parcel is to be brought again.
    """
    parcel = _unpacked(data)
    _check_signer(database, parcel)
    _check_runs(parcel)
    taken, new = _taken(database, parcel, now)
    manifest = parcel.manifest
    digest, utc_ms = manifest.digest, to_utc_ms(now)
    receipt = Receipt(digest, manifest.station, manifest.key_id, utc_ms, new, tuple(taken))
    signature = platform_key(database).sign(receipt.to_sign)
    log.info(
        "parcel station=%s key=%s digest=%s records=%d new=%d refused=%d",
        manifest.station,
        manifest.key_id,
        digest[:8],
        receipt.records,
        new,
        receipt.refused,
    )
    return TakenParcel(manifest, receipt, pack(SignedReceipt(receipt, signature)))


def _unpacked(data: bytes) -> Parcel:
    if len(data) > PARCEL_BYTES_MAX:
        raise RequestError(413, "too_large", "文件过大，不是站点导出的记录包，平台没有接收。")
    try:
        return unpack(data)
    except OtherFileError as error:
        raise RequestError(400, NOT_A_PARCEL, "这不是站点导出的记录包（.ZXP），平台没有接收。") from error
    except TooNewError as error:
        raise RequestError(400, TOO_NEW, "记录包来自更新版本的设备，请先升级平台。") from error
    except CarriedError as error:
        raise RequestError(
            400, TORN, "记录包不完整（可能没写完就拔了U盘），没有接收；记录仍在设备上，请重新导出。"
        ) from error


def _check_signer(database: Database, parcel: Parcel) -> None:
    manifest = parcel.manifest
    with database.reading() as connection:
        key = None if "\0" in manifest.key_id else key_of(connection, manifest.key_id)
    if key is None or key.station != manifest.station:
        raise RequestError(
            403, FOREIGN, "写这个记录包的设备没有在本平台登记（可能属于别的市），平台没有接收。"
        )
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(parcel.signature, manifest.to_sign)
    except InvalidSignature as error:
        raise RequestError(403, FOREIGN, "记录包的签名不是所称设备的，平台没有接收。") from error
    if key.state is KeyState.REVOKED:
        raise RequestError(
            403, REVOKED, "写这个记录包的设备已被注销，平台没有接收；请重新激活设备后再导出一次。"
        )


def _check_runs(parcel: Parcel) -> None:
    try:
        for _ in runs_of(parcel):
            pass
    except WireError as error:
        raise RequestError(400, TORN, "记录包里的内容与目录不符，平台没有接收；请重新导出。") from error


def _taken(database: Database, parcel: Parcel, now: datetime) -> tuple[list[Taken], int]:
    """Each epoch as far as it was taken, and how many records were new."""
    taken: list[Taken] = []
    new = refused = 0
    runs = runs_of(parcel)
    for part in parcel.manifest.parts:
        refusals: tuple[Refusal, ...] = ()
        for run in islice(runs, len(part.runs)):
            receipt = take_in(database, run, None, now)
            new += receipt.new
            refused += len(receipt.refusals)
            refusals += receipt.refusals
            last, mark = run.records[-1].seq, receipt.high_water
            if refused > REFUSALS_MAX:
                return [*taken, Taken(part.epoch, part.first, last, mark, refusals)], new
        taken.append(Taken(part.epoch, part.first, last, mark, refusals))
    return taken, new
