"""What a key does while the picture is in front, without a card over it."""

from enum import StrEnum

from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent


class Act(StrEnum):
    LEAVE = "leave"
    SEEK_BACK = "seek_back"
    SEEK_ON = "seek_on"
    PAUSE = "pause"
    """Or go on."""
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    """One channel, or one episode."""
    MENU = "menu"
    SHOW_BAR = "show_bar"


ACTS = {
    Key.STOP: Act.LEAVE,
    Key.LEFT: Act.SEEK_BACK,
    Key.REWIND: Act.SEEK_BACK,
    Key.RIGHT: Act.SEEK_ON,
    Key.FORWARD: Act.SEEK_ON,
    Key.OK: Act.PAUSE,
    Key.PLAY_PAUSE: Act.PAUSE,
    Key.CHANNEL_UP: Act.STEP_UP,
    Key.CHANNEL_DOWN: Act.STEP_DOWN,
    Key.MENU: Act.MENU,
}
WHILE_HELD = frozenset((Act.SEEK_BACK, Act.SEEK_ON))


def act_of(event: KeyEvent) -> Act | None:
    """None for a key held down that acts once only, or one that has done its work already."""
    act = ACTS.get(event.key, Act.SHOW_BAR)
    if event.key.is_volume or (event.repeat and act not in WHILE_HELD):
        return None
    return act
