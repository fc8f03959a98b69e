"""What is told of an opening's picture, load after load."""

from study.units import MonotonicMs
from tvclient.playback.moving_picture import MovingPicture
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Opening, PlayerEvent, Position, Shown


class SeenPicture:
    """Tells Shown whenever there is more to tell, and always before what ends or first proves a movement."""

    def __init__(self, opening: Opening, live: bool, rate: float, tell: OnEvent) -> None:
        self._opening = opening
        self._live = live
        self._rate = rate
        self._tell = tell
        self._picture = MovingPicture(rate)
        self._proved = False

    @property
    def sure(self) -> bool:
        """It is live, and stands while it is not seen to move; a course may stand as long as a slide does."""
        return self._live and self._picture.sure

    @property
    def unseen(self) -> bool:
        """See MovingPicture."""
        return self._picture.unseen

    def load(self, at_ms: MonotonicMs) -> None:
        """The media are opened, or opened again: what comes is another picture."""
        self._show(at_ms)
        self._picture = MovingPicture(self._rate)

    def open(self, at_ms: MonotonicMs, *, lands: bool = False) -> None:
        """They begin to play, at a place of their own if it `lands`; what was put out before is none."""
        self._picture = MovingPicture(self._rate, lands=lands)
        self._tell(Shown(self._opening, at_ms, at_ms, at_ms, goes_on=False))

    def play_at(self, rate: float) -> None:
        """Its speed from now on."""
        self._rate = rate
        self._picture.play_at(rate)

    def put(self, at_ms: MonotonicMs) -> bool:
        """One was put out; whether it moves."""
        since_ms = self._picture.since_ms
        self._picture.put(at_ms)
        if self._picture.since_ms != since_ms:
            self._show(at_ms)
        return self._picture.seen_ms == at_ms

    def decoded(self, at_ms: MonotonicMs) -> None:
        """There are new ones."""
        self._picture.decoded(at_ms)

    def look(self, at_ms: MonotonicMs) -> None:
        """Time has gone by."""
        self._picture.look(at_ms)
        if not self._picture.moving:
            self._show(at_ms)

    def precede(self, event: PlayerEvent) -> None:
        """What is to be known before this is told."""
        self._picture.look(event.at_ms)
        if not (isinstance(event, Position) and self._proved):
            self._show(event.at_ms)
        self._proved = isinstance(event, Position)

    def expect_end(self, at_ms: MonotonicMs) -> None:
        """A movement was told to have ended; live's pictures know better."""
        if not self._live:
            self._picture.expect_end(at_ms)

    def _show(self, at_ms: MonotonicMs) -> None:
        movement = self._picture.news()
        if movement is not None:
            self._tell(Shown(self._opening, at_ms, *movement, goes_on=self._picture.moving))
