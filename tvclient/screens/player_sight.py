"""What of the player is in sight for a while only: the bar, notices, words on the page."""

from typing import Any

from kivy.clock import Clock

from tvclient.screens.player_panels import PlayerPanels
from tvclient.words import _

BAR_S = 5.0
NOTICE_S = 6.0
BUFFERING_S = 0.8


class PlayerSight:
    """Shows at once, and takes away when it is time."""

    def __init__(self, ids: Any, panels: PlayerPanels) -> None:
        self._ids = ids
        self.panels = panels
        self._title = ""
        self._opening = True
        self._hide_bar = Clock.create_trigger(lambda _dt: panels.show_bar(False), BAR_S)
        self._hide_notice = Clock.create_trigger(lambda _dt: panels.show_notice(""), NOTICE_S)
        self._buffering = Clock.create_trigger(lambda _dt: self._say_buffering(), BUFFERING_S)

    def open(self, title: str) -> None:
        """Nothing but the page, until there is a picture."""
        self._title, self._opening = title, True
        for timer in (self._hide_bar, self._buffering):
            timer.cancel()
        self.panels.show_none()
        self.page(_("正在打开…"))

    def page(self, words: str) -> None:
        """What is read where the picture will be, or was."""
        self.panels.show_page(self._title, words)

    def show_bar(self, stays: bool) -> None:
        """The bar, for a while unless it stays."""
        self._hide_bar.cancel()
        if not stays:
            self._hide_bar()
        self.panels.show_bar(True)

    def picture_moves(self) -> None:
        """There is a picture, and nothing to wait for."""
        self._opening = False
        self._buffering.cancel()
        if not self._hide_notice.is_triggered:
            self.panels.show_notice("")
        self.panels.show_picture(True)

    def picture_waits(self) -> None:
        """Data are gathered; said only if it takes longer than a blink."""
        self._buffering()

    def picture_is_lost(self, words: str) -> None:
        """A hiccup, or with `words` a loss that is told in the picture's place."""
        self._buffering.cancel()
        self.panels.show_loss(words)

    def notice(self, words: str, icon: str) -> None:
        """A few words at the top, for a while."""
        self.panels.show_notice(words, icon)
        self._hide_notice.cancel()
        self._hide_notice()

    def over(self, words: str) -> None:
        """The item has ended: the page is seen again."""
        self._buffering.cancel()
        self.panels.show_notice("")
        self.panels.show_picture(False)
        self.page(words)

    def leave(self) -> None:
        """The screen is left."""
        for timer in (self._hide_bar, self._hide_notice, self._buffering):
            timer.cancel()
        self.panels.show_picture(False)

    def _say_buffering(self) -> None:
        words = _("正在缓冲，请稍候…")
        if self._opening:
            self.page(words)
        else:
            self.panels.show_notice(words)
