"""The running television hears the box's own devices: recorded streams through pipes, beside real X keys."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tvclient.key_sources.cec_line import received
from tests.tvclient.key_sources.recorded import stream
from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import RunningTelevision, Watching, wait_for

PROGRAM = "piped_television"
PAUSE_MARK = (960, 320)
REMOTE, SET = "input/event3", "cec0"
DOWN_TAP = stream("0 KEY DOWN 1; 0 SYN REPORT 0; 0 KEY DOWN 0; 0 SYN REPORT 0")
OK_TAP = stream("0 KEY OK 1; 0 SYN REPORT 0; 0 KEY OK 0; 0 SYN REPORT 0")
STANDBY = received(0x0F, 0x36)


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"5.1": source(clip)}) as agent:
        yield agent


class Devices:
    """Pipes in the data folder of the television, plugged in on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "data"
        self._writers: dict[str, int] = {}

    def send(self, name: str, data: bytes) -> None:
        if name not in self._writers:
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            os.mkfifo(path)
            # Waits for the television to have opened it.
            self._writers[name] = os.open(path, os.O_WRONLY)
        os.write(self._writers[name], data)

    def close(self) -> None:
        for writer in self._writers.values():
            os.close(writer)


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Devices]:
    devices = Devices(tmp_path)
    yield devices
    devices.close()


def keys(television: RunningTelevision) -> list[tuple[str, int]]:
    """What was done so far."""
    return [(line["key"], line["repeat"]) for line in television.lines() if "key" in line]


def test_a_remote_that_is_plugged_in_works_and_a_press_that_x_tells_of_too_is_done_once(
    agent: PlayerAgent, watching: Watching, devices: Devices
) -> None:
    with watching(agent, "5.1", program=PROGRAM) as television:
        television.wait_for_picture()
        devices.send(REMOTE, OK_TAP)
        wait_for(lambda: keys(television) == [("ok", 0)])
        wait_for(lambda: not television.shows_picture_at(*PAUSE_MARK))
        devices.send(REMOTE, DOWN_TAP)
        television.press("Down")
        time.sleep(0.5)
        assert keys(television) == [("ok", 0), ("down", 0)]
        television.press("Down")
        wait_for(lambda: keys(television)[2:] == [("down", 0)])


def test_a_set_that_is_switched_off_pauses_at_once(
    agent: PlayerAgent, watching: Watching, devices: Devices
) -> None:
    with watching(agent, "5.1", program=PROGRAM) as television:
        begun = television.wait_for_picture()
        time.sleep(1.0)
        devices.send(SET, STANDBY)
        off = wait_for(lambda: not television.shows_picture_at(*PAUSE_MARK))
        time.sleep(1.5)
        devices.send(SET, STANDBY)
        time.sleep(0.5)
        television.press("End")
        wait_for(lambda: bool(agent.ledger.left))
    (interval,) = agent.intervals()
    assert abs(interval.end_ms - interval.start_ms - (off - begun)) < 400


def test_a_film_that_would_come_while_the_set_is_off_is_left(
    agent: PlayerAgent, watching: Watching, devices: Devices, tmp_path: Path
) -> None:
    agent.sources["5.1"] = source(tmp_path / "nothing.mp4")
    with watching(agent, "5.1", program=PROGRAM) as television:
        wait_for(lambda: bool(agent.ledger.left))
        devices.send(SET, STANDBY)
        wait_for(lambda: television.screens()[-1] == "home")


def test_keys_of_the_set_work_and_it_all_ends_in_order(
    agent: PlayerAgent, watching: Watching, devices: Devices, tmp_path: Path
) -> None:
    with watching(agent, "5.1", program=PROGRAM) as television:
        television.wait_for_picture()
        devices.send(SET, received(0x04, 0x44, 0x45) + received(0x04, 0x45))
        wait_for(lambda: television.screens()[-1] == "home")
    assert television.process.returncode == 0
    log = (tmp_path / "television.log").read_text(encoding="utf-8")
    assert "正在监听遥控设备" in log and "已停止监听遥控设备" in log
    assert "已接上" in log and "Traceback" not in log
