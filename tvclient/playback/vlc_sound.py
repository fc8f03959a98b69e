"""The sound output that libVLC plays through."""

import logging
from typing import Any

from study.units import MonotonicMs
from tvclient.playback.sound import SoundOutput, SoundPlace, vlc_volume

log = logging.getLogger(__name__)

NO_TRACK = -1
LOOK_EVERY_MS = 2_000


class VlcSound:
    """Opens it anew for every load, because libVLC forgets its volume with every stop, and while something
    plays when a server or card is lost, is back, or the box gets one. libVLC itself plays on into what it
    has lost, and libasound tells of every try. For the thread that owns it.

    `place` None is for silence.
    """

    def __init__(self, place: SoundPlace | None) -> None:
        self._place = place
        self._output: SoundOutput | None = None
        self._was_connected = False
        self._cards: frozenset[tuple[str, int]] = frozenset()
        self._loudness = 100
        self._look_at_ms = 0

    def set_loudness(self, player: Any, percent: int) -> None:
        """0 to 100."""
        self._loudness = percent
        player.audio_set_volume(vlc_volume(percent))

    def load(self, player: Any) -> None:
        """libVLC's `player` is about to play something."""
        self._open(player, SoundOutput.NONE if self._place is None else self._place.choose())

    def look(self, player: Any, at_ms: MonotonicMs) -> None:
        """Something is playing; the picture goes on when sound comes back to it."""
        if self._place is None or at_ms < self._look_at_ms:
            return
        self._look_at_ms = at_ms + LOOK_EVERY_MS
        if not self._is_lost(self._place):
            return
        output = self._place.choose()
        if output is self._output is SoundOutput.NONE:
            return
        self._open(player, output)
        track = player.audio_get_track()
        if track != NO_TRACK:
            # Whoever plays keeps the output it began with, so the sound begins again.
            player.audio_set_track(NO_TRACK)
            player.audio_set_track(track)

    def _is_lost(self, place: SoundPlace) -> bool:
        """A connection counts as lost only after it was seen: to open without end what is never seen would
        be worse than silence."""
        if self._output is SoundOutput.CARD:
            return place.cards() != self._cards
        was_connected, self._was_connected = self._was_connected, place.is_connected()
        return self._output is SoundOutput.NONE or (was_connected and not self._was_connected)

    def _open(self, player: Any, output: SoundOutput) -> None:
        if output is not self._output:
            log.info("声音输出：%s。", output)
        self._output = output
        self._was_connected = False
        self._cards = frozenset() if self._place is None else self._place.cards()
        if player.audio_output_set(output) != 0:
            log.error("libVLC 没有声音输出 %s，播放没有声音。请检查 VLC 是否安装完整。", output)
        player.audio_set_volume(vlc_volume(self._loudness))
