"""Left and right held down or tapped, as it runs: the film jumps once, where the bar said."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import Watching, wait_for
from tvclient.state.seek_steps import FIRST_STEP_MS

Hold = Callable[[str, float], None]


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"5.1": source(clip)}) as agent:
        yield agent


@pytest.fixture
def hold(display_name: str) -> Iterator[Hold]:
    """A key by the name of its X keysym, down for so many seconds."""
    display = Display(display_name)

    def hold_down(key: str, for_s: float) -> None:
        code = display.keysym_to_keycode(XK.string_to_keysym(key))
        for event in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(display, event, code)
            display.sync()
            time.sleep(for_s if event == X.KeyPress else 0)

    yield hold_down
    display.close()


def _jumps_ms(agent: PlayerAgent) -> list[int]:
    """How far the film went on at once, each time; a busy machine may have it stand in between."""
    if not agent.ledger.intervals:
        return []
    gaps_ms = (after.media_start_ms - before.media_end_ms for before, after in pairwise(agent.intervals()))
    return [gap_ms for gap_ms in gaps_ms if abs(gap_ms) > FIRST_STEP_MS / 2]


@pytest.mark.parametrize(("held_s", "least_presses"), [(0.1, 1), (1.0, 2)])
def test_a_key_is_one_jump_however_long_it_is_held(
    agent: PlayerAgent, watching: Watching, hold: Hold, held_s: float, least_presses: int
) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        time.sleep(1)
        hold("Right", held_s)
        wait_for(lambda: bool(_jumps_ms(agent)))
        time.sleep(1)
        television.press("End")
        wait_for(lambda: bool(agent.ledger.left))
    [jumped_ms] = _jumps_ms(agent)
    assert jumped_ms > (least_presses - 0.5) * FIRST_STEP_MS
