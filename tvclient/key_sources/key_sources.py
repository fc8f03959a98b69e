"""All devices that keys come from, watched by one thread that the drawing never waits for."""

import logging
import os
import select
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from tvclient.key_sources.device import Device, Heard
from tvclient.key_sources.device_search import DeviceKind, DeviceSearch
from tvclient.key_sources.folder_watch import FolderWatch

log = logging.getLogger(__name__)

READY = select.POLLIN | select.POLLPRI
STOP_WITHIN_S = 2.0
# After an error of our own: not as fast as the loop can turn.
AFTER_DEFECT_MS = 1_000

Hear = Callable[[Heard], None]
"""Called on the thread of the sources; must not wait."""


class KeySources:
    """`start` and `stop` once each; the rest happens on the thread of its own, or on the caller's: `begin`,
    `handle_one_wait` over and over, `close`."""

    def __init__(self, kinds: Sequence[DeviceKind], hear: Hear, clock_ms: Callable[[], int]) -> None:
        self._hear = hear
        self._clock_ms = clock_ms
        self._search = DeviceSearch(kinds)
        self._kinds = kinds
        self._folders: FolderWatch | None = None
        self._devices: dict[Path, Device] = {}
        self._by_number: dict[int, Path] = {}
        self._poll = select.poll()
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._poll.register(self._bell, select.POLLIN)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="key sources", daemon=True)

    def start(self) -> None:
        """From now on `hear` is called."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of all devices; `hear` is not called any more."""
        self._stopping = True
        os.eventfd_write(self._bell, 1)
        self._thread.join(STOP_WITHIN_S)

    def begin(self) -> None:
        """Watch for devices, and open what is there. Raises OSError if the kernel lets nobody watch."""
        self._folders = FolderWatch(kind.folder for kind in self._kinds)
        self._poll.register(self._folders.fileno(), select.POLLIN)
        self.look()

    def look(self) -> None:
        """Open what is there and not open yet."""
        now_ms = self._clock_ms()
        for path, device in self._search.look(self._devices.keys(), now_ms):
            self._devices[path] = device
            self._by_number[device.fileno()] = path
            self._poll.register(device.fileno(), READY)
            log.info("遥控来源 %s（%s）已接上。", path, device.name)

    def handle_one_wait(self, longest_ms: int | None = None) -> None:
        """Wait until a device has something, comes, goes, or must be thought of; take one piece of it."""
        ready = self._poll.poll(self._wait_ms(longest_ms))
        folders_changed = False
        for number, bits in ready:
            if self._folders is not None and number == self._folders.fileno():
                self._search.forget(self._folders.take())
                folders_changed = True
            elif number in self._by_number:
                self._take(self._by_number[number], bits)
        now_ms = self._clock_ms()
        for device in self._devices.values():
            self._tell(device.handle_due(now_ms))
        retry_ms = self._search.due_ms
        if folders_changed or (retry_ms is not None and now_ms >= retry_ms):
            self.look()

    def close(self) -> None:
        """Let go of all devices; what was held is released."""
        for path in tuple(self._devices):
            self._let_go(path)
        if self._folders is not None:
            self._folders.close()
        os.close(self._bell)

    def _run(self) -> None:
        try:
            self.begin()
        except OSError as error:
            log.warning("不能监视遥控设备（%s），只用窗口收到的按键。请重新启动这台一体机。", error.strerror)
            self._stopping = True
        while not self._stopping:
            try:
                self.handle_one_wait()
            except Exception:  # whatever a device does, the other remotes go on
                log.exception("程序内部出错：遥控来源的一步没有做完，其余照常。")
                select.poll().poll(AFTER_DEFECT_MS)
        self.close()

    def _take(self, path: Path, bits: int) -> None:
        device = self._devices[path]
        try:
            self._tell(device.take(bits, self._clock_ms()))
        except OSError as error:
            self._let_go(path)
            self._search.broken(path, error, self._clock_ms())

    def _let_go(self, path: Path) -> None:
        device = self._devices.pop(path)
        del self._by_number[device.fileno()]
        self._poll.unregister(device.fileno())
        self._tell(device.end())
        device.close()
        log.info("遥控来源 %s（%s）已断开。", path, device.name)

    def _tell(self, heard: Sequence[Heard]) -> None:
        for one in heard:
            self._hear(one)

    def _wait_ms(self, longest_ms: int | None) -> int | None:
        due = [at_ms for device in self._devices.values() if (at_ms := device.due_ms()) is not None]
        if self._search.due_ms is not None:
            due.append(self._search.due_ms)
        waits = [max(0, at_ms - self._clock_ms()) for at_ms in due]
        if longest_ms is not None:
            waits.append(longest_ms)
        return min(waits, default=None)
