"""The number of a place in a list, typed digit by digit."""

from collections.abc import Callable

from kivy.clock import Clock

from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.state.channel_dial import CHOSEN_AFTER_S, ChannelDial

DIGITS = 5  # 21,400 courses


class PlaceDial:
    """`go` is called with a number once no more digits come, or at OK; `show` after every change."""

    def __init__(self, go: Callable[[int], None], show: Callable[[], None]) -> None:
        self._go = go
        self._show = show
        self._dial = ChannelDial(most=DIGITS)
        self._due = Clock.create_trigger(lambda _dt: self._dialled(), CHOSEN_AFTER_S)

    @property
    def digits(self) -> str:
        """As typed so far; empty while nobody types."""
        return self._dial.digits

    def takes(self, event: KeyEvent) -> bool:
        """Digits, OK and Back after them. Any other key forgets them and is not used."""
        if event.key.digit is not None:
            if not event.repeat:
                self._dial = self._dial.press(event.key.digit)
                self._due.cancel()
                self._due()
                self._show()
            return True
        if event.key is Key.OK and self.digits:
            self._dialled()
            return True
        was_dialling = self.cancel()
        return was_dialling and event.key is Key.BACK

    def cancel(self) -> bool:
        """Forget the digits; False if there were none."""
        if not self.digits:
            return False
        self._due.cancel()
        self._dial = ChannelDial(most=DIGITS)
        self._show()
        return True

    def _dialled(self) -> None:
        number = self._dial.number
        self.cancel()
        if number is not None:
            self._go(number)
