"""The real agent as a process: killed under traffic, stopped, started wrongly, with the real city."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from agent.clock import BootClock
from tests.agent.ports import free_port
from tests.agent.real_city import real_city
from tests.agent.television import Play, report
from tests.fakes.fake_city import ACCOUNT, CODE

_READY_S = 20.0


@dataclass
class Running:
    """One agent process."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        token = (self.folder / "token").read_text()
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(
            method, f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=5, **more
        )

    def get(self, path: str) -> Any:
        return self.call("GET", path).json()

    def wait_for(self, what: Callable[[], bool], within_s: float = 15.0) -> None:
        until = time.monotonic() + within_s
        while not what():
            assert time.monotonic() < until, (self.folder / "agent.log").read_text()
            time.sleep(0.05)


def command(*words: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "agent", *words]


@contextmanager
def running(folder: Path, url: str, port: int) -> Iterator[Running]:
    folder.mkdir(exist_ok=True)
    options = ["--data-dir", str(folder), "--municipal-url", url, "--port", str(port)]
    with (folder / "agent.log").open("ab") as log:
        process = subprocess.Popen(
            command(*options, "--retry-min-s", "0.2", "--retry-max-s", "1", "--spread-s", "0"),
            stdout=log,
            stderr=log,
        )
    held = Running(process, folder, port)
    try:
        held.wait_for(lambda: process.poll() is not None or _answers(held), _READY_S)
        yield held
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(15)


def _answers(agent: Running) -> bool:
    try:
        return agent.call("GET", "/v1/status").ok
    except (requests.ConnectionError, FileNotFoundError):
        return False


def test_killed_under_traffic_it_holds_everything_acknowledged_and_nothing_twice(tmp_path: Path) -> None:
    """The television sends everything unacknowledged again; at the end both agree to the millisecond."""
    clock, port = BootClock(), free_port()
    opened_ms = clock.mono_ms() - 100_000
    plays = [Play("p0", "5.1", opened_ms)]
    acknowledged_ms, seq = 0, 0
    for kill in range(3):
        with running(tmp_path / "box", "http://127.0.0.1:9", port) as agent:
            held = sum(session["played_ms"] for session in agent.get("/v1/record")["sessions"])
            assert held >= acknowledged_ms
            for number in range(60):
                seq += 1
                plays[-1].watch(7)
                if number % 20 == 19:
                    plays[-1].leave()
                    plays.append(Play(f"p{seq}", "5.1", plays[-1].now_ms))
                told = report(seq, *plays, boot=clock.boot)
                if number == 45 + kill:
                    os.kill(agent.process.pid, signal.SIGKILL)
                try:
                    agent.call("POST", "/v1/reports", json=told).raise_for_status()
                except requests.ConnectionError:
                    break
                acknowledged_ms = seq * 7
    with running(tmp_path / "box", "http://127.0.0.1:9", port) as agent:
        seq += 1
        plays[-1].leave()
        for _ in range(2):
            agent.call("POST", "/v1/reports", json=report(seq, *plays, boot=clock.boot)).raise_for_status()
        [session] = agent.get("/v1/record")["sessions"]
        watched_ms = sum(i["end_ms"] - i["start_ms"] for play in plays for i in play.intervals)
        assert session["played_ms"] == watched_ms
        assert session["why"] == "length_unknown"


def test_it_stops_cleanly_and_its_secrets_are_its_owners_only(tmp_path: Path) -> None:
    with running(tmp_path / "box", "http://127.0.0.1:9", free_port()) as agent:
        for name in ("token", "station.key"):
            assert stat.S_IMODE((agent.folder / name).stat().st_mode) == 0o600
        agent.process.terminate()
        assert agent.process.wait(10) == 0
        log = (agent.folder / "agent.log").read_text()
        assert "Traceback" not in log
        assert (agent.folder / "token").read_text() not in log


def said_by(*words: str) -> str:
    return subprocess.run(command(*words), capture_output=True, text=True, timeout=30, check=True).stdout


