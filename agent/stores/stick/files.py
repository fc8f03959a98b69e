"""Files on a USB stick: written whole or not at all, read with care, since anybody may have written there."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from agent.errors import StickError, cause
from agent.stores.disk.record_log import sync_folder
from study.parcel import FOLDER

PULLED_OUT = "找不到U盘（可能还没做完就拔了），请重新插上。记录都在本机，没有丢失"

_UNFINISHED = ".TMP"
_OWN_FORM = re.compile(r"ZX-[0-9A-F]{8}-[0-9A-F]{8}")
_FILES_MAX = 1_000
"""Looked at in one folder."""


def write_whole(folder: Path, name: str, data: bytes) -> Path:
    """A file that is whole and on the stick when this returns; until then its name is not there.

    Read back from the stick itself before it gets its name. Raises StickError.
    """
    with in_words():
        if folder.name == FOLDER and folder.is_symlink():
            # Whoever prepared the stick must not choose where on the box is written.
            raise OSError(errno.ELOOP, "a link in the place of its folder", str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = (folder / name).with_suffix(_UNFINISHED)
        try:
            _write_and_compare(unfinished, data)
            unfinished.replace(folder / name)
            sync_folder(folder)
            sync_folder(folder.parent)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
    return folder / name


def read_bounded(file: Path, most_bytes: int) -> bytes:
    """A regular file's bytes, at most one more than `most_bytes`. Raises StickError."""
    with in_words():
        # NONBLOCK: a pipe under that name must not hold up the box for ever.
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as source:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "not a regular file", str(file))
            return source.read(most_bytes + 1)


def files_named(folder: Path, suffix: str) -> list[Path]:
    """Files in the folder and in its ZHANXUE folder that end so, by name. Raises StickError."""
    found: list[Path] = []
    with in_words():
        for place in (folder, folder / FOLDER):
            if place.is_dir() and not place.is_symlink():
                found += [file for file in place.iterdir() if file.suffix.upper() == suffix]
    return sorted(found, key=lambda file: file.name)[:_FILES_MAX]


def remove(files: list[Path]) -> None:
    """These files are gone from the stick when this returns. Raises StickError."""
    with in_words():
        for file in files:
            file.unlink(missing_ok=True)
        for folder in {file.parent for file in files}:
            sync_folder(folder)


def unfinished_files(folder: Path) -> list[Path]:
    """What a stick that was pulled out too early was left with; nobody goes on with it. Raises StickError."""
    return [file for file in files_named(folder, _UNFINISHED) if _OWN_FORM.fullmatch(file.stem.upper())]


@contextmanager
def in_words() -> Iterator[None]:
    """Raises StickError for what the file system has to say."""
    try:
        yield
    except OSError as error:
        raise StickError(_words(error)) from error


def _write_and_compare(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    with file.open("rb") as back:
        # Read from the stick, not from memory.
        os.posix_fadvise(back.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if back.read(len(data) + 1) != data:
            raise OSError(errno.EIO, "读回的和写入的不同", str(file))


def _words(error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return "U盘已满，没有导出；请删去U盘上别的文件，或换一个U盘。记录都在本机，没有丢失"
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return "U盘不能写入（可能开了写保护），请关掉写保护或换一个U盘。记录都在本机，没有丢失"
        case errno.ENOENT | errno.ENODEV | errno.ENXIO | errno.ENOTCONN:
            return PULLED_OUT
        case _:
            return f"U盘读写出错（{cause(error)}），请换一个U盘。记录都在本机，没有丢失"
