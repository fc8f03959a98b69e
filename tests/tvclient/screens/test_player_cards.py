"""The card at the end of an item, as it runs: it leads on by itself unless somebody says no."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.fakes.fake_agent import episode
from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import Watching, wait_for
from tvclient.screens.player_card import NEXT_AFTER_S
from tvclient.screens.player_cards import Card, PlayerCards

SHORT_MS = 2_000


@pytest.fixture
def agent(clip: Path, tmp_path: Path) -> Iterator[PlayerAgent]:
    """A short episode and a longer one."""
    short = tmp_path / "short.mp4"
    make_clip(short, "640x360", SHORT_MS, "-movflags", "+faststart")
    course = {"id": "5", "episodes": [episode(5, n, f"题{n}", CLIP_MS) for n in (1, 2)]}
    sources = {"5.1": source(short, SHORT_MS), "5.2": source(clip)}
    with PlayerAgent(sources, course) as agent:
        yield agent


@pytest.fixture
def cards() -> PlayerCards:
    def nothing(*_: object) -> None:
        """Nobody looks."""

    panels = SimpleNamespace(show_card=nothing)
    navigate = SimpleNamespace(changed=nothing, focus=nothing)
    return PlayerCards(SimpleNamespace(card=None, menu=None), panels, navigate)


def test_a_card_that_was_told_to_stay_never_runs_out(cards: PlayerCards) -> None:
    cards.open(Card.ENDED)
    assert not cards.has_run_out()
    assert cards.stay()
    assert not any(cards.has_run_out() for _ in range(NEXT_AFTER_S))
    assert not cards.stay(), "there is nothing left to stop"


def test_a_card_that_leads_nowhere_by_itself_is_left(cards: PlayerCards) -> None:
    cards.open(Card.ENDED, counting=False)
    assert not cards.stay()
    cards.open(Card.STOPPED)
    assert not cards.stay()


def test_back_first_stops_what_would_follow_then_leaves(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        wait_for(lambda: len(agent.ledger.left) == 1)
        wait_for(lambda: television.shows_picture_at(1500, 760))
        television.press("Escape")
        wait_for(lambda: television.focused() == "card:first")
        assert television.screens()[-1] == "player"
        television.press("Escape")
        wait_for(lambda: television.screens()[-1] == "home")
    assert len(agent.ledger.intervals) == 1
