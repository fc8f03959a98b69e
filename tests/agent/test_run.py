"""The running agent and its service manager, as processes: told when it is ready, watched, ended, mended."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from tests.agent.ports import free_port
from tests.agent.test_process import command

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as held:
        held.bind(str(tmp_path / "notify"))
        held.settimeout(20)
        yield held


@contextmanager
def watched(
    manager: socket.socket, box: Path, port: int, watchdog_s: float = 3.0
) -> Iterator[subprocess.Popen[bytes]]:
    around = {"NOTIFY_SOCKET": manager.getsockname(), "WATCHDOG_USEC": str(int(watchdog_s * 1_000_000))}
    words = command("run", "--data-dir", str(box), "--municipal-url", NOWHERE, "--port", str(port))
    with (box.parent / "stderr").open("ab") as log:
        process = subprocess.Popen(words, env=os.environ | around, stderr=log)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(15)


def heard(manager: socket.socket, what: str) -> None:
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        if manager.recv(4096).decode().startswith(what):
            return
    pytest.fail(f"{what} was not said")


def test_the_manager_hears_of_start_life_and_end(manager: socket.socket, tmp_path: Path) -> None:
    port = free_port()
    with watched(manager, tmp_path / "box", port) as process:
        heard(manager, "EXTEND_TIMEOUT_USEC=")
        heard(manager, "READY=1")
        # The API answers when the manager is told so.
        assert requests.get(f"http://127.0.0.1:{port}/v1/status", timeout=5).status_code == 401
        heard(manager, "WATCHDOG=1")
        heard(manager, "WATCHDOG=1")
        process.terminate()
        heard(manager, "STOPPING=1")
        assert process.wait(15) == 0


def test_an_agent_that_stands_still_is_not_said_to_be_alive(manager: socket.socket, tmp_path: Path) -> None:
    box = tmp_path / "box"
    with watched(manager, box, free_port(), 1.0):
        heard(manager, "WATCHDOG=1")
        # Another program that never lets go of the database: nothing can be recorded any more.
        with closing(sqlite3.connect(box / "zhanxue.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            manager.settimeout(3)
            with pytest.raises(TimeoutError):
                for _ in range(10):
                    manager.recv(4096)
            other.execute("ROLLBACK")
        manager.settimeout(40)
        heard(manager, "WATCHDOG=1")


def test_a_database_damaged_while_running_ends_the_run_and_the_next_mends_it(
    manager: socket.socket, tmp_path: Path
) -> None:
    box, port = tmp_path / "box", free_port()
    with watched(manager, box, port) as process:
        heard(manager, "READY=1")
        process.terminate()
        process.wait(15)
    with watched(manager, box, port) as process:
        heard(manager, "READY=1")
        database = box / "zhanxue.db"
        size = database.stat().st_size
        with database.open("r+b") as pages:
            pages.seek(4096)
            pages.write(b"\xa5" * (size - 4096))
        token = (box / "token").read_text()
        asked = {"Authorization": f"Bearer {token}"}
        for path in ("home", "record", "status", "courses/1"):
            with pytest.MonkeyPatch.context():
                try:
                    requests.get(f"http://127.0.0.1:{port}/v1/{path}", headers=asked, timeout=5)
                except requests.ConnectionError:
                    break
        assert process.wait(60) == 3
    with watched(manager, box, port):
        heard(manager, "READY=1")
        status = requests.get(f"http://127.0.0.1:{port}/v1/status", headers=asked, timeout=5).json()
        assert "已自动修复" in "".join(status["warnings"])


def test_a_bad_settings_file_is_told_and_keeps_nobody_from_recording(
    manager: socket.socket, tmp_path: Path
) -> None:
    box, port = tmp_path / "box", free_port()
    box.mkdir()
    (box / "settings.toml").write_bytes(b"port = 1\nretry_min_s = -5\n\xff\xfe\x00 = [[[\nlog_files = 2\n")
    with watched(manager, box, port):
        heard(manager, "READY=1")
        asked = {"Authorization": f"Bearer {(box / 'token').read_text()}"}
        said = requests.get(f"http://127.0.0.1:{port}/v1/status", headers=asked, timeout=5).json()["warnings"]
        assert any("第 2 行：retry_min_s = -5" in words for words in said)
        assert any("第 3 行看不懂" in words for words in said)


def test_its_log_is_private_json_without_secrets(manager: socket.socket, tmp_path: Path) -> None:
    box, port = tmp_path / "box", free_port()
    with watched(manager, box, port) as process:
        heard(manager, "READY=1")
        token = (box / "token").read_text()
        asked = {"Authorization": f"Bearer {token}"}
        requests.get(f"http://127.0.0.1:{port}/v1/items/none/source", headers=asked, timeout=5)
        requests.get(f"http://127.0.0.1:{port}/media/{token}/media/x", timeout=5)
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
    log = box / "log" / "agent.log"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert lines[-1]["message"] == "stopping"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    for secret in (token, (box / "station.key").read_text().splitlines()[1]):
        assert secret not in log.read_text() + (tmp_path / "stderr").read_text()


def test_an_unwritable_log_stops_nobody(manager: socket.socket, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "log").write_text("a file in its place")
    with watched(manager, box, free_port()) as process:
        heard(manager, "READY=1")
        process.terminate()
        assert process.wait(15) == 0
    assert "日志写不进" in (tmp_path / "stderr").read_text()
