"""The button that has the focus where a screen has nothing else to go to, and why it has nothing."""

from collections.abc import Callable
from enum import Enum

from tvclient import theme
from tvclient.screens.services import Navigate
from tvclient.widgets.push_button import PushButton
from tvclient.widgets.ring import Ring
from tvclient.words import _

LATE_S = 0.5
"""What comes sooner needs no word about its coming."""


class WayOn(Enum):
    """Icon and words of the button."""

    BACK = ("back", "返回")
    """What belongs here is late."""
    AGAIN = ("sync", "再试一次")
    """It can't be had."""
    COURSES = ("grid", "看看有什么课")
    """There is none."""


def draw_way_on(way: WayOn | None, button: PushButton, ring: Ring) -> None:
    """With None neither is shown."""
    button.shown = ring.shown = way is not None
    if way is not None:
        icon, words = way.value
        button.icon, button.text = icon, _(words)
        ring.lift_one({way.name: button}, way.name, theme.RADIUS_CARD)


def go_on(way: WayOn | None, navigate: Navigate, again: Callable[[], None]) -> None:
    """OK was pressed on it."""
    if way is WayOn.BACK:
        navigate.back()
    elif way is WayOn.AGAIN:
        again()
    elif way is WayOn.COURSES:
        navigate.show("category")
