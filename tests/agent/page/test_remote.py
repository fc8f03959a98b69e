"""A phone as remote control: only where it is allowed, only for whoever is in, only now."""

import asyncio
from collections.abc import Iterator

import pytest

from agent.page.remote import AT_ONCE
from agent.remote_keys import Press
from study.remote_api import KEYS, STALE_MS, TEXT_MAX
from tests.agent.page.conftest import RoomPage
from tests.agent.page.phones import Html, Phone

SCREEN = "tv-1"


@pytest.fixture
def phone(room: RoomPage) -> Iterator[Phone]:
    """Of somebody who is in, while phones may be the remote control."""
    room.parts.remote.allow(SCREEN, room.group_id, on=True)
    phone = room.scanning(2)
    phone.comes("001002")
    yield phone
    room.parts.remote.close()


def told(room: RoomPage, after: str = "") -> tuple[list[Press], str]:
    wait = room.parts.remote.wait(SCREEN, after, room.clock.mono_ms, 0.01)
    return asyncio.run(wait)


def pressed(room: RoomPage, after: str) -> list[str]:
    return [one.key or one.text for one in told(room, after)[0]]


def test_every_key_of_the_page_reaches_the_television_once(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    assert 'href="/remote"' in phone.page
    phone.get("/remote")
    page = Html(phone.page)
    assert not page.faults
    names = [button["value"] for button in page.all("button") if button.get("name") == "key"]
    assert sorted(str(name) for name in names) == sorted(KEYS)
    assert [phone.post("/remote", {"key": str(name)}).status_code for name in names] == [204] * len(names)
    assert pressed(room, start) == names
    assert pressed(room, told(room, start)[1]) == []


def test_a_text_is_bounded_and_without_what_no_keyboard_types(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    assert phone.post("/remote", {"text": "大棚\u202e 蔬菜\x00"}).status_code == 204
    assert phone.post("/remote", {"text": "长" * 55}).status_code == 204
    assert pressed(room, start) == ["大棚 蔬菜", "长" * TEXT_MAX]
    phone.post("/remote", {"text": "  "})
    assert "请输入文字" in phone.said
    phone.post("/remote", {"key": "home"})
    assert pressed(room, start) == ["大棚 蔬菜", "长" * TEXT_MAX]


def test_refused_when_off_when_not_in_and_after_the_end(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    other = room.scanning(3)
    other.get("/")
    other.post("/remote", {"key": "ok"})
    assert "不能用手机遥控" in other.said
    phone.get("/leave/0")
    phone.post("/leave", {"slot": "0"})
    phone.post("/remote", {"key": "ok"})
    assert "不能用手机遥控" in phone.said
    phone.post("/check-in", {"slot": "0"})
    assert phone.post("/remote", {"key": "ok"}).status_code == 204
    assert pressed(room, start) == ["ok"]
    room.parts.remote.allow(SCREEN, room.group_id, on=False)
    assert phone.get("/remote").url == room.url + "/"
    phone.post("/remote", {"key": "ok"})
    assert "不能用手机遥控" in phone.said
    room.parts.remote.allow(SCREEN, room.group_id, on=True)
    room.ends()
    phone.post("/remote", {"key": "ok"})
    assert "不能用手机遥控" in phone.said
    assert pressed(room, told(room)[1]) == []


def test_only_from_its_own_form(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    assert phone.post("/remote", {"key": "ok", "form_token": "another"}).status_code == 403
    assert room.phone(9).post("/remote", {"key": "ok"}).status_code == 403
    assert pressed(room, start) == []


def test_a_restless_thumb_is_slowed_down(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    for _ in range(AT_ONCE):
        phone.post("/remote", {"key": "right"})
    phone.post("/remote", {"key": "right"})
    assert "太快" in phone.said
    assert len(pressed(room, start)) == AT_ONCE
    room.clock.pass_ms(1_000)
    assert phone.post("/remote", {"key": "right"}).status_code == 204


def test_what_is_old_is_dropped_and_nothing_is_told_twice(room: RoomPage, phone: Phone) -> None:
    start = told(room)[1]
    phone.post("/remote", {"key": "up"})
    room.clock.pass_ms(STALE_MS + 1)
    phone.post("/remote", {"key": "down"})
    assert pressed(room, start) == ["down"]
    # Who asks for the first time, or asked another run of the agent, hears what comes from now on.
    assert pressed(room, "") == []
    assert pressed(room, "0000000000000000:0") == []


def test_whoever_waits_hears_a_press_at_once_and_is_let_go(room: RoomPage, phone: Phone) -> None:
    remote, now_ms = room.parts.remote, room.clock.mono_ms

    async def evening() -> None:
        waiting = asyncio.create_task(remote.wait(SCREEN, "", now_ms, 30))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(phone.post, "/remote", {"key": "left"})
        held, after = await asyncio.wait_for(waiting, 5)
        assert [one.key for one in held] == ["left"]
        waiting = asyncio.create_task(remote.wait(SCREEN, after, now_ms, 30))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        remote.allow(SCREEN, room.group_id, on=False)
        assert (await asyncio.wait_for(waiting, 5))[0] == []
        remote.allow(SCREEN, room.group_id, on=True)
        waiting = asyncio.create_task(remote.wait(SCREEN, after, now_ms, 30))
        await asyncio.sleep(0.05)
        remote.close()
        assert (await asyncio.wait_for(waiting, 5))[0] == []

    asyncio.run(evening())
