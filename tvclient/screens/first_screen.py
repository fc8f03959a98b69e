"""What home is in either size: rows that come from a feed, a way out, words where there are no courses."""

from abc import abstractmethod

from kivy.clock import Clock

from study.local_api import HomeReply
from tvclient.errors import TvError
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.screens.home_feed import HomeFeed
from tvclient.screens.leave_question import WayOut
from tvclient.screens.screen import Screen
from tvclient.screens.services import Services
from tvclient.words import _

COVERS_AGAIN_S = 5.0


class FirstScreen(Screen):
    """Lies over no other. Its rule has `notice`, `advice` and, over everything else, `over`."""

    name = "home"

    def __init__(self, services: Services) -> None:
        self.feed = HomeFeed(services, self.show_rows, self._miss)
        super().__init__(services)
        self.way_out = WayOut(services.navigate, self.ids.over)
        self._cover_round = Clock.create_trigger(self._look_for_covers, COVERS_AGAIN_S, interval=True)
        self._say(_("正在读取课程…"), "")

    @abstractmethod
    def show_rows(self, reply: HomeReply) -> None:
        """Other rows than before; then `tell_rows`."""

    @abstractmethod
    def repaint_covers(self) -> None:
        """Covers that were not there yet may be by now."""

    def enter(self) -> None:
        self.feed.load()
        self._cover_round()

    def leave(self) -> None:
        self._cover_round.cancel()

    def back(self) -> bool:
        self.way_out.back()
        return True

    def on_key(self, event: KeyEvent) -> bool:
        if event.key is not Key.MENU or self.way_out.is_asking:
            return False
        if not event.repeat:
            self.services.navigate.show("pin")
        return True

    def tell_rows(self, any_courses: bool, is_first: bool) -> None:
        """They are shown: the first ones take the focus."""
        if any_courses:
            self._say("", "")
        else:
            self._say(
                _("课程还没有下载到本机"),
                _("接通网络后会自动下载课程目录，下好就显示在这里，不用做任何操作。"),
            )
        self.services.navigate.changed()
        if is_first and any_courses and self.default_focus is not None:
            self.services.navigate.focus(self.default_focus)

    def _look_for_covers(self, *_args: object) -> None:
        # The box fetches covers after the catalogue, so one that was not there yet may be by now.
        if self.services.covers.ask_again():
            self.repaint_covers()

    def _miss(self, error: TvError) -> None:
        self._say(_("课程暂时读不出来"), error.words)

    def _say(self, notice: str, advice: str) -> None:
        self.ids.notice.text, self.ids.advice.text = notice, advice
