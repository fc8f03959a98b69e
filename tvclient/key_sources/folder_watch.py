"""Tells when device files come, go or become readable."""

from collections.abc import Iterable
from pathlib import Path

from inotify_simple import INotify, flags

# A node is made first, given to its group after that, and taken away in the end.
CHANGES = flags.CREATE | flags.MOVED_TO | flags.ATTRIB | flags.DELETE | flags.MOVED_FROM


class FolderWatch:
    """Folders that may not exist yet: the one above is watched for them. Does without udev."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Raises OSError if the kernel gives no watches."""
        self._wanted = tuple(dict.fromkeys(folders))
        self._inotify = INotify()
        self._folders: dict[int, Path] = {}
        self._renew()

    def fileno(self) -> int:
        return int(self._inotify.fileno())

    def take(self) -> set[Path] | None:
        """The files that came, went or changed since last time; None if that is not known."""
        changed: set[Path] = set()
        lost = False
        for event in self._inotify.read(timeout=0):
            lost = lost or bool(event.mask & flags.Q_OVERFLOW)
            if event.mask & flags.IGNORED:
                self._folders.pop(event.wd, None)
            elif event.wd in self._folders:
                changed.add(self._folders[event.wd] / event.name)
        self._renew()
        return None if lost else changed

    def close(self) -> None:
        self._inotify.close()

    def _renew(self) -> None:
        # Adding a watch that is there already gives the same number.
        for folder in self._wanted:
            for place in (folder, folder.parent):
                if place.is_dir():
                    self._folders[self._inotify.add_watch(place, CHANGES)] = place
