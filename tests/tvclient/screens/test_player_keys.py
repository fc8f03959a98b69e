"""What the keys do while nothing lies over the picture."""

import pytest

from tvclient.remote.key import Key
from tvclient.remote.key_queue import KeyEvent
from tvclient.screens.player_keys import Act, act_of

HELD = (Key.LEFT, Key.RIGHT, Key.REWIND, Key.FORWARD)


@pytest.mark.parametrize(
    ("key", "act"),
    [
        (Key.OK, Act.PAUSE),
        (Key.PLAY_PAUSE, Act.PAUSE),
        (Key.REWIND, Act.SEEK_BACK),
        (Key.RIGHT, Act.SEEK_ON),
        (Key.MENU, Act.MENU),
        (Key.STOP, Act.LEAVE),
        (Key.UP, Act.SHOW_BAR),
        (Key.RED, Act.SHOW_BAR),
    ],
)
def test_a_press_has_its_act(key: Key, act: Act) -> None:
    assert act_of(KeyEvent(key, repeat=0)) is act


@pytest.mark.parametrize("key", [key for key in Key if not key.is_volume])
def test_a_key_that_is_held_goes_on_only_where_it_seeks(key: Key) -> None:
    assert (act_of(KeyEvent(key, repeat=1)) is not None) == (key in HELD)


@pytest.mark.parametrize("key", [key for key in Key if key.is_volume])
def test_the_volume_is_not_the_players(key: Key) -> None:
    assert act_of(KeyEvent(key, repeat=0)) is None
