"""Which further playlists the playlists of a channel have named: no others are fetched for it."""

import threading

from study.units import ItemId

_HELD_MAX = 500
"""Of one channel; a master playlist names a dozen, some with new addresses at every opening."""


class NamedPlaylists:
    """Remembered since the start; a player that asks for one from before opens the channel anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[ItemId, dict[str, None]] = {}

    def add(self, channel_id: ItemId, address: str) -> None:
        """One more; of too many the one that was not named for longest is forgotten."""
        with self._lock:
            held = self._held.setdefault(channel_id, {})
            held.pop(address, None)
            held[address] = None
            if len(held) > _HELD_MAX:
                del held[next(iter(held))]

    def holds(self, channel_id: ItemId, address: str) -> bool:
        with self._lock:
            return address in self._held.get(channel_id, {})
