"""The real agent serves the page beside its local API, and neither leads to the other."""

import socket
from pathlib import Path

import pytest
import requests

from agent.page.lan_address import lan_address
from study.group_api import GROUP, GROUP_END
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
    set_up(tmp_path / "box", 0)
    with running(tmp_path / "box", NOWHERE, free_port()) as agent:
        assert page_of(agent) is None


def test_a_taken_port_costs_the_page_and_nothing_else(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104  as the page would
        other.listen()
        set_up(tmp_path / "box", other.getsockname()[1])
        with running(tmp_path / "box", NOWHERE, free_port()) as agent:
            assert page_of(agent) is None
            assert "没有手机签到页" in (tmp_path / "box" / "agent.log").read_text()
