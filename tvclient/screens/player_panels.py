"""Which of Kivy's panels lie over the picture; everywhere else it is the picture that is seen."""

import logging
from typing import Any

from kivy.clock import Clock

from tvclient.remote.rect import Rect
from tvclient.screens.player_video import PlayerVideo
from tvclient.state.menu_row import MenuRow
from tvclient.state.strip_look import StripLook
from tvclient.theme import BODY
from tvclient.widgets.brush import text_width
from tvclient.widgets.part import Part
from tvclient.words import _

log = logging.getLogger(__name__)

PAUSE_X, PAUSE_SIDE = 884, 152
PAUSE_Y_OVER_BAR, PAUSE_Y_OVER_CARD, PAUSE_Y_UNDER_BAR = 308, 256, 640
NOTICE_AT = (96, 54)
NOTICE_SPARE, NOTICE_H = 76 + 32, 72
CHANNEL_AT = (96, 48)
STRIP_AT, UNDER_STRIP = (96, 54), 16
CHANNEL_TO_NOTICE = 136


class PlayerPanels:
    """Cuts exactly the rectangles of the panels out, just before Kivy draws the frame that shows them.

    Not after it: an X server keeps nothing of what is drawn under a window, so a panel drawn first would
    be drawn twice, and seen a frame later. While none is shown, Kivy has nothing to draw: the picture
    covers its whole window.
    """

    def __init__(self, ids: Any, video: PlayerVideo) -> None:
        self._ids = ids
        self._video = video
        self._picture = False
        self._over: Rect | None = None
        video.lie_on(ids.page, ids.ground)
        self._changed = Clock.create_trigger(lambda _dt: self.cut(), -1)

    @property
    def bar_shown(self) -> bool:
        return bool(self._ids.bar.shown)

    def show_picture(self, shown: bool) -> None:
        """Lay the picture over the page, or take it away; at once."""
        self._picture = shown
        self.cut()

    def show_none(self) -> None:
        """The page alone, for an item that is not open yet."""
        self.show_bar(False)
        self.show_notice("")
        self.show_picture(False)

    def show_menu(self, rows: tuple[MenuRow, ...]) -> None:
        """What the menu offers now; as a card it is shown and taken away."""
        self._ids.menu.list(rows)
        self._changed()
        self.show_pause(bool(self._ids.pause.shown))
        self._place_notes()

    def show_channel(self, number: str, words: str) -> None:
        """A channel's number at the top left, with its name or what is wrong with it; none takes it away."""
        channel = self._ids.channel
        if number:
            channel.number, channel.words = number, words
            self._changed()
        self._set(channel, bool(number))
        self._place_notes()

    def show_strip(self, look: StripLook | None, small: bool | None = None) -> None:
        """The strip of a group study at the top left, `small` only a mark; None for as large as it is."""
        strip = self._ids.strip
        if look is not None:
            is_small = strip.small if small is None else small
            if (look, is_small) != (strip.look, strip.small):
                was_px = strip.size_px
                strip.look, strip.small = look, is_small
                if strip.size_px != was_px:
                    self._changed()
        self._set(strip, look is not None)
        self._place_notes()

    def lay_over(self, place: Rect | None) -> None:
        """Where something lies over the film that is no part of the player; None: nothing does."""
        self._over = place
        self._changed()

    def show_bar(self, shown: bool) -> None:
        """The bar; not while a card lies in its place."""
        self._set(self._ids.bar, shown and not self._has_card)
        if not self._ids.bar.shown:
            self.show_seek(None)
        self._place_notes()

    def place_bar(self, at_top: bool) -> None:
        """At the top of the screen while there are subtitles, which the picture has at its bottom."""
        if self._ids.bar.at_top != at_top:
            self._ids.bar.at_top = at_top
            self._changed()
            self.show_pause(bool(self._ids.pause.shown))
            self._place_notes()

    def show_seek(self, place: Rect | None) -> None:
        """Where a seek will lead, over the bar; None takes it away."""
        seek = self._ids.seek
        if place is not None and list(place) != seek.rect:
            seek.rect = list(place)
            self._changed()
        self._set(seek, place is not None and self.bar_shown)

    def show_card(self, card: Part | None) -> None:
        """One of the cards in place of the bar, or none."""
        if card is not None:
            self.show_bar(False)
        for part in self._cards():
            self._set(part, part is card)
        self.show_pause(bool(self._ids.pause.shown))
        self._place_notes()

    def show_pause(self, shown: bool) -> None:
        """The pause mark in the middle of what is left of the picture, if there is one."""
        over = PAUSE_Y_OVER_CARD if self._has_card else PAUSE_Y_OVER_BAR
        top = PAUSE_Y_UNDER_BAR if self._lies_at_top else over
        if self._ids.pause.rect[1] != top:
            self._ids.pause.rect = [PAUSE_X, top, PAUSE_SIDE, PAUSE_SIDE]
        self._set(self._ids.pause, shown and self._picture)

    def show_notice(self, words: str, icon: str = "sync") -> None:
        """A few words at the top left; none takes the notice away."""
        notice = self._ids.notice
        if words and words != notice.text:
            notice.text, notice.icon = words, icon
            self._place_notes()
            self._changed()
        self._set(notice, bool(words))

    def show_loss(self, words: str) -> None:
        """A hiccup, over the picture that stands; with `words`, these on the page in the picture's place."""
        if not words:
            self.show_notice(_("网络不稳，正在重新连接…"))
        else:
            log.warning("%s", words)
            self._ids.page_words.text, self._ids.page_icon.icon = words, "warn"
            self.show_seek(None)
            self.show_picture(False)

    def show_page(self, title: str, words: str, icon: str) -> None:
        """What is seen while there is no picture."""
        self._ids.page_title.text, self._ids.page_words.text = title, words
        self._ids.page_icon.icon = icon

    def cut(self) -> None:
        """Make the picture's window fit what is shown now."""
        if self._picture:
            shown = [Rect(*map(int, part.rect)) for part in self._parts() if part.shown]
            self._video.show([*shown, self._over] if self._over else shown)
        else:
            self._video.hide()

    def _place_notes(self) -> None:
        """Strip, channel and notice, one under the other, and all under a bar or a menu at the top."""
        strip, channel, notice = self._ids.strip, self._ids.channel, self._ids.notice
        tops = [part for part in (self._ids.bar, self._ids.menu) if part.at_top and part.shown]
        down = max((int(part.rect[3]) for part in tops), default=0)
        x, y = STRIP_AT
        self._lay(strip, [x, y + down, *strip.size_px])
        if strip.shown:
            down += int(strip.rect[3]) + UNDER_STRIP
        x, y = CHANNEL_AT
        channel.rect = [x, y + down, *channel.size_px]
        x, y = NOTICE_AT
        top = y + down + (CHANNEL_TO_NOTICE if channel.shown else 0)
        notice.rect = [x, top, NOTICE_SPARE + text_width(notice.text, BODY), NOTICE_H]

    def _parts(self) -> tuple[Part, ...]:
        ids = self._ids
        return (ids.bar, ids.seek, *self._cards(), ids.pause, ids.strip, ids.channel, ids.notice)

    def _cards(self) -> tuple[Part, ...]:
        return (self._ids.card, self._ids.menu)

    @property
    def _lies_at_top(self) -> bool:
        """What leaves the lower part of the picture free."""
        menu = self._ids.menu
        return bool(menu.at_top if menu.shown else self._ids.bar.at_top and not self._has_card)

    @property
    def _has_card(self) -> bool:
        return any(card.shown for card in self._cards())

    def _lay(self, part: Part, rect: list[int]) -> None:
        if part.rect != rect:
            part.rect = rect
            self._changed()

    def _set(self, part: Part, shown: bool) -> None:
        if part.shown != shown:
            part.shown = shown
            self._changed()
