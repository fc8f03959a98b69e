"""A USB stick for tests: a real FAT file system in an image, by the kernel's driver or by fusefat."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KERNEL_HAS_FAT = "vfat" in Path("/proc/filesystems").read_text()

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
    if is_fat and not KERNEL_HAS_FAT:
        command = ["fusefat", "-o", "rw+"]
    else:
        command = ["mount", "-o", "loop,ro" if read_only else "loop"]
    subprocess.run([*command, str(image), str(point)], check=True, capture_output=True)
    try:
        yield point
    finally:
        subprocess.run(["umount", str(point)], check=True, capture_output=True)


def is_sound(image: Path) -> bool:
    """Whether fsck finds nothing wrong."""
    checked = subprocess.run(["fsck.vfat", "-n", str(image)], check=False, capture_output=True)
    return checked.returncode == 0


def _formatted(image: Path, kilobytes: int, kind: str) -> Path:
    with image.open("wb") as out:
        out.truncate(kilobytes * 1024)
    subprocess.run([f"mkfs.{kind}", str(image)], check=True, capture_output=True)
    return image
