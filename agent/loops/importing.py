"""Importing: receipts that come back on a stick settle the records which the platform holds."""

import logging
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agent.errors import StickError
from agent.loops.exporting import Carrier, Progress, no_progress
from agent.stores.box import read_box
from agent.stores.dates.anchors import add_anchor
from agent.stores.stick.files import files_named, in_words, read_bounded, remove
from agent.stores.stick.parcels import is_superseded
from agent.stores.stick.receipts import (
    SLICE,
    compare_mark,
    is_known,
    note_receipt,
    own_epochs,
    platform_key,
    settle_slice,
)
from study.anchor import Anchor, AnchorSource
from study.document import CarriedError, ForeignError, OtherFileError, TooNewError
from study.parcel import PARCEL_BYTES_MAX, PARCEL_SUFFIX, RECEIPT_SUFFIX
from study.parcel import unpack as unpack_parcel
from study.receipt import RECEIPT_BYTES_MAX, Receipt, unpack
from study.units import Epoch, Milliseconds

log = logging.getLogger(__name__)


class ReceiptFate(StrEnum):
    """What became of a receipt."""

    TAKEN = "taken"
    OLD = "old"
    OTHER_BOX = "other_box"
    FOREIGN = "foreign"
    TORN = "torn"
    TOO_NEW = "too_new"
    NOT_A_RECEIPT = "not_a_receipt"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Imported:
    """One receipt, and what it settled."""

    file: Path
    fate: ReceiptFate
    delivered: int
    refused: int
    words: str


class _OldError(CarriedError):
    """Followed before."""


class _OtherBoxError(CarriedError):
    """Of another box of this city."""


_WORDS = {
    ReceiptFate.OLD: "这个回执以前已经导入过，没有再改动什么",
    ReceiptFate.OTHER_BOX: "这是别的设备的回执，留在U盘上等那台设备来取",
    ReceiptFate.FOREIGN: "回执的签名不是本市平台的，没有采用",
    ReceiptFate.TORN: "回执不完整，没有采用；请到办公点重新下载回执",
    ReceiptFate.TOO_NEW: "回执来自更新版本的平台，请先升级本机",
    ReceiptFate.NOT_A_RECEIPT: "这不是学时记录包的回执",
    ReceiptFate.UNREADABLE: "回执读不出来，请重新插上U盘再试",
}
_FATES: dict[type[CarriedError], ReceiptFate] = {
    _OldError: ReceiptFate.OLD,
    _OtherBoxError: ReceiptFate.OTHER_BOX,
    ForeignError: ReceiptFate.FOREIGN,
    TooNewError: ReceiptFate.TOO_NEW,
    OtherFileError: ReceiptFate.NOT_A_RECEIPT,
}


def import_from(carrier: Carrier, path: Path, progress: Progress = no_progress) -> tuple[Imported, ...]:
    """Follow the receipt at `path`, or every one in that folder and in its ZHANXUE folder.

    However often, and whatever the network has delivered meanwhile: the first telling stands. A
    receipt that was followed goes from the stick together with its parcel; one that is wrong in
    whatever way is told and stays. Raises StickError, StoreError.
    """
    with in_words():
        path.stat()
    _check_ready(carrier)
    files = files_named(path, RECEIPT_SUFFIX) if path.is_dir() else [path]
    return tuple(_import_one(carrier, file, progress) for file in files)


def _check_ready(carrier: Carrier) -> None:
    with carrier.database.reading() as tables:
        box, key = read_box(tables), platform_key(tables)
    if box.station is None:
        raise StickError("本机还没有开通，没有回执可导入；请先用账号和激活码开通")
    if key is None:
        raise StickError("本机还不认识市平台的签名，不能核对回执；请先联网一次再导入，记录都在本机")


def _import_one(carrier: Carrier, file: Path, progress: Progress) -> Imported:
    try:
        receipt, epochs = _checked(carrier, file)
    except StickError:
        return _told(file, ReceiptFate.UNREADABLE)
    except CarriedError as error:
        imported = _told(file, _FATES.get(type(error), ReceiptFate.TORN))
        return _cleared(carrier, imported) if imported.fate is ReceiptFate.OLD else imported
    return _cleared(carrier, _follow(carrier, file, receipt, epochs, progress))


