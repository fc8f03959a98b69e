"""Our television as bench/playback.py measures it: at rest, playing, and with the bar in sight."""

import time
from collections.abc import Iterator

from bench.playback_eyes import wait_until_moving
from bench.playback_house import CHANNEL, leave_course
from bench.playback_peers import STARTS_WITHIN_S, WARM_S
from bench.playback_sample import Sample, take_sample
from bench.television import television
from demo.display import RemoteAndEyes
from demo.home_screen import HomeScreen
from demo.house import House
from demo.operator import Operator

BAR_GOES_S = 7.0
KEY_EVERY_S = 3.0
REST_S = 15.0

Named = tuple[str, Sample]


def measure_rest(house: House, display: str) -> Named:
    """The home screen, without any key."""
    with television(house, display), RemoteAndEyes(display) as eyes:
        time.sleep(WARM_S)
        return "home", take_sample(eyes, REST_S, look=False)


def measure_course(house: House, display: str, course: int, seconds: float, bar: bool) -> Iterator[Named]:
    """A course from its beginning: the picture alone, then, half as long, with the bar in sight if asked."""
    with television(house, display) as operator, RemoteAndEyes(display) as eyes:
        HomeScreen(operator, house).open_course(str(course))
        operator.press("Return")
        yield from _measure_playing(operator, eyes, house, seconds, bar)


def measure_channel(house: House, display: str, seconds: float) -> Iterator[Named]:
    """A channel of the city, which is on the air meanwhile, through the agent."""
    with television(house, display) as operator, RemoteAndEyes(display) as eyes:
        HomeScreen(operator, house).find(f"live:{CHANNEL}")
        operator.press("Return")
        yield from _measure_playing(operator, eyes, house, seconds, bar=False)


def measure_texture(house: House, display: str, course: int, seconds: float) -> Named:
    """A course the other way to the screen."""
    with television(house, display, "--video-output", "texture") as operator, RemoteAndEyes(display) as eyes:
        HomeScreen(operator, house).open_course(str(course))
        operator.press("Return")
        [(_name, sample)] = _measure_playing(operator, eyes, house, seconds, bar=False)
        return "texture", sample


def _measure_playing(
    operator: Operator, eyes: RemoteAndEyes, house: House, seconds: float, bar: bool
) -> Iterator[Named]:
    wait_until_moving(eyes, STARTS_WITHIN_S)
    time.sleep(max(WARM_S, BAR_GOES_S))
    samples = {"window": take_sample(eyes, seconds)}
    if bar:
        operator.press("Up")
        samples["bar"] = take_sample(eyes, seconds / 2, lambda passing_s: _keep_bar(operator, passing_s))
    frames = leave_course(operator, house)
    for name, sample in samples.items():
        yield name, sample.counted(frames)


def _keep_bar(operator: Operator, seconds: float) -> None:
    """A key now and then, so that the bar stays."""
    for _ in range(int(seconds // KEY_EVERY_S)):
        time.sleep(KEY_EVERY_S)
        operator.press("Up")
    time.sleep(seconds % KEY_EVERY_S)
