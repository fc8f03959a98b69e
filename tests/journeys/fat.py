"""A USB stick for tests: a real FAT file system in an image, by the kernel's driver or by fusefat."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KERNEL_HAS_FAT = "vfat" in Path("/proc/filesystems").read_text()

_DRIVER_S = 20.0

needs_fat = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("mkfs.vfat") or not (KERNEL_HAS_FAT or shutil.which("fusefat")),
    reason="needs root, dosfstools and a FAT driver (of the kernel, or Debian's fusefat)",
)


def make_image(image: Path, kilobytes: int = 4_096) -> Path:
    """An empty stick."""
    return _formatted(image, kilobytes, "vfat")


def make_kernel_image(image: Path, kilobytes: int = 4_096) -> Path:
    """A stick whose errors are the kernel's own: FAT where it can, else ext2."""
    return _formatted(image, kilobytes, "vfat" if KERNEL_HAS_FAT else "ext2")


@contextmanager
def plugged_in(image: Path, point: Path, *, read_only: bool = False) -> Iterator[Path]:
    """The stick's files below `point`, until the block ends."""
    point.mkdir(parents=True, exist_ok=True)
    is_fat = image.read_bytes()[0x36:0x3B].startswith(b"FAT")
    driver = _fusefat(image, point) if is_fat and not KERNEL_HAS_FAT else None
    if driver is None:
        command = ["mount", "-o", "loop,ro" if read_only else "loop", str(image), str(point)]
        subprocess.run(command, check=True, capture_output=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", str(point)], check=True, capture_output=True)
        if driver is not None:
            # The unmounting returns before the driver has written everything.
            driver.wait(_DRIVER_S)


def _fusefat(image: Path, point: Path) -> "subprocess.Popen[bytes]":
    driver = subprocess.Popen(["fusefat", "-f", "-o", "rw+", str(image), str(point)])
    end = time.monotonic() + _DRIVER_S
    while not point.is_mount():
        if driver.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"fusefat does not mount {image}")
        time.sleep(0.02)
    return driver


def is_sound(image: Path) -> bool:
    """Whether fsck finds nothing wrong."""
    checked = subprocess.run(["fsck.vfat", "-n", str(image)], check=False, capture_output=True)
    return checked.returncode == 0


def _formatted(image: Path, kilobytes: int, kind: str) -> Path:
    with image.open("wb") as out:
        out.truncate(kilobytes * 1024)
    subprocess.run([f"mkfs.{kind}", str(image)], check=True, capture_output=True)
    return image
