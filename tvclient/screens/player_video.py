"""The moving picture under the player screen's panels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kivy.clock import Clock
from kivy.uix.widget import Widget

from study.presence import ASK_AFTER_GROUP_MS, ASK_AFTER_MS
from study.units import BootId, Milliseconds
from tvclient.agent_client.reporter import Reporter
from tvclient.background import Deliver
from tvclient.playback.picture import Picture
from tvclient.playback.player import OnEvent, Player, Statistics, SubtitleFile
from tvclient.playback.player_event import Opening, PlayerEvent, Playing, Position, Shown, Tracks
from tvclient.remote.rect import Rect
from tvclient.widgets.part import Part
from tvclient.widgets.stage import fitted_stage

EXPECTED_S = 0.25
"""A film on this box opens sooner; for any other this long nothing is seen of the key that opened it."""


class PlayerVideo:
    """One player and the place where its picture is seen; lives as long as the program.

    `make_player` is given what the player must call with its events, on whatever thread; they are handed
    on through `deliver` to whoever listens, on the drawing thread. Panels are in design px. `tell_frames`
    hears of each play that was stopped how many frames it showed and lost. `limit` is told in which
    rectangle of the window, in its px, something of Kivy's is seen; None: everywhere. `widget` is what
    draws the picture where Kivy does that.
    """

    def __init__(
        self,
        make_player: Callable[[OnEvent], Player],
        picture: Picture,
        deliver: Deliver,
        tell_frames: Callable[[Statistics], None],
        limit: Callable[[Rect | None], None],
        widget: Widget | None = None,
    ) -> None:
        self._picture = picture
        self._widget = widget
        self._tell_frames = tell_frames
        self._limit = limit
        self.deliver = deliver
        self._listener: OnEvent | None = None
        self._scale, self._left, self._top = 1.0, 0, 0
        self._page: Part | None = None
        self._panels: list[Rect] | None = None
        self._over: tuple[Rect, ...] = ()
        self._is_open = False
        self._expected = Clock.create_trigger(lambda _dt: None, EXPECTED_S)
        self._cut: tuple[Rect, ...] = ()
        self._was_cut = Clock.create_trigger(lambda _dt: None, 0)
        self._unseen_before = 0
        self.moves = False
        """Whether a film is playing, as far as the player has told."""
        self.player = make_player(self._told)

    @property
    def spares_drawing(self) -> bool:
        """Whatever Kivy drew now would not be seen, or only until the picture comes.

        What it costs a software renderer to draw the screen, the first pictures would come later, or not
        at all. As soon as this is over, Kivy draws what it owes.
        """
        covered = self._widget is None and self._panels == [] and not self._over
        return covered or bool(self._expected.is_triggered or self._was_cut.is_triggered)

    def expect(self, soon: bool) -> None:
        """A picture is about to come; if it is expected soon, what is seen now stays for so long."""
        if soon:
            self._expected()
        else:
            self._expected.cancel()

    def place(self, width_px: int, height_px: int, inset_pct: int = 0) -> None:
        """The television's window has this size; the picture fills it up to what the set may cut off."""
        self._scale, self._left, self._top = fitted_stage(width_px, height_px, inset_pct)
        x, y = (round(side * inset_pct / 100) for side in (width_px, height_px))
        self._picture.place(Rect(x, y, width_px - 2 * x, height_px - 2 * y))
        if self._panels is not None:
            self.show(self._panels)

    def lie_on(self, page: Part, ground: Widget) -> None:
        """If Kivy draws the picture, it does so where `ground` hangs, and `page` only while there is none:
        to fill the screen twice costs a software renderer as much again."""
        if self._widget is not None:
            if self._widget.parent is not None:
                self._widget.parent.remove_widget(self._widget)
            ground.add_widget(self._widget)
            self._page = page

    def listen(self, listener: OnEvent | None) -> None:
        """Who gets the player's events from now on."""
        self._listener = listener

    def show(self, panels: Iterable[Rect]) -> None:
        """Show the picture everywhere but in the panels."""
        self._panels = list(panels)
        self._expected.cancel()
        self._set_page(False)
        cut = tuple(self._scaled(panel) for panel in (*self._panels, *self._over))
        if self._widget is None:
            self._draw_in(cut)
        self._picture.show(cut)

    def lie_under(self, panels: Iterable[Rect]) -> None:
        """What is not the player screen's own and lies over the picture."""
        self._over = tuple(panels)
        if self._panels is not None:
            self.show(self._panels)

    def hide(self) -> None:
        """Show the television's own window alone."""
        self._panels = None
        self._set_page(True)
        self._cut = ()
        self._limit(None)
        self._picture.hide()

    def open(
        self, url: str, start_ms: Milliseconds, live: bool, subtitles: Sequence[SubtitleFile] = ()
    ) -> Opening:
        """Play this from now on."""
        self._is_open = True
        self._unseen_before = self._picture.unseen
        return self.player.open(url, start_ms, live, subtitles)

    def stop(self) -> None:
        """Leave what is playing, if anything is."""
        if self._is_open:
            self._tell_frames(self._frames())
        self._is_open = self.moves = False
        self._expected.cancel()
        self.player.stop()

    def close(self) -> None:
        """Stop the player and take the picture away; waits for libVLC, five seconds at most."""
        self._listener = None
        self.player.close()
        self._picture.close()

    def _frames(self) -> Statistics:
        """libVLC counts what it has put out; part of that may never have been drawn."""
        put_out, unseen = self.player.statistics, self._picture.unseen - self._unseen_before
        return Statistics(max(0, put_out.frames_shown - unseen), put_out.frames_lost + unseen)

    def _told(self, event: PlayerEvent) -> None:
        self.deliver(lambda: self._pass_on(event))

    def _pass_on(self, event: PlayerEvent) -> None:
        if not isinstance(event, Shown | Tracks):  # these come of a film that stands, too
            self.moves = self._is_open and isinstance(event, Playing | Position)
        if self._listener is not None:
            self._listener(event)

    def _draw_in(self, cut: tuple[Rect, ...]) -> None:
        """One turn later: the X server has Kivy draw anew what comes to light, which would be twice."""
        if cut and cut != self._cut:
            self._limit(_around(cut))
            self._was_cut()
        self._cut = cut

    def _set_page(self, shown: bool) -> None:
        if self._page is not None:
            self._page.shown = shown

    def _scaled(self, panel: Rect) -> Rect:
        left, top = self._on_screen(panel.x, panel.y)
        right, bottom = self._on_screen(panel.right, panel.bottom)
        return Rect(left, top, right - left, bottom - top)

    def _on_screen(self, x: int, y: int) -> tuple[int, int]:
        return self._left + round(x * self._scale), self._top + round(y * self._scale)


def _around(panels: Sequence[Rect]) -> Rect:
    """The smallest rectangle that holds all of them."""
    left, top = min(panel.x for panel in panels), min(panel.y for panel in panels)
    right, bottom = max(panel.right for panel in panels), max(panel.bottom for panel in panels)
    return Rect(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Studio:
    """What the player screen needs beyond Services; one for the whole program.

    `ask_after_ms` without a key, in a group study `ask_after_group_ms`, the presence card asks.
    """

    video: PlayerVideo
    reporter: Reporter
    boot: BootId
    ask_after_ms: int = ASK_AFTER_MS
    ask_after_group_ms: int = ASK_AFTER_GROUP_MS
