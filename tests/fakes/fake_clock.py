"""A clock that a test moves by hand."""

from study.units import BootId, MonotonicMs

BOOT = BootId("boot-1")
NOVEMBER_UTC_MS = 1_794_000_000_000
"""2026-11-06 in Shanghai."""


class FakeClock:
    """Stands still until told otherwise."""

    def __init__(self, boot: BootId = BOOT, mono_ms: int = 1_000_000) -> None:
        self._boot = boot
        self._mono_ms = mono_ms
        self.wall_ms = NOVEMBER_UTC_MS

    @property
    def boot(self) -> BootId:
        return self._boot

    def mono_ms(self) -> MonotonicMs:
        return MonotonicMs(self._mono_ms)

    def wall_utc_ms(self) -> int:
        return self.wall_ms

    def pass_ms(self, elapsed_ms: int) -> None:
        """Time passes."""
        self._mono_ms += elapsed_ms

    def reboot(self, boot: str) -> None:
        """The box starts anew."""
        self._boot, self._mono_ms = BootId(boot), 5_000
