"""What libVLC signals about one opening, made into what a player tells."""

from dataclasses import replace

from study.units import Milliseconds, MonotonicMs
from tvclient.playback.attempts import Attempts
from tvclient.playback.moving_picture import SLOW_MS
from tvclient.playback.order import Load, Order, Unload
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import (
    Buffering,
    Ended,
    Failed,
    FailReason,
    Opened,
    Opening,
    Paused,
    PlayerEvent,
    Playing,
    Position,
    Retrying,
    Seeked,
    Stalled,
)
from tvclient.playback.playhead import Playhead
from tvclient.playback.seen_picture import SeenPicture
from tvclient.playback.transport_state import State

STALL_MS = 800
"""Without proof of movement for this long it stands; libVLC proves it every 250–500 ms."""
LIVE_STALL_MS = 700
"""The same for live, which is proved every 250–300 ms: a second after the last picture it is told."""
CACHED_MS = 1_000
"""So much libVLC has in store of what comes over a network."""
MUTE_MS = 400
"""libVLC tells a position of live every 250–300 ms, even when it stands. When it tells none its input waits
for the network, and what is in store plays on unproved."""
BLIND_MS = 3_000
"""So long positions may go on at the beginning without any picture or sound, then there will be none."""
FIRST_PICTURE_MS, STORE_FILLS_MS = 60, 550
"""So long after libVLC says that it plays, or plays again, the picture moves, where nothing tells of it."""
EVEN_MS = 20
"""Positions rise with the clock, as far as that can be said of them."""
SILENT_POSITION_MS = 600
"""Longer than libVLC's longest step between two positions."""
END_TOLERANCE_MS = 2_000
"""Lengths in files are a little off; data that end earlier than this before the end broke off."""
PROVE_MS = 200
"""Pictures prove movement so often."""
LIVE_EDGE = Milliseconds(0)
"""Where live media start, whatever was seen of them before."""


