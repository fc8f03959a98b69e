"""What the player screen asks before it plays, over a real socket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from study.rules import Kind
from study.units import ItemId
from tests.tvclient.agent_client.local_agent import Asked, LocalAgent, as_json
from tvclient.agent_client.client import AgentClient
from tvclient.errors import AgentRefused
from tvclient.playback.player import SubtitleFile
from tvclient.screens.player_item import ask_for
from tvclient.state.channel import Channel


def _episode(number: int, **more: Any) -> dict[str, Any]:
    return {
        "item_id": f"5.{number}",
        "number": number,
        "title": f"题{number}",
        "length_ms": 100_000,
        "position_ms": 0,
        "played_ms": 0,
        "effective_ms": 0,
        "counted": False,
        "done": False,
        "covered": [],
        "on_box": True,
    } | more


def _source(**more: Any) -> dict[str, Any]:
    return {
        "url": "http://127.0.0.1/media",
        "file": None,
        "kind": "vod",
        "title": "政务礼仪",
        "episode_title": "题2",
        "length_ms": 100_000,
        "on_box": True,
        "resume_ms": 40_000,
        "subtitles": [],
        "thumbnails": None,
    } | more


class _Agent:
    def __init__(self) -> None:
        self.source = _source()
        self.episodes: list[dict[str, Any]] | None = [_episode(n) for n in (1, 2, 3)]

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        if asked.path == "/v1/courses/5?terminal=tv-1" and self.episodes is not None:
            return as_json(200, {"id": "5", "episodes": self.episodes})
        if asked.path == "/v1/channels?first=0&count=500":
            told = ((3, 3), (2, 5), (1, 12))
            channels = [{"channel_id": f"L{n}", "number": number, "title": f"频道{n}"} for n, number in told]
            return as_json(200, {"channels": channels})
        if asked.path in ("/v1/items/5.2/source", "/v1/items/L2%402026/source"):
            return as_json(200, self.source)
        return as_json(404, {"code": "unknown", "words": "没有。"})


@pytest.fixture
def agent() -> _Agent:
    return _Agent()


@pytest.fixture
def client(agent: _Agent, tmp_path: Path) -> Iterator[AgentClient]:
    token = tmp_path / "token"
    token.write_text("right")
    with LocalAgent(agent.answer) as server:
        yield AgentClient(server.url, token)


def test_an_episode_knows_its_neighbours_and_what_was_studied_of_it(
    agent: _Agent, client: AgentClient
) -> None:
    assert agent.episodes is not None
    agent.episodes[1] |= {"played_ms": 7_000, "covered": [[0, 9_000]]}
    what = ask_for(client, ItemId("5.2"))
    assert (what.before, what.after, what.after_title) == ("5.1", "5.3", "第 3 集·题3")
    assert (what.earlier.played_ms, what.earlier.covered) == (7_000, ((0, 9_000),))
    assert what.item.episode == "第 2 集·题2"


def test_the_ends_of_a_course_have_one_neighbour(agent: _Agent, client: AgentClient) -> None:
    agent.episodes = [_episode(2)]
    what = ask_for(client, ItemId("5.2"))
    assert (what.before, what.after) == (None, None)
    assert what.item.episode == "题2"


def test_a_title_that_is_the_courses_own_is_not_said_twice(agent: _Agent, client: AgentClient) -> None:
    agent.episodes = [_episode(2)]
    agent.source = _source(episode_title="政务礼仪")
    assert ask_for(client, ItemId("5.2")).item.episode == ""


def test_it_plays_even_when_the_course_can_not_be_read(agent: _Agent, client: AgentClient) -> None:
    agent.episodes = None
    what = ask_for(client, ItemId("5.2"))
    assert (what.after, what.episodes, what.earlier.played_ms) == (None, (), 0)


def test_an_unknown_item_is_refused_in_the_agents_words(client: AgentClient) -> None:
    with pytest.raises(AgentRefused, match="没有。"):
        ask_for(client, ItemId("9.9"))


def test_a_live_programme_knows_all_channels_by_number(agent: _Agent, client: AgentClient) -> None:
    agent.source = _source(kind="live", length_ms=None, resume_ms=0)
    what = ask_for(client, ItemId("L2@2026"))
    assert what.item.kind is Kind.LIVE
    assert what.channels == (
        Channel(3, ItemId("L3"), "频道3"),
        Channel(5, ItemId("L2"), "频道2"),
        Channel(12, ItemId("L1"), "频道1"),
    )
    assert (what.heading, what.start_ms(False)) == ("5 政务礼仪", 0)


def test_subtitles_beside_the_media_are_handed_on(agent: _Agent, client: AgentClient) -> None:
    agent.source = _source(subtitles=[{"url": "http://a/b.srt", "language": "zh", "name": "中文"}])
    what = ask_for(client, ItemId("5.2"))
    assert what.subtitles == (SubtitleFile("http://a/b.srt", "zh", "中文"),)
    assert what.heading == "政务礼仪"


@pytest.mark.parametrize(
    ("resume_ms", "from_start", "start_ms"),
    [(40_000, False, 37_000), (2_000, False, 0), (40_000, True, 0), (96_000, False, 0)],
)
def test_resuming_has_a_run_up_and_a_finished_item_begins_again(
    agent: _Agent, client: AgentClient, resume_ms: int, from_start: bool, start_ms: int
) -> None:
    agent.source = _source(resume_ms=resume_ms)
    assert ask_for(client, ItemId("5.2")).start_ms(from_start) == start_ms


def test_the_boxs_own_file_is_opened_where_it_can_be_read(
    agent: _Agent, client: AgentClient, tmp_path: Path
) -> None:
    file = tmp_path / "clip.mp4"
    agent.source = _source(file=str(file))
    assert ask_for(client, ItemId("5.2")).url == "http://127.0.0.1/media"
    file.touch()
    assert ask_for(client, ItemId("5.2")).url == str(file)
