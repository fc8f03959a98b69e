"""The player on libVLC."""

import itertools
import logging
import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from study.address import is_playlist
from study.units import Milliseconds, MonotonicMs
from tvclient.playback.errors import PlayerStartError
from tvclient.playback.freed_memory import return_freed_memory
from tvclient.playback.landing import Landing
from tvclient.playback.leaving import leave
from tvclient.playback.media_source import MediaSource, open_source
from tvclient.playback.order import Load, Order
from tvclient.playback.output import Output
from tvclient.playback.picture import Attach, Puts
from tvclient.playback.player import MAX_RATE, MIN_RATE, OnEvent, Statistics, SubtitleFile
from tvclient.playback.player_event import Opening, PlayerEvent, TrackId
from tvclient.playback.sound import SoundPlace
from tvclient.playback.transport import Transport
from tvclient.playback.vlc_options import GLYPHS_OF, OPTIONS
from tvclient.playback.vlc_signals import SIGNALS, TRACK_SIGNALS
from tvclient.playback.vlc_sound import VlcSound
from tvclient.playback.vlc_tracks import VlcTracks

try:
    import vlc
except (ImportError, OSError, NotImplementedError):  # python-vlc looks for the library when imported
    vlc = None

log = logging.getLogger(__name__)

TICK_MS = 200
LANDING_TICK_MS = 20
BUFFERED = 100
LEAVE_S, CLOSE_S = 1.5, 5.0
COUNTS_TRAIL_MS, COUNT_AGAIN_S = 500, 0.02


