"""What OK would play is known before OK is pressed."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from study.units import ItemId, MonotonicMs
from tests.fakes.fake_agent import course, episode
from tests.tvclient.agent_client.local_agent import Asked, LocalAgent, as_json
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import RunningTelevision, running_television, wait_for
from tests.tvclient.television_rig import PAPER
from tvclient.agent_client.client import AgentClient
from tvclient.background import Background
from tvclient.screens.ready_item import TRUE_FOR_MS, ReadyItem

COURSE: Any = course(5, "政务礼仪", episode(5, 1, "第一讲", CLIP_MS), episode(5, 2, "第二讲", CLIP_MS))
FIRST, SECOND = ItemId("5.1"), ItemId("5.2")
WAIT_S = 5
PLAY_BUTTON = (800, 460)
ANSWERED_S = 0.5
"""Between the question and its answer being kept."""


class _Desk:
    """A drawing thread that turns when the test says so, and its clock."""

    def __init__(self, url: str, folder: Path) -> None:
        (folder / "token").write_text("right")
        self.now_ms = 1_000
        self._turns: queue.Queue[Callable[[], None]] = queue.Queue()
        self.background = Background(self._turns.put, threads=1)
        self.background.begin()
        client = AgentClient(url, folder / "token")
        self.ready = ReadyItem(client, self.background, lambda: MonotonicMs(self.now_ms))

    def turn(self) -> None:
        """Take one answer."""
        self._turns.get(timeout=WAIT_S)()


@pytest.fixture
def server() -> Iterator[LocalAgent]:
    def answer(asked: Asked) -> tuple[int, bytes]:
        told = source(Path("/clip.mp4")) | {"file": None, "subtitles": [], "thumbnails": None}
        return as_json(200, told | {"resume_ms": 1_000 * len(running.asked)})

    with LocalAgent(answer) as running:
        yield running


@pytest.fixture
def desk(server: LocalAgent, tmp_path: Path) -> Iterator[_Desk]:
    made = _Desk(server.url, tmp_path)
    yield made
    made.background.stop()


def test_what_was_asked_is_there_once_without_asking_for_the_course_again(
    desk: _Desk, server: LocalAgent
) -> None:
    desk.ready.ask(FIRST, COURSE)
    assert desk.ready.take(FIRST) is None
    desk.turn()  # the answer to a question nobody has any more
    assert desk.ready.take(FIRST) is None
    desk.ready.ask(FIRST, COURSE)
    desk.turn()
    what = desk.ready.take(FIRST)
    assert what is not None
    assert (what.item_id, what.resume_ms, what.after) == (FIRST, 2_000, SECOND)
    assert desk.ready.take(FIRST) is None
    assert [asked.path for asked in server.asked] == ["/v1/items/5.1/source"] * 2


def test_it_is_nobody_elses(desk: _Desk) -> None:
    desk.ready.ask(FIRST, COURSE)
    desk.turn()
    assert desk.ready.take(SECOND) is None


@pytest.mark.parametrize(("age_ms", "is_true"), [(TRUE_FOR_MS, True), (TRUE_FOR_MS + 1, False)])
def test_it_is_true_for_a_while(desk: _Desk, age_ms: int, is_true: bool) -> None:
    desk.ready.ask(FIRST, COURSE)
    desk.turn()
    desk.now_ms += age_ms
    assert (desk.ready.take(FIRST) is not None) == is_true


@pytest.mark.parametrize(("on_box", "courses_asked"), [(True, 1), (False, 2)])
def test_only_what_is_on_the_box_is_asked_for_before_ok(
    display_name: str, clip: Path, tmp_path: Path, on_box: bool, courses_asked: int
) -> None:
    """Of anything else the city would be asked. Who asks at OK asks for the course as well."""
    told = course(5, "政务礼仪", episode(5, 1, "第一讲", CLIP_MS, on_box=on_box))
    with (
        PlayerAgent({"5.1": source(clip)}, course=told) as agent,
        running_television(display_name, agent, tmp_path, ("course", "5")) as television,
    ):
        wait_for(lambda: television.pixel(*PLAY_BUTTON) == PAPER)
        if on_box:
            wait_for(lambda: _asked(agent, "/source") == 1)
            time.sleep(ANSWERED_S)
            agent.sources.clear()
        television.press("Return")
        wait_for(lambda: _moves(television))
        assert (_asked(agent, "/source"), _asked(agent, "/courses/5")) == (1, courses_asked)


def _moves(television: RunningTelevision) -> bool:
    before = television.strip()
    time.sleep(0.1)
    return television.screens()[-1] == "player" and television.strip() != before


def _asked(agent: PlayerAgent, part: str) -> int:
    return sum(part in asked.path for asked in agent.server.asked)
