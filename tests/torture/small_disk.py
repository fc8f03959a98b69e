"""A small file system in memory, made for one test."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def can_mount() -> bool:
    """Whether this user may mount; elsewhere such parts of the torture are passed over."""
    words = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0 and _is_root()


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator["SmallDisk"]:
    """A disk of so many bytes at the new folder."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "none", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class SmallDisk:
    """The disk while it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resize(self, size_bytes: int) -> None:
        """Not below what is used."""
        self._remount(f"size={size_bytes}")

    def read_only(self, is_so: bool) -> None:
        """Files that are open for writing keep it writable; then this raises CalledProcessError."""
        self._remount("ro" if is_so else "rw")

    def _remount(self, option: str) -> None:
        words = ["mount", "-o", f"remount,{option}", str(self.folder)]
        subprocess.run(words, check=True, capture_output=True)


def _is_root() -> bool:
    return subprocess.run(["id", "-u"], capture_output=True, check=True).stdout.strip() == b"0"
