"""Which further playlists the playlists of a channel have named: no others are fetched for it."""

import threading

from study.units import ItemId

_HELD_MAX = 500
"""Of one channel; a master playlist names a dozen, some with new addresses at every opening."""


class NamedPlaylists:
    """Remembered since the start; a player that asks for one from before opens the channel anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[ItemId, dict[str, str]] = {}

    def add(self, channel_id: ItemId, address: str, place: str) -> None:
        """One more, named in this place; of too many the one that was not named for longest is forgotten."""
        with self._lock:
            held = self._held.setdefault(channel_id, {})
            held.pop(address, None)
            held[address] = place
            if len(held) > _HELD_MAX:
                del held[next(iter(held))]

    def place_of(self, channel_id: ItemId, address: str) -> str | None:
        """Where it was named; None for what was not."""
        with self._lock:
            return self._held.get(channel_id, {}).get(address)
