"""The real agent serves the page beside its local API, and neither leads to the other."""

import socket
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests

from agent.clock import BootClock
from agent.commands.answer import Answer
from agent.commands.call import Call
from agent.commands.doctor import doctor
from agent.commands.status import status
from agent.page.lan_address import lan_address
from agent.settings import Settings
from study.group_api import GROUP, GROUP_END
from study.local_api import STATUS
from tests.agent.page.phones import Phone
from tests.agent.ports import free_port
from tests.agent.test_process import Running, running

NOWHERE = "http://127.0.0.1:9"
PLAN = {"terminal": "tv-1", "kind": "free", "theme": "", "agenda": []}


def set_up(box: Path, page_port: int) -> None:
    box.mkdir()
    (box / "settings.toml").write_text(f"page_port = {page_port}\n")


def page_of(agent: Running) -> str | None:
    entry = agent.call("POST", GROUP, json=PLAN).json()["group"]
    page: str | None = entry["page"]
    return page


def test_the_television_gets_the_address_and_a_phone_gets_in(tmp_path: Path) -> None:
    if (address := lan_address()) is None:
        pytest.skip("this machine is in no network")
    port, page_port = free_port(), free_port()
    set_up(tmp_path / "box", page_port)
    with running(tmp_path / "box", NOWHERE, port) as agent:
        page = page_of(agent)
        assert page is not None
        assert page.startswith(f"http://{address}:{page_port}/")
        phone = Phone(page.rpartition("/")[0], "0.0.0.0")  # noqa: S104  from wherever
        phone.get("/" + page.rpartition("/")[2])
        assert phone.comes("4532015112830366") == "访客，签到成功"
        [attendee] = agent.get(f"{GROUP}?terminal=tv-1")["group"]["attendees"]
        assert (attendee["via"], attendee["digits"]) == ("phone", "0366")
        token = {"Authorization": f"Bearer {(tmp_path / 'box' / 'token').read_text()}"}
        assert requests.get(f"{phone.url}/v1/status", headers=token, timeout=5).status_code == 404
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((address, port), 5)
        ended = agent.call("POST", GROUP_END, json={"terminal": "tv-1"}).json()["group"]
        assert ended["page"] is None


def test_switched_off_nobody_listens(tmp_path: Path) -> None:
    port, box = free_port(), tmp_path / "box"
    set_up(box, 0)
    with running(box, NOWHERE, port) as agent:
        assert page_of(agent) is None
        assert "手机页  已关闭" in commanded(status, box, port, 0).words
    assert "手机页" not in commanded(status, box, port, 0).words


@contextmanager
def taken(count: int) -> Iterator[int]:
    """The first of so many ports in a row that somebody else has."""
    with ExitStack() as stack:
        while True:
            first = free_port()
            try:
                for port in range(first, first + count):
                    other = stack.enter_context(socket.socket())
                    other.bind(("0.0.0.0", port))  # noqa: S104  as the page would
                    other.listen()
            except OSError:
                continue
            yield first
            return


def commanded(command: Callable[[Call], Answer], box: Path, port: int, wished: int) -> Answer:
    settings = Settings(box, municipal_url=NOWHERE, port=port, page_port=wished)
    return command(Call(Namespace(deep=False), settings, (), BootClock()))


def test_where_the_port_is_taken_the_next_one_is_and_everybody_is_told(tmp_path: Path) -> None:
    port, box = free_port(), tmp_path / "box"
    with taken(1) as wished:
        set_up(box, wished)
        with running(box, NOWHERE, port) as agent:
            got = agent.get(STATUS)["page_port"]
            assert wished < got < wished + 10
            with socket.create_connection(("127.0.0.1", got), 5):
                pass
            if lan_address() is not None:
                assert f":{got}/" in (page_of(agent) or "")
                assert f":{got}/operator" in agent.get(STATUS)["operator_page"]
            told = commanded(status, box, port, wished)
            assert told.data["page_port"] == got
            assert f"手机页  在端口 {got}" in told.words and f"设置的端口 {wished} 被" in told.words
            assert f"! 手机页：在端口 {got}" in commanded(doctor, box, port, wished).words


def test_where_all_are_taken_there_is_no_page_and_nothing_else_is_lost(tmp_path: Path) -> None:
    port, box = free_port(), tmp_path / "box"
    with taken(10) as wished:
        set_up(box, wished)
        with running(box, NOWHERE, port) as agent:
            assert page_of(agent) is None
            assert agent.get(STATUS)["page_port"] is None
            assert "! 手机页：没有，要用的端口都被占用" in commanded(doctor, box, port, wished).words
