"""The way to where a walk begins, by keys, on the real television."""

from bench.keys_walks import Leg, Walk
from demo.operator import Operator, StoryError

TABS_MOST = 12
COMES_WITHIN_S = 8.0


class NotThereError(Exception):
    """This television has no such screen, or the keys do not lead to it."""


def go(operator: Operator, walk: Walk) -> None:
    """From wherever it is, over home. Raises NotThereError."""
    operator.press("Home")
    operator.wait_for_screen("home")
    operator.press("Home")
    try:
        for leg in walk.way:
            _take(operator, leg)
        operator.wait_for_screen(walk.screen, COMES_WITHIN_S)
    except StoryError as error:
        raise NotThereError(f"{walk.name}: {error}") from error


def _take(operator: Operator, leg: Leg) -> None:
    if leg.until is None:
        operator.press(leg.key)
    else:
        operator.find(leg.key, leg.until, TABS_MOST)