def _told(file: Path, fate: ReceiptFate) -> Imported:
    log.warning("receipt %s: %s", file.name, fate)
    return Imported(file, fate, 0, 0, _WORDS[fate])


def _checked(carrier: Carrier, file: Path) -> tuple[Receipt, dict[Epoch, int]]:
    """The receipt with the numbers of its epochs here. Raises CarriedError, StickError."""
    signed = unpack(read_bounded(file, RECEIPT_BYTES_MAX))
    receipt = signed.receipt
    with carrier.database.reading() as tables:
        box, key = read_box(tables), platform_key(tables)
        epochs, known = own_epochs(tables, receipt), is_known(tables, receipt)
    try:
        Ed25519PublicKey.from_public_bytes(key or b"").verify(signed.signature, receipt.to_sign)
    except (InvalidSignature, ValueError) as error:
        raise ForeignError("signed by another key than the platform's") from error
    if box.station is None or receipt.station != box.station.number or not epochs:
        raise _OtherBoxError("of another box")
    if known:
        raise _OldError("followed before")
    return receipt, epochs


def _follow(
    carrier: Carrier, file: Path, receipt: Receipt, epochs: dict[Epoch, int], progress: Progress
) -> Imported:
    delivered = refused = again = done = 0
    own = [taken for taken in receipt.taken if taken.epoch in epochs]
    for taken in own:
        number = epochs[taken.epoch]
        for first in range(taken.first, taken.last + 1, SLICE):
            with carrier.database.writing() as tables:
                settled = settle_slice(tables, number, taken, first, receipt.utc_ms)
            delivered, refused = delivered + settled.delivered, refused + settled.refused
            done += min(SLICE, taken.last - first + 1)
            progress(done, receipt.records)
    with carrier.database.writing() as tables:
        for taken in own:
            again += compare_mark(tables, epochs[taken.epoch], taken)
        add_anchor(tables, _not_earlier(carrier, receipt))
        # Last, so that a receipt whose import was cut off is followed again.
        note_receipt(tables, receipt)
    if again:
        log.warning("the platform does not hold what it held: %s records go again", again)
    log.info("receipt %s: %s delivered, %s refused", file.name, delivered, refused)
    return Imported(file, ReceiptFate.TAKEN, delivered, refused, _words(delivered, refused, again))


def _not_earlier(carrier: Carrier, receipt: Receipt) -> Anchor:
    """When the receipt was signed is past: how long ago, nobody can say."""
    clock = carrier.clock
    return Anchor(clock.boot, clock.mono_ms(), receipt.utc_ms, Milliseconds(0), AnchorSource.USB)


def _words(delivered: int, refused: int, again: int) -> str:
    said = f"回执已导入：{delivered} 条学习记录已送达" if delivered or refused else "回执里的记录此前都已送达"
    if refused:
        said += f"，{refused} 条被退回（已保留，可查看原因）"
    return f"{said}；市平台缺少以前的 {again} 条，将重新上传" if again else said


def _cleared(carrier: Carrier, imported: Imported) -> Imported:
    """The receipt has done its work, and so has its parcel beside it: both go, and that is told."""
    receipt, parcel = imported.file, imported.file.with_suffix(PARCEL_SUFFIX)
    is_done = _is_done(carrier, parcel)
    try:
        remove([receipt, parcel] if is_done else [receipt])
    except StickError as error:
        log.warning("receipt %s stays on the stick: %s", receipt.name, error.words)
        return replace(imported, words=f"{imported.words}；回执没能从U盘删去，不影响使用")
    gone = "回执和记录包" if is_done else "回执"
    return replace(imported, words=f"{imported.words}；{gone}已从U盘删去")


def _is_done(carrier: Carrier, parcel: Path) -> bool:
    try:
        manifest = unpack_parcel(read_bounded(parcel, PARCEL_BYTES_MAX)).manifest
    except (CarriedError, StickError):
        return False
    with carrier.database.reading() as tables:
        return is_superseded(tables, manifest, ())
