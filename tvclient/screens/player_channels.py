"""From one live channel to another: by its number, or to the one beside it."""

from collections.abc import Callable

from kivy.clock import Clock

from study.course import channel_of
from study.units import ItemId
from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.screens.player_item import PlayerItem
from tvclient.screens.player_panels import PlayerPanels
from tvclient.state.channel import Channel, beside, channel_with, numbered
from tvclient.state.channel_dial import CHOSEN_AFTER_S, ChannelDial
from tvclient.words import _

SHOWN_S = 4.0
STEPS = {Key.CHANNEL_UP: 1, Key.CHANNEL_DOWN: -1}


class PlayerChannels:
    """Says number and name at once, long before there is a picture. `choose` opens a channel."""

    def __init__(self, panels: PlayerPanels, choose: Callable[[ItemId], None]) -> None:
        self._panels = panels
        self._choose = choose
        self._channels: tuple[Channel, ...] = ()
        self._on = ItemId("")
        self._dial = ChannelDial()
        self._due = Clock.create_trigger(lambda _dt: self._dialled(), CHOSEN_AFTER_S)
        self._gone = Clock.create_trigger(lambda _dt: self._hide(), SHOWN_S)

    def tune(self, item_id: ItemId) -> str:
        """This is being opened; a heading for it if it is a channel that is known."""
        self._on = channel_of(item_id)
        self._stop_dialling()
        channel = channel_with(self._channels, self._on)
        if channel is None:
            self._hide()
            return ""
        self._show(str(channel.number), channel.title)
        return f"{channel.number} {channel.title}"

    def know(self, what: PlayerItem) -> None:
        """What the agent says of it, with the channels there are."""
        was_known = channel_with(self._channels, self._on) is not None
        self._channels = what.channels
        if not was_known:
            self.tune(what.item_id)

    def takes(self, event: KeyEvent) -> bool:
        """Digits, OK after them, channel up and down; False for every other key, and where there are none."""
        if not self._channels or event.repeat:
            return False
        if event.key.digit is not None:
            self._press(event.key.digit)
        elif event.key is Key.OK and self._dial.digits:
            self._dialled()
        elif event.key in STEPS:
            self._step(STEPS[event.key])
        else:
            return False
        return True

    def cancel(self) -> bool:
        """Forget the digits; False if there were none."""
        was_dialling = bool(self._dial.digits)
        self._stop_dialling()
        if was_dialling:
            self._hide()
        return was_dialling

    def leave(self) -> None:
        """The screen is left."""
        self._stop_dialling()
        self._hide()

    def _press(self, digit: int) -> None:
        self._dial = self._dial.press(digit)
        channel = numbered(self._channels, self._dial.number or 0)
        self._show(self._dial.digits, channel.title if channel else "")
        self._due.cancel()
        self._due()

    def _dialled(self) -> None:
        digits, number = self._dial.digits, self._dial.number
        self._stop_dialling()
        channel = None if number is None else numbered(self._channels, number)
        if channel is None:
            self._show(digits, _("没有这个频道"))
        else:
            self._go(channel)

    def _step(self, step: int) -> None:
        self._stop_dialling()
        channel = beside(self._channels, self._on, step)
        if channel is not None:
            self._go(channel)

    def _go(self, channel: Channel) -> None:
        if channel.item_id == self._on:
            self._show(str(channel.number), channel.title)
        else:
            self._choose(channel.item_id)

    def _stop_dialling(self) -> None:
        self._dial = ChannelDial()
        self._due.cancel()

    def _show(self, number: str, words: str) -> None:
        self._panels.show_channel(number, words)
        self._gone.cancel()
        self._gone()

    def _hide(self) -> None:
        self._gone.cancel()
        self._panels.show_channel("", "")
