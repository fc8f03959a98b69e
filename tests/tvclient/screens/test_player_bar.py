"""What the bar says that the keys do."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.tvclient.screens.test_player_watch import WHAT
from tvclient.screens.player_bar import PlayerBar


@pytest.mark.parametrize(
    ("paused", "lost", "words"),
    [(False, False, "暂停"), (True, False, "继续播放"), (False, True, "马上再试"), (True, True, "马上再试")],
)
def test_the_bar_says_what_ok_does(paused: bool, lost: bool, words: str) -> None:
    bar: Any = SimpleNamespace()
    PlayerBar.show_keys(bar, WHAT, paused, lost, "")
    assert [hint.words for hint in bar.hints if hint.caps == ("OK",)] == [words]
