"""The keys of the box's own devices, brought to the thread that draws."""

import logging
from collections.abc import Callable

from tvclient.key_sources.box_devices import cec_adapters, input_devices
from tvclient.key_sources.device import Heard
from tvclient.key_sources.device_search import DeviceKind
from tvclient.key_sources.heard_queue import HeardQueue
from tvclient.key_sources.key_sources import KeySources
from tvclient.settings import Settings

log = logging.getLogger(__name__)


def device_kinds(settings: Settings) -> tuple[DeviceKind, ...]:
    """What the settings let the television listen to."""
    kinds = (input_devices(settings.grab),)
    return (*kinds, cec_adapters()) if settings.cec else kinds


class BoxKeys:
    """Drawing thread only. `on_next_turn` puts a call onto it from any thread; then `hear` is told what the
    devices said, or `lost` that some of it never came."""

    def __init__(
        self,
        kinds: tuple[DeviceKind, ...],
        hear: Callable[[Heard], None],
        lost: Callable[[], None],
        on_next_turn: Callable[[Callable[[], None]], None],
        clock_ms: Callable[[], int],
    ) -> None:
        self._kinds = kinds
        self._hear = hear
        self._lost = lost
        self._queue = HeardQueue(lambda: on_next_turn(self._take))
        self._clock_ms = clock_ms
        self._sources: KeySources | None = None

    def start(self) -> None:
        """Listen from now on. Without devices, or when they can't be watched, the window's keys remain."""
        self._sources = KeySources(self._kinds, self._queue.put, self._clock_ms)
        self._sources.start()
        log.info("正在监听遥控设备：%s。", "、".join(str(kind.folder / kind.pattern) for kind in self._kinds))

    def stop(self) -> None:
        """Let go of the devices."""
        if self._sources is not None:
            self._sources.stop()
            self._sources = None
            log.info("已停止监听遥控设备。")

    def _take(self) -> None:
        heard, lost = self._queue.take()
        if lost:
            self._lost()
        if self._sources is not None:
            for one in heard:
                self._hear(one)
