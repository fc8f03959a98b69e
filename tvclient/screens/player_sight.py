"""What of the player is in sight for a while only: the bar, notices, words on the page."""

from typing import Any

from kivy.clock import Clock

from tvclient.screens.player_panels import PlayerPanels
from tvclient.words import _

BAR_S = 5.0
NOTICE_S = 6.0
BUFFERING_S = 0.8
BLANK_S = 2
"""Seconds of movement without any picture until it is told that there is only sound."""


class PlayerSight:
    """Shows at once, and takes away when it is time."""

    def __init__(self, ids: Any, panels: PlayerPanels) -> None:
        self._ids = ids
        self.panels = panels
        self._title = ""
        self._opening = True
        self._moves = False
        self._blank_s = 0
        self._hide_bar = Clock.create_trigger(lambda _dt: panels.show_bar(False), BAR_S)
        self._hide_notice = Clock.create_trigger(lambda _dt: panels.show_notice(""), NOTICE_S)
        self._buffering = Clock.create_trigger(lambda _dt: self._say_buffering(), BUFFERING_S)

    def open(self, title: str) -> None:
        """Nothing but the page, until there is a picture."""
        self._title, self._opening, self._moves, self._blank_s = title, True, False, 0
        for timer in (self._hide_bar, self._buffering):
            timer.cancel()
        self.panels.show_none()
        self.page(_("正在打开…"))

    def page(self, words: str, icon: str = "film") -> None:
        """What is read where the picture will be, or was."""
        self.panels.show_page(self._title, words, icon)

    def show_bar(self, stays: bool) -> None:
        """The bar, for a while unless it stays."""
        self._hide_bar.cancel()
        if not stays:
            self._hide_bar()
        self.panels.show_bar(True)

    def picture_moves(self) -> None:
        """There is a picture, as far as anybody knows, and nothing to wait for."""
        self._opening, self._moves = False, True
        self.picture_stands()
        self._show_picture()

    def picture_stands(self) -> None:
        """Nothing is waited for: whatever it was, a picture that was stopped need not go on."""
        self._buffering.cancel()
        if not self._hide_notice.is_triggered:
            self.panels.show_notice("")

    def count_frames(self, frames: int) -> None:
        """So many pictures have been shown of the item; told once a second. Without any it is not a black
        screen that is seen, but the page."""
        if not self._moves:
            return
        was_blank = self._blank
        self._blank_s = 0 if frames else self._blank_s + 1
        if self._blank != was_blank:
            self._show_picture()

    def picture_waits(self) -> None:
        """Data are gathered; said only if it takes longer than a blink."""
        self._moves = False
        self._buffering()

    def picture_is_lost(self, words: str) -> None:
        """A hiccup, told over the picture if there was one; with `words` a loss, told in its place."""
        self._moves = False
        self.picture_stands()
        if self._opening and not words:
            self.page(_("网络不稳，正在重新连接…"))
        else:
            self.panels.show_loss(words)

    def notice(self, words: str, icon: str) -> None:
        """A few words at the top, for a while; none takes them away."""
        self.panels.show_notice(words, icon)
        self._hide_notice.cancel()
        self._hide_notice()

    def over(self, words: str) -> None:
        """The item has ended: the page is seen again."""
        self._moves = False
        self._buffering.cancel()
        self.panels.show_notice("")
        self.panels.show_picture(False)
        self.page(words)

    def leave(self) -> None:
        """The screen is left."""
        for timer in (self._hide_bar, self._hide_notice, self._buffering):
            timer.cancel()
        self.panels.show_picture(False)

    @property
    def _blank(self) -> bool:
        return self._blank_s >= BLANK_S

    def _show_picture(self) -> None:
        if self._blank:
            self.page(_("这里只有声音，没有画面。听课照常计时。"), "volume")
        self.panels.show_picture(not self._blank)

    def _say_buffering(self) -> None:
        words = _("正在缓冲，请稍候…")
        if self._opening:
            self.page(words)
        else:
            self.panels.show_notice(words)