def failed(*words: str) -> str:
    done = subprocess.run(command(*words), capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_what_keeps_it_from_starting_is_one_clear_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert "不能写入" in failed("--data-dir", str(file / "below"))
    assert "网址" not in failed("--data-dir", str(tmp_path / "a"), "--municipal-url", "nowhere")
    assert "还没有学习数据" in failed("status", "--data-dir", str(tmp_path / "c"))


def test_bytes_that_are_no_database_are_put_aside_and_told(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "zhanxue.db").write_bytes(b"damaged" * 1000)
    with running(box, "http://127.0.0.1:9", free_port()) as agent:
        assert "已自动修复" in "".join(agent.get("/v1/status")["warnings"])
    assert (box / "zhanxue.db.damaged-1").read_bytes() == b"damaged" * 1000


def test_a_second_agent_and_a_taken_port_are_told(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "box", "http://127.0.0.1:9", port):
        assert "正在使用" in failed("--data-dir", str(tmp_path / "box"), "--port", str(free_port()))
        assert "已被其他程序占用" in failed("--data-dir", str(tmp_path / "other"), "--port", str(port))


def _ranked(agent: Running) -> list[Any]:
    rank = agent.get("/v1/record")["rank"]
    return [] if rank is None else list(rank["rows"])


@pytest.fixture
def city_folder(tmp_path: Path, city_as_set_up: Path) -> Path:
    return Path(shutil.copytree(city_as_set_up, tmp_path / "city"))


def test_an_hour_goes_the_whole_way_to_the_real_city(tmp_path: Path, city_folder: Path) -> None:
    """Enrol, mirror, stock the shelf, watch with the city gone, and see it delivered when it is back."""
    city_port, box = free_port(), tmp_path / "box"
    clock = BootClock()
    with running(box, f"http://127.0.0.1:{city_port}", free_port()) as agent:
        with real_city(city_folder, city_port):
            enrolled = said_by("enrol", ACCOUNT, CODE, "--data-dir", str(box), "--port", str(agent.port))
            assert "已开通：前门社区学习站" in enrolled
            agent.wait_for(lambda: agent.get("/v1/status")["catalogue"]["courses"] == 1)
            agent.wait_for(lambda: agent.get("/v1/courses/5")["episodes"][0]["on_box"])
            live = agent.get("/v1/items/L1/source")["url"]
            agent.wait_for(lambda: requests.get(live, timeout=5).ok)
            lines = requests.get(live, timeout=5).text.splitlines()
            segment = next(line for line in lines if not line.startswith("#"))
            assert requests.get(live.replace("index.m3u8", segment), timeout=5).content[:1] == b"G"
            assert agent.call("GET", "/v1/covers/5").ok
        play = Play("p1", "5.1", clock.mono_ms() - 10_000)
        play.watch(3_000)
        play.leave()
        source = agent.get("/v1/items/5.1/source")
        assert source["on_box"]
        assert requests.get(source["url"], headers={"Range": "bytes=4-7"}, timeout=5).content == b"ftyp"
        assert agent.call("GET", "/v1/items/L1/source").json()["code"] == "not_on_box"
        agent.call("POST", "/v1/reports", json=report(1, play, boot=clock.boot)).raise_for_status()
        agent.wait_for(lambda: not agent.get("/v1/status")["online"])
        assert agent.get("/v1/record")["sessions"][0]["state"] == "waiting"
        with real_city(city_folder, city_port):
            agent.wait_for(lambda: agent.get("/v1/record")["sessions"][0]["state"] == "delivered")
            agent.wait_for(lambda: bool(_ranked(agent)))
            record = agent.get("/v1/record")
        assert record["effective_ms"] == record["rank"]["rows"][0]["effective_ms"] == 3_000
        assert "前门社区学习站" in said_by("status", "--data-dir", str(box))
        listed = json.loads(said_by("sessions", "--json", "--data-dir", str(box)))
        assert [session["state"] for session in listed] == ["delivered"]
