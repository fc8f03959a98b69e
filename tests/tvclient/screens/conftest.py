"""Televisions for the tests of screens: one that is always on, begun at home, or one a test turns on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from demo.display import virtual_display
from tests.fakes.fake_agent import FakeAgent, article_tile, channel, course, episode, row, running_agent, tile
from tests.fakes.fake_group import FakeGroup
from tests.tvclient.playback.media import make_clip
from tests.tvclient.screens import running_television as watched
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent
from tests.tvclient.television_rig import PAPER, TelevisionRig, running_television

LONG_TITLE = "基层公共文化服务体系建设与乡村文化振兴的实践探索与思考汇编"


def fill(agent: FakeAgent) -> None:
    """The courses every test begins with."""
    agent.home = {
        "rows": [
            row("continue", "继续学习", *[tile(n, f"课程 {n}", cover=None) for n in range(1, 4)]),
            row("topic:none", "空专题"),
            row("category:x", "实用技术", *[tile(n, LONG_TITLE, cover=None) for n in range(1, 31)]),
            row("live", "正在直播", channel(1, "新闻综合")),
        ]
    }
    agent.listed = {
        "all": [tile(n, f"课程 {n}", cover=None, on_box=n % 3 == 0) for n in range(400, 0, -1)],
        "category:实用技术": [tile(n, LONG_TITLE, cover=None) for n in range(1, 31)],
        "topic:空专题": [],
        "articles": [article_tile(n, f"图文 {n}", on_box=n % 3 == 0) for n in range(200, 0, -1)],
        "articles:category:实用技术": [article_tile(n, LONG_TITLE * 3) for n in range(1, 9)],
    }
    agent.listing_version = "1"
    episodes = [episode(1, n, LONG_TITLE, 600_000) for n in range(1, 13)]
    agent.group = FakeGroup(lambda: agent.courses)
    agent.courses = {"1": course(1, "发酵床养猪", *episodes), "2": course(2, LONG_TITLE, episodes[0])}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelevisionRig, FakeAgent]]:
    with running_agent() as agent:
        fill(agent)
        with running_television(agent, tmp_path_factory.mktemp("television")) as rig:
            rig.wait(lambda: str(rig.focus()).startswith("row:"), "the first courses")
            yield rig, agent


@pytest.fixture
def agent(shared: tuple[TelevisionRig, FakeAgent]) -> FakeAgent:
    return shared[1]


@pytest.fixture
def television(shared: tuple[TelevisionRig, FakeAgent]) -> TelevisionRig:
    """At home, on the first course."""
    rig, agent = shared
    fill(agent)
    rig.press("Home")
    rig.wait_for_screen("home")
    rig.press("Home")
    rig.wait_for_pixel(81, 400, PAPER)
    return rig


@pytest.fixture(scope="session")
def display_name() -> Iterator[str]:
    """The screen of the televisions that tests turn on."""
    with virtual_display(screen=watched.SCREEN) as name:
        yield name


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of CLIP_MS."""
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    make_clip(path, "640x360", CLIP_MS, "-movflags", "+faststart")
    return path


@pytest.fixture
def watching(display_name: str, tmp_path: Path) -> watched.Watching:
    """`with watching(agent, item_id)` turns on a television that plays it and has its files in `tmp_path`."""

    def watch(
        agent: PlayerAgent, item_id: str, **more: Any
    ) -> AbstractContextManager[watched.RunningTelevision]:
        return watched.running_television(display_name, agent, tmp_path, ("player", item_id), **more)

    return watch
