"""Parcels on a stick at an office: all are taken, and each receipt is written beside its parcel."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from municipal.clock import Clock
from municipal.database import Database
from municipal.errors import RequestError, StartError, StorageError
from municipal.parcels.taking import TakenParcel, take_parcel
from study.parcel import FOLDER, PARCEL_BYTES_MAX, PARCEL_SUFFIX

_HEAD = ("文件", "站点", "记录", "新收", "退回", "结果")


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one file."""

    file: Path
    taken: TakenParcel | None
    words: str
    done: bool
    """Taken, with its receipt on the stick."""


def parcel_files(paths: list[Path]) -> list[Path]:
    """The files named, and all parcels in the folders named and in their ZHANXUE folders.

    Raises StartError for a path that is not there, and when there is no parcel at all.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise StartError(f"没有“{path}”这个文件或文件夹，请核对U盘是否插好。")
        found += _in_folder(path) if path.is_dir() else [path]
    if not found:
        raise StartError(f"没有找到记录包（{PARCEL_SUFFIX}），请核对文件夹。")
    return found


def take_file(database: Database, file: Path, clock: Clock) -> Brought:
    """Take one file; whatever is wrong with it is told and keeps the next from nothing."""
    try:
        with file.open("rb") as source:
            data = source.read(PARCEL_BYTES_MAX + 1)
        taken = take_parcel(database, data, clock())
    except OSError as error:
        return Brought(file, None, f"读不出来（{error.strerror}），请重插U盘再试。", False)
    except (RequestError, StorageError) as error:
        return Brought(file, None, error.words, False)
    try:
        _write(file.with_name(taken.receipt_name), taken.file)
    except OSError as error:
        words = f"{taken.words}；但回执写不到U盘上（{error.strerror}），请换一个能写的U盘再做一次。"
        return Brought(file, taken, words, False)
    return Brought(file, taken, taken.words, True)


def as_text(brought: list[Brought]) -> str:
    """A table that a person reads."""
    rows = [_row(one) for one in brought]
    return tabulate(rows, _HEAD, tablefmt="simple", disable_numparse=True) + "\n"


def _row(one: Brought) -> tuple[str, ...]:
    if one.taken is None:
        return one.file.name, "", "", "", "", one.words
    receipt = one.taken.receipt
    counts = (receipt.records, receipt.new, receipt.refused)
    return (one.file.name, receipt.station, *(str(count) for count in counts), one.words)


def _in_folder(folder: Path) -> list[Path]:
    places = [folder, folder / FOLDER]
    files = [file for place in places if place.is_dir() for file in place.iterdir()]
    return sorted(file for file in files if file.suffix.upper() == PARCEL_SUFFIX and file.is_file())


def _write(file: Path, data: bytes) -> None:
    """Whole under its name or not there, also when the stick is pulled out. Raises OSError."""
    unfinished = file.with_suffix(".TMP")
    try:
        with unfinished.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