class VlcPlayer:
    """libVLC behind the contract of player.py.

    libVLC must not be called from its own callbacks, and stopping it can block. So one thread owns it:
    calls and libVLC's signals go through one queue to that thread, which feeds the transport and does
    what the transport orders. Signals carry the load they belong to; late ones of an earlier load are
    dropped.
    """

    def __init__(
        self,
        on_event: OnEvent,
        clock: Callable[[], MonotonicMs],
        attach: Attach | None,
        output: Output,
        sound: tuple[str, ...] = (),
        place: SoundPlace | None = None,
    ) -> None:
        """Draws where `attach` has it draw; plays sound only when that is None. `sound` is libVLC's
        options for it; it is heard at `place`, and nowhere when that is None.

        Raises PlayerStartError when libVLC does not start.
        """
        self._on_event = on_event
        self._clock = clock
        self._attach_picture = attach
        self._puts: Puts | None = None
        self._output = output
        os.environ.update(GLYPHS_OF)
        return_freed_memory()
        self._instance = vlc and vlc.Instance([*OPTIONS, *output.vlc_options, *sound])
        if not self._instance:
            raise PlayerStartError("播放组件 libVLC 无法启动，不能播放课程，请检查 VLC 是否安装完整。")
        self._openings = itertools.count(1)
        self._transport: Transport | None = None
        self._tracks: VlcTracks | None = None
        self._tracks_changed = False
        self._told: deque[PlayerEvent] = deque()
        self._url = ""
        self._source = MediaSource("")
        self._media: Any = None
        self._rate = 1.0
        self._sound = VlcSound(place)
        self._load = 0
        self._looked_ms = 0
        self._jump_ms = Milliseconds(0)
        self._landing = Landing()
        self._earlier = Statistics(0, 0)
        self._statistics = Statistics(0, 0)
        self._queue: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._listeners: list[Any] = []
        self._vlc = self._new_vlc()
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    # ── the contract: everything goes to the worker ──

    def open(
        self, url: str, start_ms: Milliseconds, live: bool, subtitles: Sequence[SubtitleFile] = ()
    ) -> Opening:
        opening = Opening(next(self._openings))
        self._queue.put(partial(self._open, opening, url, start_ms, live, subtitles))
        return opening

    def pause(self) -> None:
        self._queue.put(self._pause)

    def resume(self) -> None:
        self._queue.put(self._resume)

    def seek(self, media_ms: Milliseconds) -> None:
        self._queue.put(partial(self._seek, media_ms))

    def stop(self) -> None:
        self._queue.put(self._stop)

    def choose_sound(self, track: TrackId) -> None:
        self._queue.put(partial(self._choose_sound, track))

    def choose_subtitle(self, track: TrackId | None) -> None:
        self._queue.put(partial(self._choose_subtitle, track))

    def set_rate(self, rate: float) -> None:
        self._queue.put(partial(self._set_rate, min(max(rate, MIN_RATE), MAX_RATE)))

    def set_volume(self, percent: int) -> None:
        self._queue.put(partial(self._set_volume, min(max(percent, 0), 100)))

    @property
    def statistics(self) -> Statistics:
        return self._statistics

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            log.error("libVLC did not stop within %s s; it is left to the end of the process", CLOSE_S)

    # ── the worker ──

    def _run(self) -> None:
        while self._handle_one_message():
            pass
        self._unload()
        self._vlc.release()
        self._instance.release()

    def _handle_one_message(self) -> bool:
        """One call, signal or turn of the clock; False when it was the last. Idle costs nothing."""
        message = self._next_message()
        if message is None:
            return False
        try:
            self._look_at_puts()
            message()
            if self._tracks_changed and self._queue.empty():  # they come in bursts
                self._look_at_tracks()
            if self._transport is not None:
                self._carry_out(self._transport.order_at(self._clock()))
            while self._told:
                self._on_event(self._told.popleft())
        except Exception:
            log.exception("the player could not do what was asked")
        return True

    def _next_message(self) -> Callable[[], None] | None:
        if self._transport is None:
            return self._queue.get()
        waits = self._landing.is_under_way and self._transport.pause_wished
        due_ms = self._looked_ms + (LANDING_TICK_MS if waits else TICK_MS) - self._clock()
        if due_ms <= 0:
            return self._look
        try:
            return self._queue.get(timeout=due_ms / 1000)
        except queue.Empty:
            return self._look

    def _open(
        self,
        opening: Opening,
        url: str,
        start_ms: Milliseconds,
        live: bool,
        subtitles: Sequence[SubtitleFile],
    ) -> None:
        self._unload()
        self._earlier = self._statistics = Statistics(0, 0)
        self._url = url
        self._transport = Transport(
            opening, live, start_ms, self._rate, self._told.append, by_clock=is_playlist(url)
        )
        self._tracks = VlcTracks(opening, subtitles)

    def _stop(self) -> None:
        self._transport = self._tracks = None
        self._unload()

    def _pause(self) -> None:
        if self._transport is not None:
            self._transport.wish_pause(self._clock())
            self._pause_if_landed()

    def _pause_if_landed(self) -> None:
        if not self._landing.is_under_way:
            self._vlc.set_pause(1)

    def _resume(self) -> None:
        if self._transport is not None:
            self._transport.wish_resume(self._clock())
            self._vlc.set_pause(0)

    def _seek(self, media_ms: Milliseconds) -> None:
        if self._transport is not None:
            to_ms = self._transport.seek(self._clock(), media_ms)
            if to_ms is not None and self._jump_ms:
                self._jump_ms = to_ms
            elif to_ms is not None:
                self._vlc.set_time(to_ms)
                if self._puts is not None:
                    self._landing.jump()

    def _choose_sound(self, track: TrackId) -> None:
        if self._tracks is not None:
            self._tracks.choose_sound(track)
            self._look_at_tracks()

    def _choose_subtitle(self, track: TrackId | None) -> None:
        if self._tracks is not None:
            self._tracks.choose_subtitle(track)
            self._look_at_tracks()

    def _look_at_tracks(self) -> None:
        self._tracks_changed = False
        if self._media is None or self._tracks is None:
            return
        changed = self._tracks.look(self._clock())
        if changed is not None:
            self._told.append(changed)

    def _set_rate(self, rate: float) -> None:
        self._rate = rate
        if self._transport is not None and not self._transport.live:
            here_ms = self._transport.set_rate(self._clock(), rate)
            if here_ms is not None:
                self._vlc.set_time(here_ms)
            self._vlc.set_rate(rate)

    def _set_volume(self, percent: int) -> None:
        self._sound.set_loudness(self._vlc, percent)

    def _carry_out(self, order: Order | None) -> None:
        if isinstance(order, Load):
            self._load_from(order.start_ms)
        elif order is not None:
            self._unload()

    def _load_from(self, start_ms: Milliseconds) -> None:
        self._unload()
        live = self._transport is not None and self._transport.live
        self._source = source = open_source(self._url, live)
        media = self._instance.media_new(source.location) if "://" in source.location else None
        self._media = media = media or self._instance.media_new_path(source.location)
        for option in (*source.options, *self._output.media_options):
            media.add_option(option)
        # HLS would start at the beginning of the segment, but jumps to the very place once it has begun.
        self._jump_ms = start_ms if is_playlist(self._url) and not live else Milliseconds(0)
        if start_ms > 0 and not self._jump_ms:
            media.add_option(f":start-time={start_ms / 1000:.3f}")
        if self._attach_picture is None:
            media.add_option(":no-video")
        if self._tracks is not None:
            self._tracks.load(self._vlc, media)
        self._vlc.set_media(media)
        self._sound.load(self._vlc)
        self._vlc.play()
        self._vlc.set_rate(1.0 if live else self._rate)

    def _new_vlc(self) -> Any:
        player = self._instance.media_player_new()
        player.video_set_key_input(False)
        player.video_set_mouse_input(False)
        if self._attach_picture is not None:
            self._puts = self._attach_picture(player, self._queue.put)
        self._listen_to(player)
        return player

    def _unload(self) -> None:
        if self._media is None:
            return
        self._count_frames()
        self._earlier = self._statistics
        self._source.close()
        if not leave(self._vlc, self._media, LEAVE_S):
            log.warning("libVLC does not let go of what it fetches; it goes on with another player")
            self._vlc = self._new_vlc()
        if self._puts is not None:
            self._puts.rest()
        self._load += 1
        self._landing.drop()
        self._media = None

    def _look_at_puts(self) -> None:
        transport = self._transport
        if transport is None or self._media is None or self._puts is None:
            return
        was_under_way = self._landing.is_under_way
        for at_ms in self._puts.take(self._clock()):
            transport.put(at_ms)
            self._landing.put(at_ms)
        missed = self._landing.is_missed(self._clock())
        if was_under_way and transport.pause_wished:
            self._pause_if_landed()
            if missed and self._vlc.get_state() == vlc.State.Paused:
                self._vlc.next_frame()

    def _look(self) -> None:
        self._looked_ms = self._clock()
        if self._media is not None:
            self._sound.look(self._vlc, self._clock())
        if self._source.needs_waking:
            self._vlc.set_rate(1.0)
        counts = self._count_frames()
        if self._transport is not None:
            self._transport.played_out(self._clock(), *counts)
        if self._tracks is not None and self._tracks.waits:
            self._look_at_tracks()

    def _count_to_the_end(self, transport: Transport, at_ms: MonotonicMs) -> None:
        """libVLC's counts trail; those of a sound of a second are right only a moment after its end."""
        until_ms = at_ms + COUNTS_TRAIL_MS
        while not transport.put_out and self._clock() < until_ms:
            time.sleep(COUNT_AGAIN_S)
            transport.played_out(at_ms, *self._count_frames())

    def _count_frames(self) -> tuple[int, int]:
        """Updates the statistics; returns how many pictures and sound buffers this load has put out, then how
        many pictures alone."""
        counted = vlc.MediaStats()
        if self._media is None or not self._media.get_stats(counted):
            return 0, 0
        self._statistics = Statistics(
            self._earlier.frames_shown + counted.displayed_pictures,
            self._earlier.frames_lost + counted.lost_pictures,
        )
        pictures = int(counted.displayed_pictures)
        return pictures + int(counted.played_abuffers), pictures

    # ── on libVLC's threads: only note and leave ──

    def _listen_to(self, player: Any) -> None:
        events = player.event_manager()
        self._listeners.append(events)  # libVLC keeps their addresses only, also while it is being left
        for name, (field, signal) in SIGNALS.items():
            events.event_attach(getattr(vlc.EventType, name), self._note, player, field, signal)
        for name in TRACK_SIGNALS:
            events.event_attach(getattr(vlc.EventType, name), self._note_tracks, player)

    def _note(self, event: Any, player: Any, field: str | None, signal: Callable[..., None]) -> None:
        if player is self._vlc:
            values = () if field is None else (int(getattr(event.u, field)),)
            self._queue.put(partial(self._hear, self._load, signal, self._clock(), *values))

    def _note_tracks(self, _event: Any, player: Any) -> None:
        if player is self._vlc:
            self._queue.put(partial(self._hear_tracks, self._load))

    def _hear_tracks(self, load: int) -> None:
        self._tracks_changed = self._tracks_changed or load == self._load

    def _hear(self, load: int, signal: Callable[..., None], at_ms: MonotonicMs, *values: int) -> None:
        transport = self._transport
        if transport is None or load != self._load:
            return
        if self._jump_ms and signal is Transport.buffering and values[0] >= BUFFERED:
            self._vlc.set_time(self._jump_ms)
            self._jump_ms = Milliseconds(0)
            return
        if signal is Transport.time and not transport.put_out:
            transport.played_out(at_ms, *self._count_frames())
        if signal is Transport.ended:
            self._count_to_the_end(transport, at_ms)
        signal(transport, at_ms, *values)
        buffered = signal is Transport.buffering and values[0] >= BUFFERED
        if buffered:
            self._landing.buffered(at_ms)
        if transport.pause_wished and (buffered or signal is Transport.playing):
            self._pause_if_landed()
