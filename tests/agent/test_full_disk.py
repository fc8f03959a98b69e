"""The real agent on a disk that is full to the last byte, or lets nothing be written."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.clock import BootClock
from tests.agent.ports import free_port
from tests.agent.stores.disks import fill, free, read_only, small_disk
from tests.agent.television import Play, report
from tests.agent.test_process import command, running

CITY = "http://127.0.0.1:9"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "260m") as folder:
        yield folder


def test_it_starts_on_a_full_disk_and_takes_in_what_is_studied(disk: Path) -> None:
    box, clock = disk / "box", BootClock()
    with running(box, CITY, free_port()) as agent:
        agent.wait_for((box / "ballast").exists)
    fill(disk)
    assert free(disk) == 0
    with running(box, CITY, free_port()) as agent:
        play = Play("p1", "5.1", clock.mono_ms() - 10_000)
        play.watch(3_000)
        play.leave()
        agent.call("POST", "/v1/reports", json=report(1, play, boot=clock.boot)).raise_for_status()
        [session] = agent.get("/v1/record")["sessions"]
        assert (session["played_ms"], session["state"]) == (3_000, "waiting")
        assert "Traceback" not in (box / "agent.log").read_text()


def test_on_a_disk_that_lets_nothing_be_written_it_says_so_and_ends(disk: Path) -> None:
    with running(disk / "box", CITY, free_port()):
        pass
    with read_only(disk):
        done = subprocess.run(
            command("--data-dir", str(disk / "box"), "--port", str(free_port())),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "不能写入" in line