class Transport:
    """One opening: takes libVLC's signals and the viewer's wishes, tells events, gives orders.

    Pure: every call says when it happens. `order_at` is asked after each call, and at least every
    200 ms while something is open.

    ::

        LOADING ──▶ MOVING ◀──▶ PAUSED
           ▲        │    ▲
           │        ▼    │
        WAITING ◀─ STALLED         any ──▶ OVER
    """

    def __init__(
        self,
        opening: Opening,
        live: bool,
        start_ms: Milliseconds,
        rate: float,
        tell: OnEvent,
        by_clock: bool = False,
    ) -> None:
        """`by_clock`: positions are reckoned, because libVLC's own of this media say only that it moves."""
        self.opening = opening
        self.live = live
        self._tell_outside = tell
        self._by_clock = live or by_clock
        self._rate = 1.0 if live else rate
        self._head = Playhead(LIVE_EDGE if live else start_ms)
        self._picture = SeenPicture(opening, live, self._rate, tell)
        self._state = State.LOADING
        self._order: Order | None = Load(self._head.media_ms)
        self._pause_wished = False
        self._loaded = self._playing = self._buffered = False
        self._ever_moved = False
        self._put_out = self._blind = False
        self._opens = True
        self._since_ms = 0
        self._run_began_ms = 0
        self._last_media_ms: int | None = None
        self._last_count: int | None = None
        self._last_pictures = 0
        self._heard_ms = 0
        self._even = False
        self._attempts = Attempts(live)
        self._retry_at_ms = 0
        self._told_percent = -1

    @property
    def pause_wished(self) -> bool:
        return self._pause_wished

    @property
    def put_out(self) -> bool:
        """A picture or a sound of this opening has been there."""
        return self._put_out

    @property
    def over(self) -> bool:
        return self._state is State.OVER

    # ── the viewer's wishes ──

    def wish_pause(self, at_ms: MonotonicMs) -> None:
        self._pause_wished = True
        if self._state is State.WAITING:
            self._pause_now(at_ms)

    def wish_resume(self, at_ms: MonotonicMs) -> None:
        self._pause_wished = False
        self._retry_at_ms = at_ms
        if self._state is State.PAUSED and (self.live or not self._loaded):
            self._load_again(at_ms)

    def seek(self, at_ms: MonotonicMs, media_ms: Milliseconds) -> Milliseconds | None:
        """Where libVLC shall jump to; None when that makes no sense now or happens at the next attempt."""
        if self.live or self.over:
            return None
        length_ms = self._head.length_ms
        to_ms = Milliseconds(max(0, media_ms if length_ms is None else min(media_ms, length_ms)))
        self._tell(Seeked(self.opening, at_ms, self._head.position_at(at_ms), to_ms))
        if not self._loaded:
            return None
        self._buffered = False
        if self._state is not State.PAUSED:
            self._enter(State.LOADING, at_ms)
        return to_ms

    def set_rate(self, at_ms: MonotonicMs, rate: float) -> Milliseconds | None:
        """Where libVLC shall jump to first, the very place where it is; None when it need not.

        What it has decoded it shows at the old speed. When it shall be slower, the picture would then stand
        until the new speed has caught up.
        """
        if self.live or rate == self._rate:
            return None
        here_ms, slower = self._head.position_at(at_ms), rate < self._rate
        self._rate = rate
        self._picture.play_at(rate)
        if self._state is not State.MOVING:
            return None
        if slower and not self._by_clock:
            return self.seek(at_ms, here_ms)
        self._tell(Playing(self.opening, at_ms, here_ms, rate))
        return None

    # ── libVLC's signals ──

    def length(self, at_ms: MonotonicMs, length_ms: int) -> None:
        if self.live or self.over or length_ms <= 0 or length_ms == self._head.length_ms:
            return
        self._tell(Opened(self.opening, at_ms, Milliseconds(length_ms)))

    def buffering(self, at_ms: MonotonicMs, percent: int) -> None:
        if self._state in (State.WAITING, State.OVER):
            return
        if percent >= 100:
            self._told_percent = -1
            self._buffered = True
            self._move_if_ready(at_ms)
            return
        if self._state in (State.MOVING, State.STALLED):
            self._buffered = False
            self._enter(State.LOADING, at_ms)
        if self._state is State.LOADING and percent // 10 != self._told_percent // 10:
            self._told_percent = percent
            self._since_ms = at_ms
            self._tell(Buffering(self.opening, at_ms, percent))

    def playing(self, at_ms: MonotonicMs) -> None:
        self._playing = True
        if self._state is State.PAUSED:
            self._enter(State.LOADING, at_ms)
        self._move_if_ready(at_ms)

    def paused(self, at_ms: MonotonicMs) -> None:
        self._playing = False
        if self._state not in (State.WAITING, State.OVER):
            self._pause_now(at_ms)

    def time(self, at_ms: MonotonicMs, media_ms: int) -> None:
        """libVLC's own position; what it says before it has buffered is only what it was asked for.

        Those of live, and of HLS at all, jump to and fro by seconds: there the clock says where it is, and
        for live a rise is the proof, as it is told positions even while it stands.
        """
        passed_ms, self._heard_ms = at_ms - self._heard_ms, at_ms
        if not self._buffered or media_ms == self._last_media_ms:
            return
        if not (self._put_out or self._by_clock):  # protected media move, and nobody sees or hears anything
            self._blind = True
            return
        before, self._last_media_ms = self._last_media_ms, media_ms
        if not self._by_clock:
            self._proved(at_ms, Milliseconds(media_ms))
        elif before is not None and (media_ms > before or not self.live) and not self._picture.sure:
            self._proved(at_ms, self._reckoned(at_ms, passed_ms, media_ms - before))

    def played_out(self, at_ms: MonotonicMs, count: int, pictures: int = 0) -> None:
        """How many pictures and sounds were put out, and how many pictures; these as they are decoded.

        Another proof for live, whose positions jump, and the only one where libVLC's position stands
        although it plays (sound only in MP4 over HTTP).
        """
        self._put_out = self._put_out or count > 0
        if pictures > self._last_pictures:
            self._picture.decoded(at_ms)
        before, self._last_count, self._last_pictures = self._last_count, count, pictures
        if before is None or count <= before:
            return
        silent = self._state is State.MOVING and at_ms - self._head.at_ms >= SILENT_POSITION_MS
        if (self._by_clock or silent) and not self._picture.sure:
            self._proved(at_ms, self._by_the_clock(at_ms))

    def put(self, at_ms: MonotonicMs) -> None:
        """A picture was put out, a new one or once more the same: for live the best proof there is.

        A course may stand for as long as a slide does; there it only says when movement began and ended.
        """
        moves = self._picture.put(at_ms)
        if not moves or self._state in (State.WAITING, State.OVER):
            return
        if self.live and (self._state is State.STALLED or at_ms - self._head.at_ms >= PROVE_MS):
            self._proved(at_ms, self._by_the_clock(at_ms))

    def ended(self, at_ms: MonotonicMs) -> None:
        if self._state in (State.WAITING, State.OVER):
            return
        length_ms = self._head.length_ms
        position_ms = self._head.position_at(at_ms)
        if self.live:
            self._lost(at_ms)
        elif length_ms is None and not self._ever_moved:
            self._fail(at_ms, FailReason.CANNOT_OPEN)
        elif self._blind and not self._put_out:
            self._fail_unseen(at_ms)
        elif length_ms is None or position_ms >= length_ms - END_TOLERANCE_MS:
            self._over()
            self._tell(Ended(self.opening, at_ms, position_ms if length_ms else self._head.media_ms))
        else:
            self.broken(at_ms)

    def broken(self, at_ms: MonotonicMs) -> None:
        if self._state in (State.WAITING, State.OVER):
            return
        if self.live or self._ever_moved:
            self._lost(at_ms)
        else:
            self._fail(at_ms, FailReason.CANNOT_OPEN)

    # ── time going by ──

    def order_at(self, at_ms: MonotonicMs) -> Order | None:
        """What libVLC shall do now; each order is given once."""
        self._look_at_the_clock(at_ms)
        order, self._order = self._order, None
        if isinstance(order, Load):
            self._picture.load(at_ms)
            self._loaded = True
            self._playing = self._buffered = False
            self._opens = True
            self._last_media_ms = self._last_count = None
            self._last_pictures = 0
            self._since_ms = at_ms
            return Load(LIVE_EDGE if self.live else self._head.media_ms)
        return order

    def _look_at_the_clock(self, at_ms: MonotonicMs) -> None:
        self._picture.look(at_ms)
        if self._state is State.MOVING and at_ms - self._head.at_ms >= self._stall_ms(at_ms):
            if self._blind and not self._put_out:
                self._fail_unseen(at_ms)
                return
            self._enter(State.STALLED, at_ms)
            self._tell(Stalled(self.opening, at_ms, self._head.at_ms, self._head.media_ms))
        elif self._state is State.WAITING and at_ms >= self._retry_at_ms:
            self._load_again(at_ms)
        elif self._state in (State.LOADING, State.STALLED) and self._loaded:
            self._be_patient(at_ms)

    def _stall_ms(self, at_ms: MonotonicMs) -> int:
        if not self.live:
            return BLIND_MS if self._blind and not self._put_out else STALL_MS
        if self._picture.sure:
            return LIVE_STALL_MS + (SLOW_MS if self._picture.unseen else 0)
        return LIVE_STALL_MS + (CACHED_MS if at_ms - self._heard_ms > MUTE_MS else 0)

    def _be_patient(self, at_ms: MonotonicMs) -> None:
        if at_ms - self._since_ms < self._attempts.patience_ms(self._opens):
            return
        if self.live or self._ever_moved:
            self._lost(at_ms)
        else:
            self._fail(at_ms, FailReason.NO_ANSWER)

    # ── steps ──

    def _move_if_ready(self, at_ms: MonotonicMs) -> None:
        if self._state is not State.LOADING or not (self._playing and self._buffered):
            return
        if self._head.length_ms is None and not self._ever_moved:
            self._tell(Opened(self.opening, at_ms, None))
        self._enter(State.MOVING, at_ms)
        if self._opens:
            self._picture.open(at_ms, lands=self._head.media_ms > 0 and not self._by_clock)
        self._opens = False
        self._run_began_ms = at_ms
        self._last_media_ms = self._head.media_ms
        self._heard_ms = at_ms
        self._tell(Playing(self.opening, at_ms, self._head.media_ms, self._rate))
        if self._by_clock and not self._picture.sure:
            self._head = replace(self._head, at_ms=MonotonicMs(at_ms + FIRST_PICTURE_MS))

    def _by_the_clock(self, at_ms: MonotonicMs) -> Milliseconds:
        """Where it is if it moved all the time, as far as it moves."""
        moving = self._state is State.MOVING
        return self._head.position_at(at_ms) if moving else self._head.media_ms

    def _reckoned(self, at_ms: MonotonicMs, passed_ms: int, rise_ms: int) -> Milliseconds:
        """By the clock. Positions that rose with it, then less, say where the picture came to stand."""
        even, self._even = self._even, abs(rise_ms - passed_ms) <= EVEN_MS
        by_clock = self._by_the_clock(at_ms)
        if not even or self._even or not 0 < rise_ms < passed_ms:
            return by_clock
        return Milliseconds(max(self._head.media_ms, by_clock - (passed_ms - rise_ms)))

    def _proved(self, at_ms: MonotonicMs, media_ms: Milliseconds) -> None:
        if self._state is State.MOVING:
            self._ever_moved = True
            self._tell(Position(self.opening, at_ms, media_ms))
            self._attempts.moved(at_ms - self._run_began_ms)
        elif self._state is State.STALLED:
            self._enter(State.MOVING, at_ms)
            self._run_began_ms = at_ms
            self._tell(Playing(self.opening, at_ms, media_ms, self._rate))
            if self._by_clock and not self._picture.sure:
                self._head = replace(self._head, at_ms=MonotonicMs(at_ms + STORE_FILLS_MS))

    def _pause_now(self, at_ms: MonotonicMs) -> None:
        self._enter(State.PAUSED, at_ms)
        self._tell(Paused(self.opening, at_ms, self._head.position_at(at_ms)))

    def _lost(self, at_ms: MonotonicMs) -> None:
        wait_ms = self._attempts.next_wait_ms()
        if wait_ms is None:
            self._fail(at_ms, FailReason.BROKE_OFF)
            return
        self._retry_at_ms = at_ms + wait_ms
        self._loaded = False
        self._enter(State.WAITING, at_ms)
        self._tell(Retrying(self.opening, at_ms, self._attempts.number, wait_ms))

    def _load_again(self, at_ms: MonotonicMs) -> None:
        self._enter(State.LOADING, at_ms)
        self._order = Load(self._head.media_ms)

    def _fail(self, at_ms: MonotonicMs, reason: FailReason) -> None:
        self._over()
        self._tell(Failed(self.opening, at_ms, self._head.position_at(at_ms), reason))

    def _fail_unseen(self, at_ms: MonotonicMs) -> None:
        self._tell(Stalled(self.opening, at_ms, self._head.at_ms, self._head.media_ms))
        self._fail(at_ms, FailReason.CANNOT_SHOW)

    def _over(self) -> None:
        self._state = State.OVER
        self._loaded = False
        self._order = Unload()

    def _enter(self, state: State, at_ms: MonotonicMs) -> None:
        self._state = state
        self._since_ms = at_ms

    def _tell(self, event: PlayerEvent) -> None:
        self._picture.precede(event)
        self._head = self._head.after(event)
        self._tell_outside(event)
        if not self._head.moving:
            self._picture.expect_end(event.at_ms)
