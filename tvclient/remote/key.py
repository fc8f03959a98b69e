"""The logical keys of a remote control, whatever device they came from."""

from enum import StrEnum


class Key(StrEnum):
    """One logical key; the values are the names used in assets/keymaps/*.toml."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    OK = "ok"
    BACK = "back"
    HOME = "home"
    MENU = "menu"
    PLAY_PAUSE = "play_pause"
    STOP = "stop"
    REWIND = "rewind"
    FORWARD = "forward"
    CHANNEL_UP = "channel_up"
    CHANNEL_DOWN = "channel_down"
    DIGIT_0 = "digit_0"
    DIGIT_1 = "digit_1"
    DIGIT_2 = "digit_2"
    DIGIT_3 = "digit_3"
    DIGIT_4 = "digit_4"
    DIGIT_5 = "digit_5"
    DIGIT_6 = "digit_6"
    DIGIT_7 = "digit_7"
    DIGIT_8 = "digit_8"
    DIGIT_9 = "digit_9"
    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    INFO = "info"
    VOLUME_UP = "volume_up"
    VOLUME_DOWN = "volume_down"
    MUTE = "mute"

    @property
    def digit(self) -> int | None:
        """0 to 9 for a digit key, None for every other key."""
        return int(self.value[-1]) if self.value.startswith("digit_") else None

    @property
    def is_move(self) -> bool:
        """True for the four arrows, the keys that move the focus."""
        return self in _MOVES

    @property
    def is_volume(self) -> bool:
        """True for louder, quieter and mute, which are the same on every screen."""
        return self in _VOLUMES

    @property
    def repeats(self) -> bool:
        """True for the keys that go on while they are held: arrows, winding, louder and quieter."""
        return self in _REPEATING


_MOVES = frozenset((Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT))
_VOLUMES = frozenset((Key.VOLUME_UP, Key.VOLUME_DOWN, Key.MUTE))
_REPEATING = _MOVES | {Key.REWIND, Key.FORWARD, Key.VOLUME_UP, Key.VOLUME_DOWN}
