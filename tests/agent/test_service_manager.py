"""What the agent tells systemd, over a real datagram socket."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.service_manager import ServiceManager


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as held:
        held.bind(str(tmp_path / "notify"))
        held.settimeout(5)
        yield held


def manager_at(listening: socket.socket, **more: str) -> ServiceManager:
    return ServiceManager({"NOTIFY_SOCKET": listening.getsockname(), **more})


def test_each_message_is_one_datagram_of_the_protocol(listening: socket.socket) -> None:
    manager = manager_at(listening)
    for tell, said in {
        lambda: manager.ready("正在运行"): "READY=1\nSTATUS=正在运行",
        lambda: manager.status("待上传 3 条"): "STATUS=待上传 3 条",
        manager.alive: "WATCHDOG=1",
        manager.stopping: "STOPPING=1\nSTATUS=正在停止",
    }.items():
        tell()
        assert listening.recv(4096).decode() == said


def test_a_start_that_takes_long_asks_for_more_time_at_once(listening: socket.socket) -> None:
    with manager_at(listening).waiting_for_start():
        assert listening.recv(4096).splitlines()[0] == b"EXTEND_TIMEOUT_USEC=30000000"


def test_an_abstract_socket_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as held:
        held.bind(f"\0zhanxue-test-{os.getpid()}")
        held.settimeout(5)
        ServiceManager({"NOTIFY_SOCKET": f"@zhanxue-test-{os.getpid()}"}).alive()
        assert held.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/at/all", "@" + "x" * 300, "/\udcff"])
def test_where_nobody_listens_nothing_happens(address: str) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": address})
    with manager.waiting_for_start():
        manager.ready("正在运行")


def test_a_manager_that_does_not_read_holds_nobody_up(listening: socket.socket) -> None:
    manager = manager_at(listening)
    for _ in range(2_000):
        manager.alive()


@pytest.mark.parametrize(
    ("held", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "60000000"}, 60.0),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 60.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
    ],
)
def test_only_a_watchdog_of_this_process_is_kept(held: dict[str, str], seconds: float | None) -> None:
    assert ServiceManager(held).watchdog_s == seconds
