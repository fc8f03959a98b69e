"""Exporting: everything that waits goes into one signed parcel in a folder, on a stick or elsewhere."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.clients.box_keys import BoxKeys
from agent.clock import Clock
from agent.errors import DiskFullError, StickError
from agent.stores.box import Box, read_box
from agent.stores.disk.database import Database
from agent.stores.stick.files import files_named, read_bounded, remove, unfinished_files, write_whole
from agent.stores.stick.parcels import Remainder, is_superseded, mark_exported, next_run, waiting_remainders
from study.document import CarriedError
from study.parcel import (
    PARCEL_BYTES_MAX,
    PARCEL_SUFFIX,
    RUNS_MAX,
    Manifest,
    Parcel,
    Part,
    name_of_key,
    pack,
    run_digest,
    unpack,
)
from study.units import Seq, StationNumber

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the records done and the records in all."""

_HEADINGS_BYTES = 1024 * 1024
_HEADING_BYTES = 256
"""Kept free in a parcel for its manifest, and for each run's place in it and in the zip."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The box as it meets a stick."""

    database: Database
    keys: BoxKeys
    clock: Clock


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has done."""

    file: Path | None
    """None when nothing waits."""
    records: int
    bytes: int
    left: int
    """Records that no longer fitted; they go with the next parcel."""
    removed: tuple[str, ...]
    """Own parcels that are no longer needed."""
    words: str


@dataclass(slots=True)
class _Load:
    """What goes into a parcel, as it grows."""

    parts: list[Part]
    runs: list[bytes]
    records: int = 0
    bytes: int = _HEADINGS_BYTES
    left: int = 0


def no_progress(_done: int, _total: int) -> None:
    """For whoever does not want to see it."""


def export_to(carrier: Carrier, folder: Path, progress: Progress = no_progress) -> Exported:
    """Write what waits, of all epochs, into `folder`; own parcels there that are now needless go.

    What was exported still waits: the network sends it too, and only a receipt settles it.
    Raises StickError, also where the box has no station yet; StoreError.
    """
    with carrier.database.reading() as tables:
        box, remainders = read_box(tables), waiting_remainders(tables)
    if box.station is None:
        raise StickError("本机还没有开通，不知道是哪个站点，不能导出；请先用账号和激活码开通")
    removed = _clear(carrier, folder, box, None)
    if not remainders:
        return Exported(None, 0, 0, 0, removed, "没有等待上传的学习记录，不需要导出")
    load = _load(carrier, box.station.number, remainders, progress)
    if not load.runs:
        return Exported(None, 0, 0, 0, removed, "等待上传的学习记录刚刚已由网络送达，不需要导出")
    parcel = _signed(carrier, box, load)
    data = pack(parcel)
    file = write_whole(folder, parcel.manifest.file_name, data)
    _note(carrier, parcel.manifest)
    removed += _clear(carrier, folder, box, parcel.manifest)
    log.info("exported %s records in %s bytes to %s", load.records, len(data), file)
    return Exported(file, load.records, len(data), load.left, removed, _words(load.records, load.left))


def _words(records: int, left: int) -> str:
    said = f"已导出 {records} 条学习记录，交到任何一个办公点上传都可以"
    return f"{said}；还有 {left} 条装不下，等这一批送达后再导出一次" if left else said


def _load(carrier: Carrier, station: StationNumber, remainders: list[Remainder], progress: Progress) -> _Load:
    """The runs, read one at a time, so that nobody waits for the database while a year is exported."""
    total = sum(remainder.records for remainder in remainders)
    load = _Load([], [])
    for remainder in remainders:
        _load_epoch(carrier, station, remainder, load, lambda: progress(load.records, total))
    load.left = total - load.records
    return load


def _load_epoch(
    carrier: Carrier, station: StationNumber, start: Remainder, load: _Load, progress: Callable[[], None]
) -> None:
    digests: list[str] = []
    last = 0
    rest: Remainder | None = start
    while rest is not None and len(load.runs) < RUNS_MAX:
        with carrier.database.reading() as tables:
            taken = next_run(tables, station, rest)
        if taken is None or load.bytes + len(taken.data) > PARCEL_BYTES_MAX:
            break
        load.runs.append(taken.data)
        digests.append(run_digest(taken.data))
        last, rest = rest.first + taken.records - 1, taken.rest
        load.bytes += len(taken.data) + _HEADING_BYTES
        load.records += taken.records
        progress()
    if digests:
        load.parts.append(Part(start.epoch, start.first, Seq(last), tuple(digests)))


def _signed(carrier: Carrier, box: Box, load: _Load) -> Parcel:
    assert box.station is not None  # noqa: S101 - asked before anything was loaded
    clock = carrier.clock
    manifest = Manifest(box.station.number, box.key_id or "", clock.boot, clock.mono_ms(), tuple(load.parts))
    return Parcel(manifest, carrier.keys.key.sign(manifest.to_sign), tuple(load.runs))


def _note(carrier: Carrier, manifest: Manifest) -> None:
    try:
        with carrier.database.writing() as tables:
            mark_exported(tables, manifest)
    except DiskFullError as error:
        # The parcel is on the stick all the same; the mark is only for the eye.
        log.warning("exported records are not marked: %s", error.words)


def _clear(carrier: Carrier, folder: Path, box: Box, new: Manifest | None) -> tuple[str, ...]:
    """Remove what a stick pulled out too early was left with, and own parcels that are no longer needed."""
    needless = [file for file in files_named(folder, PARCEL_SUFFIX) if _is_needless(carrier, file, box, new)]
    remove([*unfinished_files(folder), *needless])
    return tuple(file.name for file in needless)


def _is_needless(carrier: Carrier, file: Path, box: Box, new: Manifest | None) -> bool:
    try:
        manifest = unpack(read_bounded(file, PARCEL_BYTES_MAX)).manifest
    except (CarriedError, StickError):
        # Nobody can use it. By its name it is this box's; the whole one has other bytes and another name.
        return new is not None and file.name.startswith(name_of_key(box.key_id or ""))
    if box.station is None or manifest.station != box.station.number or manifest == new:
        return False
    with carrier.database.reading() as tables:
        return is_superseded(tables, manifest, () if new is None else new.parts)
