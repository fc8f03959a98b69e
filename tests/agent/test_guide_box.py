"""A real agent with a list and a guide of its own: told by command, killed while it reads, started again."""

import gzip
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from agent.records.xmltv import Told
from study.units import HOUR_MS
from tests.agent.ports import free_port
from tests.agent.stores.guide.told import SEVEN_MS, channel, programme, xmltv
from tests.agent.test_commands import NOWHERE, Box
from tests.agent.test_process import Running, running

LIST = '#EXTM3U\n#EXTINF:-1 tvg-id="c1" tvg-chno="17",农业农村\nhttp://127.0.0.1:9/1.m3u8\n'


def evening(title: str, channels: int = 1) -> list[Told]:
    """On each channel, from an hour before now."""
    since_min = (time.time_ns() // 1_000_000 - SEVEN_MS - HOUR_MS) // 60_000
    told: list[Told] = [channel(f"c{n}", f"台{n}") for n in range(1, channels + 1)]
    return told + [
        programme(since_min + hour * 60, since_min + hour * 60 + 60, f"{title}{hour}", f"c{n}")
        for n in range(1, channels + 1)
        for hour in range(48)
    ]


@pytest.fixture
def box(tmp_path: Path) -> Box:
    folder = tmp_path / "box"
    folder.mkdir()
    (tmp_path / "a.m3u").write_text(LIST)
    guide = tmp_path / "e.xml.gz"
    guide.write_bytes(gzip.compress(xmltv(evening("甲")).encode()))
    (folder / "settings.toml").write_text(
        f'channel_lists = ["{tmp_path}/a.m3u"]\nprogramme_guides = ["{guide}"]\n'
    )
    return Box(folder, NOWHERE, free_port())


def set_clock(agent: Running) -> None:
    body = {"utc_ms": time.time_ns() // 1_000_000, "source": "phone"}
    agent.call("POST", "/v1/clock", json=body).raise_for_status()


def on_air(agent: Running) -> Any:
    """What is on the only channel; None for nothing."""
    found = agent.get("/v1/channels")["channels"]
    return found[0]["now"]["title"] if found and found[0]["now"] else None


def wait_until_it_asks_for_the_time(agent: Running) -> None:
    """Both sources were looked at, and the guide put off until somebody knows the time."""
    agent.wait_for(lambda: "时间" in agent.get("/v1/guide/sources")["sources"][1]["trouble"])


def test_what_the_operator_names_is_read_shown_and_told(box: Box, tmp_path: Path) -> None:
    with running(box.folder, box.url, box.port) as agent:
        agent.wait_for(lambda: agent.get("/v1/channels")["total"] == 1)
        wait_until_it_asks_for_the_time(agent)
        assert "没有采用" in box.ask("guide", code=1)

        set_clock(agent)
        assert "正在读取" in box.ask("guide", "--read", code=1)
        agent.wait_for(lambda: on_air(agent) == "甲1")
        assert agent.get("/v1/channels")["channels"][0]["number"] == 17
        source = agent.get("/v1/items/" + agent.get("/v1/channels")["channels"][0]["channel_id"] + "/source")
        assert source["kind"] == "live"

        (tmp_path / "e.xml.gz").write_bytes(b"\x1f\x8bbroken")
        box.ask("guide", "--read", code=0)
        agent.wait_for(lambda: agent.get("/v1/guide/sources")["sources"][1]["trouble"] != "")
        assert "不完整" in box.ask("guide", code=1)
        assert on_air(agent) == "甲1"
    said = box.ask("guide")
    assert "服务没有运行" in said
    assert [each["channels"] for each in box.data("guide")] == [1, 1]
    assert "没有运行" in box.ask("guide", "--read", code=1)


def test_killed_while_it_reads_it_has_the_old_guide_and_then_the_new_one(box: Box, tmp_path: Path) -> None:
    with running(box.folder, box.url, box.port) as agent:
        wait_until_it_asks_for_the_time(agent)
        set_clock(agent)
        box.ask("guide", "--read", code=1)
        agent.wait_for(lambda: on_air(agent) == "甲1")
        (tmp_path / "e.xml.gz").write_bytes(gzip.compress(xmltv(evening("乙", 600)).encode(), 1))
        box.ask("guide", "--read")
        agent.wait_for(lambda: bool(list((box.folder / "guide").glob("*.part"))))
        os.kill(agent.process.pid, signal.SIGKILL)
        agent.process.wait(15)
    assert [each["programmes"] for each in box.data("guide")] == [0, 48]

    with running(box.folder, box.url, box.port) as agent:
        set_clock(agent)
        assert on_air(agent) in ("甲1", "乙1")
        box.ask("guide", "--read")
        agent.wait_for(lambda: on_air(agent) == "乙1")
        assert {file.suffix for file in (box.folder / "guide").iterdir()} == {".guide"}


def test_without_any_of_its_own_the_command_says_how(tmp_path: Path) -> None:
    held = Box(tmp_path / "none", NOWHERE, free_port())
    with running(held.folder, held.url, held.port):
        assert "channel_lists" in held.ask("guide")
