"""Finds the devices that keys come from, opens them, and tries again those that can't be opened yet."""

import errno
import logging
import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tvclient.key_sources.device import Device, Open

log = logging.getLogger(__name__)

FIRST_RETRY_MS, LAST_RETRY_MS = 1_000, 60_000
DENIED = frozenset((errno.EACCES, errno.EPERM))


@dataclass(frozen=True, slots=True)
class DeviceKind:
    """`words` and `group` are for people: what does not work without it, and who may open it."""

    folder: Path
    pattern: str
    open: Open
    words: str
    group: str


@dataclass(slots=True)
class _Trouble:
    kind: DeviceKind
    error: int
    retry_ms: int
    wait_ms: int = FIRST_RETRY_MS
    told: bool = False
    is_open: bool = False
    """For now: a device that fails over and over must not be told of over and over."""


class DeviceSearch:
    """A file that could not be opened, or whose device failed, is tried again when it changes, and by itself
    less and less often. Only what still does not work at the second try is told, once: a device that has
    just been plugged in belongs to root for a moment."""

    def __init__(self, kinds: Sequence[DeviceKind]) -> None:
        self._kinds = kinds
        self._others: set[Path] = set()
        self._troubles: dict[Path, _Trouble] = {}

    @property
    def due_ms(self) -> int | None:
        """When `look` should be called again without anything having changed."""
        waiting = (trouble.retry_ms for trouble in self._troubles.values() if not trouble.is_open)
        return min(waiting, default=None)

    def look(self, opened: Container[Path], now_ms: int) -> Iterator[tuple[Path, Device]]:
        """Everything that can be opened now and is not yet."""
        for kind in self._kinds:
            for path in sorted(kind.folder.glob(kind.pattern)):
                if path not in opened and self._may_try(path, now_ms):
                    device = self._open(kind, path, now_ms)
                    if device is not None:
                        yield path, device
        self._tell()

    def broken(self, path: Path, error: OSError, now_ms: int) -> None:
        """An open device failed."""
        kind = next(kind for kind in self._kinds if path.match(str(kind.folder / kind.pattern)))
        self._note(kind, path, error.errno or 0, now_ms)
        self._tell()

    def forget(self, changed: set[Path] | None) -> None:
        """These files may be others now, or open to others; None: all may be."""
        for path in (self._others | self._troubles.keys()) if changed is None else changed:
            self._others.discard(path)
            self._troubles.pop(path, None)

    def _may_try(self, path: Path, now_ms: int) -> bool:
        trouble = self._troubles.get(path)
        return path not in self._others and (trouble is None or now_ms >= trouble.retry_ms)

    def _open(self, kind: DeviceKind, path: Path, now_ms: int) -> Device | None:
        try:
            device = kind.open(path)
        except OSError as error:
            self._note(kind, path, error.errno or 0, now_ms)
            return None
        if device is None:
            self._others.add(path)
        elif path in self._troubles:
            self._troubles[path].is_open = True
        return device

    def _note(self, kind: DeviceKind, path: Path, error: int, now_ms: int) -> None:
        trouble = self._troubles.get(path)
        if not path.exists():
            self._troubles.pop(path, None)
        elif trouble is None:
            self._troubles[path] = _Trouble(kind, error, now_ms + FIRST_RETRY_MS)
        else:
            trouble.error, trouble.is_open = error, False
            trouble.wait_ms = min(2 * trouble.wait_ms, LAST_RETRY_MS)
            trouble.retry_ms = now_ms + trouble.wait_ms

    def _tell(self) -> None:
        """One sentence for all files of a kind that fail in the same way."""
        alike: dict[tuple[int, int], list[str]] = {}
        for path, trouble in self._troubles.items():
            if not trouble.told and trouble.wait_ms > FIRST_RETRY_MS:
                trouble.told = True
                alike.setdefault((self._kinds.index(trouble.kind), trouble.error), []).append(str(path))
        for (place, error), paths in alike.items():
            log.warning("%s", _words(self._kinds[place], error, paths))


def _words(kind: DeviceKind, error: int, paths: Sequence[str]) -> str:
    names = "、".join(paths)
    if error in DENIED:
        return (
            f"没有权限打开 {names}，{kind.words}；其他遥控方式照常。"
            f"请把运行电视的用户加入 {kind.group} 组，然后重新登录。"
        )
    if error == errno.EBUSY:
        return f"{names} 正被另一个程序独占，{kind.words}；其他遥控方式照常。请停止那个程序。"
    return f"{names} 打不开或读不下去（{os.strerror(error)}），{kind.words}；其他遥控方式照常，稍后自动再试。"
