"""Network: notices, without sending anything, that the box's routes have changed."""

from collections.abc import Callable
from pathlib import Path

LOOK_EVERY_S = 5.0
_ROUTES = (Path("/proc/net/route"), Path("/proc/net/ipv6_route"))


def routes() -> tuple[str, ...]:
    """Which interfaces lead where; traffic counters are left out."""
    seen: list[str] = []
    for file in _ROUTES:
        try:
            lines = file.read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        # The first two columns and the last: destination and interface in either family's table.
        seen += [" ".join([*line.split()[:2], line.split()[-1]]) for line in lines if line.split()]
    return tuple(seen)


class Network:
    """Calls `when_changed` after every change; `handle_one_look` is one turn."""

    def __init__(self, look: Callable[[], tuple[str, ...]], when_changed: Callable[[], None]) -> None:
        self._look = look
        self._when_changed = when_changed
        self._seen = look()

    def handle_one_look(self) -> float:
        """Compare with the last look. Returns the seconds until the next."""
        now = self._look()
        if now != self._seen:
            self._seen = now
            self._when_changed()
        return LOOK_EVERY_S
