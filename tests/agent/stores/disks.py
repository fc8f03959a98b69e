"""Small real disks for tests that fill them."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CHUNK = 64 * 1024


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own at `folder`. Needs root, as all of these tests do."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave_bytes: int = 0) -> None:
    """Somebody else's data takes all the room but `leave_bytes`."""
    with (folder / "somebody-elses").open("ab", buffering=0) as out:
        for size in (CHUNK, 4096, 1):
            with suppress(OSError):
                while free(folder) - size >= leave_bytes:
                    out.write(bytes(size))


def free(folder: Path) -> int:
    held = os.statvfs(folder)
    return held.f_bavail * held.f_frsize


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The disk lets nothing be written for a while."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
