"""One television and its agent for all tests of screens; each begins at home with the usual courses."""

from collections.abc import Iterator

import pytest

from tests.fakes.fake_agent import FakeAgent, channel, course, episode, row, running_agent, tile
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
    episodes = [episode(1, n, LONG_TITLE, 600_000) for n in range(1, 13)]
    agent.courses = {"1": course(1, "发酵床养猪", *episodes), "2": course(2, LONG_TITLE, episodes[0])}


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelevisionRig, FakeAgent]]:
    with running_agent() as agent:
        fill(agent)
        with running_television(agent, tmp_path_factory.mktemp("television")) as rig:
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
